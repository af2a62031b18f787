// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package icepanel

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

// inviteModel is the Terraform model of an invitation to IcePanel.
type inviteModel struct {
	tfinvite.Base
	tfinvite.ChosenExpiry
	Permission           types.String      `tfsdk:"permission"`
	LandscapePermissions types.Map         `tfsdk:"landscape_permissions"`
	CreatedBy            types.String      `tfsdk:"created_by"`
	AcceptedAt           timetypes.RFC3339 `tfsdk:"accepted_at"`
}

func newModel() tfinvite.Model[Grant] {
	return &inviteModel{LandscapePermissions: types.MapNull(types.BoolType)}
}

// Grant reads what is to be granted.
func (m *inviteModel) Grant(ctx context.Context) (Grant, diag.Diagnostics) {
	grant := Grant{Permission: m.Permission.ValueString()}
	if m.LandscapePermissions.IsNull() || m.LandscapePermissions.IsUnknown() {
		return grant, nil
	}
	grant.Landscapes = map[string]bool{}
	return grant, m.LandscapePermissions.ElementsAs(ctx, &grant.Landscapes, false)
}

// SetGrant writes what is granted. Landscapes that the answer omits stay as they are.
func (m *inviteModel) SetGrant(_ context.Context, grant Grant) diag.Diagnostics {
	var diags diag.Diagnostics
	m.Permission = types.StringValue(grant.Permission)
	if grant.LandscapesOmitted {
		return nil
	}
	m.LandscapePermissions, diags = landscapes(grant)
	return diags
}

// SetDetails writes which kind of credential sent the invitation, and when it was accepted.
func (m *inviteModel) SetDetails(invitation invite.Invite[Grant]) {
	if m.CreatedBy.IsUnknown() || invitation.CreatedBy != "" {
		m.CreatedBy = tfinvite.Text(invitation.CreatedBy)
	}
	if m.AcceptedAt.IsUnknown() || !invitation.AcceptedAt.IsZero() {
		m.AcceptedAt = tfinvite.SettleTime(m.AcceptedAt, invitation.AcceptedAt)
	}
}

// landscapes is null if the grant has none.
func landscapes(grant Grant) (types.Map, diag.Diagnostics) {
	if len(grant.Landscapes) == 0 {
		return types.MapNull(types.BoolType), nil
	}
	values := make(map[string]attr.Value, len(grant.Landscapes))
	for id, access := range grant.Landscapes {
		values[id] = types.BoolValue(access)
	}
	return types.MapValue(types.BoolType, values)
}

const (
	inviteMarkdown = "Invites a person to an organization on IcePanel, " +
		"follows the invitation until it is accepted, and revokes it on destroy."

	permissionMarkdown = "Permission of the person: `read` (viewer), `write` (editor), `admin` or `billing`. " +
		"`write` and `admin` take a paid seat."
	landscapesMarkdown = "Access by the id of the landscape, such as `{ \"abc123\" = true }`."
	landscapesUnset    = " It is sent exactly as it is written: `{}` is not the same as leaving it out."
	replaces           = " A change replaces an invitation that is not accepted yet."

	createdByMarkdown = "Kind of the credential that sent the invitation: " +
		"`user`, `api-key`, `notification-key` or `service`."
	acceptedAtMarkdown = "When the person accepted, in RFC 3339. Null until then."
)

// descriptor describes invitations to IcePanel.
func descriptor() *tfinvite.Descriptor[Grant] {
	return &tfinvite.Descriptor[Grant]{
		Traits: invite.Traits{
			Title:        "IcePanel",
			Resource:     "orginvite_icepanel_invite",
			RemoveAccess: "the organization's user management in IcePanel (Manage organization → Users)",
			Lifetime:     7 * 24 * time.Hour,
		},
		Platform: "icepanel",
		Markdown: inviteMarkdown,
		New:      newModel,
		FixedEnd: true,
		OrganizationDetails: map[string]string{
			"plan": "The organization's plan, such as `growth`.",
		},
		GrantAttributes: []string{"permission", "landscape_permissions"},
		Attributes: map[string]schema.Attribute{
			"permission": schema.StringAttribute{
				Required: true, MarkdownDescription: permissionMarkdown + replaces,
				Validators: []validator.String{stringvalidator.OneOf(permissions...)},
			},
			"landscape_permissions": schema.MapAttribute{
				Optional: true, ElementType: types.BoolType,
				MarkdownDescription: landscapesMarkdown + landscapesUnset + replaces,
				Validators:          []validator.Map{mapvalidator.KeysAre(stringvalidator.LengthAtLeast(1))},
			},
			"created_by": schema.StringAttribute{Computed: true, MarkdownDescription: createdByMarkdown},
			"accepted_at": schema.StringAttribute{
				Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: acceptedAtMarkdown,
			},
		},
		Listed: listed(),
	}
}

// listed describes the items of lists of invitations and members.
func listed() tfinvite.Listed[Grant] {
	return tfinvite.Listed[Grant]{
		Grant: map[string]datasource.Attribute{
			"permission": datasource.StringAttribute{Computed: true, MarkdownDescription: permissionMarkdown},
			"landscape_permissions": datasource.MapAttribute{
				Computed: true, ElementType: types.BoolType,
				MarkdownDescription: landscapesMarkdown + " Null if IcePanel shows none.",
			},
		},
		GrantValues: func(grant Grant) (map[string]attr.Value, diag.Diagnostics) {
			access, diags := landscapes(grant)
			return map[string]attr.Value{
				"permission": types.StringValue(grant.Permission), "landscape_permissions": access,
			}, diags
		},
		Invite: map[string]datasource.Attribute{
			"created_by": datasource.StringAttribute{Computed: true, MarkdownDescription: createdByMarkdown},
			"accepted_at": datasource.StringAttribute{
				Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: acceptedAtMarkdown,
			},
		},
		InviteValues: func(invitation invite.Invite[Grant]) map[string]attr.Value {
			return map[string]attr.Value{
				"created_by":  tfinvite.Text(invitation.CreatedBy),
				"accepted_at": tfinvite.Time(invitation.AcceptedAt),
			}
		},
		Filter:       "permission",
		FilterValues: permissions,
		Matches:      func(grant Grant, value string) bool { return grant.Permission == value },
	}
}
