// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// ModifyPlan decides everything that a plan says about an invitation. It does so in one place instead of in plan
// modifiers of attributes, because most rules need several attributes and the status.
func (r *inviteResource[G]) ModifyPlan(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	switch {
	case req.Plan.Raw.IsNull():
		r.planDestroy(ctx, req, resp)
	case req.State.Raw.IsNull():
		r.planCreate(ctx, req, resp)
	default:
		r.planUpdate(ctx, req, resp)
	}
}

// planDestroy warns if the destroy takes no access away. Terraform also deletes to make room for a replacement, and
// plans no destroy then, so private state records that this destroy was planned.
func (r *inviteResource[G]) planDestroy(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	state, stored := r.readState(ctx, req.State.Raw, req.Private, &resp.Diagnostics)
	if service := r.service(&resp.Diagnostics); service != nil {
		object, err := service.PlanDelete(ctx, stored)
		if err != nil {
			r.report(&resp.Diagnostics, "Could not plan to destroy the invitation of "+stored.Email, err)
			return
		}
		stored.Object = object
	}
	resp.Diagnostics.Append(writePrivate(ctx, resp.Private, objectKey, stored.Object)...)
	r.previewDelete(&resp.Diagnostics, stored, state.Common().policies())
}

// previewDelete adds what a destroy will not do: a person stays a member, or nobody knows whether they are one.
func (r *inviteResource[G]) previewDelete(diags *diag.Diagnostics, stored invite.State[G], policies invite.Policies) {
	switch {
	case stored.Status == invite.Unknown:
		warn(diags, []invite.Warning{r.UnknownDestroyed(stored.Email, stored.Organization)})
	case stored.Status != invite.Accepted:
	case !policies.ManageMembership:
		warn(diags, []invite.Warning{r.StillMember(stored.Email, stored.Organization)})
	default:
		if err := invite.CheckRemoval(stored.Grant); err != nil {
			r.report(diags, "Could not remove "+stored.Email+" from "+r.OrganizationName(stored.Organization), err)
		}
	}
}

// planCreate sets the defaults, and warns about what already exists at the address.
func (r *inviteResource[G]) planCreate(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	config := r.read(ctx, req.Config.Raw, &resp.Diagnostics)
	plan := r.read(ctx, req.Plan.Raw, &resp.Diagnostics)
	service := r.service(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	base := plan.Common()
	base.OrganizationID = r.connection.OrganizationOr(ctx, config.Common().OrganizationID, &resp.Diagnostics)
	if plan.ExpiresIn() != nil {
		r.planNewExpiry(config, plan, &resp.Diagnostics)
	}
	if service != nil && !resp.Diagnostics.HasError() {
		known := r.grantKnown(ctx, config)
		if known && service.ResolvesGrants() && !base.OrganizationID.IsUnknown() {
			r.planNewGrant(ctx, service, config, plan, &resp.Diagnostics)
		}
		r.previewCreate(ctx, service, plan, known, &resp.Diagnostics)
	}
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
	r.checkExclusive(plan.Common(), &resp.Diagnostics)
}

// planNewExpiry plans the end of an invitation that is to be sent, where the sender chooses it.
func (r *inviteResource[G]) planNewExpiry(config, plan Model[G], diags *diag.Diagnostics) {
	fixed, adopt, expiresIn := config.Expiry().ExpiresAt, plan.Common().AdoptExisting, plan.ExpiresIn()
	chosen := !config.ExpiresIn().IsNull()
	switch {
	case fixed.IsUnknown() && !chosen:
		// If it is null in the end, the default applies.
		*expiresIn = types.StringUnknown()
	case !fixed.IsNull():
		*expiresIn = types.StringNull()
		if at := instant(fixed); !at.IsZero() {
			requireFuture(diags, at)
		}
	case !chosen && (adopt.IsUnknown() || adopt.ValueBool()):
		// Null for an invitation that is adopted, the default for one that is sent.
		*expiresIn = types.StringUnknown()
	case !chosen:
		*expiresIn = types.StringValue(invite.FormatDuration(r.Lifetime))
	}
}

const pastEndDetail = "The invitation would have expired at %s, and it is now %s. " +
	"Set a later moment, or use expires_in, which counts from the moment of sending."

func requireFuture(diags *diag.Diagnostics, at time.Time) {
	if now := time.Now(); !at.After(now) {
		diags.AddAttributeError(expiresAtPath, "expires_at lies in the past",
			fmt.Sprintf(pastEndDetail, at.UTC().Format(time.RFC3339), now.UTC().Format(time.RFC3339)))
	}
}

// planNewGrant completes what is declared, such as the id of a role by its name, and plans the result.
func (r *inviteResource[G]) planNewGrant(
	ctx context.Context, service *invite.Service[G], config, plan Model[G], diags *diag.Diagnostics,
) {
	declared, grantDiags := config.Grant(ctx)
	diags.Append(grantDiags...)
	base := plan.Common()
	resolved, err := service.ResolveGrant(ctx, base.OrganizationID.ValueString(), declared)
	if err != nil {
		r.reportUnresolved(diags, base.Email.ValueString(), err)
		return
	}
	diags.Append(plan.SetGrant(ctx, resolved)...)
}

// reportUnresolved adds the error of a grant that could not be completed.
func (r *inviteResource[G]) reportUnresolved(diags *diag.Diagnostics, email string, err error) {
	r.report(diags, "Could not find out what to grant to "+email, err)
}

// previewCreate warns about what the create would find at the address. It says nothing about an invitation that an
// object in state manages, because a replacement is about to revoke that one.
func (r *inviteResource[G]) previewCreate(
	ctx context.Context, service *invite.Service[G], plan Model[G], grantKnown bool, diags *diag.Diagnostics,
) {
	base := plan.Common()
	if diags.HasError() || base.Email.IsUnknown() || base.OrganizationID.IsUnknown() {
		return
	}
	request := r.request(ctx, plan, diags)
	request.GrantUnknown = !grantKnown
	if diags.HasError() {
		return
	}
	organization := base.OrganizationID.ValueString()
	preview, err := service.PreviewCreate(ctx, organization, request, base.policies())
	if err != nil {
		summary := "Could not look for an existing invitation of " + request.Email + " to "
		r.report(diags, summary+r.OrganizationName(organization), err)
		return
	}
	if preview.Decision != invite.Send && !preview.InState {
		r.warnExisting(diags, preview, request.Email)
	}
	if grantKnown && (preview.Decision == invite.Send || preview.Decision == invite.Replace) {
		r.warnSeats(ctx, service, organization, request, diags)
	}
}

// grantKnown reports whether every argument that says what to grant has a known value.
func (r *inviteResource[G]) grantKnown(ctx context.Context, config Model[G]) bool {
	for _, name := range r.GrantAttributes {
		if !isKnown(ctx, fieldOf(config, name).get()) {
			return false
		}
	}
	return true
}

// isKnown reports whether a value is known, and everything in it.
func isKnown(ctx context.Context, value attr.Value) bool {
	inner, err := value.ToTerraformValue(ctx)
	return err == nil && inner.IsFullyKnown()
}
