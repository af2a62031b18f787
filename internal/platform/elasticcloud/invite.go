// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"context"
	"fmt"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

// inviteModel is the Terraform model of an invitation to Elastic Cloud.
type inviteModel struct {
	tfinvite.Base
	tfinvite.ChosenExpiry
	RoleAssignments      types.Object `tfsdk:"role_assignments"`
	OtherRoleAssignments types.String `tfsdk:"other_role_assignments"`
}

func newModel() tfinvite.Model[Grant] {
	return &inviteModel{RoleAssignments: types.ObjectNull(rolesType.AttrTypes)}
}

const (
	inviteMarkdown = "Invites a person to an organization on Elastic Cloud, " +
		"follows the invitation until it is accepted, and revokes it on destroy. " +
		"The token of the invitation, with which anybody could accept it, is never stored or shown."

	// rolesNotShown explains an invitation that is found without role_assignments.
	rolesNotShown = "The answer of Elastic Cloud has no role_assignments, so that they are null in the state. " +
		"A configuration that declares roles replaces a pending invitation once, which mails the person. " +
		"After that the roles are known."

	// rolesUnknown has the roles that cannot be declared.
	rolesUnknown = "This version of the provider cannot declare these roles: %s. " +
		"Look at the roles of the person in the Elastic Cloud console, at Organization → Members, " +
		"and check whether a newer version of the provider knows them."
)

// Grant reads what is to be granted. Other roles of a member count only if the membership is managed.
func (m *inviteModel) Grant(context.Context) (grant Grant, diags diag.Diagnostics) {
	grant = readRoles(m.RoleAssignments)
	final := m.Status.ValueString() == string(invite.Accepted) && !m.ManageMembership.ValueBool()
	if m.OtherRoleAssignments.ValueString() == "" || final {
		return grant, nil
	}
	full, err := grant.withOther(m.OtherRoleAssignments.ValueString(), m.OrganizationID.ValueString())
	if err != nil {
		diags.AddAttributeError(path.Root(other),
			"Could not read "+other+" of "+m.Email.ValueString()+" from the state", err.Error())
	}
	return full, diags
}

// SetGrant writes what is granted, and warns of what role_assignments cannot express.
func (m *inviteModel) SetGrant(_ context.Context, grant Grant) (diags diag.Diagnostics) {
	if !grant.IsKnown() {
		diags.AddAttributeWarning(path.Root("role_assignments"),
			"Elastic Cloud does not show the roles of "+m.Email.ValueString(), rolesNotShown)
	}
	m.OtherRoleAssignments = tfinvite.Text(grant.other())
	if !m.OtherRoleAssignments.IsNull() {
		diags.AddAttributeWarning(path.Root(other),
			m.Email.ValueString()+" has roles that role_assignments cannot express",
			fmt.Sprintf(rolesUnknown, grant.inexpressible()))
	}
	var problems diag.Diagnostics
	m.RoleAssignments, problems = writeRoles(grant)
	return append(diags, problems...)
}

// SetDetails does nothing: the platform's answers have no further details of an invitation.
func (m *inviteModel) SetDetails(invitation) {}

// descriptor describes invitations to Elastic Cloud.
func descriptor() *tfinvite.Descriptor[Grant] {
	return &tfinvite.Descriptor[Grant]{
		Traits: invite.Traits{
			Title:        "Elastic Cloud",
			Resource:     "orginvite_elastic_cloud_invite",
			RemoveAccess: "the members of the organization in the Elastic Cloud console (Organization → Members)",
			Lifetime:     standardLifetime,
			SecretIDs:    true,
		},
		Platform:        "elastic_cloud",
		Markdown:        inviteMarkdown,
		New:             newModel,
		GrantAttributes: []string{"role_assignments", other},
		Attributes: map[string]schema.Attribute{
			"role_assignments": rolesAttribute(), other: otherAttribute(),
		},
		Listed: tfinvite.Listed{
			Markdown: map[string]string{other: otherMarkdown},
			Nested:   map[string]datasource.Attribute{"role_assignments": listedRolesAttribute()},
		},
	}
}
