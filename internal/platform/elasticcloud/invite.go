package elasticcloud

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// inviteModel is the Terraform shape of an invitation to Elastic Cloud.
type inviteModel struct {
	invite.Base
	invite.Expiry
	RoleAssignments types.Object `tfsdk:"role_assignments"`
}

func newModel() invite.Model[Grant] {
	return &inviteModel{RoleAssignments: types.ObjectNull(rolesType.AttrTypes)}
}

// Grant reads what is to be granted.
func (m *inviteModel) Grant(context.Context) (Grant, diag.Diagnostics) {
	return readRoles(m.RoleAssignments), nil
}

// SetGrant writes what is granted.
func (m *inviteModel) SetGrant(_ context.Context, grant Grant) diag.Diagnostics {
	var diags diag.Diagnostics
	m.RoleAssignments, diags = writeRoles(grant)
	return diags
}

// SetDetails has nothing to add: the platform tells no more of an invitation.
func (m *inviteModel) SetDetails(invitation) {}

// kind describes invitations to Elastic Cloud.
func kind() *invite.Kind[Grant] {
	return &invite.Kind[Grant]{
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
		GrantAttributes: []string{"role_assignments"},
		Attributes:      map[string]schema.Attribute{"role_assignments": rolesAttribute()},
		Listed: invite.Listed[Grant]{
			Grant: map[string]datasource.Attribute{"role_assignments": listedRolesAttribute()},
			GrantValues: func(grant Grant) (map[string]attr.Value, diag.Diagnostics) {
				roles, diags := writeRoles(grant)
				return map[string]attr.Value{"role_assignments": roles}, diags
			},
		},
	}
}
