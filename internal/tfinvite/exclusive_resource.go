// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// exclusiveResource finds the invitations to an organization that nobody declared, on every platform.
type exclusiveResource[G invite.Grant[G]] struct {
	inviteBase[G]
	definition schema.Schema
}

var (
	_ resource.ResourceWithConfigure      = (*exclusiveResource[noGrant])(nil)
	_ resource.ResourceWithModifyPlan     = (*exclusiveResource[noGrant])(nil)
	_ resource.ResourceWithImportState    = (*exclusiveResource[noGrant])(nil)
	_ resource.ResourceWithIdentity       = (*exclusiveResource[noGrant])(nil)
	_ resource.ResourceWithValidateConfig = (*exclusiveResource[noGrant])(nil)
)

// NewExclusiveResource returns the constructor of a platform's exclusive resource.
func NewExclusiveResource[G invite.Grant[G]](descriptor *Descriptor[G]) func() resource.Resource {
	definition := descriptor.exclusiveSchema()
	return func() resource.Resource {
		return &exclusiveResource[G]{inviteBase[G]{configured[G]{Descriptor: descriptor}, "invites_exclusive"}, definition}
	}
}

func (r *exclusiveResource[G]) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = r.definition
}

// exclusiveObject is what private state holds: what the plan shows has to be what the apply revokes, and a plan cannot
// hand anything else to the apply of an update.
type exclusiveObject struct {
	// ID tells the objects of one organization apart.
	ID string `json:"id,omitempty"`
	// Found are the invitations behind the attribute undeclared.
	Found []invite.Undeclared `json:"found,omitempty"`
}

// exclusiveKey is where private state holds the [exclusiveObject].
const exclusiveKey = "exclusive"

// readExclusive reads what is remembered, with an id for an object that has none yet.
func readExclusive(ctx context.Context, private privateState) (object exclusiveObject) {
	object = readPrivate[exclusiveObject](ctx, private, exclusiveKey)
	if object.ID == "" {
		object.ID = rand.Text()
	}
	return object
}

// save writes a state, and what is not an attribute: the object, and the identity.
func (m *exclusiveModel) save(
	ctx context.Context, object exclusiveObject, state *tfsdk.State, private privateState,
	identity *tfsdk.ResourceIdentity,
) diag.Diagnostics {
	diags := state.Set(ctx, m)
	diags.Append(writePrivate(ctx, private, exclusiveKey, object)...)
	return append(diags, setIdentity(ctx, identity, exclusiveIdentity{m.OrganizationID})...)
}

// findUndeclared looks who is undeclared in the organization of a model.
func (r *exclusiveResource[G]) findUndeclared(
	ctx context.Context, service *invite.Service[G], model exclusiveModel, diags *diag.Diagnostics,
) []invite.Undeclared {
	organization := model.OrganizationID.ValueString()
	found, err := service.FindUndeclared(ctx, organization, model.allowed())
	if err != nil {
		r.reportSearch(diags, organization, err)
	}
	return found
}

// undeclaredValue is the attribute undeclared for what was found.
func undeclaredValue(found []invite.Undeclared) types.Map {
	granted := map[string]attr.Value{}
	for _, one := range found {
		text := one.Grant
		if before, ok := granted[one.Email].(types.String); ok {
			text = before.ValueString() + "; " + text
		}
		granted[one.Email] = types.StringValue(text)
	}
	return types.MapValueMust(types.StringType, granted)
}

// Create looks who is undeclared. It revokes nobody: no plan has shown anybody yet.
func (r *exclusiveResource[G]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan exclusiveModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	service := r.serviceOrError(&resp.Diagnostics)
	if service == nil {
		return
	}
	found := r.findUndeclared(ctx, service, plan, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	plan.Undeclared = undeclaredValue(found)
	object := exclusiveObject{ID: rand.Text(), Found: found}
	resp.Diagnostics.Append(plan.save(ctx, object, &resp.State, resp.Private, resp.Identity)...)
}

// Read looks who is undeclared by what was applied last.
func (r *exclusiveResource[G]) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state exclusiveModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	service := r.service(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, exclusiveIdentity{state.OrganizationID})...)
	if service == nil {
		organization := r.OrganizationName(state.OrganizationID.ValueString())
		resp.Diagnostics.AddWarning("The undeclared invitations to "+organization+" were not refreshed",
			fmt.Sprintf(notRefreshedDetail, r.Platform))
		return
	}
	if state.Emails.IsNull() {
		return // Just imported: before an apply records who is declared, nobody is undeclared.
	}
	found := r.findUndeclared(ctx, service, state, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if undeclared := undeclaredValue(found); !undeclared.Equal(state.Undeclared) {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, undeclaredPath, undeclared)...)
	}
	before := readExclusive(ctx, req.Private)
	now := exclusiveObject{ID: before.ID, Found: found}
	if !reflect.DeepEqual(before, now) {
		resp.Diagnostics.Append(writePrivate(ctx, resp.Private, exclusiveKey, now)...)
	}
}

func (r *exclusiveResource[G]) reportSearch(diags *diag.Diagnostics, organization string, err error) {
	r.report(diags, "Could not look for undeclared invitations to "+r.OrganizationName(organization), err)
}

// Update revokes what the plan showed, where that is wanted, and looks who is undeclared where the plan left that open.
func (r *exclusiveResource[G]) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state exclusiveModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	service := r.serviceOrError(&resp.Diagnostics)
	if service == nil {
		return
	}
	object := readExclusive(ctx, req.Private)
	object.Found = stillUndeclared(object.Found, state.Undeclared, plan.allowed())
	if plan.Enforce.ValueBool() {
		r.revoke(ctx, service, plan.OrganizationID.ValueString(), object.Found, &resp.Diagnostics)
		if resp.Diagnostics.HasError() {
			return // The next refresh finds what is left.
		}
		object.Found = nil
	}
	if plan.Undeclared.IsUnknown() {
		object.Found = r.findUndeclared(ctx, service, plan, &resp.Diagnostics)
		if resp.Diagnostics.HasError() {
			return
		}
		plan.Undeclared = undeclaredValue(object.Found)
	}
	resp.Diagnostics.Append(plan.save(ctx, object, &resp.State, resp.Private, resp.Identity)...)
}

// revoke revokes what the plan showed, and says what it did not touch.
func (r *exclusiveResource[G]) revoke(
	ctx context.Context, service *invite.Service[G], organization string, planned []invite.Undeclared,
	diags *diag.Diagnostics,
) {
	if len(planned) == 0 {
		return
	}
	results, err := service.RevokeUndeclared(ctx, organization, planned)
	if err != nil {
		r.reportSearch(diags, organization, err)
		return
	}
	var untouched []string
	for _, result := range results {
		switch {
		case result.Err != nil:
			summary := "Could not revoke the invitation of " + result.Email + " to " + r.OrganizationName(organization)
			r.report(diags, summary, result.Err)
		case result.Untouched:
			untouched = append(untouched, result.Email)
		}
	}
	if len(untouched) > 0 {
		diags.AddWarning("Some undeclared invitations to "+r.OrganizationName(organization)+" were no longer there to revoke",
			enumerate(untouched)+". Since the plan, each of them was accepted, has expired, was revoked, or was sent again. "+
				"Nothing was done about them. Look whether these people are members. "+
				"The next plan shows an invitation that was sent again.")
	}
}

// stillUndeclared returns the invitations that are behind an attribute undeclared, and still not allowed.
func stillUndeclared(found []invite.Undeclared, shown types.Map, allowed invite.Allowed) []invite.Undeclared {
	return slices.DeleteFunc(slices.Clone(found), func(one invite.Undeclared) bool {
		_, ok := shown.Elements()[one.Email]
		return !ok || allowed.Allows(one.Email)
	})
}

// Delete does nothing: the resource has nothing of its own.
func (r *exclusiveResource[G]) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {
}

// ImportState takes the id of an organization. The next apply records who is declared.
func (r *exclusiveResource[G]) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	organization := req.ID
	if organization == "" && req.Identity != nil {
		var identity exclusiveIdentity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		organization = identity.OrganizationID.ValueString()
	}
	if organization == "" || strings.ContainsAny(organization, " \t\r\n/@") {
		resp.Diagnostics.AddError(fmt.Sprintf("Not an import id of %s", r.typeName("invites_exclusive")),
			fmt.Sprintf("%q: it must be the id of an organization.", organization))
	}
	service := r.serviceOrError(&resp.Diagnostics)
	if service == nil {
		return
	}
	if _, err := service.Invites(ctx, organization, invite.PendingOnly()); err != nil {
		r.reportSearch(&resp.Diagnostics, organization, err)
		return
	}
	imported := exclusiveModel{
		OrganizationID: types.StringValue(organization),
		Emails:         types.ListNull(types.StringType),
		Except:         types.ListNull(types.StringType),
		Enforce:        types.BoolValue(false),
		AllowEmpty:     types.BoolValue(false),
		MaxRemovals:    types.Int64Value(defaultMaxRemovals),
		Undeclared:     undeclaredValue(nil),
	}
	object := exclusiveObject{ID: rand.Text()}
	resp.Diagnostics.Append(imported.save(ctx, object, &resp.State, resp.Private, resp.Identity)...)
}

// names are the addresses in undeclared, in order.
func names(undeclared types.Map) []string { return slices.Sorted(maps.Keys(undeclared.Elements())) }
