// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package prototest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// thing is the resource of the provider in these tests: a name that can be changed, a size that forces a replacement, a
// nested object, and an id that the provider decides.
const thing = "test_thing"

var (
	options = &tfprotov6.SchemaObject{
		Nesting: tfprotov6.SchemaObjectNestingModeSingle,
		Attributes: []*tfprotov6.SchemaAttribute{
			{Name: "mode", Type: tftypes.String, Optional: true},
			{Name: "level", Type: tftypes.String, Optional: true, Computed: true},
		},
	}
	schema = &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{Attributes: []*tfprotov6.SchemaAttribute{
		{Name: "name", Type: tftypes.String, Required: true},
		{Name: "size", Type: tftypes.String, Optional: true},
		{Name: "zone", Type: tftypes.String, Optional: true, Computed: true},
		{Name: "options", NestedType: options, Optional: true},
		{Name: "extra", NestedType: options, Optional: true, Computed: true},
		{Name: "id", Type: tftypes.String, Computed: true},
	}}}
	identity = &tfprotov6.ResourceIdentitySchema{IdentityAttributes: []*tfprotov6.ResourceIdentitySchemaAttribute{
		{Name: "id", Type: tftypes.String, RequiredForImport: true},
	}}
	object = schema.ValueType()
)

// things is a provider that keeps things, with faults.
type things struct {
	tfprotov6.ProviderServer
	exist     map[string]bool // by id
	calls     []string
	serial    int
	stuck     bool                                       // nothing can be destroyed
	broken    bool                                       // creating fails
	planned   func(map[string]tftypes.Value)             // changes every plan
	applied   func(map[string]tftypes.Value)             // changes every result
	proposals []tftypes.Value                            // what was proposed
	privates  map[string][]byte                          // what was planned for a deletion
	gone      func(object map[string]tftypes.Value) bool // on refresh
}

func (t *things) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return &tfprotov6.GetProviderSchemaResponse{
		Provider:           &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{}},
		ResourceSchemas:    map[string]*tfprotov6.Schema{thing: schema},
		ServerCapabilities: &tfprotov6.ServerCapabilities{PlanDestroy: true},
	}, nil
}

func (t *things) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{IdentitySchemas: map[string]*tfprotov6.ResourceIdentitySchema{thing: identity}}, nil
}

func (t *things) ValidateProviderConfig(context.Context, *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{}, nil
}

func (t *things) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

func (t *things) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}

func (t *things) UpgradeResourceState(_ context.Context, r *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	state, err := r.RawState.Unmarshal(object)
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: encode(state)}, err
}

func (t *things) ReadResource(_ context.Context, r *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	state := decode(object, r.CurrentState)
	t.calls = append(t.calls, "read "+Text(state, "id"))
	if !t.exist[Text(state, "id")] || t.gone != nil && t.gone(fields(state)) {
		state = tftypes.NewValue(object, nil)
	}
	return &tfprotov6.ReadResourceResponse{NewState: encode(state), Private: r.Private, NewIdentity: r.CurrentIdentity}, nil
}

func (t *things) PlanResourceChange(_ context.Context, r *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	prior, proposed := decode(object, r.PriorState), decode(object, r.ProposedNewState)
	answer := &tfprotov6.PlanResourceChangeResponse{PlannedState: r.ProposedNewState, PlannedPrivate: []byte("planned")}
	if proposed.IsNull() {
		answer.PlannedPrivate = []byte("destroy")
		return answer, nil
	}
	t.proposals = append(t.proposals, proposed)
	values := fields(proposed)
	if prior.IsNull() {
		values["id"] = tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	} else if !values["size"].Equal(fields(prior)["size"]) {
		answer.RequiresReplace = []*tftypes.AttributePath{tftypes.NewAttributePath().WithAttributeName("size")}
	}
	if t.planned != nil {
		t.planned(values)
	}
	answer.PlannedState = encode(tftypes.NewValue(object, values))
	return answer, nil
}

func (t *things) ApplyResourceChange(_ context.Context, r *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	prior, planned := decode(object, r.PriorState), decode(object, r.PlannedState)
	answer := &tfprotov6.ApplyResourceChangeResponse{NewState: r.PlannedState, Private: r.PlannedPrivate}
	fails := func(what string) {
		answer.Diagnostics = []*tfprotov6.Diagnostic{{Severity: tfprotov6.DiagnosticSeverityError, Summary: what, Detail: what}}
	}
	switch {
	case planned.IsNull():
		id := Text(prior, "id")
		t.calls = append(t.calls, "delete "+id)
		if t.privates[id] = r.PlannedPrivate; t.stuck {
			fails("stuck")
			answer.NewState, answer.Private = r.PriorState, []byte("kept")
			return answer, nil
		}
		delete(t.exist, id)
		return answer, nil
	case t.broken:
		t.calls = append(t.calls, "create fails")
		fails("broken")
		answer.NewState = encode(tftypes.NewValue(object, nil))
		return answer, nil
	}
	values := fields(planned)
	if prior.IsNull() {
		t.serial++
		id := fmt.Sprintf("t%d", t.serial)
		t.exist[id] = true
		values["id"] = tftypes.NewValue(tftypes.String, id)
		t.calls = append(t.calls, "create "+id)
	} else {
		t.calls = append(t.calls, "update "+Text(prior, "id"))
	}
	if t.applied != nil {
		t.applied(values)
	}
	answer.NewState = encode(tftypes.NewValue(object, values))
	answer.NewIdentity = &tfprotov6.ResourceIdentityData{IdentityData: encode(tftypes.NewValue(identity.ValueType(),
		map[string]tftypes.Value{"id": values["id"]}))}
	return answer, nil
}

// newThings is a workspace that declares one thing.
func newThings(arguments Attributes) (*things, *Workspace) {
	provider := &things{exist: map[string]bool{}, privates: map[string][]byte{}}
	return provider, &Workspace{
		Terraform: New(func() tfprotov6.ProviderServer { return provider }), State: State{},
		Declared: map[string]Resource{"a": {Type: thing, Arguments: arguments}}, Run: Parallel(1),
	}
}

// apply is `terraform apply`. It returns the action of the plan, and the errors.
func apply(t *testing.T, w *Workspace) (Action, string) {
	t.Helper()
	plan := w.Plan(t.Context())
	reports := plan.Reports
	if !plan.Failed() {
		reports = append(reports, w.Apply(t.Context(), plan)...)
	}
	return plan.Changes["a"].Action, fmt.Sprint(reports)
}

func declareSize(w *Workspace, size string, createFirst bool) {
	w.Declared["a"] = Resource{Type: thing, Arguments: Attributes{"name": "n", "size": size}, CreateBeforeDestroy: createFirst}
}

func want[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestLifeOfAThing(t *testing.T) {
	provider, w := newThings(Attributes{"name": "n"})
	for _, c := range []struct {
		change func()
		action Action
		calls  string
	}{
		{func() {}, Create, "create t1"},
		{func() {}, NoOp, "read t1"},
		{func() { w.Declared["a"] = Resource{Type: thing, Arguments: Attributes{"name": "m"}} }, Update, "read t1, update t1"},
		{func() { declareSize(w, "big", false) }, Replace, "read t1, delete t1, create t2"},
		{func() { declareSize(w, "small", true) }, Replace, "read t2, create t3, delete t2"},
		{func() { delete(provider.exist, "t3") }, Create, "read t3, create t4"},
		{func() { clear(w.Declared) }, Delete, "read t4, delete t4"},
		{func() {}, "", ""},
	} {
		c.change()
		provider.calls = nil
		action, errors := apply(t, w)
		want(t, "action", action, c.action)
		want(t, "calls", strings.Join(provider.calls, ", "), c.calls)
		want(t, "errors", errors, "[]")
	}
	want(t, "resources in state", len(w.State), 0)
}

// The destruction of what is replaced is not planned; that of a deposed object is, when it happens.
func TestPrivateStateOfDeletions(t *testing.T) {
	provider, w := newThings(Attributes{"name": "n"})
	apply(t, w)
	declareSize(w, "big", false)
	apply(t, w)
	want(t, "private state of a replacement", string(provider.privates["t1"]), "planned")
	declareSize(w, "small", true)
	apply(t, w)
	want(t, "private state of a deposed object", string(provider.privates["t2"]), "destroy")
	clear(w.Declared)
	apply(t, w)
	want(t, "private state of a destroy", string(provider.privates["t3"]), "destroy")
}

// What cannot be destroyed after its replacement was created stays deposed, and is destroyed in the next run.
func TestDeposedObject(t *testing.T) {
	provider, w := newThings(Attributes{"name": "n"})
	apply(t, w)
	declareSize(w, "big", true)
	provider.stuck = true
	_, errors := apply(t, w)
	want(t, "an error", strings.Contains(errors, "stuck"), true)
	want(t, "current", w.State["a"].Current.Text("id"), "t2")
	want(t, "objects in state", len(w.State["a"].Objects()), 2)

	plan := w.Plan(t.Context())
	want(t, "action for what is current", plan.Changes["a"].Action, NoOp)
	want(t, "deposed objects to destroy", len(plan.Deposed["a"]), 1)
	want(t, "nothing to do", plan.Empty(), false)

	provider.stuck, provider.calls = false, nil
	_, errors = apply(t, w)
	want(t, "errors", errors, "[]")
	slices.Sort(provider.calls)
	want(t, "calls", strings.Join(provider.calls, ", "), "delete t1, read t1, read t2")
	want(t, "objects in state", len(w.State["a"].Objects()), 1)

	// One that is gone when it is refreshed is forgotten, also where nothing else is left of the resource.
	provider.stuck = true
	declareSize(w, "small", true)
	apply(t, w)
	clear(provider.exist)
	clear(w.Declared)
	provider.stuck = false
	apply(t, w)
	want(t, "resources in state", len(w.State), 0)
}

// If nothing was created, what was deposed is current again.
func TestDeposedObjectIsRestored(t *testing.T) {
	provider, w := newThings(Attributes{"name": "n"})
	apply(t, w)
	declareSize(w, "big", true)
	provider.broken = true
	apply(t, w)
	want(t, "current", w.State["a"].Current.Text("id"), "t1")
	want(t, "objects in state", len(w.State["a"].Objects()), 1)
}

func TestDefects(t *testing.T) {
	set := func(name, content string) func(map[string]tftypes.Value) {
		return func(values map[string]tftypes.Value) { values[name] = tftypes.NewValue(tftypes.String, content) }
	}
	for says, spoil := range map[string]func(*things){
		invalidPlan:        func(p *things) { p.planned = set("name", "other") },
		inconsistentResult: func(p *things) { p.applied = set("name", "other") },
		unknownResult: func(p *things) {
			p.applied = func(values map[string]tftypes.Value) {
				values["id"] = tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
			}
		},
		inconsistentPlan: func(p *things) {
			p.planned = func(values map[string]tftypes.Value) { // plans another zone each time
				values["zone"] = tftypes.NewValue(tftypes.String, fmt.Sprint(len(p.proposals)))
			}
		},
	} {
		provider, w := newThings(Attributes{"name": "n"})
		spoil(provider)
		plan := w.Plan(t.Context())
		reports := plan.Reports
		if !plan.Failed() {
			reports = w.Apply(t.Context(), plan)
		}
		if len(reports) != 1 || !strings.HasPrefix(reports[0].Summary, says) || !IsDefect(reports[0].Diagnostic) {
			t.Errorf("got %v, want %q", reports, says)
		}
	}
}

// What Terraform proposes: prior values where the provider decides, and nothing that was taken out of the configuration.
func TestProposedNew(t *testing.T) {
	prior := Attributes{
		"name": "n", "size": "big", "zone": "z", "id": "t1", "options": Attributes{"mode": "m", "level": "l"},
		"extra": Attributes{"level": "x"},
	}
	with := func(changes Attributes) Attributes {
		all := maps.Clone(prior)
		maps.Copy(all, changes)
		return all
	}
	for name, c := range map[string]struct{ prior, config, want Attributes }{
		"a removed argument, and computed ones": {prior, Attributes{"name": "o"}, with(Attributes{"name": "o", "size": nil, "options": nil})},
		"a configured computed one":             {prior, Attributes{"name": "n", "zone": "y"}, with(Attributes{"zone": "y", "size": nil, "options": nil})},
		"a nested computed one":                 {prior, Attributes{"name": "n", "options": Attributes{"mode": "o"}}, with(Attributes{"size": nil, "options": Attributes{"mode": "o", "level": "l"}})},
		"a nested object that must have been configured": {
			with(Attributes{"extra": Attributes{"mode": "m", "level": "x"}}),
			Attributes{"name": "n"},
			with(Attributes{"size": nil, "options": nil, "extra": nil}),
		},
		"nothing before": {nil, Attributes{"name": "n"}, Attributes{"name": "n"}},
	} {
		before := tftypes.NewValue(object, nil)
		if c.prior != nil {
			before = Value(object, c.prior)
		}
		got := proposedNew(schema, before, Value(object, c.config))
		want(t, name, Brief(got), Brief(Value(object, c.want)))
	}
}

// Only an attribute that changes forces a replacement.
func TestUnchangedAttributeForcesNothing(t *testing.T) {
	path := []*tftypes.AttributePath{tftypes.NewAttributePath().WithAttributeName("size")}
	before := Value(object, Attributes{"name": "n", "size": "big"})
	want(t, "unchanged", len(changedPaths(path, before, Value(object, Attributes{"name": "m", "size": "big"}))), 0)
	want(t, "changed", strings.Join(changedPaths(path, before, Value(object, Attributes{"name": "n"})), " "), "size")
}
