// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// ModifyPlan decides what a plan says about undeclared invitations. What it plans as known follows from state and
// configuration alone, since it is asked again during the apply; only warnings come from a look at the platform.
func (r *exclusiveResource[G]) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	if req.Plan.Raw.IsNull() {
		return // Destroying it does nothing.
	}
	var config, plan, state exclusiveModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	exists := !req.State.Raw.IsNull()
	if exists {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	requireKnown(ctx, config, &resp.Diagnostics)
	service := r.service(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	plan.OrganizationID = state.OrganizationID
	if !exists || !config.OrganizationID.IsNull() || !r.connection.Organization.IsNull() {
		plan.OrganizationID = r.connection.OrganizationOr(ctx, config.OrganizationID, &resp.Diagnostics)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if exists && !plan.OrganizationID.Equal(state.OrganizationID) {
		resp.RequiresReplace = append(resp.RequiresReplace, organizationPath)
		state = exclusiveModel{} // nothing is known of the other organization
	}
	object := readExclusive(ctx, req.Private)
	resp.Diagnostics.Append(writePrivate(ctx, resp.Private, exclusiveKey, object)...)
	r.checkOthers(service, plan, object.ID, &resp.Diagnostics)

	object.Found = stillUndeclared(object.Found, state.Undeclared, plan.allowed())
	plan.Undeclared = planUndeclared(plan, state)
	if plan.Enforce.ValueBool() {
		r.checkRemovals(plan, object.Found, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, organizationPath, plan.OrganizationID)...)
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, undeclaredPath, plan.Undeclared)...)
	if !resp.Diagnostics.HasError() {
		r.warnUndeclared(ctx, service, plan, object.Found, &resp.Diagnostics)
	}
}

// requireKnown adds an error for each argument that is known only after apply: all of them decide who is revoked.
func requireKnown(ctx context.Context, config exclusiveModel, diags *diag.Diagnostics) {
	for _, argument := range []struct {
		name  string
		value attr.Value
	}{
		{"emails", config.Emails},
		{"except", config.Except},
		{"enforce", config.Enforce},
		{"allow_empty", config.AllowEmpty},
		{"max_removals", config.MaxRemovals},
	} {
		if !isKnown(ctx, argument.value) {
			diags.AddAttributeError(path.Root(argument.name), argument.name+" must be known while planning",
				"It depends on something that is known only after apply, so the plan cannot show whom the apply would revoke. "+
					"Use values that the configuration contains, such as the addresses in for_each of the invitations.")
		}
	}
}

// checkOthers compares the resource with everything that was planned for the organization before.
func (r *exclusiveResource[G]) checkOthers(
	service *invite.Service[G], plan exclusiveModel, id string, diags *diag.Diagnostics,
) {
	if service == nil || plan.OrganizationID.IsUnknown() {
		return
	}
	organization := plan.OrganizationID.ValueString()
	missing, another := service.DeclareExclusive(organization, id, plan.allowed())
	if another {
		diags.AddAttributeError(organizationPath, "Two exclusive resources for "+r.OrganizationName(organization),
			"Each of them would revoke what only the other one allows. Keep one "+r.typeName("invites_exclusive")+
				" for each organization, and give it the addresses of both.")
	}
	if len(missing) > 0 {
		diags.AddAttributeError(emailsPath, "Declared invitations are missing from emails",
			"This configuration invites "+enumerate(missing)+" to "+r.OrganizationName(organization)+
				", and neither emails nor except contains them. Add them to emails, such as with [for r in "+
				r.Resource+".person : r.email].")
	}
}

// planUndeclared plans the attribute undeclared. The state is empty if there is none for the organization.
func planUndeclared(plan, state exclusiveModel) types.Map {
	switch {
	case state.Emails.IsNull() || !plan.allowed().Covers(state.allowed()):
		// Somebody may be undeclared now who was not before, and only a look at the platform shows that.
		return types.MapUnknown(types.StringType)
	case plan.Enforce.ValueBool():
		return undeclaredValue(nil)
	}
	kept, allowed := map[string]attr.Value{}, plan.allowed()
	for email, granted := range state.Undeclared.Elements() {
		if !allowed.Allows(email) {
			kept[email] = granted
		}
	}
	return types.MapValueMust(types.StringType, kept)
}

// checkRemovals refuses a plan that would revoke more than is wanted.
func (r *exclusiveResource[G]) checkRemovals(
	plan exclusiveModel, removals []invite.Undeclared, diags *diag.Diagnostics,
) {
	if int64(len(removals)) <= plan.MaxRemovals.ValueInt64() {
		return
	}
	all := make([]string, 0, len(removals))
	for _, removal := range removals {
		all = append(all, removal.Email)
	}
	diags.AddAttributeError(maxRemovalsPath,
		fmt.Sprintf("This plan would revoke %d invitations, and max_removals is %d",
			len(removals), plan.MaxRemovals.ValueInt64()),
		fmt.Sprintf("They would be revoked: %s. Add those who may be invited to emails or except. "+
			"If all of them are to be revoked, set max_removals = %d.", strings.Join(all, ", "), len(removals)))
}

const (
	leftAlone = "They are left alone. Add those who may be invited to emails or except. " +
		"To have the others revoked, set enforce = true."
	leftForNow = "This apply leaves them alone, because no plan has shown their removal yet. " +
		"The next plan shows it, and its apply revokes them."
)

// warnUndeclared warns of invitations that this apply leaves alone although nobody declared them.
func (r *exclusiveResource[G]) warnUndeclared(
	ctx context.Context, service *invite.Service[G], plan exclusiveModel, removals []invite.Undeclared,
	diags *diag.Diagnostics,
) {
	enforced := plan.Enforce.ValueBool()
	undeclared := names(plan.Undeclared)
	if plan.Undeclared.IsUnknown() {
		if service == nil || plan.OrganizationID.IsUnknown() {
			return
		}
		found := r.findUndeclared(ctx, service, plan, diags)
		if enforced {
			found = slices.DeleteFunc(found, func(one invite.Undeclared) bool {
				return slices.ContainsFunc(removals, one.Is)
			})
		}
		undeclared = names(undeclaredValue(found))
	}
	if len(undeclared) == 0 || diags.HasError() {
		return
	}
	next := leftAlone
	if enforced {
		next = leftForNow
	}
	diags.AddAttributeWarning(emailsPath,
		"Nobody declared these invitations to "+r.OrganizationName(plan.OrganizationID.ValueString())+": "+
			enumerate(undeclared), next)
}

// checkExclusive compares a planned invitation with the exclusive resource that was planned for the organization
// before, if there is one.
func (r *inviteResource[G]) checkExclusive(planned *Base, diags *diag.Diagnostics) {
	if diags.HasError() {
		return
	}
	service := r.service(diags)
	if service == nil || planned.Email.IsUnknown() || planned.OrganizationID.IsUnknown() {
		return
	}
	email, organization := planned.Email.ValueString(), planned.OrganizationID.ValueString()
	if service.DeclarePerson(organization, email) {
		diags.AddAttributeError(emailPath,
			email+" is declared here, and missing from "+r.typeName("invites_exclusive"),
			"The exclusive resource of "+r.OrganizationName(organization)+
				" would take this invitation for an undeclared one. "+
				"Add the address to its emails, such as with [for r in "+r.Resource+".person : r.email].")
	}
}
