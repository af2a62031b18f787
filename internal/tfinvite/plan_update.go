// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// planUpdate compares what is declared with the state.
func (r *inviteResource[G]) planUpdate(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	service := r.service(&resp.Diagnostics)
	config := r.read(ctx, req.Config.Raw, &resp.Diagnostics)
	plan := r.read(ctx, req.Plan.Raw, &resp.Diagnostics)
	state, stored := r.readState(ctx, req.State.Raw, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if service != nil {
		service.Track(stored)
	}
	if stored.Object.Destroyed {
		// An earlier destroy was planned, and failed.
		stored.Object.Destroyed = false
		resp.Diagnostics.Append(writePrivate(ctx, resp.Private, objectKey, stored.Object)...)
	}
	proposed := contents(plan)
	resp.RequiresReplace = r.compare(ctx, service, config, plan, state, stored, &resp.Diagnostics)
	if !resp.Diagnostics.HasError() && changed(proposed, plan) {
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
	r.checkExclusive(plan.Common(), &resp.Diagnostics)
}

// compare completes the plan of an object in state, and returns the attributes that require a replacement.
func (r *inviteResource[G]) compare(
	ctx context.Context, service *invite.Service[G], config, plan, state Model[G], stored invite.State[G],
	diags *diag.Diagnostics,
) path.Paths {
	planned, prior := plan.Common(), state.Common()
	planned.ID, planned.Status, planned.MemberID = prior.ID, prior.Status, prior.MemberID
	if moved := r.planIdentity(config.Common(), planned, prior); len(moved) > 0 {
		// Terraform plans the new resource by itself, so nothing else matters here.
		r.previewDelete(diags, stored, prior.policies())
		return moved
	}
	var replaced path.Paths
	if plan.Expiry() != nil {
		replaced = planExpiry(config, plan, state)
	}
	granted := r.planGrant(ctx, service, config, plan, state, stored, diags)
	if diags.HasError() {
		return nil
	}
	if len(granted) > 0 && r.grantKnown(ctx, config) {
		r.previewUpdate(ctx, plan, prior, stored, granted[0], diags)
	}
	if stored.Status == invite.Accepted || stored.Status == invite.Unknown {
		return nil
	}
	replaced = append(replaced, granted...)
	if len(replaced) == 0 && renews(plan) {
		// No argument changes, so the status becomes unknown, and requires the replacement.
		planned.Status = types.StringUnknown()
		return path.Paths{statusPath}
	}
	return replaced
}

// previewUpdate adds the error or the warnings of a changed grant. If the membership may be managed, the apply decides.
func (r *inviteResource[G]) previewUpdate(
	ctx context.Context, plan Model[G], prior *Base, stored invite.State[G], at path.Path, diags *diag.Diagnostics,
) {
	wanted, grantDiags := plan.Grant(ctx)
	diags.Append(grantDiags...)
	if err := invite.CheckUpdate(stored, wanted); err != nil {
		r.reportChange(diags, stored, err)
		return
	}
	if !plan.Common().ManageMembership.IsUnknown() {
		switch invite.PreviewUpdate(stored, wanted, prior.policies(), plan.Common().policies()) {
		case invite.RefuseChange:
			r.refuseChange(diags, stored, at)
			return
		case invite.KeepMember:
			r.warnKeeps(diags, stored, at)
		case invite.RecordGrant, invite.ChangeMember:
		}
	}
	for _, warning := range stored.WarnOfChange(wanted) {
		diags.AddAttributeWarning(path.Root(r.GrantAttributes[0]), warning.Summary, warning.Detail)
	}
}

// planIdentity compares who is invited, and to which organization, and returns what differs.
func (r *inviteResource[G]) planIdentity(config, plan, state *Base) (moved path.Paths) {
	if !plan.Email.IsUnknown() && invite.SameEmail(plan.Email.ValueString(), state.Email.ValueString()) {
		plan.Email = state.Email
	} else {
		moved = append(moved, emailPath)
	}
	plan.OrganizationID = state.OrganizationID
	if !config.OrganizationID.IsNull() {
		plan.OrganizationID = config.OrganizationID
	} else if standard := r.connection.Organization; !standard.IsNull() && !standard.IsUnknown() {
		plan.OrganizationID = standard
	}
	if !plan.OrganizationID.Equal(state.OrganizationID) {
		moved = append(moved, organizationPath)
	}
	return moved
}

// planExpiry compares when the invitation expires, and returns what only a new invitation can change.
func planExpiry[G invite.Grant[G]](config, plan, state Model[G]) (replaced path.Paths) {
	ends, before := plan.Expiry(), state.Expiry()
	ends.CreatedAt, ends.ExpiresAt = before.CreatedAt, before.ExpiresAt
	expiresIn := plan.ExpiresIn()
	if expiresIn == nil {
		return nil // the platform decides
	}
	*expiresIn = *state.ExpiresIn()
	if chosen := config.ExpiresIn(); !chosen.IsNull() &&
		!invite.SameDuration(chosen.ValueString(), expiresIn.ValueString()) {
		// From null it is only recorded: the invitation was found, not sent with another lifetime.
		if !expiresIn.IsNull() {
			replaced = append(replaced, expiresInPath)
		}
		*expiresIn = *chosen
	}
	fixed := config.Expiry().ExpiresAt
	if fixed.IsNull() {
		return replaced
	}
	*expiresIn = types.StringNull()
	if fixed.IsUnknown() || !invite.SameInstant(instant(fixed), instant(before.ExpiresAt)) {
		ends.ExpiresAt = fixed
		replaced = append(replaced, expiresAtPath)
	}
	return replaced
}

// renews reports whether an expired invitation is to be replaced by a new one.
func renews[G invite.Grant[G]](plan Model[G]) bool {
	expired := invite.Status(plan.Common().Status.ValueString()) == invite.Expired
	ends := plan.Expiry()
	return expired && ends != nil && ends.ReinviteExpired.ValueBool()
}

// planGrant plans the platform's own attributes, and returns the arguments that grant something else than before. What
// is only written differently is planned as it was, and so is what only the platform knows.
func (r *inviteResource[G]) planGrant(
	ctx context.Context, service *invite.Service[G], config, plan, state Model[G], stored invite.State[G],
	diags *diag.Diagnostics,
) (granted path.Paths) {
	same, resolved := r.compareGrant(ctx, service, config, plan, stored, diags)
	if diags.HasError() {
		return nil
	}
	for name, attribute := range r.Attributes {
		argument := slices.Contains(r.GrantAttributes, name)
		configured, before := fieldOf(config, name).get(), fieldOf(state, name).get()
		planned := fieldOf(plan, name)
		after := planned.get()
		switch {
		case after.Equal(before):
		case same && argument && !after.IsUnknown() && before.IsNull() != after.IsNull():
			// Whether an argument is set is for the configuration to say, even if both mean the same.
		case !argument && !attribute.IsComputed():
			// An argument that grants nothing is only recorded.
		case !argument || same:
			planned.set(before)
		case resolved || configured.IsNull() && isDerived(attribute):
			// It is only recorded, or it follows from another argument.
		default:
			granted = append(granted, path.Root(name))
		}
	}
	slices.SortFunc(granted, func(a, b path.Path) int { return strings.Compare(a.String(), b.String()) })
	return granted
}

// isDerived reports whether an argument that is left out follows from other ones. One with a default does not: leaving it
// out means the default.
func isDerived(attribute schema.Attribute) bool {
	text, ok := attribute.(schema.StringAttribute)
	return attribute.IsComputed() && attribute.IsOptional() && (!ok || text.Default == nil)
}

// compareGrant reports whether the declared grant is the same as in state: as it is written, or once it is resolved.
// The resolved one is planned.
func (r *inviteResource[G]) compareGrant(
	ctx context.Context, service *invite.Service[G], config, plan Model[G], stored invite.State[G],
	diags *diag.Diagnostics,
) (same, resolved bool) {
	if !r.grantKnown(ctx, config) {
		return false, false
	}
	declared, grantDiags := config.Grant(ctx)
	diags.Append(grantDiags...)
	if same = declared.Equal(stored.Grant); same || service == nil || diags.HasError() {
		return same, false
	}
	planned, resolved, err := service.PlanGrant(ctx, stored, declared)
	if err != nil {
		r.reportUnresolved(diags, stored.Email, err)
		return false, false
	}
	if service.ResolvesGrants() {
		diags.Append(plan.SetGrant(ctx, planned)...)
	}
	return false, resolved
}

const (
	keepsDetail = "Somebody changed what the member has, and manage_membership is no longer set, " +
		"so this apply makes no request. " +
		"State goes back to what the invitation granted. " +
		"To give that to the member, apply once with manage_membership = true."

	unknownChangeDetail = "The invitation is no longer pending, and %s does not show whether the person is a member. " +
		"Set the argument back to what was granted (%s). " +
		"To find out whether the person is a member, %s. " +
		"To invite the person again with another grant, " +
		"remove the resource from the state, with terraform state rm, and apply."

	refusedChangeDetail = "The person is a member of %s now. " +
		"Either set manage_membership = true, and this resource changes what the member has; " +
		"or set the argument back to what was granted (%s) and change the member by hand, at %s."
)

// reportChange is the error of a grant that could not be given to a member.
func (r *inviteResource[G]) reportChange(diags *diag.Diagnostics, stored invite.State[G], err error) {
	r.report(diags, "Could not change what "+stored.Email+" has in "+r.OrganizationName(stored.Organization), err)
}

// warnKeeps warns that a member keeps what was granted outside when manage_membership is removed.
func (r *inviteResource[G]) warnKeeps(diags *diag.Diagnostics, stored invite.State[G], at path.Path) {
	summary := stored.Email + " keeps " + stored.Grant.String() + " in " + r.OrganizationName(stored.Organization)
	diags.AddAttributeWarning(at, summary, keepsDetail)
}

// refuseChange is the error of a changed grant after acceptance.
func (r *inviteResource[G]) refuseChange(diags *diag.Diagnostics, stored invite.State[G], at path.Path) {
	if stored.Status == invite.Unknown {
		summary := stored.Email + " may have accepted: what the invitation grants cannot be changed any more"
		diags.AddAttributeError(at, summary, fmt.Sprintf(unknownChangeDetail, r.Title, stored.Grant, r.HiddenMembersAdvice))
		return
	}
	summary := stored.Email + " accepted already: what the invitation grants cannot be changed any more"
	organization := r.OrganizationName(stored.Organization)
	diags.AddAttributeError(at, summary, fmt.Sprintf(refusedChangeDetail, organization, stored.Grant, r.RemoveAccess))
}
