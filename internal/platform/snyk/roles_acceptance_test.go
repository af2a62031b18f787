// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package snyk_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

const (
	invited  = "ada@example.com"
	declared = "orginvite_snyk_invite.ada"
)

// tale is a story of Snyk alone, about Ada's invitation, that runs one command at a time: for what the testing package
// cannot say.
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

// Invitations that are gone cost the pages of the members, once.
func TestAccGone(t *testing.T) {
	for _, test := range []struct{ members, gone, requests int }{{250, 1, 3}, {250, 2, 3}, {50, 5, 1}, {250, 10, 3}} {
		t.Run(fmt.Sprintf("%d of %d members", test.gone, test.members), func(t *testing.T) {
			s := newTale(t)
			for i := range test.members {
				_, err := s.world.SeedMember(fake.Snyk, "", fake.Member{Email: fmt.Sprintf("m%d@example.com", i)})
				s.must(err)
			}
			// Imported ones are not young: a young one could be missing because the list lags.
			blocks := ""
			for i := range test.gone {
				email := fmt.Sprintf("p%d@example.com", i)
				seed(s.T, s.world, email, testplatform.SnykRoleID(s.world.Fake, "Developer"))
				blocks += fmt.Sprintf("import {\n  to = orginvite_snyk_invite.p[%q]\n  id = %q\n}\n", email, email)
			}
			s.dir.Write(s.world.Provider(fake.Snyk), blocks, fmt.Sprintf("resource \"orginvite_snyk_invite\" \"p\" {\n"+
				"  for_each = toset([for i in range(12) : \"p${i}@example.com\"])\n  email = each.key\n  %s\n}\n", s.byID("Developer")))
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
