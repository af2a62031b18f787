// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// inviteResource is the invitation resource of every platform.
type inviteResource[G invite.Grant[G]] struct {
	inviteBase[G]
	// definition is built once, because every request of Terraform needs it.
	definition schema.Schema
}

var (
	_ resource.ResourceWithConfigure   = (*inviteResource[noGrant])(nil)
	_ resource.ResourceWithModifyPlan  = (*inviteResource[noGrant])(nil)
	_ resource.ResourceWithImportState = (*inviteResource[noGrant])(nil)
	_ resource.ResourceWithIdentity    = (*inviteResource[noGrant])(nil)
)

// noGrant is a grant for where the compiler needs a type and no platform is meant.
type noGrant struct{}

func (noGrant) Equal(noGrant) bool     { return true }
func (noGrant) MatchedBy(noGrant) bool { return true }
func (noGrant) String() string         { return "" }

// NewResource returns the constructor of a platform's invitation resource.
func NewResource[G invite.Grant[G]](descriptor *Descriptor[G]) func() resource.Resource {
	definition := descriptor.schema()
	return func() resource.Resource {
		return &inviteResource[G]{inviteBase[G]{configured[G]{Descriptor: descriptor}, "invite"}, definition}
	}
}

func (r *inviteResource[G]) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = r.definition
}

// Create sends the invitation. State is written when the platform has it, and only then: the next apply would destroy a
// state that was written after a failure, and with it perhaps somebody else's invitation or membership.
func (r *inviteResource[G]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan := r.read(ctx, req.Plan.Raw, &resp.Diagnostics)
	service := r.serviceOrError(&resp.Diagnostics)
	if service == nil {
		return
	}
	request := r.request(ctx, plan, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	organization := plan.Common().OrganizationID.ValueString()
	stored, err := service.Create(ctx, organization, request, plan.Common().policies())
	if err != nil {
		summary := "Could not invite " + request.Email + " to " + r.OrganizationName(organization)
		r.report(&resp.Diagnostics, summary, err)
		return
	}
	r.settleExpiry(plan, stored)
	keepPlannedEnd(plan, &stored)
	resp.Diagnostics.Append(writeState(ctx, plan, stored)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(save(ctx, resp.Private, resp.Identity, stored)...)
}

// keepPlannedEnd keeps the end that was planned: state must be what was planned. The next refresh shows where the
// platform differs.
func keepPlannedEnd[G invite.Grant[G]](plan Model[G], stored *invite.State[G]) {
	if ends := plan.Expiry(); ends != nil && !instant(ends.ExpiresAt).IsZero() {
		stored.ExpiresAt = instant(ends.ExpiresAt)
	}
}

// settleExpiry sets what was unknown in the plan. The default lifetime is recorded for an invitation that was sent with
// it, not for one that was adopted.
func (r *inviteResource[G]) settleExpiry(plan Model[G], stored invite.State[G]) {
	expiresIn := plan.ExpiresIn()
	if expiresIn == nil || !expiresIn.IsUnknown() {
		return
	}
	*expiresIn = types.StringNull()
	if end := plan.Expiry().ExpiresAt; stored.Sent && (end.IsNull() || end.IsUnknown()) {
		*expiresIn = types.StringValue(invite.FormatDuration(r.Lifetime))
	}
}

// Read follows the invitation. On an error, state stays as it was.
func (r *inviteResource[G]) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	state, prior := r.readState(ctx, req.State.Raw, req.Private, &resp.Diagnostics)
	service := r.service(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(identify(ctx, resp.Identity, prior.Organization, prior.Email)...)
	if service == nil {
		summary := "The invitation of " + prior.Email + " was not refreshed"
		resp.Diagnostics.AddWarning(summary, fmt.Sprintf(notRefreshedDetail, r.Platform))
		return
	}
	reading, err := service.Read(ctx, prior, state.Common().policies())
	now := reading.State
	switch {
	case err != nil:
		summary := "Could not refresh the invitation of " + prior.Email + " to " + r.OrganizationName(prior.Organization)
		r.report(&resp.Diagnostics, summary, err)
		return
	case reading.Gone:
		resp.State.RemoveResource(ctx)
		return
	}
	before := contents(state)
	resp.Diagnostics.Append(writeState(ctx, state, now)...)
	if changed(before, state) {
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	}
	if !reflect.DeepEqual(prior.Object, now.Object) {
		resp.Diagnostics.Append(writePrivate(ctx, resp.Private, objectKey, now.Object)...)
	}
	warn(&resp.Diagnostics, reading.Warnings)
	r.warnExpired(&resp.Diagnostics, state, now)
	r.warnShared(&resp.Diagnostics, now)
}

const (
	notRefreshedDetail = "The provider's %s block has values that are known only after apply, " +
		"so the state is shown as it was."

	expiredDetail = "It expired at %s without being accepted, and is not renewed automatically. " + renewHelp

	failedDetail = "%s says: %s. The invitation is not renewed automatically. " + renewHelp

	renewHelp = "To send a new one, set reinvite_expired = true, " +
		"or run terraform apply -replace with the address of this resource."

	sharedDetail = "Each of them would replace what the other one sends, with a mail every time. " +
		"Destroying one of them does not revoke the invitation for the other. " +
		"Keep one, and remove the other from the state with terraform state rm, " +
		"or with a removed block that does not destroy. " +
		"An address in another case is the same address."
)

// warnExpired warns that an invitation expired, unless the plan will replace it.
func (r *inviteResource[G]) warnExpired(diags *diag.Diagnostics, state Model[G], stored invite.State[G]) {
	if stored.Status != invite.Expired || state.Expiry().ReinviteExpired.ValueBool() {
		return
	}
	summary := "The invitation of " + stored.Email + " to " + r.OrganizationName(stored.Organization) + " expired"
	detail := fmt.Sprintf(expiredDetail, state.Expiry().ExpiresAt.ValueString())
	if stored.FailedReason != "" {
		detail = fmt.Sprintf(failedDetail, r.Title, strings.TrimRight(stored.FailedReason, "."))
	}
	diags.AddAttributeWarning(statusPath, summary, detail)
}

// warnShared warns that two resources manage one person's invitation. It happens with adopt_existing on both, or when
// one of them follows what the other one sent.
func (r *inviteResource[G]) warnShared(diags *diag.Diagnostics, stored invite.State[G]) {
	if stored.Status == invite.Accepted || len(stored.Object.SharedWith) == 0 {
		return
	}
	summary := "Two resources manage the same invitation: " + stored.Email + " to "
	diags.AddAttributeWarning(emailPath, summary+r.OrganizationName(stored.Organization), sharedDetail)
}

// Update records changed flags and arguments, which needs no request, and changes what a managed member has.
func (r *inviteResource[G]) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	plan := r.read(ctx, req.Plan.Raw, &resp.Diagnostics)
	state, prior := r.readState(ctx, req.State.Raw, req.Private, &resp.Diagnostics)
	wanted, diags := plan.Grant(ctx)
	resp.Diagnostics.Append(diags...)
	service := r.serviceOrError(&resp.Diagnostics)
	if service == nil {
		return
	}
	now, err := service.Update(ctx, prior, wanted, state.Common().policies(), plan.Common().policies())
	switch {
	case errors.Is(err, invite.ErrNotManaged):
		r.refuseChange(&resp.Diagnostics, prior, path.Root(r.GrantAttributes[0]))
		return
	case err != nil:
		r.reportChange(&resp.Diagnostics, prior, err)
		return
	}
	keepPlannedEnd(plan, &now)
	resp.Diagnostics.Append(writeState(ctx, plan, now)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(save(ctx, resp.Private, resp.Identity, now)...)
}

// Delete revokes the invitation, or removes the member if the membership is managed.
func (r *inviteResource[G]) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state, stored := r.readState(ctx, req.State.Raw, req.Private, &resp.Diagnostics)
	service := r.serviceOrError(&resp.Diagnostics)
	if service == nil {
		return
	}
	policies := state.Common().policies()
	policies.Replacing = !stored.Object.Destroyed
	warnings, err := service.Delete(ctx, stored, policies)
	if err != nil {
		// Terraform keeps the object, perhaps as a deposed one next to its successor.
		resp.Diagnostics.Append(writePrivate(ctx, resp.Private, objectKey, service.Ending(stored))...)
		what := "revoke the invitation of " + stored.Email + " to "
		if stored.Status == invite.Accepted {
			what = "remove " + stored.Email + " from "
		}
		r.report(&resp.Diagnostics, "Could not "+what+r.OrganizationName(stored.Organization), err)
		return
	}
	warn(&resp.Diagnostics, warnings)
}

// request reads what is to be sent. An end in the past is refused here too: it may not have been known in the plan, or
// still have been in the future.
func (r *inviteResource[G]) request(ctx context.Context, plan Model[G], diags *diag.Diagnostics) invite.Request[G] {
	grant, grantDiags := plan.Grant(ctx)
	diags.Append(grantDiags...)
	request := invite.Request[G]{
		Email: plan.Common().Email.ValueString(), Grant: grant, Account: expectedAccount(plan), Lifetime: r.Lifetime,
	}
	expiresIn := plan.ExpiresIn()
	if expiresIn == nil {
		return request
	}
	if at := instant(plan.Expiry().ExpiresAt); !at.IsZero() {
		request.ExpiresAt, request.Lifetime = at, 0
		requireFuture(diags, at)
		return request
	}
	if text := expiresIn.ValueString(); text != "" {
		length, err := invite.ParseDuration(text)
		if err != nil {
			diags.AddAttributeError(expiresInPath, "Not a duration", fmt.Sprintf("%q: %s.", text, err))
		}
		request.Lifetime, request.Explicit = length, length != r.Lifetime
	}
	return request
}
