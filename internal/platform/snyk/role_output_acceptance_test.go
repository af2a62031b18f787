// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package snyk_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// declareAda is the configuration of Ada's invitation, with her role as an output.
func declareAda(w *acctest.World, arguments string) string {
	return fmt.Sprintf("%s\nresource \"orginvite_snyk_invite\" \"ada\" {\n  email = %q\n  %s\n}\n"+
		"output \"role\" {\n  value = orginvite_snyk_invite.ada.role\n}\n", w.Provider(fake.Snyk), invited, arguments)
}

// unchanged wants a plan without changes, neither of resources nor of outputs.
var unchanged = resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}

// planned wants a plan to do this to Ada's invitation.
func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(declared, action)}}
}

// stored wants an attribute of Ada's invitation in state.
func stored(name string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(declared, tfjsonpath.New(name), want)
}

// roleIs wants Ada's role in state. An output that is null is not in state, so only plans show that it stays.
func roleIs(want knownvalue.Check) []statecheck.StateCheck {
	return []statecheck.StateCheck{stored("role", want)}
}

// With role_id, the role is after the apply what it stays while the invitation lives: the name if the answer to the
// creation has it, else null. So the next plan of an output of it has no changes.
func TestAccRoleOutput(t *testing.T) {
	t.Parallel()
	for answer, want := range map[fake.CreatedRole]knownvalue.Check{
		fake.RoleID: knownvalue.Null(), fake.RoleName: knownvalue.StringExact("Developer"),
	} {
		t.Run(string(answer), func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t, func(s *fake.Behaviors) { s.Snyk.CreatedRole = answer })
			config := declareAda(w, fmt.Sprintf("role_id = %q", w.SnykRoleID("Developer")))
			acctest.Case(t, func() { w.ExpectMails(t, invited) }, resource.TestStep{
				Config:            config,
				ConfigPlanChecks:  planned(plancheck.ResourceActionCreate),
				ConfigStateChecks: roleIs(want),
			}, resource.TestStep{
				Config:            config,
				ConfigPlanChecks:  unchanged,
				ConfigStateChecks: roleIs(want),
			}, resource.TestStep{
				RefreshState:       true,
				ExpectNonEmptyPlan: false,
			}, resource.TestStep{
				// Somebody sends it again: the invitation is another one, and grants the same.
				PreConfig: func() {
					if _, err := w.ResendOutside(fake.Snyk, "", invited); err != nil {
						t.Error(err)
					}
				},
				Config:            config,
				ConfigPlanChecks:  unchanged,
				ConfigStateChecks: roleIs(want),
			}, resource.TestStep{
				PreConfig: func() {
					if _, err := w.Accept(fake.Snyk, "", invited); err != nil {
						t.Error(err)
					}
				},
				Config:            config,
				ConfigStateChecks: append(roleIs(knownvalue.StringExact("Developer")), stored("status", knownvalue.StringExact("accepted"))),
			}, resource.TestStep{
				Config:            config,
				ConfigPlanChecks:  unchanged,
				ConfigStateChecks: roleIs(knownvalue.StringExact("Developer")),
			})
		})
	}
}

// The same when a member gets another role by its id: what the apply stores stays.
func TestAccRoleOutputOfMember(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	config := func(role string) string {
		return declareAda(w, fmt.Sprintf("role_id = %q\n  adopt_existing = true\n  manage_membership = true", w.SnykRoleID(role)))
	}
	if _, err := w.SeedMember(fake.Snyk, "", fake.Member{Email: invited, Grant: fake.Grant{Role: "Developer"}}); err != nil {
		t.Fatal(err)
	}
	acctest.Case(t, func() { w.ExpectMails(t) }, resource.TestStep{
		Config:            config("Developer"),
		ConfigPlanChecks:  planned(plancheck.ResourceActionCreate),
		ConfigStateChecks: roleIs(knownvalue.Null()),
	}, resource.TestStep{
		Config:           config("Developer"),
		ConfigPlanChecks: unchanged,
	}, resource.TestStep{
		Config:            config("Auditor"),
		ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
		ConfigStateChecks: roleIs(knownvalue.Null()),
	}, resource.TestStep{
		Config:            config("Auditor"),
		ConfigPlanChecks:  unchanged,
		ConfigStateChecks: roleIs(knownvalue.Null()),
	}, resource.TestStep{
		// What somebody else changed is shown, and put right.
		PreConfig: func() {
			if err := w.SetMemberGrant(fake.Snyk, "", invited, fake.Grant{Role: "Org Admin"}); err != nil {
				t.Error(err)
			}
		},
		Config:            config("Auditor"),
		ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
		ConfigStateChecks: roleIs(knownvalue.Null()),
	}, resource.TestStep{
		Config:           config("Auditor"),
		ConfigPlanChecks: unchanged,
	})
}
