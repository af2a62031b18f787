package invite

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
)

// ModifyPlan decides everything that a plan says about an invitation, in one
// place rather than in modifiers spread over attributes: what is a change, what
// it does, and what the user should know before applying.
func (r *inviteResource[G]) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	resp.Diagnostics.Append(markForGood(ctx, resp.Private, req.Plan.Raw.IsNull())...)
	switch {
	case req.Plan.Raw.IsNull():
		r.planDestroy(ctx, req, resp)
	case req.State.Raw.IsNull():
		r.planCreate(ctx, req, resp)
	default:
		r.planUpdate(ctx, req, resp)
	}
}

// planDestroy warns in the plan when a destroy takes no access away.
func (r *inviteResource[G]) planDestroy(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	state := r.New()
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	r.warnStillMember(ctx, state, &resp.Diagnostics)
}

func (r *inviteResource[G]) warnStillMember(ctx context.Context, state Model[G], diags *diag.Diagnostics) {
	record, recordDiags := recordOf(ctx, state)
	diags.Append(recordDiags...)
	if record.Status == Accepted && !state.Shared().policies().ManageMembership {
		warn(diags, []Notice{r.stillMember(record.Email, record.Organization)})
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
	base := plan.Shared()
	base.OrganizationID = r.connection.OrganizationOr(config.Shared().OrganizationID, &resp.Diagnostics)
	if ends := plan.Ends(); ends != nil {
		r.planNewExpiry(config.Ends(), ends, base.AdoptExisting, &resp.Diagnostics)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if service != nil {
		declared, diags := config.Grant(ctx)
		resp.Diagnostics.Append(diags...)
		known := r.grantKnown(ctx, req.Config, &resp.Diagnostics)
		if service.resolves() && known && !resp.Diagnostics.HasError() {
			r.resolveInto(ctx, service, plan, declared, &resp.Diagnostics)
			resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
		}
		r.foretell(ctx, service, plan, known, &resp.Diagnostics)
	}
	// To write all of a plan the framework takes all of it apart, so where nothing else was decided this is all.
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, organizationPath, base.OrganizationID)...)
	if ends := plan.Ends(); ends != nil {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, expiresInPath, ends.ExpiresIn)...)
	}
}

// planNewExpiry plans the end of an invitation that is to be sent.
func (r *inviteResource[G]) planNewExpiry(config, plan *Expiry, adopt types.Bool, diags *diag.Diagnostics) {
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
		plan.ExpiresIn = types.StringValue(FormatDuration(r.Lifetime))
	}
}

func requireFuture(diags *diag.Diagnostics, at time.Time) {
	if now := time.Now(); !at.After(now) {
		diags.AddAttributeError(expiresAtPath, "expires_at lies in the past",
			fmt.Sprintf("An invitation is to be sent, and it would have ended at %s; now it is %s. Set a later moment, or use expires_in, which counts from the moment of sending.",
				at.UTC().Format(time.RFC3339), now.UTC().Format(time.RFC3339)))
	}
}

// foretell warns of what the invitation would meet. It is silent about invitations that
// a resource in state stands for: one of them is about to be replaced.
func (r *inviteResource[G]) foretell(ctx context.Context, service *Service[G], plan Model[G], grantKnown bool, diags *diag.Diagnostics) {
	base := plan.Shared()
	if diags.HasError() || base.Email.IsUnknown() || base.OrganizationID.IsUnknown() {
		return
	}
	meeting, err := service.Meet(ctx, base.OrganizationID.ValueString(), base.Email.ValueString())
	if err != nil {
		r.report(diags, "Could not look for an existing invitation of "+base.Email.ValueString()+" to "+r.organizationName(base.OrganizationID.ValueString()), err)
		return
	}
	if meeting.Held || meeting.Invite == nil && meeting.Member == nil {
		return
	}
	outcome := outcomeError
	switch {
	case !base.AdoptExisting.ValueBool():
	case meeting.Member != nil:
		outcome = outcomeRecorded
	case !grantKnown:
		outcome = outcomeUndecided
	default:
		same, err := service.Satisfies(ctx, meeting.Organization, *meeting.Invite, r.order(ctx, plan, diags))
		if err != nil {
			r.report(diags, "Could not compare the existing invitation of "+base.Email.ValueString(), err)
			return
		}
		outcome = outcomeResent
		if same {
			outcome = outcomeAdopted
		} else if members, err := service.roster(meeting.Organization).membersAt(ctx, base.Email.ValueString()); err == nil && len(members) > 0 {
			outcome = outcomeRecorded
		}
	}
	r.warnMeeting(diags, meeting, base.Email.ValueString(), outcome)
}

// resolveInto completes what is declared where the platform needs that, such as a
// role's id for its name, and plans the result.
func (r *inviteResource[G]) resolveInto(ctx context.Context, service *Service[G], plan Model[G], declared G, diags *diag.Diagnostics) G {
	base := plan.Shared()
	if !service.resolves() || base.OrganizationID.IsUnknown() {
		return declared
	}
	resolved, err := service.resolve(ctx, base.OrganizationID.ValueString(), declared)
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
