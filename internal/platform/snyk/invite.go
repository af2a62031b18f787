// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package snyk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

// inviteModel is the Terraform model of an invitation to Snyk.
type inviteModel struct {
	tfinvite.Base
	tfinvite.NoExpiry
	RoleID types.String `tfsdk:"role_id"`
	Role   types.String `tfsdk:"role"`
}

func newModel() tfinvite.Model[Grant] { return &inviteModel{} }

// Grant reads what is to be granted.
func (m *inviteModel) Grant(context.Context) (Grant, diag.Diagnostics) {
	return Grant{RoleID: m.RoleID.ValueString(), Role: m.Role.ValueString()}, nil
}

// SetGrant writes what is granted. An unknown value stays unknown if the grant does not have it: an apply may find
// out.
func (m *inviteModel) SetGrant(_ context.Context, grant Grant) diag.Diagnostics {
	if grant.RoleID != "" || !m.RoleID.IsUnknown() {
		m.RoleID = tfinvite.Text(grant.RoleID)
	}
	if grant.Role != "" || !m.Role.IsUnknown() {
		m.Role = tfinvite.Text(grant.Role)
	}
	return nil
}

// SetDetails fills in the name of a role that is configured by its id, or its id if it is configured by its name,
// provided that the invitation has that role.
func (m *inviteModel) SetDetails(invitation invite.Invite[Grant]) {
	known := Grant{RoleID: m.RoleID.ValueString(), Role: m.Role.ValueString()}
	if known.Equal(invitation.Grant) {
		known = known.CompletedBy(invitation.Grant)
	}
	m.RoleID, m.Role = tfinvite.Text(known.RoleID), tfinvite.Text(known.Role)
}

const (
	inviteMarkdown = "Invites a person to an organization on Snyk, " +
		"follows the invitation until it is accepted, and revokes it on destroy. " +
		"Invitations to Snyk do not expire."

	roleIDMarkdown = "Public id of the role to grant, a UUID. " +
		"The data source `orginvite_snyk_roles` lists the roles; their ids differ from group to group. " +
		"Needs no access to the organization's group. " +
		"Exactly one of `role_id` and `role` must be set; with `role`, this is the id of that role. " +
		"Another role replaces an invitation that is not accepted yet; " +
		"changing from `role` to the `role_id` of the same role has no effect."
	roleMarkdown = "Name of the role to grant, such as `Org Collaborator` or the name of a custom role. " +
		"Letter case matters. " +
		"It is looked up while planning; an unknown name is an error that lists the existing names. " +
		"The look-up needs the permission Read Roles in the organization's group, " +
		"which by default only Group Admins have. " +
		"Exactly one of `role_id` and `role` must be set. " +
		"With `role_id`, this is the name if Snyk's answer to the creation has it, " +
		"otherwise it stays null for as long as that invitation lives. " +
		"When a role is renamed in Snyk later, the name here stays."

	listedRoleIDMarkdown = "Public id of the role. " +
		"Null for invitations, because Snyk lists them only with the name of the role."
	listedRoleMarkdown = "Name of the role. Null if Snyk shows only its id."

	roleIDForm = "must be a UUID. To set the name of the role, use the argument role"
)

// descriptor describes invitations to Snyk.
func descriptor() *tfinvite.Descriptor[Grant] {
	return &tfinvite.Descriptor[Grant]{
		Traits: invite.Traits{
			Title:        "Snyk",
			Resource:     "orginvite_snyk_invite",
			RemoveAccess: "the organization's Members page in Snyk",
		},
		Platform:        "snyk",
		Markdown:        inviteMarkdown,
		New:             newModel,
		GrantAttributes: []string{"role_id", "role"},
		Attributes: map[string]schema.Attribute{
			"role_id": schema.StringAttribute{
				Optional: true, Computed: true, MarkdownDescription: roleIDMarkdown,
				Validators: []validator.String{
					stringvalidator.RegexMatches(uuid, roleIDForm),
					stringvalidator.ExactlyOneOf(path.MatchRoot("role_id"), path.MatchRoot("role")),
				},
			},
			"role": schema.StringAttribute{
				Optional: true, Computed: true, MarkdownDescription: roleMarkdown,
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
		},
		OrganizationDetails: map[string]string{
			"slug":     "The organization's name in the addresses of Snyk's web pages.",
			"group_id": "Id of the group that the organization belongs to. Null for a personal organization.",
		},
		Listed: tfinvite.Listed{
			Markdown: map[string]string{"role_id": listedRoleIDMarkdown, "role": listedRoleMarkdown},
			Filter:   "role",
		},
	}
}
