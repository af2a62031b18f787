package chaos

import (
	"math/rand/v2"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// subject is what the tests need to know about one platform.
type subject struct {
	platform fake.Platform
	// grants are different things to grant, as arguments, and how the platform has them.
	grants func(*fake.Fake) []grant
	// expires: invitations end.
	expires bool
	// secretIDs: state knows an invitation by its address.
	secretIDs bool
	// terse has the platform tell as little of an invitation as its documentation allows, so that the members have to be
	// asked; nil where it never tells more.
	terse func(*fake.Switches)
	// vary varies what the documentation leaves open.
	vary func(chance *rand.Rand, s *fake.Switches)
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
func subjects() (all []subject) {
	known := map[fake.Platform]subject{fake.IcePanel: icepanel, fake.Snyk: snyk, fake.ElasticCloud: elasticCloud}
	for _, platform := range fake.Platforms {
		if _, is := known[platform]; !is {
			panic("nothing is known of " + platform.Title())
		}
		all = append(all, known[platform])
	}
	return all
}

var icepanel = subject{
	platform: fake.IcePanel,
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
	terse:     func(s *fake.Switches) { s.IcePanel.OmitUsedBy = true },
	vary: func(chance *rand.Rand, s *fake.Switches) {
		s.IcePanel.Emails = pick(chance, fake.AsSent, fake.LowerCased)
		s.IcePanel.ExistingMember = pick(chance, fake.Allowed, fake.Refused)
		s.IcePanel.LandscapePermissions = pick(chance, fake.LandscapesAsSent, fake.LandscapesAbsent, fake.LandscapesEmptyIfUnset, fake.LandscapesNotForAdmins)
		s.IcePanel.OmitUsedBy = chance.IntN(2) == 0
		s.IcePanel.RevokeFinished = pick(chance, 0, 0, 409, 404, 422)
	},
}

var snyk = subject{
	platform: fake.Snyk,
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
	vary: func(chance *rand.Rand, s *fake.Switches) {
		s.Snyk.Emails = pick(chance, fake.AsSent, fake.LowerCased)
		s.Snyk.NextLink = pick(chance, fake.NextRelative, fake.NextWithRest, fake.NextAbsolute, fake.NextObject, fake.NextEmptyPage)
		s.Snyk.NullNextAtEnd = chance.IntN(2) == 0
		s.Snyk.Duplicate = pick(chance, fake.DuplicateRefused, fake.DuplicateSameID, fake.DuplicateNewID)
		s.Snyk.EmailFilterSubstring = chance.IntN(2) == 0
	},
}

var elasticCloud = subject{
	platform: fake.ElasticCloud,
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
	vary: func(chance *rand.Rand, s *fake.Switches) {
		s.ElasticCloud.Emails = pick(chance, fake.AsSent, fake.LowerCased)
		s.ElasticCloud.Reinvite = pick(chance, fake.ReinviteRefused, fake.ReinviteRefused, fake.ReinviteRefreshes, fake.ReinviteRefreshesEnd)
		s.ElasticCloud.PartialBatches = chance.IntN(2) == 0
		s.ElasticCloud.KeepAccepted = chance.IntN(2) == 0
		s.ElasticCloud.DropExpired = chance.IntN(2) == 0
		s.ElasticCloud.UnsetLists = pick(chance, fake.ListsAbsent, fake.ListsNull, fake.ListsEmpty)
	},
}
