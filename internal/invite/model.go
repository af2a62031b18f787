package invite

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Model is the Terraform shape of one platform's invitation resource. It embeds
// [Base], and [Expiry] where invitations expire.
type Model[G Grant[G]] interface {
	Shared() *Base
	// Ends is nil where invitations do not expire.
	Ends() *Expiry
	// Grant reads what is to be granted. Unknown values count as unset.
	Grant(ctx context.Context) (G, diag.Diagnostics)
	// SetGrant writes what is granted.
	SetGrant(ctx context.Context, grant G) diag.Diagnostics
	// SetDetails writes what only this platform tells, where the model does not
	// know it yet or says something else.
	SetDetails(invitation Invite[G])
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

// Shared gives access to the attributes of an embedding model.
func (b *Base) Shared() *Base { return b }

// policies reads the flags.
func (b *Base) policies() Policies {
	return Policies{AdoptExisting: b.AdoptExisting.ValueBool(), ManageMembership: b.ManageMembership.ValueBool()}
}

// Expiry holds the attributes of invitations that expire.
type Expiry struct {
	ReinviteExpired types.Bool        `tfsdk:"reinvite_expired"`
	ExpiresIn       types.String      `tfsdk:"expires_in"`
	ExpiresAt       timetypes.RFC3339 `tfsdk:"expires_at"`
	CreatedAt       timetypes.RFC3339 `tfsdk:"created_at"`
}

// Ends gives access to the attributes of an embedding model.
func (e *Expiry) Ends() *Expiry { return e }

// Endless is embedded instead of [Expiry] where invitations do not expire.
type Endless struct{}

// Ends is nil: there is nothing to end.
func (*Endless) Ends() *Expiry { return nil }

// recordOf reads what state remembers.
func recordOf[G Grant[G]](ctx context.Context, model Model[G]) (Record[G], diag.Diagnostics) {
	base := model.Shared()
	grant, diags := model.Grant(ctx)
	record := Record[G]{Organization: base.OrganizationID.ValueString(), Invite: Invite[G]{
		ID:       base.ID.ValueString(),
		Email:    base.Email.ValueString(),
		Status:   Status(base.Status.ValueString()),
		MemberID: base.MemberID.ValueString(),
		Grant:    grant,
	}}
	if ends := model.Ends(); ends != nil {
		record.ExpiresAt = instant(ends.ExpiresAt)
		record.CreatedAt = instant(ends.CreatedAt)
	}
	return record, diags
}

// remember writes a record into a model that is state.
func remember[G Grant[G]](ctx context.Context, model Model[G], record Record[G]) diag.Diagnostics {
	base := model.Shared()
	base.ID = types.StringValue(record.ID)
	base.OrganizationID = types.StringValue(record.Organization)
	base.Status = types.StringValue(string(record.Status))
	base.MemberID = Text(record.MemberID)
	if base.Email.ValueString() == "" {
		base.Email = types.StringValue(record.Email)
	}
	if ends := model.Ends(); ends != nil {
		ends.ExpiresAt = SettleTime(ends.ExpiresAt, record.ExpiresAt)
		if ends.CreatedAt.IsUnknown() || !instant(ends.CreatedAt).Equal(record.CreatedAt) {
			ends.CreatedAt = Time(record.CreatedAt)
		}
	}
	model.SetDetails(record.Invite)
	known, diags := model.Grant(ctx)
	if !known.Equal(record.Grant) {
		diags.Append(model.SetGrant(ctx, record.Grant)...)
	}
	return diags
}

// Text is null for an empty string: what a platform did not say is not "".
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
	// With the fraction of a second: two invitations of one second are told apart by it.
	return timetypes.NewRFC3339ValueMust(value.UTC().Format(time.RFC3339Nano))
}

// SettleTime gives the value of an attribute for a moment. The spelling at hand stays if it means the
// same moment.
func SettleTime(current timetypes.RFC3339, value time.Time) timetypes.RFC3339 {
	if at := instant(current); !at.IsZero() && sameInstant(at, value) {
		return current
	}
	return Time(value)
}

// instant reads an attribute; null, unknown and unreadable are the zero time.
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
