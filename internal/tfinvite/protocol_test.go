// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
)

// attrs are the attributes of a resource: strings, bools, nil for null, or unknown.
type attrs map[string]any

const unknown = tftypes.UnknownValue

const (
	memoryInvite = "orginvite_memory_invite"
	// here is the address of the one resource in these tests.
	here = memoryInvite + ".here"
)

// terraform is a Terraform with the memory as its only provider, and a configuration with at most one resource.
type terraform struct {
	t                   *testing.T
	memory              *invitetest.Platform
	connection          func(*Connection) // changes the provider's configuration
	createBeforeDestroy bool              // create_before_destroy
	state               attrs             // of the current object; nil for none
	private             []byte
	identity            *tfprotov6.ResourceIdentityData
	tainted             bool
	deposed             map[string]*prototest.Object
}

// step is what came of one command of Terraform.
type step struct {
	action   string   // what the plan says: create, update, replace, delete or nothing
	because  []string // what forces the replacement
	planned  attrs
	warnings []string
	errors   []string

	plan   *prototest.Plan
	change prototest.Change
}

func newTerraform(t *testing.T, m *invitetest.Platform) *terraform {
	return &terraform{t: t, memory: m}
}

// install installs the provider as it is configured now.
func (tf *terraform) install() *prototest.Terraform {
	tf.t.Helper()
	return prototest.New(func() tfprotov6.ProviderServer {
		connection := &Connection{
			Platform: "memory", Title: "Memory", Configured: true, Service: tf.memory.NewService(),
			Organization: types.StringValue(invitetest.Acme), OrganizationEnv: "MEMORY_ORGANIZATION",
		}
		if tf.connection != nil {
			tf.connection(connection)
		}
		return providerserver.NewProtocol6(&memoryProvider{descriptor: descriptor(tf.memory), connection: connection})()
	})
}

// workspace is the state, and a configuration; nil declares nothing.
func (tf *terraform) workspace(config attrs) *prototest.Workspace {
	tf.t.Helper()
	workspace := &prototest.Workspace{
		Terraform: tf.install(), State: prototest.State{}, Declared: map[string]prototest.Resource{},
		Run: prototest.Parallel(1),
	}
	if config != nil {
		workspace.Declared[here] = prototest.Resource{
			Type: memoryInvite, Arguments: config, CreateBeforeDestroy: tf.createBeforeDestroy,
		}
	}
	if current := tf.current(workspace.Terraform); current != nil || len(tf.deposed) > 0 {
		workspace.State[here] = &prototest.Instance{Type: memoryInvite, Current: current, Deposed: tf.deposed}
	}
	return workspace
}

// current is the current object in state; nil for none.
func (tf *terraform) current(of *prototest.Terraform) *prototest.Object {
	if tf.state == nil {
		return nil
	}
	return &prototest.Object{
		Value:   prototest.Value(of.Type(memoryInvite), map[string]any(tf.state)),
		Private: tf.private, Identity: tf.identity, Tainted: tf.tainted,
	}
}

// hold takes over what a command left in the state.
func (tf *terraform) hold(state prototest.State) {
	tf.t.Helper()
	tf.keep(nil)
	tf.deposed = nil
	if instance := state[here]; instance != nil {
		tf.keep(instance.Current)
		tf.deposed = instance.Deposed
	}
}

func (tf *terraform) keep(object *prototest.Object) {
	tf.t.Helper()
	if object == nil {
		tf.state, tf.private, tf.identity, tf.tainted = nil, nil, nil, false
		return
	}
	tf.state, tf.private, tf.identity, tf.tainted = tf.attrs(object.Value), object.Private, object.Identity, object.Tainted
}

// attrs are the attributes of an object, those that are null included; nil for a null object.
func (tf *terraform) attrs(object tftypes.Value) attrs {
	tf.t.Helper()
	fields, is := prototest.Plain(object).(map[string]any)
	if !is {
		return nil
	}
	kind, _ := object.Type().(tftypes.Object)
	all := attrs{}
	for name := range kind.AttributeTypes {
		all[name] = fields[name]
		tf.secret(all[name])
	}
	return all
}

// secret fails the test when something that Terraform gets to see holds a token.
func (tf *terraform) secret(shown any) {
	tf.t.Helper()
	if text, ok := shown.(string); ok && strings.Contains(text, "secret-") {
		tf.t.Errorf("a secret: %s", text)
	}
}

// apply is `terraform apply` without a saved plan. No config is a destroy.
func (tf *terraform) apply(config attrs) step {
	tf.t.Helper()
	planned := tf.plan(config)
	if len(planned.errors) > 0 {
		return planned
	}
	return tf.carryOut(planned, config)
}

// plan is `terraform plan`, but the state keeps what was refreshed.
func (tf *terraform) plan(config attrs) step {
	tf.t.Helper()
	plan := tf.workspace(config).Plan(tf.t.Context())
	got := step{action: "nothing", plan: plan}
	if change, is := plan.Changes[here]; is {
		got.decided(tf, change)
	}
	if tf.report(&got, plan.Reports); plan.Failed() {
		got.action = ""
	}
	tf.hold(plan.Prior)
	return got
}

func (s *step) decided(tf *terraform, change prototest.Change) {
	s.change, s.because, s.planned = change, change.RequiresReplace, tf.attrs(change.Planned)
	if s.action = string(change.Action); change.Action == prototest.NoOp {
		s.action = "nothing"
	}
}

// carryOut is `terraform apply` of a saved plan.
func (tf *terraform) carryOut(planned step, config attrs) step {
	tf.t.Helper()
	workspace := tf.workspace(config)
	tf.report(&planned, workspace.Apply(tf.t.Context(), planned.plan))
	tf.hold(workspace.State)
	return planned
}

// imported is `terraform import`, or an import block, and the refresh that follows.
func (tf *terraform) imported(id string, identity attrs) (got step) {
	tf.t.Helper()
	workspace := tf.workspace(nil)
	tf.report(&got, workspace.Import(tf.t.Context(), here, memoryInvite, id, identity))
	tf.hold(workspace.State)
	return got
}

// report adds what a command reports.
func (tf *terraform) report(to *step, reports []prototest.Report) {
	tf.t.Helper()
	for _, one := range reports {
		to.note(tf, prototest.Diagnostics{one.Diagnostic})
	}
}

func (s *step) note(tf *terraform, diags prototest.Diagnostics) {
	tf.t.Helper()
	for _, one := range diags {
		text := prototest.Diagnostics{one}.Texts()[0]
		tf.secret(text)
		switch {
		case prototest.IsDefect(one):
			tf.t.Error(text)
		case one.Severity == tfprotov6.DiagnosticSeverityError:
			s.errors = append(s.errors, text)
		default:
			s.warnings = append(s.warnings, text)
		}
	}
}

// walk is one process of the provider, for tests that make its calls one by one.
type walk struct {
	*terraform
	process *prototest.Process
	server  tfprotov6.ProviderServer
	object  tftypes.Object
	step    step
}

// process starts the provider.
func (tf *terraform) process() *walk {
	tf.t.Helper()
	installed := tf.install()
	process, diags := installed.Start(tf.t.Context(), attrs{})
	if diags.HasErrors() {
		tf.t.Fatal(diags)
	}
	object, _ := installed.Type(memoryInvite).(tftypes.Object)
	return &walk{terraform: tf, process: process, server: process.Server, object: object}
}

func (w *walk) refresh() {
	w.t.Helper()
	if prior := w.current(w.process.Terraform); prior != nil {
		now, diags := w.process.Refresh(w.context(), memoryInvite, prior)
		w.step.note(w.terraform, diags)
		w.keep(now)
	}
}

func (w *walk) plan(config attrs) {
	w.t.Helper()
	w.step.action = "nothing"
	prior := w.current(w.process.Terraform)
	var (
		change prototest.Change
		diags  prototest.Diagnostics
	)
	switch {
	case config != nil:
		value := prototest.Value(w.object, map[string]any(config))
		change, diags = w.process.Plan(w.context(), memoryInvite, prior, value, w.createBeforeDestroy)
	case prior != nil:
		change, diags = w.process.PlanDelete(w.context(), memoryInvite, prior)
	default:
		return
	}
	if w.step.note(w.terraform, diags); !diags.HasErrors() {
		w.step.decided(w.terraform, change)
	}
}

// apply creates or updates: it plans once more, as Terraform does, and carries that out. No prior is a create.
func (w *walk) apply(prior, config attrs) {
	w.t.Helper()
	w.state = prior
	warnings := w.step.warnings
	w.plan(config)
	w.step.warnings = warnings // those of the plan were shown already
	if len(w.step.errors) > 0 {
		return
	}
	now, diags := w.process.Apply(w.context(), w.step.change)
	w.step.note(w.terraform, diags)
	w.keep(now)
}

func (w *walk) context() context.Context { return w.t.Context() }

// note adds what a call of the server answered.
func (w *walk) note(err error, diagnostics []*tfprotov6.Diagnostic) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
	w.step.note(w.terraform, diagnostics)
}

// value is an object as the protocol has it.
func (w *walk) value(object tftypes.Object, all attrs) *tfprotov6.DynamicValue {
	w.t.Helper()
	value := tftypes.NewValue(object, nil)
	if all != nil {
		value = prototest.Value(object, map[string]any(all))
	}
	wire, err := tfprotov6.NewDynamicValue(object, value)
	if err != nil {
		w.t.Fatal(err)
	}
	return &wire
}

func plain(value tftypes.Value) any { return prototest.Plain(value) }
