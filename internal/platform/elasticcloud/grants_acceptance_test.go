// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// grantStory is one invitation whose grant changes.
type grantStory struct {
	*testing.T
	world *acctest.World
}

func newGrantStory(t *testing.T, behaviors ...func(*fake.ElasticCloudBehaviors)) grantStory {
	t.Helper()
	w := acctest.NewWorld(t)
	for _, set := range behaviors {
		w.Set(func(s *fake.Behaviors) { set(&s.ElasticCloud) })
	}
	return grantStory{t, w}
}

// config declares the invitation.
func (s grantStory) config(grant string, arguments ...string) string {
	return s.world.Provider(fake.ElasticCloud) + subject().Declare("ada", ada, append([]string{grant}, arguments...)...)
}

// step applies, and wants the plan to do something first.
func (s grantStory) step(
	does plancheck.ResourceActionType, config string, checks ...statecheck.StateCheck,
) resource.TestStep {
	return resource.TestStep{
		Config: config,
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(at, does)},
		},
		ConfigStateChecks: checks,
	}
}

// after does something before a step.
func after(do func(), step resource.TestStep) resource.TestStep {
	step.PreConfig = do
	return step
}

// run runs the steps, and wants so many mails to Ada.
func (s grantStory) run(mails int, steps ...resource.TestStep) {
	s.Helper()
	acctest.Case(s.T, func() {
		want := make([]string, mails)
		for i := range want {
			want[i] = ada
		}
		s.world.ExpectMails(s.T, want...)
	}, steps...)
}

func (s grantStory) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s grantStory) accept() {
	_, err := s.world.Accept(fake.ElasticCloud, "", ada)
	s.must(err)
}

// seed puts an invitation of somebody else in the place of the one there is.
func (s grantStory) seed(roles fake.RoleAssignments) {
	s.must(s.world.RevokeOutside(fake.ElasticCloud, "", ada))
	s.add(roles)
}

// add puts an invitation there.
func (s grantStory) add(roles fake.RoleAssignments) {
	seed := fake.Invitation{Email: ada, Grant: fake.Grant{RoleAssignments: &roles}}
	_, err := s.world.SeedInvite(fake.ElasticCloud, "", seed)
	s.must(err)
}

// member is what the member has.
func (s grantStory) member() fake.RoleAssignments {
	s.Helper()
	for _, member := range s.world.Members(fake.ElasticCloud, "") {
		return *member.Grant.RoleAssignments
	}
	s.Fatal("there is no member")
	return fake.RoleAssignments{}
}

// state wants an attribute in state.
func state(want knownvalue.Check, name string, path ...string) statecheck.StateCheck {
	attribute := tfjsonpath.New(name)
	for _, key := range path {
		attribute = attribute.AtMapKey(key)
	}
	return statecheck.ExpectKnownValue(at, attribute, want)
}

// role wants a scope to hold one assignment with this role.
func role(id string) knownvalue.Check {
	return knownvalue.SetPartial([]knownvalue.Check{
		knownvalue.ObjectPartial(map[string]knownvalue.Check{"role_id": knownvalue.StringExact(id)}),
	})
}

const (
	create  = plancheck.ResourceActionCreate
	update  = plancheck.ResourceActionUpdate
	replace = plancheck.ResourceActionDestroyBeforeCreate
	nothing = plancheck.ResourceActionNoop
)

// TestAccEveryScope: all scopes of today's API can be declared, and are followed after acceptance.
func TestAccEveryScope(t *testing.T) {
	t.Parallel()
	s := newGrantStory(t)
	config := func(workplace string) string {
		return s.config(roles(`
			organization = [{ role_id = "billing-admin", application_roles = ["auditor"] }]
			project = {
				workplaceai = [{ role_id = "`+workplace+`", all = true }]
				vectordb    = [{ role_id = "vectordb-viewer", project_ids = ["v1"], application_roles = ["reader"] }]
			}`), "manage_membership = true")
	}
	s.run(1,
		s.step(create, config("workplaceai-viewer"),
			state(role("workplaceai-viewer"), "role_assignments", "project", "workplaceai"),
			state(role("vectordb-viewer"), "role_assignments", "project", "vectordb"),
			state(knownvalue.Null(), "other_role_assignments")),
		after(s.accept, s.step(nothing, config("workplaceai-viewer"))),
		s.step(update, config("workplaceai-editor"),
			state(role("workplaceai-editor"), "role_assignments", "project", "workplaceai")),
		resource.TestStep{Config: config("workplaceai-editor"), PreConfig: func() {
			has := s.member()
			if got := has.Project["workplaceai"]; len(got) != 1 || got[0].RoleID != "workplaceai-editor" {
				t.Errorf("the member has %+v", got)
			}
			if got := has.Organization; len(got) != 1 || len(got[0].ApplicationRoles) != 1 {
				t.Errorf("the member has %+v", got)
			}
		}},
	)
}

// TestAccOrganizationApplicationRoles: an organization role with application roles that somebody gave is taken away.
func TestAccOrganizationApplicationRoles(t *testing.T) {
	t.Parallel()
	s := newGrantStory(t)
	config := s.config(roles(`deployment = [{ role_id = "deployment-viewer", all = true }]`), "manage_membership = true")
	s.run(1,
		s.step(create, config),
		after(func() {
			s.accept()
			has := s.member()
			has.Organization = []fake.RoleAssignment{{
				RoleID: "organization-admin", OrganizationID: s.world.Organization(fake.ElasticCloud), ApplicationRoles: []string{"x"},
			}}
			s.must(s.world.SetMemberGrant(fake.ElasticCloud, "", ada, fake.Grant{RoleAssignments: &has}))
		}, s.step(update, config)),
		resource.TestStep{Config: config, PreConfig: func() {
			if got := s.member().Organization; len(got) != 0 {
				t.Errorf("the member has %+v", got)
			}
		}},
	)
}

// TestAccUnknownRolesOfAnInvitation: somebody sent the invitation again with a role that cannot be declared. It is shown,
// and the plan replaces the invitation.
func TestAccUnknownRolesOfAnInvitation(t *testing.T) {
	t.Parallel()
	s := newGrantStory(t)
	config := s.config(roles(`organization = [{ role_id = "billing-admin" }]`))
	widen := func() {
		s.seed(fake.RoleAssignments{
			Platform:     []fake.RoleAssignment{{RoleID: "operator"}},
			Organization: []fake.RoleAssignment{{RoleID: "billing-admin", OrganizationID: s.world.Organization(fake.ElasticCloud)}},
		})
	}
	s.run(2,
		s.step(create, config),
		after(widen, resource.TestStep{
			RefreshState: true, ExpectNonEmptyPlan: true,
			RefreshPlanChecks: resource.RefreshPlanChecks{PostRefresh: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(at, replace),
				plancheck.ExpectKnownValue(at, tfjsonpath.New("other_role_assignments"), knownvalue.Null()),
			}},
		}),
		s.step(replace, config, state(knownvalue.Null(), "other_role_assignments")),
		resource.TestStep{Config: config, PreConfig: func() {
			sent := s.world.Invitations(fake.ElasticCloud, "")
			if last := sent[len(sent)-1]; len(last.Grant.RoleAssignments.Platform) > 0 {
				t.Errorf("sent: %+v", last)
			}
		}},
	)
}

// TestAccUnknownRolesOfAManagedMember: they are shown, and taken away.
func TestAccUnknownRolesOfAManagedMember(t *testing.T) {
	t.Parallel()
	s := newGrantStory(t)
	config := s.config(roles(`organization = [{ role_id = "billing-admin" }]`), "manage_membership = true")
	s.run(1,
		s.step(create, config),
		after(func() {
			s.accept()
			has := s.member()
			has.Platform = []fake.RoleAssignment{{RoleID: "operator"}}
			s.must(s.world.SetMemberGrant(fake.ElasticCloud, "", ada, fake.Grant{RoleAssignments: &has}))
		}, s.step(update, config, state(knownvalue.Null(), "other_role_assignments"))),
		resource.TestStep{Config: config, PreConfig: func() {
			if has := s.member(); len(has.Platform) != 0 || len(has.Organization) != 1 {
				t.Errorf("the member has %+v", has)
			}
		}},
	)
}

// TestAccUnknownRolesOfAMember: of a member who is not managed they are shown after an import, and never in the way.
func TestAccUnknownRolesOfAMember(t *testing.T) {
	t.Parallel()
	s := newGrantStory(t)
	_, err := s.world.SeedMember(fake.ElasticCloud, "", fake.Member{Email: ada, Grant: fake.Grant{
		RoleAssignments: &fake.RoleAssignments{
			Platform:     []fake.RoleAssignment{{RoleID: "operator"}},
			Organization: []fake.RoleAssignment{{RoleID: "billing-admin", OrganizationID: s.world.Organization(fake.ElasticCloud)}},
		},
	}})
	s.must(err)
	config := s.config(roles(`organization = [{ role_id = "billing-admin" }]`))
	shown := state(knownvalue.StringExact(`{"platform":[{"role_id":"operator"}]}`), "other_role_assignments")
	s.run(0,
		resource.TestStep{Config: config, ResourceName: at, ImportState: true, ImportStateId: ada, ImportStatePersist: true},
		s.step(nothing, config, shown),
		s.step(update, s.config(roles(`organization = [{ role_id = "billing-admin" }]`), "adopt_existing = true"), shown),
	)
}

// TestAccAbsentRoles: an invitation whose roles are not shown keeps those that were declared, also when it was sent again.
func TestAccAbsentRoles(t *testing.T) {
	t.Parallel()
	s := newGrantStory(t, func(s *fake.ElasticCloudBehaviors) { s.OmitRoleAssignments = true })
	viewer := s.config(roles(`deployment = [{ role_id = "deployment-viewer", all = true }]`), "manage_membership = true")
	editor := s.config(roles(`deployment = [{ role_id = "deployment-editor", all = true }]`), "manage_membership = true")
	s.run(2,
		s.step(create, viewer),
		s.step(nothing, viewer, state(role("deployment-viewer"), "role_assignments", "deployment")),
		after(func() {
			_, err := s.world.ResendOutside(fake.ElasticCloud, "", ada)
			s.must(err)
		}, s.step(nothing, viewer, state(role("deployment-viewer"), "role_assignments", "deployment"))),
		s.step(replace, editor, state(role("deployment-editor"), "role_assignments", "deployment")),
		after(s.accept, s.step(nothing, editor)),
	)
}

// TestAccEmptyRoles: role_assignments that are there and empty are none.
func TestAccEmptyRoles(t *testing.T) {
	t.Parallel()
	s := newGrantStory(t)
	config := s.config(roles(`deployment = [{ role_id = "deployment-viewer", all = true }]`))
	s.run(2,
		s.step(create, config),
		after(func() { s.seed(fake.RoleAssignments{}) }, s.step(replace, config)),
	)
}

// TestAccProjectRoleSpellings: how Elastic Cloud or the configuration spells a project role is no change, and state keeps
// what was written first.
func TestAccProjectRoleSpellings(t *testing.T) {
	t.Parallel()
	for _, reading := range []fake.ProjectRoles{fake.ProjectRolesAsSent, fake.ProjectRolesUnprefixed} {
		t.Run(string(reading), func(t *testing.T) {
			t.Parallel()
			s := newGrantStory(t, func(s *fake.ElasticCloudBehaviors) { s.ProjectRoles = reading })
			config := func(id string) string {
				return s.config(roles(`project = { security = [{ role_id = "`+id+`", all = true }] }`), "manage_membership = true")
			}
			written := state(role("security-t1-analyst"), "role_assignments", "project", "security")
			s.run(1,
				s.step(create, config("security-t1-analyst"), written),
				s.step(nothing, config("security-t1-analyst"), written),
				s.step(nothing, config("t1_analyst"), written),
				after(func() {
					_, err := s.world.ResendOutside(fake.ElasticCloud, "", ada)
					s.must(err)
				}, s.step(nothing, config("security-t1-analyst"), written)),
				after(s.accept, s.step(nothing, config("t1-analyst"), written)),
				s.step(update, config("security-viewer")),
				resource.TestStep{Config: config("viewer"), PreConfig: func() {
					if got := s.member().Project["security"]; len(got) != 1 || got[0].RoleID != "security-viewer" {
						t.Errorf("the member has %+v", got)
					}
				}},
			)
		})
	}
}
