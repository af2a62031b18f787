package newer_test

import (
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// subject is one platform, and two things that can be granted there.
type subject struct {
	platform fake.Platform
	a        func(w *acctest.World) grant
	b        func(w *acctest.World, organization string) grant
	// secretIDs: invitations are known by their address.
	secretIDs bool
	// ends: invitations expire.
	ends bool
	// keeps: invitations stay in the list when they were accepted.
	keeps bool
}

// grant is something to grant: as the fake has it, as arguments, and as a configuration.
type grant struct {
	fake fake.Grant
	args attrs
	hcl  string
}

const (
	ada   = "ada@example.com"
	grace = "grace@example.com"
)

var subjects = []subject{
	{
		platform: fake.IcePanel,
		a: func(*acctest.World) grant {
			landscapes := map[string]bool{"l1": true, "l2": false}
			return grant{
				fake.Grant{Permission: "read", LandscapePermissions: landscapes},
				attrs{"permission": "read", "landscape_permissions": attrs{"l1": true, "l2": false}},
				"permission = \"read\"\n  landscape_permissions = { l1 = true, l2 = false }",
			}
		},
		b: func(*acctest.World, string) grant {
			return grant{fake: fake.Grant{Permission: "admin"}, args: attrs{"permission": "admin"}}
		},
		ends: true, keeps: true,
	},
	{
		platform: fake.Snyk,
		a: func(*acctest.World) grant {
			return grant{fake.Grant{Role: "Org Collaborator"}, attrs{"role": "Org Collaborator"}, "role = \"Org Collaborator\""}
		},
		b: func(w *acctest.World, _ string) grant {
			id := w.SnykRoleID("Security Champion")
			return grant{fake: fake.Grant{RoleID: id}, args: attrs{"role_id": id}}
		},
	},
	{
		platform: fake.ElasticCloud,
		a: func(w *acctest.World) grant {
			some := false
			return grant{
				fake.Grant{RoleAssignments: &fake.RoleAssignments{Deployment: []fake.RoleAssignment{{
					OrganizationID: w.Organization(fake.ElasticCloud), RoleID: "deployment-viewer", All: &some, DeploymentIDs: []string{"d1", "d2"},
				}}}},
				attrs{"role_assignments": attrs{"deployment": []any{attrs{"role_id": "deployment-viewer", "deployment_ids": []any{"d1", "d2"}}}}},
				"role_assignments = { deployment = [{ role_id = \"deployment-viewer\", deployment_ids = [\"d1\", \"d2\"] }] }",
			}
		},
		b: func(_ *acctest.World, organization string) grant {
			return grant{
				fake: fake.Grant{RoleAssignments: &fake.RoleAssignments{Organization: []fake.RoleAssignment{{
					OrganizationID: organization, RoleID: "billing-admin",
				}}}},
				args: attrs{"role_assignments": attrs{"organization": []any{attrs{"role_id": "billing-admin"}}}},
			}
		},
		secretIDs: true, ends: true,
	},
}

// credential are the arguments of the provider's block that authenticate.
func (s subject) credential(w *acctest.World) attrs {
	argument, secret := w.Credential(s.platform)
	return attrs{argument: secret}
}

// onEach runs a test on every platform, side by side.
func onEach(t *testing.T, test func(*testing.T, subject)) {
	t.Helper()
	if len(subjects) != len(fake.Platforms) {
		t.Fatalf("%d platforms are known here, there are %q", len(subjects), fake.Platforms)
	}
	for _, s := range subjects {
		t.Run(string(s.platform), func(t *testing.T) {
			t.Parallel()
			test(t, s)
		})
	}
}

// seed puts a pending invitation there that somebody else sent.
func (s subject) seed(t *testing.T, w *acctest.World, email string, g grant) fake.Invitation {
	t.Helper()
	return s.seedIn(t, w, "", email, g)
}

func (s subject) seedIn(t *testing.T, w *acctest.World, organization, email string, g grant) fake.Invitation {
	t.Helper()
	there, err := w.SeedInvite(s.platform, organization, fake.Invitation{Email: email, Grant: g.fake})
	must(t, err)
	return there
}

// seedLasting is seed for an invitation with a lifetime of its own, where they have one.
func (s subject) seedLasting(t *testing.T, w *acctest.World, email string, g grant, lifetime time.Duration) fake.Invitation {
	t.Helper()
	invitation := fake.Invitation{Email: email, Grant: g.fake}
	if s.ends {
		invitation.CreatedAt = time.Now().Add(-lifetime / 2)
		invitation.ExpiresAt = invitation.CreatedAt.Add(lifetime)
	}
	there, err := w.SeedInvite(s.platform, "", invitation)
	must(t, err)
	return there
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
