// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package snyk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// roleStory is a test case about the role of Ada's invitation.
type roleStory struct {
	*testing.T
	world *acctest.World
}

func newRoleStory(t *testing.T) roleStory {
	t.Helper()
	return roleStory{t, acctest.NewWorld(t)}
}

func (s roleStory) test(steps ...resource.TestStep) {
	s.Helper()
	s.world.Test(s.T, resource.TestCase{Steps: steps})
}

// config is Ada's invitation with arguments, and more.
func (s roleStory) config(arguments ...string) string {
	return s.world.Provider(fake.Snyk) + subject().Declare("ada", ada, arguments...)
}

func (s roleStory) byID(role string) string {
	return fmt.Sprintf("role_id = %q", s.world.SnykRoleID(role))
}

// forbid takes away the access to the group.
func (s roleStory) forbid() {
	s.world.Fail(fake.Fault{Platform: fake.Snyk, Operation: fake.ListRoles, Status: 403})
}

func (s roleStory) seed() fake.Invitation {
	s.Helper()
	return seed(s.T, s.world, "Ada@Example.com", testplatform.SnykRole(s.world.Fake, "Developer"))
}

func (s roleStory) accept() {
	s.Helper()
	_, err := s.world.Accept(fake.Snyk, "", ada)
	must(s.T, err)
}

// has wants a role in state, by the name of its id and by its name; "" for a name that is not known.
func (s roleStory) has(id, name string) statecheck.StateCheck {
	var role any
	if name != "" {
		role = name
	}
	return acctest.All(
		acctest.Attribute(at, "role_id", knownvalue.StringExact(s.world.SnykRoleID(id))),
		acctest.Attribute(at, "role", acctest.Known(role)),
	)
}

// costs wants exactly these requests for a plan, and begins to count again.
func (s roleStory) costs(want acctest.Counts) plancheck.PlanCheck {
	return acctest.Check(func() error {
		defer s.world.ResetJournal()
		return s.world.Requested(want)()
	})
}

// unchanged is a step whose plan is empty and costs one list.
func (s roleStory) unchanged(config string) resource.TestStep {
	return resource.TestStep{
		Config:   config,
		PlanOnly: true,
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PostApplyPreRefresh:  []plancheck.PlanCheck{s.world.ResetRequests()},
			PostApplyPostRefresh: []plancheck.PlanCheck{s.costs(oneList)},
		},
	}
}

// TestAccRoleByName: two look-ups in a walk that creates or changes something, since Terraform plans that once more
// while applying; none in a refresh.
func TestAccRoleByName(t *testing.T) {
	s := newRoleStory(t)
	lists := func() acctest.Counts { return acctest.Counts{fake.ListInvites: 1, fake.ListMembers: 1} }
	created, replaced := lists(), lists()
	created[fake.CreateInvite] = 1
	replaced[fake.CreateInvite], replaced[fake.RevokeInvite] = 1, 1
	s.test(resource.TestStep{
		Config:           s.config(`role = "Developer"`),
		ConfigPlanChecks: acctest.BeforeApply(acctest.Plans(at, "create"), s.costs(lookedUp(lists()))),
		ConfigStateChecks: []statecheck.StateCheck{
			s.world.Requested(lookedUp(created)), s.has("Developer", "Developer"),
		},
	},
		s.unchanged(s.config(`role = "Developer"`)),
		// The same role by its id, in whatever case, and back: no change, no look-up.
		s.unchanged(s.config(s.byID("Developer"))),
		s.unchanged(s.config(fmt.Sprintf("role_id = %q", strings.ToUpper(s.world.SnykRoleID("Developer"))))),
		s.unchanged(s.config(`role = "Developer"`)),
		resource.TestStep{
			Config:      s.config(`role = "developer"`),
			ExpectError: acctest.Error("code: role", `no role "developer"`, `"Auditor", "Developer"`),
		},
		// Another role is another invitation.
		resource.TestStep{
			Config:           s.config(`role = "Auditor"`),
			ConfigPlanChecks: acctest.BeforeApply(acctest.Plans(at, "replace"), s.world.ResetRequests()),
			ConfigStateChecks: []statecheck.StateCheck{
				s.world.Requested(lookedUp(replaced)), s.has("Auditor", "Auditor"),
			},
		},
		resource.TestStep{
			Config:            s.config(s.byID("Developer")),
			ConfigPlanChecks:  acctest.BeforeApply(acctest.Plans(at, "replace")),
			ConfigStateChecks: []statecheck.StateCheck{s.world.Mailed(ada, ada, ada)},
		})
}

// TestAccAdoptRole: a pending invitation is compared by the role's name where that is enough, by a look-up where not.
// What cannot be compared is replaced.
func TestAccAdoptRole(t *testing.T) {
	const flag, taken = "adopt_existing = true", "taken over as it is, without a mail"
	creates := acctest.Plans(at, "create")
	t.Run("by name", func(t *testing.T) {
		s := newRoleStory(t)
		s.seed()
		s.test(resource.TestStep{
			Config:            s.config(`role = "Developer"`, flag),
			ConfigPlanChecks:  acctest.BeforeApply(creates, s.world.Warned(taken)),
			ConfigStateChecks: []statecheck.StateCheck{s.has("Developer", "Developer"), s.world.Mailed()},
		})
	})
	t.Run("by id", func(t *testing.T) {
		s := newRoleStory(t)
		s.seed()
		config := s.config(s.byID("Developer"), flag)
		s.test(resource.TestStep{
			Config: config,
			ConfigPlanChecks: acctest.BeforeApply(
				creates, s.world.Warned(taken), s.costs(lookedUp(acctest.Counts{fake.ListInvites: 1})),
			),
			ConfigStateChecks: []statecheck.StateCheck{
				s.world.Warned(taken), s.has("Developer", "Developer"), s.world.Mailed(),
			},
		}, s.unchanged(config))
	})
	t.Run("by id, roles forbidden", func(t *testing.T) {
		s := newRoleStory(t)
		s.forbid()
		s.seed()
		s.test(resource.TestStep{
			Config:            s.config(s.byID("Developer"), flag),
			ConfigPlanChecks:  acctest.BeforeApply(creates, s.world.Warned("cannot be compared")),
			ConfigStateChecks: []statecheck.StateCheck{s.world.Mailed(ada)},
		})
	})
}

// TestAccImportRole: after an import the plan is empty with either argument.
func TestAccImportRole(t *testing.T) {
	for _, form := range []string{"ID", "EMAIL", "ORG/ID", "ORG/EMAIL", "EMAIL of a member", "ORG/EMAIL of a member"} {
		t.Run(form, func(t *testing.T) {
			s := newRoleStory(t)
			seeded := s.seed()
			form, _, member := strings.Cut(form, " ")
			if member {
				s.accept()
			}
			id := strings.NewReplacer("ID", seeded.ID, "EMAIL", ada, "ORG", s.world.Organization(fake.Snyk)).Replace(form)
			s.test(resource.TestStep{
				Config:            s.config(`role = "Developer"`) + importBlock(id),
				ConfigPlanChecks:  acctest.BeforeApply(acctest.Plans(at, "import")),
				ConfigStateChecks: []statecheck.StateCheck{s.has("Developer", "Developer")},
			}, resource.TestStep{
				Config:   s.config(s.byID("Developer")),
				PlanOnly: true,
			})
		})
	}
}

func importBlock(id string) string { return fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", at, id) }

// TestAccImportRoleForbidden: without access to the group an imported invitation has only a name.
func TestAccImportRoleForbidden(t *testing.T) {
	s := newRoleStory(t)
	s.forbid()
	s.seed()
	byID := s.config(s.byID("Developer"))
	s.test(resource.TestStep{
		Config:           s.config(`role = "Developer"`) + importBlock(ada),
		ConfigPlanChecks: acctest.BeforeApply(acctest.Plans(at, "import")),
	}, resource.TestStep{
		// The id cannot be compared: Terraform shows that it would send another one.
		Config:             byID,
		PlanOnly:           true,
		ExpectNonEmptyPlan: true,
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PostApplyPostRefresh: []plancheck.PlanCheck{acctest.Plans(at, "replace")},
		},
	}, resource.TestStep{
		// With access it is only recorded.
		PreConfig: func() {
			s.world.ClearFaults()
			s.world.ResetJournal()
		},
		Config: byID,
		ConfigPlanChecks: acctest.BeforeApply(
			acctest.Plans(at, "update"), s.costs(lookedUp(acctest.Counts{fake.ListInvites: 1})),
		),
		ConfigStateChecks: []statecheck.StateCheck{
			s.world.Requested(lookedUp(acctest.Counts{})), s.has("Developer", "Developer"), s.world.Mailed(),
		},
	}, s.unchanged(byID))
}

// TestAccManagedRole: the role of a managed member is changed in place, by name or by id, and drift shows.
func TestAccManagedRole(t *testing.T) {
	s := newRoleStory(t)
	const managed = "manage_membership = true"
	byID, byName := s.config(s.byID("Developer"), managed), s.config(`role = "Developer"`, managed)
	auditor := s.config(`role = "Auditor"`, managed)
	updates := acctest.Plans(at, "update")
	s.test(resource.TestStep{
		Config: byID,
	}, resource.TestStep{
		PreConfig:        s.accept,
		Config:           byID,
		ConfigPlanChecks: acctest.BeforeApply(acctest.Plans()),
	}, resource.TestStep{
		Config:   byName,
		PlanOnly: true,
	}, resource.TestStep{
		Config: auditor,
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply:             []plancheck.PlanCheck{updates, s.world.ResetRequests()},
			PostApplyPreRefresh:  []plancheck.PlanCheck{s.world.ResetRequests()},
			PostApplyPostRefresh: []plancheck.PlanCheck{s.costs(acctest.Counts{fake.ListMembers: 1})},
		},
		ConfigStateChecks: []statecheck.StateCheck{
			s.world.Requested(lookedUp(acctest.Counts{fake.ListMembers: 1, fake.UpdateMember: 1})),
			s.has("Auditor", "Auditor"),
		},
	}, resource.TestStep{
		Config:           byID,
		ConfigPlanChecks: acctest.BeforeApply(updates),
	}, resource.TestStep{
		PreConfig: func() {
			must(t, s.world.SetMemberGrant(fake.Snyk, "", ada, fake.Grant{Role: "Org Admin"}))
		},
		Config:           byID,
		ConfigPlanChecks: acctest.BeforeApply(updates),
		ConfigStateChecks: []statecheck.StateCheck{acctest.Check(func() error {
			if role := s.world.Members(fake.Snyk, "")[0].Grant.Role; role != "Developer" {
				return fmt.Errorf("the member has %s", role)
			}
			return nil
		})},
	}, resource.TestStep{
		// Not managed: refused, at the argument that was written.
		Config:           s.config(s.byID("Developer")),
		ConfigPlanChecks: acctest.BeforeApply(updates),
	}, resource.TestStep{
		Config:      s.config(s.byID("Auditor")),
		ExpectError: acctest.Error("accepted already", "code: role_id", "manage_membership"),
	}, resource.TestStep{
		Config:      s.config(`role = "Auditor"`),
		ExpectError: acctest.Error("accepted already", "code: role ", "manage_membership"),
	})
}

// TestAccRenamedRole: a role that somebody renames in Snyk is the same one.
func TestAccRenamedRole(t *testing.T) {
	s := newRoleStory(t)
	answer := func(operation fake.Operation, body string) {
		s.world.Fail(fake.Fault{Platform: fake.Snyk, Operation: operation, Status: 200, Body: body})
	}
	first := s.unchanged(s.config(`role = "Developer"`))
	first.PreConfig = func() {
		id := s.world.Invitations(fake.Snyk, "")[0].ID
		answer(fake.ListRoles, fmt.Sprintf(`[{"name":"Engineer","publicId":%q}]`, s.world.SnykRoleID("Developer")))
		answer(fake.ListInvites, fmt.Sprintf(
			`{"data":[{"id":%q,"attributes":{"email":%q,"is_active":true,"role":"Engineer"}}],"links":{}}`, id, ada,
		))
	}
	s.test(resource.TestStep{Config: s.config(`role = "Developer"`)},
		first,
		s.unchanged(s.config(s.byID("Developer"))),
		resource.TestStep{
			Config:            s.config(`role = "Engineer"`),
			ConfigPlanChecks:  acctest.BeforeApply(acctest.Plans(at, "update")),
			ConfigStateChecks: []statecheck.StateCheck{s.has("Developer", "Engineer")},
		},
		s.unchanged(s.config(`role = "Engineer"`)))
	s.world.ExpectMails(t, ada)
}

// TestAccUnknownRole: a role that is known only while applying is looked up then.
func TestAccUnknownRole(t *testing.T) {
	for _, argument := range []string{"role", "role_id"} {
		t.Run(argument, func(t *testing.T) {
			s := newRoleStory(t)
			role := map[string]string{"role": "Developer", "role_id": s.world.SnykRoleID("Developer")}[argument]
			config := func(name string) string {
				return s.config(argument+" = terraform_data."+name+".output", "manage_membership = true") +
					fmt.Sprintf("resource \"terraform_data\" %q {\n  input = %q\n}\n", name, role)
			}
			s.test(resource.TestStep{
				Config: config("late"),
			}, resource.TestStep{
				PreConfig:        s.accept,
				Config:           config("late"),
				ConfigPlanChecks: acctest.BeforeApply(acctest.Plans()),
			}, resource.TestStep{
				// Unknown once more, and the same in the end.
				Config:            config("later"),
				ConfigStateChecks: []statecheck.StateCheck{s.has("Developer", "Developer"), s.world.Mailed(ada)},
			})
		})
	}
}

// TestAccRolesDataSource: the roles of the organization and of its group.
func TestAccRolesDataSource(t *testing.T) {
	s := newRoleStory(t)
	config := s.world.Provider(fake.Snyk) + `
data "orginvite_snyk_roles" "all" {}
output "names" { value = join(",", data.orginvite_snyk_roles.all.roles[*].name) }
output "custom" { value = join(",", [for r in data.orginvite_snyk_roles.all.roles : r.name if r.custom]) }
`
	output := func(name, want string) statecheck.StateCheck {
		return statecheck.ExpectKnownOutputValue(name, knownvalue.StringExact(want))
	}
	s.test(resource.TestStep{
		Config: config,
		ConfigStateChecks: []statecheck.StateCheck{
			s.world.Requested(acctest.Counts{fake.GetOrganization: 1, fake.ListRoles: 1}),
			output("names", "Auditor,Developer,Org Admin,Org Collaborator,Security Champion"),
			output("custom", "Auditor,Developer,Security Champion"),
		},
	}, resource.TestStep{
		PreConfig:   s.forbid,
		Config:      config,
		ExpectError: acctest.Error("Could not list the roles", "403", "access to the group"),
	})
}
