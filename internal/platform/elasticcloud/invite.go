package elasticcloud

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

// inviteModel is the Terraform shape of an invitation to Elastic Cloud.
type inviteModel struct {
	tfinvite.Base
	tfinvite.Expiring
	RoleAssignments types.Object `tfsdk:"role_assignments"`
	Other           types.String `tfsdk:"other_role_assignments"`
}

func newModel() tfinvite.Model[Grant] {
	return &inviteModel{RoleAssignments: types.ObjectNull(rolesType.AttrTypes)}
}

// rolesNotShown explains an invitation that is found without role_assignments.
const rolesNotShown = "Its answer has no role_assignments, so they are not known, and null in the state. " +
	"A configuration that declares roles replaces a pending invitation once, with a mail. From then on they are known."

// Grant reads what is to be granted. What else a member has is nobody's concern unless the membership is managed.
func (m *inviteModel) Grant(context.Context) (grant Grant, diags diag.Diagnostics) {
	grant = readRoles(m.RoleAssignments)
	final := m.Status.ValueString() == string(invite.Accepted) && !m.ManageMembership.ValueBool()
	if m.Other.ValueString() == "" || final {
		return grant, nil
	}
	full, err := grant.withOther(m.Other.ValueString(), m.OrganizationID.ValueString())
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
	m.Other = tfinvite.Text(grant.other())
	if !m.Other.IsNull() {
		diags.AddAttributeWarning(path.Root(other),
			m.Email.ValueString()+" has roles that role_assignments cannot express", unknownRoles(grant.inexpressible()))
	}
	var problems diag.Diagnostics
	m.RoleAssignments, problems = writeRoles(grant)
	return append(diags, problems...)
}

// unknownRoles names roles that cannot be declared, and says what to do about them.
func unknownRoles(roles Grant) string {
	return "This version of the provider does not know how to declare them: " + roles.String() + ". " +
		"Look at what the person has in the Elastic Cloud console, at Organization → Members, " +
		"and see whether a newer version of the provider knows these roles."
}

// SetDetails has nothing to add: the platform tells no more of an invitation.
func (m *inviteModel) SetDetails(invitation) {}

// kind describes invitations to Elastic Cloud.
func kind() *tfinvite.Descriptor[Grant] {
	return &tfinvite.Descriptor[Grant]{
		Traits: invite.Traits{
			Title:        "Elastic Cloud",
			Resource:     "orginvite_elastic_cloud_invite",
			RemoveAccess: "the members of the organization in the Elastic Cloud console (Organization → Members)",
			Lifetime:     standardLifetime,
			SecretIDs:    true,
			// By https://www.elastic.co/docs/api/doc/cloud/operation/operation-create-organization-invitations
			// with organization.user_organization_already_belongs.
		},
		Platform:        "elastic_cloud",
		Markdown:        "Invites a person to an organization on Elastic Cloud, follows the invitation until it is accepted, and revokes it on destroy. The token of the invitation, with which anybody could accept it, is never stored or shown.",
		New:             newModel,
		GrantAttributes: []string{"role_assignments", other},
		Attributes:      map[string]schema.Attribute{"role_assignments": rolesAttribute(), other: otherAttribute()},
		Listed: tfinvite.Listed[Grant]{
			Grant: map[string]datasource.Attribute{"role_assignments": listedRolesAttribute(), other: listedOtherAttribute()},
			GrantValues: func(grant Grant) (map[string]attr.Value, diag.Diagnostics) {
				roles, diags := writeRoles(grant)
				return map[string]attr.Value{"role_assignments": roles, other: tfinvite.Text(grant.other())}, diags
			},
		},
	}
}
