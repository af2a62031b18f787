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

// planUpdate compares what is declared with what is remembered.
func (r *inviteResource[G]) planUpdate(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	service := r.service(&resp.Diagnostics)
	config, plan, state := r.New(), r.New(), r.New()
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	stored, diags := readState(ctx, state)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	stored.Object = readObject(ctx, req.Private)
	if service != nil {
		service.Track(stored)
	}
	if stored.Object.Destroyed {
		// An earlier destroy was planned and failed.
		stored.Object.Destroyed = false
		resp.Diagnostics.Append(writeObject(ctx, resp.Private, stored.Object)...)
	}
	if stored.Status != invite.Expired && r.isStandard(state.Common().OrganizationID) && req.Plan.Raw.Equal(req.State.Raw) {
		// As for most resources in most plans: reading all of it to find that out took a sixth of the provider's
		// time. Only an end and another organization of the provider ask for more than the arguments do.
		return
	}
	resp.Diagnostics.Append(req.Config.Get(ctx, config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	planned, prior := plan.Common(), state.Common()
	planned.ID, planned.Status, planned.MemberID = prior.ID, prior.Status, prior.MemberID
	moved := r.planIdentity(config.Common(), planned, prior)
	var changed path.Paths
	if ends := plan.Expiry(); ends != nil {
		changed = r.planExpiry(config.Expiry(), ends, state.Expiry())
	}
	granted := r.planGrant(ctx, service, req, resp, config, plan, stored)
	if resp.Diagnostics.HasError() {
		return
	}

	switch {
	case len(moved) > 0:
		resp.RequiresReplace = append(resp.RequiresReplace, moved...)
		r.warnStillMember(ctx, state, &resp.Diagnostics)
	case stored.Status != invite.Accepted:
		resp.RequiresReplace = append(append(resp.RequiresReplace, changed...), granted...)
		if len(resp.RequiresReplace) == 0 && r.renews(plan) {
			// No argument changed: what becomes open is the status.
			resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, statusPath, types.StringUnknown())...)
			resp.RequiresReplace = path.Paths{statusPath}
		}
	case len(granted) > 0 && !planned.ManageMembership.IsUnknown() && !planned.ManageMembership.ValueBool() && r.grantKnown(ctx, req.Config, &resp.Diagnostics):
		// What is not known yet may turn out to be what it was; the apply looks again.
		wanted, diags := plan.Grant(ctx)
		resp.Diagnostics.Append(diags...)
		if !stored.Object.Drifted(prior.ManageMembership.ValueBool(), wanted.String()) {
			r.refuseChange(&resp.Diagnostics, stored, granted[0])
			return
		}
		r.warnKeeps(&resp.Diagnostics, stored, granted[0])
	}
	if len(granted) > 0 && len(moved) == 0 && !resp.Diagnostics.HasError() &&
		r.grantKnown(ctx, req.Config, &resp.Diagnostics) {
		r.warnOfChange(ctx, plan, stored, &resp.Diagnostics)
	}
}

// warnOfChange warns of what is not obvious about a change of the grant, where the platform knows of something.
func (r *inviteResource[G]) warnOfChange(ctx context.Context, plan Model[G], stored invite.State[G], diags *diag.Diagnostics) {
	granted, grantDiags := plan.Grant(ctx)
	diags.Append(grantDiags...)
	warner, ok := any(granted).(invite.ChangeWarner[G])
	if !ok {
		return
	}
	for _, warning := range warner.WarnOfChange(stored.Email, stored.Grant) {
		diags.AddAttributeWarning(path.Root(r.GrantAttributes[0]), warning.Summary, warning.Detail)
	}
}

// warnKeeps warns that dropping manage_membership leaves a member with what was granted outside.
func (r *inviteResource[G]) warnKeeps(diags *diag.Diagnostics, stored invite.State[G], at path.Path) {
	diags.AddAttributeWarning(at, stored.Email+" keeps "+stored.Grant.String()+" in "+r.OrganizationName(stored.Organization),
		"Somebody changed what the member has, and manage_membership is no longer set, so this apply makes no request. "+
			"State goes back to what the invitation granted. To give that to the member, apply once with manage_membership = true.")
}

// isStandard reports whether a resource that does not say where it belongs would still belong to the given
// organization, as far as that is known.
func (r *inviteResource[G]) isStandard(organization types.String) bool {
	standard := r.connection.Organization
	return standard.IsNull() || standard.IsUnknown() || standard.Equal(organization)
}

// planIdentity compares whom the invitation is for, and where, and returns what differs.
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

// planExpiry compares the ends, and returns what would need another invitation.
func (r *inviteResource[G]) planExpiry(config, plan, state *Expiring) (changed path.Paths) {
	plan.CreatedAt = state.CreatedAt
	plan.ExpiresAt, plan.ExpiresIn = state.ExpiresAt, state.ExpiresIn
	if !config.ExpiresIn.IsNull() && !invite.SameDuration(config.ExpiresIn.ValueString(), state.ExpiresIn.ValueString()) {
		plan.ExpiresIn = config.ExpiresIn
		// From null it only records: the invitation was found, not sent with another lifetime.
		if !state.ExpiresIn.IsNull() {
			changed = append(changed, expiresInPath)
		}
	}
	if config.ExpiresAt.IsNull() {
		return changed
	}
	plan.ExpiresIn = types.StringNull()
	if config.ExpiresAt.IsUnknown() || !invite.SameInstant(instant(config.ExpiresAt), instant(state.ExpiresAt)) {
		plan.ExpiresAt = config.ExpiresAt
		changed = append(changed, expiresAtPath)
	}
	return changed
}

// renews reports whether an expired invitation is to be sent again.
func (r *inviteResource[G]) renews(plan Model[G]) bool {
	ends := plan.Expiry()
	return ends != nil && invite.Status(plan.Common().Status.ValueString()) == invite.Expired && ends.ReinviteExpired.ValueBool()
}

// planGrant writes the plan and returns the arguments that grant something else
// than before. What only is written differently is planned as it was, and so is
// what the platform alone tells.
func (r *inviteResource[G]) planGrant(ctx context.Context, service *invite.Service[G], req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse, config, plan Model[G], stored invite.State[G]) (changed path.Paths) {
	same, follows := false, false
	if r.grantKnown(ctx, req.Config, &resp.Diagnostics) {
		declared, diags := config.Grant(ctx)
		resp.Diagnostics.Append(diags...)
		same = declared.Equal(stored.Grant)
		if !same && service != nil && !resp.Diagnostics.HasError() {
			follows = r.planResolved(ctx, service, plan, declared, stored, &resp.Diagnostics)
		}
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	for name, attribute := range r.Attributes {
		argument := slices.Contains(r.GrantAttributes, name)
		var configured, before, after attr.Value
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(name), &configured)...)
		resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root(name), &before)...)
		resp.Diagnostics.Append(resp.Plan.GetAttribute(ctx, path.Root(name), &after)...)
		switch {
		case resp.Diagnostics.HasError():
			return nil
		case after.Equal(before):
		case same && argument && !after.IsUnknown() && before.IsNull() != after.IsNull():
			// Written or left out is for the configuration to say, even where both mean the same.
		case !argument || same:
			resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root(name), before)...)
		case follows || configured.IsNull() && attribute.IsComputed() && attribute.IsOptional():
			// Only recorded, or what another argument brings about.
		default:
			changed = append(changed, path.Root(name))
		}
	}
	slices.SortFunc(changed, func(a, b path.Path) int { return strings.Compare(a.String(), b.String()) })
	return changed
}

// planResolved plans what is declared, completed, and reports whether that turns
// out to be what is remembered: such a plan only records how it is written now.
func (r *inviteResource[G]) planResolved(ctx context.Context, service *invite.Service[G], plan Model[G], declared G, stored invite.State[G], diags *diag.Diagnostics) bool {
	resolved := r.resolveInto(ctx, service, plan, declared, diags)
	if diags.HasError() || resolved.Equal(stored.Grant) || !invite.IsKnown(stored.Grant) {
		return true
	}
	told, err := service.ResolveListedGrant(ctx, stored.Organization, stored.Grant)
	if err != nil {
		r.report(diags, "Could not find out what was granted to "+stored.Email, err)
		return true
	}
	if !resolved.Equal(told) {
		return false
	}
	diags.Append(plan.SetGrant(ctx, invite.FillGrant(resolved, told))...)
	return true
}

// refuseChange is the error for a change of what was granted, after acceptance.
func (r *inviteResource[G]) refuseChange(diags *diag.Diagnostics, stored invite.State[G], at path.Path) {
	diags.AddAttributeError(at, stored.Email+" accepted already: what the invitation grants cannot be changed any more",
		fmt.Sprintf("The person is a member of %s now. Either set manage_membership = true, and this resource changes what the member has; "+
			"or put the argument back to what was granted (%s) and change the member by hand, at %s.", r.OrganizationName(stored.Organization), stored.Grant, r.RemoveAccess))
}
