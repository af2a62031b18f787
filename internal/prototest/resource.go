// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package prototest

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Object is what state holds of one object of a resource.
type Object struct {
	Value    tftypes.Value
	Private  []byte
	Identity *tfprotov6.ResourceIdentityData
	// Tainted: its creation failed after the provider had returned state. The next plan replaces it.
	Tainted bool
}

// Text is a string attribute; "" where it is null, and for no object.
func (o *Object) Text(name string) string {
	if o == nil {
		return ""
	}
	return Text(o.Value, name)
}

// IsSet reports whether a bool attribute is true.
func (o *Object) IsSet(name string) bool { return o != nil && IsSet(o.Value, name) }

// Attributes are the attributes that are not null; nil for no object.
func (o *Object) Attributes() Attributes {
	if o == nil {
		return nil
	}
	all, _ := Plain(o.Value).(Attributes)
	return all
}

// String is the object in one line.
func (o *Object) String() string {
	if o == nil {
		return "nothing"
	}
	return Brief(o.Value)
}

// Action is what a plan does with an object.
type Action string

// The actions of a plan, in the words of Terraform.
const (
	NoOp    Action = "no-op"
	Create  Action = "create"
	Update  Action = "update"
	Replace Action = "replace"
	Delete  Action = "delete"
)

// Change is the plan for one object.
type Change struct {
	Type   string
	Action Action
	// CreateFirst: a replacement creates the new object before it destroys the old one.
	CreateFirst bool
	Prior       *Object       // nil: there is none
	Config      tftypes.Value // null: it is destroyed
	Planned     tftypes.Value
	Private     []byte
	Identity    *tfprotov6.ResourceIdentityData
	// RequiresReplace are the attributes that force a replacement.
	RequiresReplace []string
}

// ValidateResource checks the configuration of a resource.
func (p *Process) ValidateResource(ctx context.Context, resource string, config tftypes.Value) Diagnostics {
	answer, err := p.Server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{
		TypeName: resource, Config: encode(config),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	if err != nil {
		return answered("ValidateResourceConfig", err, nil)
	}
	return answer.Diagnostics
}

// Load reads an object from state, where it is JSON, and upgrades it to the present schema.
func (p *Process) Load(ctx context.Context, resource string, stored *Object) (*Object, Diagnostics) {
	content, err := json.Marshal(plain(stored.Value, true))
	must(err)
	answer, err := p.Server.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{
		TypeName: resource, Version: p.schema(resource).Version, RawState: &tfprotov6.RawState{JSON: content},
	})
	if err != nil {
		return stored, answered("UpgradeResourceState", err, nil)
	}
	if Diagnostics(answer.Diagnostics).HasErrors() {
		return stored, answer.Diagnostics
	}
	loaded := *stored
	loaded.Value = decode(p.Type(resource), answer.UpgradedState)
	return &loaded, answer.Diagnostics
}

// Refresh reads an object. It returns nil if the object is gone, and the object as it was after an error.
func (p *Process) Refresh(ctx context.Context, resource string, prior *Object) (*Object, Diagnostics) {
	answer, err := p.Server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
		TypeName: resource, CurrentState: encode(prior.Value), Private: prior.Private, CurrentIdentity: prior.Identity,
	})
	if err != nil {
		return prior, answered("ReadResource", err, nil)
	}
	diags := Diagnostics(answer.Diagnostics)
	if diags.HasErrors() {
		return prior, diags
	}
	now := decode(p.Type(resource), answer.NewState)
	switch {
	case now.IsNull():
		return nil, diags
	case !now.IsFullyKnown():
		return prior, append(diags, defect(invalidRefresh, "unknown values after refresh: %s", Brief(now)))
	case !p.sameIdentity(resource, prior.Identity, answer.NewIdentity):
		return prior, append(diags, defect(differentIdentity, "%v became %v",
			p.Identity(resource, prior.Identity), p.Identity(resource, answer.NewIdentity)))
	}
	return &Object{Value: now, Private: answer.Private, Identity: answer.NewIdentity, Tainted: prior.Tainted}, diags
}

// Plan plans the change from an object, nil for none, to a configuration.
func (p *Process) Plan(
	ctx context.Context, resource string, prior *Object, config tftypes.Value, createFirst bool,
) (Change, Diagnostics) {
	if valid := p.ValidateResource(ctx, resource, config); valid.HasErrors() {
		return Change{}, valid
	}
	if prior != nil && prior.Tainted {
		change, diags := p.planFrom(ctx, resource, &Object{}, config)
		change.Action, change.CreateFirst, change.Prior = Replace, createFirst, prior
		return change, diags
	}
	if prior == nil {
		change, diags := p.planFrom(ctx, resource, &Object{}, config)
		change.Action = Create
		return change, diags
	}
	change, diags := p.planFrom(ctx, resource, prior, config)
	if diags.HasErrors() {
		return change, diags
	}
	change.Prior = prior
	switch {
	case change.Planned.Equal(prior.Value):
		change.Action = NoOp
	case len(change.RequiresReplace) == 0:
		change.Action = Update
	default:
		// Terraform plans what comes instead as if there were nothing, and shows only the errors of that.
		instead, more := p.planFrom(ctx, resource, &Object{Private: change.Private}, config)
		if more.HasErrors() {
			return instead, append(diags, more...)
		}
		instead.Action, instead.CreateFirst, instead.Prior = Replace, createFirst, prior
		instead.RequiresReplace = change.RequiresReplace
		return instead, diags
	}
	return change, diags
}

// planFrom asks for one plan. A prior object without a value is none.
func (p *Process) planFrom(
	ctx context.Context, resource string, prior *Object, config tftypes.Value,
) (Change, Diagnostics) {
	schema, before := p.schema(resource), prior.Value
	if before.Type() == nil {
		before = tftypes.NewValue(schema.ValueType(), nil)
	}
	answer, err := p.Server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: resource, PriorState: encode(before), ProposedNewState: encode(proposedNew(schema, before, config)),
		Config: encode(config), PriorPrivate: prior.Private, PriorIdentity: prior.Identity,
	})
	if err != nil {
		return Change{}, answered("PlanResourceChange", err, nil)
	}
	diags := Diagnostics(answer.Diagnostics)
	if diags.HasErrors() {
		return Change{}, diags
	}
	change := Change{
		Type: resource, Config: config, Planned: decode(schema.ValueType(), answer.PlannedState),
		Private: answer.PlannedPrivate, Identity: answer.PlannedIdentity,
	}
	if problems := planProblems(schema, before, config, change.Planned); len(problems) > 0 {
		return Change{}, append(diags, defect(invalidPlan, "%s", strings.Join(problems, "\n")))
	}
	change.RequiresReplace = changedPaths(answer.RequiresReplace, before, change.Planned)
	return change, diags
}

// changedPaths are those that differ: Terraform replaces for nothing else.
func changedPaths(paths []*tftypes.AttributePath, before, planned tftypes.Value) (changed []string) {
	if before.IsNull() {
		return nil
	}
	for _, path := range paths {
		was, _, wasErr := tftypes.WalkAttributePath(before, path)
		is, _, isErr := tftypes.WalkAttributePath(planned, path)
		old, wasValue := was.(tftypes.Value)
		now, isValue := is.(tftypes.Value)
		if wasErr != nil || isErr != nil || !wasValue || !isValue || !now.Equal(old) {
			changed = append(changed, pathText(path))
		}
	}
	return changed
}

// PlanDelete plans to destroy an object.
func (p *Process) PlanDelete(ctx context.Context, resource string, prior *Object) (Change, Diagnostics) {
	null := tftypes.NewValue(p.Type(resource), nil)
	change := Change{Type: resource, Action: Delete, Prior: prior, Config: null, Planned: null, Private: prior.Private}
	if capabilities := p.Schemas.ServerCapabilities; capabilities == nil || !capabilities.PlanDestroy {
		return change, nil
	}
	planned, diags := p.planFrom(ctx, resource, prior, null)
	if diags.HasErrors() {
		return Change{}, diags
	}
	change.Private, change.Identity = planned.Private, planned.Identity
	return change, diags
}

// Apply makes a change that is not a replacement. It returns what state holds then; nil for nothing.
func (p *Process) Apply(ctx context.Context, change Change) (*Object, Diagnostics) {
	kind := p.Type(change.Type)
	before := tftypes.NewValue(kind, nil)
	if change.Prior != nil {
		before = change.Prior.Value
	}
	answer, err := p.Server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: change.Type, PriorState: encode(before), PlannedState: encode(change.Planned),
		Config: encode(change.Config), PlannedPrivate: change.Private, PlannedIdentity: change.Identity,
	})
	if err != nil {
		return change.Prior, answered("ApplyResourceChange", err, nil)
	}
	diags, now := Diagnostics(answer.Diagnostics), decode(kind, answer.NewState)
	failed := diags.HasErrors()
	if !now.IsFullyKnown() {
		diags = append(diags, defect(unknownResult, "%s", Brief(now)))
	}
	problems := resultProblems(change.Planned, now, "")
	if !failed && change.Action != Delete && !now.IsNull() && len(problems) > 0 {
		diags = append(diags, defect(inconsistentResult, "%s", strings.Join(problems, "\n")))
	}
	switch {
	case now.IsNull() && failed:
		return change.Prior, diags // to be tried again
	case now.IsNull() && change.Action != Delete:
		return nil, append(diags, defect(unknownResult, "a null object after %s", change.Action))
	case now.IsNull():
		return nil, diags
	case change.Action == Delete && !failed:
		diags = append(diags, defect(unknownResult, "an object after it was destroyed: %s", Brief(now)))
	}
	if !failed && change.Prior != nil &&
		!p.sameIdentity(change.Type, change.Prior.Identity, answer.NewIdentity) {
		diags = append(diags, defect(differentIdentity, "%v became %v",
			p.Identity(change.Type, change.Prior.Identity), p.Identity(change.Type, answer.NewIdentity)))
	}
	return &Object{
		Value: now, Private: answer.Private, Identity: answer.NewIdentity,
		Tainted: failed && (change.Action == Create || change.Prior.Tainted),
	}, diags
}

// replan plans a change once more, in an apply, and holds it against the plan that was shown.
func (p *Process) replan(ctx context.Context, shown Change, prior *Object) (Change, Diagnostics) {
	change, diags := p.Plan(ctx, shown.Type, prior, shown.Config, shown.CreateFirst)
	if diags.HasErrors() {
		return change, diags
	}
	want := shown.Action
	if want == Replace {
		want = Create // the old object is out of the way already
	}
	if change.Action != want && (want != Update || change.Action != NoOp) {
		return change, append(diags, defect(inconsistentPlan, "the action changed from %s to %s", want, change.Action))
	}
	if problems := resultProblems(shown.Planned, change.Planned, ""); len(problems) > 0 {
		return change, append(diags, defect(inconsistentPlan, "%s", strings.Join(problems, "\n")))
	}
	return change, diags.Errors() // the warnings were shown with the plan
}

// Import imports an object by its id, or by its identity where the id is empty, and refreshes it as Terraform does.
func (p *Process) Import(
	ctx context.Context, resource, id string, identity Attributes,
) (*Object, Diagnostics) {
	request := &tfprotov6.ImportResourceStateRequest{TypeName: resource, ID: id}
	if id == "" {
		request.Identity = &tfprotov6.ResourceIdentityData{IdentityData: encode(Value(p.identityType(resource), identity))}
	}
	answer, err := p.Server.ImportResourceState(ctx, request)
	if err != nil {
		return nil, answered("ImportResourceState", err, nil)
	}
	diags := Diagnostics(answer.Diagnostics)
	if diags.HasErrors() {
		return nil, diags
	}
	if len(answer.ImportedResources) != 1 {
		return nil, append(diags, defect(invalidRefresh, "%d objects were imported", len(answer.ImportedResources)))
	}
	found := answer.ImportedResources[0]
	now, more := p.Refresh(ctx, resource, &Object{
		Value: decode(p.Type(resource), found.State), Private: found.Private, Identity: found.Identity,
	})
	diags = append(diags, more...)
	switch {
	case diags.HasErrors():
		return nil, diags
	case now == nil:
		return nil, append(diags, defect("Cannot import non-existent remote object", "The provider found nothing."))
	}
	return now, diags
}

func (tf *Terraform) identityType(resource string) tftypes.Type {
	return tf.identities[resource].ValueType()
}

// Identity is a resource identity in plain values; nil where there is none.
func (tf *Terraform) Identity(resource string, identity *tfprotov6.ResourceIdentityData) Attributes {
	all, _ := Plain(tf.identity(resource, identity)).(Attributes)
	return all
}

// sameIdentity reports whether the identity of an object stayed the same. An older Terraform, and a failed deletion,
// leave none in state.
func (tf *Terraform) sameIdentity(resource string, was, is *tfprotov6.ResourceIdentityData) bool {
	before, now := tf.identity(resource, was), tf.identity(resource, is)
	return before.IsNull() || before.Equal(now)
}

func (tf *Terraform) identity(resource string, of *tfprotov6.ResourceIdentityData) tftypes.Value {
	if of == nil {
		return tftypes.NewValue(tf.identityType(resource), nil)
	}
	return decode(tf.identityType(resource), of.IdentityData)
}
