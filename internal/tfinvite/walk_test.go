package tfinvite

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// walk is one process of the provider.
type walk struct {
	*terraform
	server tfprotov6.ProviderServer
	object tftypes.Object
	step   step
}

const memoryInvite = "orginvite_memory_invite"

func (w *walk) refresh() {
	w.t.Helper()
	if w.state == nil {
		return
	}
	resp, err := w.server.ReadResource(w.t.Context(), &tfprotov6.ReadResourceRequest{TypeName: memoryInvite, CurrentState: w.value(w.object, w.state), CurrentIdentity: w.identity, Private: w.private})
	w.note(err, resp.Diagnostics)
	if len(w.step.errors) == 0 {
		w.state, w.identity, w.private = w.read(resp.NewState), resp.NewIdentity, resp.Private
	}
}

func (w *walk) plan(config attrs) {
	w.t.Helper()
	if config == nil {
		w.step.action = "nothing"
		if w.state != nil {
			w.step.action = "delete"
			w.propose(w.state, nil)
		}
		return
	}
	because := w.propose(w.state, config)
	switch {
	case w.state == nil:
		w.step.action = "create"
	case len(because) > 0:
		w.step.action, w.step.because = "replace", because
		if len(w.step.errors) == 0 {
			w.propose(nil, config)
		}
	case w.same(w.step.planned, w.state):
		w.step.action = "nothing"
	default:
		w.step.action = "update"
	}
}

// propose asks for the plan from prior to config, and returns what forces a replacement.
func (w *walk) propose(prior, config attrs) (because []string) {
	w.t.Helper()
	proposed := attrs{}
	for name := range w.object.AttributeTypes {
		proposed[name] = config[name]
		if config[name] == nil {
			proposed[name] = prior[name]
		}
	}
	if config == nil {
		proposed = nil
	}
	resp, err := w.server.PlanResourceChange(w.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: memoryInvite, PriorState: w.value(w.object, prior), Config: w.value(w.object, config),
		ProposedNewState: w.value(w.object, proposed), PriorIdentity: w.identity, PriorPrivate: w.private,
	})
	w.note(err, resp.Diagnostics)
	if len(w.step.errors) > 0 {
		return nil
	}
	w.step.planned, w.step.private = w.read(resp.PlannedState), resp.PlannedPrivate
	for name, value := range config {
		if value != nil && w.step.planned[name] != value && w.step.planned[name] != prior[name] {
			w.t.Errorf("invalid plan: %s is %v, declared %v, was %v", name, w.step.planned[name], value, prior[name])
		}
	}
	for _, at := range resp.RequiresReplace {
		because = append(because, name(at))
	}
	slices.Sort(because)
	return because
}

// apply makes a change from prior to config, and holds the provider to its plan as Terraform does.
// Like Terraform it plans again, but not what is deleted, which goes by the plan at hand.
func (w *walk) apply(prior, config attrs) {
	w.t.Helper()
	planned := attrs(nil)
	if config != nil {
		warnings := w.step.warnings
		w.propose(prior, config)
		w.step.warnings = warnings // those of the plan were shown already
		planned = w.step.planned
	}
	if len(w.step.errors) > 0 {
		return
	}
	resp, err := w.server.ApplyResourceChange(w.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: memoryInvite, PriorState: w.value(w.object, prior), Config: w.value(w.object, config), PlannedState: w.value(w.object, planned), PlannedIdentity: w.identity, PlannedPrivate: w.step.private,
	})
	w.note(err, resp.Diagnostics)
	w.state, w.identity, w.private = w.read(resp.NewState), resp.NewIdentity, resp.Private
	if len(w.step.errors) > 0 || config == nil {
		return
	}
	for name, value := range planned {
		if value != any(unknown) && w.state[name] != value {
			w.t.Errorf("inconsistent result: %s is %v, planned %v", name, w.state[name], value)
		}
		if w.state[name] == any(unknown) {
			w.t.Errorf("still unknown after apply: %s", name)
		}
	}
}

func (w *walk) note(err error, diagnostics []*tfprotov6.Diagnostic) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
	for _, d := range diagnostics {
		told := name(d.Attribute) + ": " + d.Summary + ": " + d.Detail
		w.secret(told)
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			w.step.errors = append(w.step.errors, told)
		} else {
			w.step.warnings = append(w.step.warnings, told)
		}
	}
}

// secret fails the test when something that Terraform gets to see holds a token.
func (w *walk) secret(told any) {
	w.t.Helper()
	if text, ok := told.(string); ok && strings.Contains(text, "secret-") {
		w.t.Errorf("a secret: %s", text)
	}
}

// name is that of the attribute that a path leads to.
func name(at *tftypes.AttributePath) string {
	return strings.TrimSuffix(strings.TrimPrefix(at.String(), `AttributeName("`), `")`)
}

func (w *walk) same(a, b attrs) bool {
	for name := range w.object.AttributeTypes {
		if a[name] != b[name] {
			return false
		}
	}
	return true
}

// value and read translate between attributes and the wire.
func (w *walk) value(object tftypes.Object, all attrs) *tfprotov6.DynamicValue {
	w.t.Helper()
	whole := tftypes.NewValue(object, nil)
	if all != nil {
		values := map[string]tftypes.Value{}
		for name, kind := range object.AttributeTypes {
			values[name] = tftypes.NewValue(kind, all[name])
		}
		whole = tftypes.NewValue(object, values)
	}
	wire, err := tfprotov6.NewDynamicValue(object, whole)
	if err != nil {
		w.t.Fatal(err)
	}
	return &wire
}

func (w *walk) read(wire *tfprotov6.DynamicValue) attrs {
	w.t.Helper()
	var values map[string]tftypes.Value
	whole, err := wire.Unmarshal(w.object)
	if err == nil {
		err = whole.As(&values)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	if whole.IsNull() {
		return nil
	}
	all := attrs{}
	for name, value := range values {
		all[name] = plain(value)
		w.secret(all[name])
	}
	return all
}

func plain(value tftypes.Value) any {
	var word string
	var flag bool
	switch {
	case !value.IsKnown():
		return unknown
	case value.IsNull():
		return nil
	case value.As(&word) == nil:
		return word
	case value.As(&flag) == nil:
		return flag
	}
	return value.String()
}
