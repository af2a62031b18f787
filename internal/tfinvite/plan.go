package tfinvite

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// ModifyPlan decides everything that a plan says about an invitation, in one
// place rather than in modifiers spread over attributes: what is a change, what
// it does, and what the user should know before applying.
func (r *inviteResource[G]) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	switch {
	case req.Plan.Raw.IsNull():
		r.planDestroy(ctx, req, resp)
	case req.State.Raw.IsNull():
		r.planCreate(ctx, req, resp)
	default:
		r.planUpdate(ctx, req, resp)
	}
}

// planDestroy warns in the plan when a destroy takes no access away. Terraform deletes in the same way to make room for
// a replacement, without a plan for that, so private state says that this one is for good.
func (r *inviteResource[G]) planDestroy(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	state := r.New()
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	stored, diags := readState(ctx, state)
	resp.Diagnostics.Append(diags...)
	object := readObject(ctx, req.Private)
	if service := r.service(&resp.Diagnostics); service != nil {
		stored.Object = object
		object = service.Ending(stored)
	}
	object.Destroyed = true
	resp.Diagnostics.Append(writeObject(ctx, resp.Private, object)...)
	r.warnStillMember(ctx, state, &resp.Diagnostics)
}

func (r *inviteResource[G]) warnStillMember(ctx context.Context, state Model[G], diags *diag.Diagnostics) {
	stored, stateDiags := readState(ctx, state)
	diags.Append(stateDiags...)
	if stored.Status == invite.Accepted && !state.Common().policies().ManageMembership {
		warn(diags, []invite.Warning{r.StillMember(stored.Email, stored.Organization)})
	}
}

// planCreate sets the defaults and looks at what the invitation would meet.
func (r *inviteResource[G]) planCreate(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	config, plan := r.New(), r.New()
	resp.Diagnostics.Append(req.Config.Get(ctx, config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	service := r.service(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	base := plan.Common()
	base.OrganizationID = r.connection.OrganizationOr(config.Common().OrganizationID, &resp.Diagnostics)
	if ends := plan.Expiry(); ends != nil {
		r.planNewExpiry(config.Expiry(), ends, base.AdoptExisting, &resp.Diagnostics)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if service != nil {
		declared, diags := config.Grant(ctx)
		resp.Diagnostics.Append(diags...)
		known := r.grantKnown(ctx, req.Config, &resp.Diagnostics)
		if service.ResolvesGrants() && known && !resp.Diagnostics.HasError() {
			r.resolveInto(ctx, service, plan, declared, &resp.Diagnostics)
			resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
		}
		r.previewCreate(ctx, service, plan, known, &resp.Diagnostics)
	}
	// To write all of a plan the framework takes all of it apart, so where nothing else was decided this is all.
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, organizationPath, base.OrganizationID)...)
	if ends := plan.Expiry(); ends != nil {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, expiresInPath, ends.ExpiresIn)...)
	}
}

// planNewExpiry plans the end of an invitation that is to be sent.
func (r *inviteResource[G]) planNewExpiry(config, plan *Expiring, adopt types.Bool, diags *diag.Diagnostics) {
	fixed := config.ExpiresAt
	switch {
	case fixed.IsUnknown() && config.ExpiresIn.IsNull():
		// It may turn out to be null, and then the default applies.
		plan.ExpiresIn = types.StringUnknown()
	case !fixed.IsNull():
		plan.ExpiresIn = types.StringNull()
		if at := instant(fixed); !at.IsZero() {
			requireFuture(diags, at)
		}
	case config.ExpiresIn.IsNull() && (adopt.IsUnknown() || adopt.ValueBool()):
		// Null for an invitation that is found, the default for one that is sent.
		plan.ExpiresIn = types.StringUnknown()
	case config.ExpiresIn.IsNull():
		plan.ExpiresIn = types.StringValue(invite.FormatDuration(r.Lifetime))
	}
}

func requireFuture(diags *diag.Diagnostics, at time.Time) {
	if now := time.Now(); !at.After(now) {
		diags.AddAttributeError(expiresAtPath, "expires_at lies in the past",
			fmt.Sprintf("An invitation is to be sent, and it would have ended at %s; now it is %s. Set a later moment, or use expires_in, which counts from the moment of sending.",
				at.UTC().Format(time.RFC3339), now.UTC().Format(time.RFC3339)))
	}
}

// previewCreate warns of what the invitation would find. It is silent about invitations that an object in state
// manages: one of them is about to be replaced.
func (r *inviteResource[G]) previewCreate(ctx context.Context, service *invite.Service[G], plan Model[G], grantKnown bool, diags *diag.Diagnostics) {
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
		r.report(diags, "Could not look for an existing invitation of "+request.Email+" to "+r.OrganizationName(organization), err)
		return
	}
	if preview.Decision != invite.Send && !preview.InState {
		r.warnExisting(diags, preview, request.Email)
	}
}

// resolveInto completes what is declared where the platform needs that, such as a
// role's id for its name, and plans the result.
func (r *inviteResource[G]) resolveInto(ctx context.Context, service *invite.Service[G], plan Model[G], declared G, diags *diag.Diagnostics) G {
	base := plan.Common()
	if !service.ResolvesGrants() || base.OrganizationID.IsUnknown() {
		return declared
	}
	resolved, err := service.ResolveGrant(ctx, base.OrganizationID.ValueString(), declared)
	if err != nil {
		r.report(diags, "Could not find out what to grant to "+base.Email.ValueString(), err)
		return declared
	}
	diags.Append(plan.SetGrant(ctx, resolved)...)
	return resolved
}

// grantKnown reports whether everything that says what to grant has a known value.
func (r *inviteResource[G]) grantKnown(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) bool {
	for _, name := range r.GrantAttributes {
		var value attr.Value
		diags.Append(config.GetAttribute(ctx, path.Root(name), &value)...)
		if diags.HasError() {
			return false
		}
		raw, err := value.ToTerraformValue(ctx)
		if err != nil || !raw.IsFullyKnown() {
			return false
		}
	}
	return true
}
