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
	requireKnown(config, &resp.Diagnostics)
	service := r.service(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	plan.OrganizationID = r.planOrganization(ctx, config, state, exists, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	moved := exists && !plan.OrganizationID.Equal(state.OrganizationID)
	if moved {
		resp.RequiresReplace = append(resp.RequiresReplace, organizationPath)
	}
	object := readExclusive(ctx, req.Private)
	resp.Diagnostics.Append(writeExclusive(ctx, resp.Private, object)...)
	r.checkOthers(service, plan, object.ID, &resp.Diagnostics)

	if exists && !moved {
		object.Found = stillUndeclared(object.Found, state.Undeclared, plan.allowed())
	} else {
		object.Found = nil
	}
	plan.Undeclared = planUndeclared(plan, state, exists && !moved)
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
func requireKnown(config exclusiveModel, diags *diag.Diagnostics) {
	for _, argument := range []struct {
		name  string
		known bool
	}{
		{"emails", isKnown(config.Emails)},
		{"except", isKnown(config.Except)},
		{"enforce", !config.Enforce.IsUnknown()},
		{"allow_empty", !config.AllowEmpty.IsUnknown()},
		{"max_removals", !config.MaxRemovals.IsUnknown()},
	} {
		if !argument.known {
			diags.AddAttributeError(path.Root(argument.name), argument.name+" must be known while planning",
				"It depends on something that is known only after apply, so the plan cannot show whom the apply would revoke. "+
					"Use values that the configuration contains, such as the addresses in for_each of the invitations.")
		}
	}
}

// isKnown reports whether a list and all of its elements are known.
func isKnown(list types.List) bool {
	return !list.IsUnknown() && !slices.ContainsFunc(list.Elements(), attr.Value.IsUnknown)
}

// planOrganization returns the organization to plan for.
func (r *exclusiveResource[G]) planOrganization(
	ctx context.Context, config, state exclusiveModel, exists bool, diags *diag.Diagnostics,
) types.String {
	if exists && config.OrganizationID.IsNull() && r.connection.Organization.IsNull() {
		return state.OrganizationID
	}
	return r.connection.OrganizationOr(ctx, config.OrganizationID, diags)
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

// planUndeclared plans the attribute undeclared.
func planUndeclared(plan, state exclusiveModel, exists bool) types.Map {
	switch {
	case !exists || state.Emails.IsNull() || !plan.allowed().Covers(state.allowed()):
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
		found, err := service.FindUndeclared(ctx, plan.OrganizationID.ValueString(), plan.allowed())
		if err != nil {
			r.reportSearch(diags, plan.OrganizationID.ValueString(), err)
			return
		}
		if enforced {
			found = slices.DeleteFunc(found, func(one invite.Undeclared) bool {
				return slices.ContainsFunc(removals, one.Is)
			})
		}
		undeclared = names(undeclaredValue(found))
	}
	if len(undeclared) == 0 {
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
