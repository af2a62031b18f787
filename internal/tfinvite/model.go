// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// Model is the Terraform shape of one platform's invitation resource. It embeds
// [Base], and [ChosenExpiry], [Expiring] or [NoExpiry].
type Model[G invite.Grant[G]] interface {
	// Common returns the attributes that all platforms have.
	Common() *Base
	// Expiry is nil if invitations do not expire.
	Expiry() *Expiring
	// ExpiresIn is nil if nobody can choose when an invitation expires.
	ExpiresIn() *types.String
	// Grant reads what is to be granted. Unknown values count as unset.
	Grant(ctx context.Context) (G, diag.Diagnostics)
	// SetGrant writes what is granted.
	SetGrant(ctx context.Context, grant G) diag.Diagnostics
	// SetDetails writes what only this platform shows, if the model does not have it yet or has something else.
	SetDetails(invitation invite.Invite[G])
}

// accountModel is an optional interface of a [Model]: the account that is expected to accept, see
// [invite.HiddenMembers].
type accountModel interface {
	ExpectedAccount() types.String
}

// expectedAccount reads the account that is expected to accept; empty if none is declared.
func expectedAccount[G invite.Grant[G]](model Model[G]) string {
	if named, ok := model.(accountModel); ok {
		return named.ExpectedAccount().ValueString()
	}
	return ""
}

// Base holds the attributes that the invitations of all platforms have.
type Base struct {
	Email            types.String `tfsdk:"email"`
	OrganizationID   types.String `tfsdk:"organization_id"`
	AdoptExisting    types.Bool   `tfsdk:"adopt_existing"`
	ManageMembership types.Bool   `tfsdk:"manage_membership"`
	ID               types.String `tfsdk:"id"`
	Status           types.String `tfsdk:"status"`
	MemberID         types.String `tfsdk:"member_id"`
}

// Common returns the attributes of the model that embeds them.
func (b *Base) Common() *Base { return b }

// policies reads the flags that the domain knows.
func (b *Base) policies() invite.Policies {
	return invite.Policies{AdoptExisting: b.AdoptExisting.ValueBool(), ManageMembership: b.ManageMembership.ValueBool()}
}

// Expiring holds the attributes of invitations that expire. It is embedded by itself if the platform decides when.
type Expiring struct {
	ReinviteExpired types.Bool        `tfsdk:"reinvite_expired"`
	ExpiresAt       timetypes.RFC3339 `tfsdk:"expires_at"`
	CreatedAt       timetypes.RFC3339 `tfsdk:"created_at"`
}

// Expiry returns the attributes of the model that embeds them.
func (e *Expiring) Expiry() *Expiring { return e }

// ExpiresIn is nil: the platform decides.
func (*Expiring) ExpiresIn() *types.String { return nil }

// ChosenExpiry is embedded instead of [Expiring] if the sender chooses when an invitation expires.
type ChosenExpiry struct {
	Expiring
	Lifetime types.String `tfsdk:"expires_in"`
}

// ExpiresIn returns the attribute of the model that embeds it.
func (c *ChosenExpiry) ExpiresIn() *types.String { return &c.Lifetime }

// NoExpiry is embedded instead of [Expiring] if invitations do not expire.
type NoExpiry struct{}

// Expiry is nil: the invitations do not expire.
func (*NoExpiry) Expiry() *Expiring { return nil }

// ExpiresIn is nil: the invitations do not expire.
func (*NoExpiry) ExpiresIn() *types.String { return nil }

// Acceptance is embedded if the platform shows when an invitation was accepted. [AcceptedAt] describes its attribute.
type Acceptance[G invite.Grant[G]] struct {
	AcceptedAt timetypes.RFC3339 `tfsdk:"accepted_at"`
}

// SetDetails writes when the invitation was accepted.
func (a *Acceptance[G]) SetDetails(invitation invite.Invite[G]) {
	if a.AcceptedAt.IsUnknown() || !invitation.AcceptedAt.IsZero() {
		a.AcceptedAt = settleTime(a.AcceptedAt, invitation.AcceptedAt)
	}
}

// readState reads the state of an object, as a model and as what the domain makes of it.
func (r *inviteResource[G]) readState(
	ctx context.Context, raw tftypes.Value, private privateState, diags *diag.Diagnostics,
) (Model[G], invite.State[G]) {
	model := r.read(ctx, raw, diags)
	base := model.Common()
	grant, grantDiags := model.Grant(ctx)
	diags.Append(grantDiags...)
	stored := invite.State[G]{
		Organization: base.OrganizationID.ValueString(),
		Account:      expectedAccount(model),
		Object:       readPrivate[invite.Object](ctx, private, objectKey),
		Invite: invite.Invite[G]{
			ID:       base.ID.ValueString(),
			Email:    base.Email.ValueString(),
			Status:   invite.Status(base.Status.ValueString()),
			MemberID: base.MemberID.ValueString(),
			Grant:    grant,
		},
	}
	if ends := model.Expiry(); ends != nil {
		stored.ExpiresAt = instant(ends.ExpiresAt)
		stored.CreatedAt = instant(ends.CreatedAt)
	}
	return model, stored
}

// writeState writes into a model that is state. What it already has in other words stays as it is.
func writeState[G invite.Grant[G]](ctx context.Context, model Model[G], stored invite.State[G]) diag.Diagnostics {
	base := model.Common()
	base.ID = types.StringValue(stored.ID)
	base.OrganizationID = types.StringValue(stored.Organization)
	base.Status = types.StringValue(string(stored.Status))
	base.MemberID = Text(stored.MemberID)
	if base.Email.ValueString() == "" {
		base.Email = types.StringValue(stored.Email)
	}
	if ends := model.Expiry(); ends != nil {
		ends.ExpiresAt = settleTime(ends.ExpiresAt, stored.ExpiresAt)
		if ends.CreatedAt.IsUnknown() || !instant(ends.CreatedAt).Equal(stored.CreatedAt) {
			ends.CreatedAt = Time(stored.CreatedAt)
		}
	}
	// What only this platform knows. A grant that the model already has stays as it is written there.
	model.SetDetails(stored.Invite)
	known, diags := model.Grant(ctx)
	if !known.Equal(stored.Grant) {
		diags.Append(model.SetGrant(ctx, stored.Grant)...)
	}
	return diags
}

// Text is null for an empty string: what a platform does not show is not "".
func Text(value string) types.String {
	if value == "" {
		return types.StringNull()
	}
	return types.StringValue(value)
}

// Time is null for the zero time.
func Time(value time.Time) timetypes.RFC3339 {
	if value.IsZero() {
		return timetypes.NewRFC3339Null()
	}
	// The fraction of a second distinguishes two invitations that were sent in the same second.
	return timetypes.NewRFC3339ValueMust(value.UTC().Format(time.RFC3339Nano))
}

// settleTime returns the value of an attribute for a moment: the current one if it is the same moment.
func settleTime(current timetypes.RFC3339, value time.Time) timetypes.RFC3339 {
	if at := instant(current); !at.IsZero() && invite.SameInstant(at, value) {
		return current
	}
	return Time(value)
}

// instant reads an attribute. Null, unknown and invalid values are the zero time.
func instant(value timetypes.RFC3339) time.Time {
	if value.IsNull() || value.IsUnknown() {
		return time.Time{}
	}
	at, diags := value.ValueRFC3339Time()
	if diags.HasError() {
		return time.Time{}
	}
	return at
}
