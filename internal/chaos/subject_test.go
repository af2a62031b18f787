package chaos

import (
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// subject is what the tests need to know about one platform.
type subject struct {
	platform fake.Platform
	// credentials are the arguments of the provider's block.
	credentials func(*fake.Fake) map[string]any
	// grants are different things to grant, as arguments, and how the platform has them.
	grants func(*fake.Fake) []grant
	// expires: invitations end.
	expires bool
	// secretIDs: state knows an invitation by its address.
	secretIDs bool
	// remembers: the platform tells later that an invitation was accepted.
	remembers bool
}

// grant is something to grant.
type grant struct {
	arguments map[string]any
	fake      fake.Grant
}

func (s subject) kind() string { return "orginvite_" + string(s.platform) + "_invite" }

// subjects are the platforms that the provider offers.
func subjects() []subject {
	var there []subject
	for _, one := range []subject{icepanel, snyk, elasticCloud} {
		if _, offers := offered.ResourceSchemas[one.kind()]; offers {
			there = append(there, one)
		}
	}
	return there
}

var icepanel = subject{
	platform: fake.IcePanel,
	credentials: func(f *fake.Fake) map[string]any {
		return map[string]any{"api_key": f.Credentials().IcePanelAPIKey}
	},
	grants: func(*fake.Fake) []grant {
		return []grant{
			{map[string]any{"permission": "read"}, fake.Grant{Permission: "read"}},
			{
				map[string]any{"permission": "write", "landscape_permissions": map[string]any{"abc": true}},
				fake.Grant{Permission: "write", LandscapePermissions: map[string]bool{"abc": true}},
			},
			{
				map[string]any{"permission": "billing", "landscape_permissions": map[string]any{}},
				fake.Grant{Permission: "billing", LandscapePermissions: map[string]bool{}},
			},
		}
	},
	expires:   true,
	remembers: true,
}

var snyk = subject{
	platform: fake.Snyk,
	credentials: func(f *fake.Fake) map[string]any {
		return map[string]any{"token": f.Credentials().SnykToken}
	},
	grants: func(f *fake.Fake) []grant {
		var all []grant
		for at, role := range f.SnykRoles() {
			arguments := map[string]any{"role": role.Name}
			if at%2 == 1 {
				arguments = map[string]any{"role_id": role.ID}
			}
			all = append(all, grant{arguments, fake.Grant{RoleID: role.ID, Role: role.Name}})
		}
		return all
	},
}

var elasticCloud = subject{
	platform: fake.ElasticCloud,
	credentials: func(f *fake.Fake) map[string]any {
		return map[string]any{"api_key": f.Credentials().ElasticCloudAPIKey}
	},
	grants: func(f *fake.Fake) []grant {
		everything, organization := true, f.Organization(fake.ElasticCloud)
		return []grant{
			{nil, fake.Grant{}},
			{
				map[string]any{"role_assignments": map[string]any{"organization": []any{map[string]any{"role_id": "billing-admin"}}}},
				fake.Grant{RoleAssignments: &fake.RoleAssignments{
					Organization: []fake.RoleAssignment{{OrganizationID: organization, RoleID: "billing-admin"}},
				}},
			},
			{
				map[string]any{"role_assignments": map[string]any{"deployment": []any{map[string]any{"role_id": "deployment-viewer", "all": true}}}},
				fake.Grant{RoleAssignments: &fake.RoleAssignments{
					Deployment: []fake.RoleAssignment{{OrganizationID: organization, RoleID: "deployment-viewer", All: &everything}},
				}},
			},
		}
	},
	expires:   true,
	secretIDs: true,
}
