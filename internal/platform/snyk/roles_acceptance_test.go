package snyk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

const (
	invited  = "ada@example.com"
	declared = "orginvite_snyk_invite.ada"
)

// tale is a story of Snyk alone, about Ada's invitation.
type tale struct {
	*testing.T
	world *acctest.World
	dir   *acctest.Workspace
}

func newTale(t *testing.T) *tale {
	t.Helper()
	acctest.CLI(t)
	t.Parallel()
	return &tale{T: t, world: acctest.NewWorld(t), dir: acctest.NewWorkspace(t)}
}

// declare writes the configuration of Ada's invitation, and more.
func (s *tale) declare(arguments string, more ...string) {
	s.Helper()
	text := fmt.Sprintf("resource \"orginvite_snyk_invite\" \"ada\" {\n  email = %q\n  %s\n}\n", invited, arguments)
	s.dir.Write(append([]string{s.world.Provider(fake.Snyk), text}, more...)...)
}

func (s *tale) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *tale) byID(role string) string { return fmt.Sprintf("role_id = %q", s.world.SnykRoleID(role)) }

// forbidRoles takes away the access to the group.
func (s *tale) forbidRoles() {
	s.world.Fail(fake.Fault{Platform: fake.Snyk, Operation: fake.ListRoles, Status: 403})
}

// remembers wants a role in state; "" for a name that is not known.
func (s *tale) remembers(id, name string) {
	s.Helper()
	found := s.dir.State()[declared]
	if found.Text("role_id") != s.world.SnykRoleID(id) || found.Text("role") != name {
		s.Errorf("state: role_id %v (%s is %s), role %v", found["role_id"], id, s.world.SnykRoleID(id), found["role"])
	}
}

// costs wants something to take exactly these requests.
func (s *tale) costs(want acctest.Counts, do func()) {
	s.Helper()
	s.world.During(do).Expect(s.T, want)
}

// oneList is what a refresh costs.
var oneList = acctest.Counts{fake.ListInvites: 1}

// lookedUp adds the look-up of a role's name.
func lookedUp(counts acctest.Counts) acctest.Counts {
	counts[fake.GetOrganization], counts[fake.ListRoles] = 1, 1
	return counts
}

// By name: two look-ups in a walk that creates or changes something, since Terraform
// plans that once more while applying; none in a refresh.
func TestAccRoleByName(t *testing.T) {
	s := newTale(t)
	s.declare(`role = "Developer"`)
	s.costs(lookedUp(acctest.Counts{fake.ListInvites: 1, fake.ListMembers: 1}), func() {
		s.dir.Plan().Succeeds().Plans(declared, "create")
	})
	s.costs(lookedUp(acctest.Counts{fake.ListInvites: 1, fake.ListMembers: 1, fake.CreateInvite: 1}), func() { s.dir.ApplyPlan().Succeeds() })
	s.remembers("Developer", "Developer")
	s.costs(oneList, func() { s.dir.Plan().Succeeds().Plans() })

	// The same role by its id, in whatever case, and back: no change, no look-up.
	for _, same := range []string{s.byID("Developer"), strings.ToUpper(s.byID("Developer")), `role = "Developer"`} {
		same = strings.Replace(same, "ROLE_ID", "role_id", 1)
		s.declare(same)
		s.costs(oneList, func() { s.dir.Plan().Succeeds().Plans() })
	}

	// A name that does not exist is told while planning.
	s.declare(`role = "developer"`)
	s.dir.Plan().Fails(`no role "developer"`, `"Auditor", "Developer"`, "code: role")

	// Another role is another invitation.
	s.declare(`role = "Auditor"`)
	s.dir.Plan().Succeeds().Plans(declared, "replace")
	s.costs(lookedUp(acctest.Counts{fake.RevokeInvite: 1, fake.CreateInvite: 1, fake.ListInvites: 1, fake.ListMembers: 1}), func() { s.dir.ApplyPlan().Succeeds() })
	s.remembers("Auditor", "Auditor")
	s.dir.Plan().Succeeds().Plans()
	s.declare(s.byID("Developer"))
	s.dir.Apply().Succeeds().Plans(declared, "replace")
	s.dir.Plan().Succeeds().Plans()
	s.world.ExpectMails(t, invited, invited, invited)
}

// By id: no access to the group is needed, for anything.
func TestAccRoleByID(t *testing.T) {
	s := newTale(t)
	s.forbidRoles()
	s.declare(s.byID("Developer"))
	s.costs(acctest.Counts{fake.ListInvites: 1, fake.ListMembers: 1}, func() { s.dir.Plan().Succeeds().Plans(declared, "create") })
	s.dir.ApplyPlan().Succeeds()
	s.remembers("Developer", "")
	s.dir.Plan().Succeeds().Plans()
	// The list has the name, but what the apply stored stays.
	s.dir.Apply().Succeeds().Plans()
	s.dir.Run("apply", "-refresh-only", "-auto-approve", "-json").Succeeds()
	s.remembers("Developer", "")

	// Sent again outside, with the same role: its name can be compared with access to the group only.
	_, err := s.world.ResendOutside(fake.Snyk, "", invited)
	s.must(err)
	s.dir.Plan().Succeeds().Plans(declared, "replace")
	s.world.ClearFaults()
	s.costs(lookedUp(acctest.Counts{fake.ListInvites: 1}), func() { s.dir.Plan().Succeeds().Plans() })
	s.forbidRoles()

	// With another role.
	s.must(s.world.RevokeOutside(fake.Snyk, "", invited))
	_, err = s.world.SeedInvite(fake.Snyk, "", fake.Invitation{Email: invited, Grant: fake.Grant{Role: "Auditor"}})
	s.must(err)
	s.dir.Apply().Succeeds().Plans(declared, "replace")
	s.remembers("Developer", "")
	s.dir.Plan().Succeeds().Plans()

	// By name it is not possible, and the error says how it is.
	s.declare(`role = "Auditor"`)
	s.dir.Plan().Fails("403", "Use role_id in place of role", "Read Roles", "code: role")
}

// An invitation that is there is compared by name where that is enough, by a look-up where not;
// what cannot be compared is sent anew.
func TestAccAdoptRole(t *testing.T) {
	seed := func(s *tale) {
		_, err := s.world.SeedInvite(fake.Snyk, "", fake.Invitation{Email: invited, Grant: fake.Grant{Role: "Developer"}})
		s.must(err)
	}
	const flag = "\n  adopt_existing = true"
	t.Run("by name", func(t *testing.T) {
		s := newTale(t)
		seed(s)
		s.declare(`role = "Developer"` + flag)
		s.dir.Apply().Warns("taken over as it is, without a mail").Plans(declared, "create")
		s.remembers("Developer", "Developer")
		s.dir.Plan().Succeeds().Plans()
		s.world.ExpectMails(t)
	})
	t.Run("by id", func(t *testing.T) {
		s := newTale(t)
		seed(s)
		s.declare(s.byID("Developer") + flag)
		s.costs(lookedUp(acctest.Counts{fake.ListInvites: 1}), func() {
			s.dir.Plan().Warns("taken over as it is, without a mail").Plans(declared, "create")
		})
		s.dir.ApplyPlan().Warns("taken over as it is, without a mail")
		s.remembers("Developer", "Developer")
		s.costs(oneList, func() { s.dir.Plan().Succeeds().Plans() })
		s.world.ExpectMails(t)
	})
	t.Run("by id, roles forbidden", func(t *testing.T) {
		s := newTale(t)
		s.forbidRoles()
		seed(s)
		s.declare(s.byID("Developer") + flag)
		s.dir.Apply().Warns("cannot be compared").Plans(declared, "create")
		s.dir.Plan().Succeeds().Plans()
		s.world.ExpectMails(t, invited)
	})
}

// After an import either argument makes an empty plan.
func TestAccImportRole(t *testing.T) {
	for _, member := range []bool{false, true} {
		for _, form := range []string{"ID", "EMAIL", "ORG/ID", "ORG/EMAIL"} {
			t.Run(fmt.Sprintf("%s member %t", form, member), func(t *testing.T) {
				s := newTale(t)
				seeded, err := s.world.SeedInvite(fake.Snyk, "", fake.Invitation{Email: "Ada@Example.com", Grant: fake.Grant{Role: "Developer"}})
				s.must(err)
				if member {
					if strings.Contains(form, "ID") {
						t.Skip("one who accepted has no invitation any more")
					}
					_, err := s.world.Accept(fake.Snyk, "", invited)
					s.must(err)
				}
				block := fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", declared, strings.NewReplacer("ID", seeded.ID, "EMAIL", invited, "ORG", s.world.Organization(fake.Snyk)).Replace(form))
				s.declare(`role = "Developer"`, block)
				s.dir.Apply().Succeeds().Plans(declared, "import")
				s.remembers("Developer", "Developer")
				s.dir.Plan().Succeeds().Plans()
				s.declare(s.byID("Developer"))
				s.dir.Plan().Succeeds().Plans()
			})
		}
	}
}

// Without access to the group an imported invitation has only a name.
func TestAccImportRoleForbidden(t *testing.T) {
	s := newTale(t)
	s.forbidRoles()
	_, err := s.world.SeedInvite(fake.Snyk, "", fake.Invitation{Email: invited, Grant: fake.Grant{Role: "Developer"}})
	s.must(err)
	s.declare(`role = "Developer"`, fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", declared, invited))
	s.dir.Apply().Succeeds().Plans(declared, "import")
	s.dir.Plan().Succeeds().Plans()
	// The id cannot be compared: Terraform shows that it would send another one.
	s.declare(s.byID("Developer"))
	s.dir.Plan().Succeeds().Plans(declared, "replace")
	// With access it is only recorded.
	s.world.ClearFaults()
	s.costs(lookedUp(acctest.Counts{fake.ListInvites: 1}), func() { s.dir.Plan().Succeeds().Plans(declared, "update") })
	s.costs(lookedUp(acctest.Counts{}), func() { s.dir.ApplyPlan().Succeeds() })
	s.costs(oneList, func() { s.dir.Plan().Succeeds().Plans() })
	s.remembers("Developer", "Developer")
	s.world.ExpectMails(t)
}

// A managed member is changed in place, by name or by id, and drift shows.
func TestAccManagedRole(t *testing.T) {
	s := newTale(t)
	const managed = "\n  manage_membership = true"
	s.declare(s.byID("Developer") + managed)
	s.dir.Apply().Succeeds()
	_, err := s.world.Accept(fake.Snyk, "", invited)
	s.must(err)
	s.dir.Apply().Succeeds().Plans()
	s.declare(`role = "Developer"` + managed)
	s.dir.Plan().Succeeds().Plans()
	s.declare(`role = "Auditor"` + managed)
	s.dir.Plan().Succeeds().Plans(declared, "update")
	s.costs(lookedUp(acctest.Counts{fake.ListMembers: 1, fake.UpdateMember: 1}), func() { s.dir.ApplyPlan().Succeeds() })
	s.remembers("Auditor", "Auditor")
	s.costs(acctest.Counts{fake.ListMembers: 1}, func() { s.dir.Plan().Succeeds().Plans() })
	s.declare(s.byID("Developer") + managed)
	s.dir.Apply().Succeeds().Plans(declared, "update")
	s.dir.Plan().Succeeds().Plans()

	s.must(s.world.SetMemberGrant(fake.Snyk, "", invited, fake.Grant{Role: "Org Admin"}))
	s.dir.Apply().Succeeds().Plans(declared, "update")
	if role := s.world.Members(fake.Snyk, "")[0].Grant.Role; role != "Developer" {
		t.Errorf("the member has %s", role)
	}

	// Not managed: refused, at the argument that was written.
	s.declare(s.byID("Developer"))
	s.dir.Apply().Succeeds().Plans(declared, "update")
	s.declare(s.byID("Auditor"))
	s.dir.Plan().Fails("accepted already", "manage_membership", "code: role_id")
	s.declare(`role = "Auditor"`)
	s.dir.Plan().Fails("accepted already", "manage_membership", "code: role")
}

// Somebody renames a role in Snyk: it is the same one.
func TestAccRenamedRole(t *testing.T) {
	s := newTale(t)
	s.declare(`role = "Developer"`)
	s.dir.Apply().Succeeds()
	id := s.world.Invitations(fake.Snyk, "")[0].ID
	rename := func(operation fake.Operation, body string) {
		s.world.Fail(fake.Fault{Platform: fake.Snyk, Operation: operation, Status: 200, Body: body})
	}
	rename(fake.ListRoles, fmt.Sprintf(`[{"name":"Engineer","publicId":%q}]`, s.world.SnykRoleID("Developer")))
	rename(fake.ListInvites, fmt.Sprintf(`{"data":[{"id":%q,"attributes":{"email":%q,"is_active":true,"role":"Engineer"}}],"links":{}}`, id, invited))
	s.costs(oneList, func() { s.dir.Plan().Succeeds().Plans() })
	s.declare(s.byID("Developer"))
	s.costs(oneList, func() { s.dir.Plan().Succeeds().Plans() })
	s.declare(`role = "Engineer"`)
	s.dir.Apply().Succeeds().Plans(declared, "update")
	s.remembers("Developer", "Engineer")
	s.costs(oneList, func() { s.dir.Plan().Succeeds().Plans() })
	s.world.ExpectMails(t, invited)
}

// A role that is known only while applying is looked up then.
func TestAccUnknownRole(t *testing.T) {
	for _, argument := range []string{"role", "role_id"} {
		t.Run(argument, func(t *testing.T) {
			s := newTale(t)
			value := map[string]string{"role": "Developer", "role_id": s.world.SnykRoleID("Developer")}[argument]
			late := fmt.Sprintf("resource \"terraform_data\" \"late\" {\n  input = %q\n}\n", value)
			s.declare(argument+" = terraform_data.late.output\n  manage_membership = true", late)
			s.dir.Apply().Succeeds()
			s.dir.Plan().Succeeds().Plans()
			_, err := s.world.Accept(fake.Snyk, "", invited)
			s.must(err)
			s.dir.Apply().Succeeds().Plans()
			// Unknown once more, and the same in the end.
			s.declare(argument+" = terraform_data.later.output\n  manage_membership = true", strings.ReplaceAll(late, "late", "later"))
			s.dir.Apply().Succeeds()
			s.remembers("Developer", "Developer")
			s.dir.Plan().Succeeds().Plans()
			s.world.ExpectMails(t, invited)
		})
	}
}

// Somebody is faster than the apply. No status says so, so Terraform looks.
func TestAccInvitedMeanwhile(t *testing.T) {
	for _, status := range []int{400, 409} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			s := newTale(t)
			s.declare(`role = "Developer"`)
			s.world.Fail(fake.Fault{Platform: fake.Snyk, Operation: fake.CreateInvite, Kind: fake.Answer, Status: status, Times: 1, Do: func() {
				_, err := s.world.SeedInvite(fake.Snyk, "", fake.Invitation{Email: invited, Grant: fake.Grant{Role: "Developer"}})
				s.must(err)
			}})
			s.dir.Apply().Fails("is already invited", "adopt_existing = true", "import {")
			s.must(s.world.RevokeOutside(fake.Snyk, "", invited))
			s.world.ExpectMails(t)
		})
	}
	s := newTale(t)
	s.declare(`role = "Developer"`)
	s.world.Fail(fake.Fault{Platform: fake.Snyk, Operation: fake.CreateInvite, Status: 400})
	s.dir.Apply().Fails("400", "compare email", "a Group Admin")
	s.world.ClearFaults()
	s.world.Fail(fake.Fault{Platform: fake.Snyk, Operation: fake.CreateInvite, Status: 409})
	s.dir.Apply().Fails("409", "Neither a pending invitation nor a member", "a Group Admin")
}

func TestAccRolesDataSource(t *testing.T) {
	s := newTale(t)
	s.dir.Write(s.world.Provider(fake.Snyk), `
data "orginvite_snyk_roles" "all" {}
output "names" { value = join(",", data.orginvite_snyk_roles.all.roles[*].name) }
output "custom" { value = join(",", [for r in data.orginvite_snyk_roles.all.roles : r.name if r.custom]) }
`)
	s.costs(acctest.Counts{fake.GetOrganization: 1, fake.ListRoles: 1}, func() { s.dir.Apply().Succeeds() })
	for _, want := range []string{`"Auditor,Developer,Org Admin,Org Collaborator,Security Champion"`, `"Auditor,Developer,Security Champion"`} {
		if !strings.Contains(s.dir.StateFile(), want) {
			t.Errorf("%s is not in %s", want, s.dir.StateFile())
		}
	}
	s.forbidRoles()
	s.dir.Plan().Fails("Could not list the roles", "403", "access to the group")
}

// Invitations that are gone cost a request for each person, or the list.
func TestAccGone(t *testing.T) {
	for _, test := range []struct{ members, gone, requests int }{{250, 1, 1}, {250, 2, 3}, {50, 5, 1}, {250, 10, 3}} {
		t.Run(fmt.Sprintf("%d of %d members", test.gone, test.members), func(t *testing.T) {
			s := newTale(t)
			for i := range test.members {
				_, err := s.world.SeedMember(fake.Snyk, "", fake.Member{Email: fmt.Sprintf("m%d@example.com", i)})
				s.must(err)
			}
			s.dir.Write(s.world.Provider(fake.Snyk), fmt.Sprintf("resource \"orginvite_snyk_invite\" \"p\" {\n  for_each = toset([for i in range(12) : \"p${i}@example.com\"])\n  email = each.key\n  %s\n}\n", s.byID("Developer")))
			s.dir.Apply().Succeeds()
			for i := range test.gone {
				s.must(s.world.RevokeOutside(fake.Snyk, "", fmt.Sprintf("p%d@example.com", i)))
			}
			got := s.world.During(func() { s.dir.Plan(tfexec.RefreshOnly(true), tfexec.Parallelism(20)).Succeeds() }).Count()
			if got[fake.ListInvites] != 1 || got[fake.ListMembers] != test.requests {
				t.Errorf("requests: %s, want %d for members", got, test.requests)
			}
		})
	}
}
