// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package icepanel

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
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
	tfinvite.Acceptance[Grant]
	Permission           types.String `tfsdk:"permission"`
	LandscapePermissions types.Map    `tfsdk:"landscape_permissions"`
	CreatedBy            types.String `tfsdk:"created_by"`
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
func (m *inviteModel) SetGrant(ctx context.Context, grant Grant) (diags diag.Diagnostics) {
	m.Permission = types.StringValue(grant.Permission)
	if grant.LandscapesOmitted {
		return nil
	}
	m.LandscapePermissions = types.MapNull(types.BoolType)
	if len(grant.Landscapes) > 0 {
		m.LandscapePermissions, diags = types.MapValueFrom(ctx, types.BoolType, grant.Landscapes)
	}
	return diags
}

// SetDetails writes when the invitation was accepted, and which kind of credential sent it.
func (m *inviteModel) SetDetails(invitation invite.Invite[Grant]) {
	m.Acceptance.SetDetails(invitation)
	if m.CreatedBy.IsUnknown() || invitation.CreatedBy != "" {
		m.CreatedBy = tfinvite.Text(invitation.CreatedBy)
	}
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
			"created_by":  schema.StringAttribute{Computed: true, MarkdownDescription: createdByMarkdown},
			"accepted_at": tfinvite.AcceptedAt(),
		},
		Listed: tfinvite.Listed{
			Markdown: map[string]string{
				"permission":            permissionMarkdown,
				"landscape_permissions": landscapesMarkdown + " Null if IcePanel shows none.",
			},
			Filter:       "permission",
			FilterValues: permissions,
		},
	}
}
