// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package snyk_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// omitRoles is the reading in which Snyk says nobody's role.
func omitRoles(s *fake.Behaviors) { s.Snyk.OmitRoles = true }

// mustNot fails the test on an error.
func mustNot(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

// A role that Snyk does not say changes nothing: neither while the invitation is pending, nor for the member.
func TestAccRoleNotSaid(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t, omitRoles)
	for _, email := range []string{"grace@example.com", "alan@example.com"} {
		if _, err := w.SeedMember(fake.Snyk, "", fake.Member{Email: email}); err != nil {
			t.Fatal(err)
		}
	}
	id := knownvalue.StringExact(w.SnykRoleID("Developer"))
	lists := "data \"orginvite_snyk_invites\" \"all\" {\n  depends_on = [orginvite_snyk_invite.ada]\n}\n" +
		"data \"orginvite_snyk_members\" \"all\" {\n  depends_on = [orginvite_snyk_invite.ada]\n}\n"
	config := func(role string) string {
		return declareAda(w, role+"\n  manage_membership = true") + lists
	}
	byID, byName := config(fmt.Sprintf("role_id = %q", w.SnykRoleID("Developer"))), config(`role = "Developer"`)
	member := func() fake.Member {
		for _, m := range w.Members(fake.Snyk, "") {
			if m.Email == invited {
				return m
			}
		}
		return fake.Member{}
	}
	acctest.Case(t, func() {
		w.ExpectMails(t, invited)
		if found := member(); found.ID != "" {
			t.Errorf("still a member: %+v", found)
		}
	}, resource.TestStep{
		Config:            byID,
		ConfigPlanChecks:  planned(plancheck.ResourceActionCreate),
		ConfigStateChecks: []statecheck.StateCheck{stored("role_id", id)},
	}, resource.TestStep{
		Config:           byID,
		ConfigPlanChecks: unchanged,
		ConfigStateChecks: []statecheck.StateCheck{
			stored("role_id", id),
			statecheck.ExpectKnownValue("data.orginvite_snyk_invites.all", tfjsonpath.New("invites").AtSliceIndex(0).AtMapKey("role"), knownvalue.Null()),
			statecheck.ExpectKnownValue("data.orginvite_snyk_members.all", tfjsonpath.New("members"), knownvalue.ListSizeExact(2)),
			statecheck.ExpectKnownValue("data.orginvite_snyk_members.all", tfjsonpath.New("members").AtSliceIndex(1).AtMapKey("role_id"), knownvalue.Null()),
		},
	}, resource.TestStep{
		PreConfig: func() {
			_, err := w.ResendOutside(fake.Snyk, "", invited)
			mustNot(t, err)
		},
		Config:            byID,
		ConfigPlanChecks:  planned(plancheck.ResourceActionNoop),
		ConfigStateChecks: []statecheck.StateCheck{stored("role_id", id)},
	}, resource.TestStep{
		PreConfig: func() {
			_, err := w.Accept(fake.Snyk, "", invited)
			mustNot(t, err)
		},
		Config:            byID,
		ConfigPlanChecks:  planned(plancheck.ResourceActionNoop),
		ConfigStateChecks: []statecheck.StateCheck{stored("role_id", id), stored("status", knownvalue.StringExact("accepted"))},
	}, resource.TestStep{
		Config:            byName,
		ConfigStateChecks: []statecheck.StateCheck{stored("role_id", id), stored("role", knownvalue.StringExact("Developer"))},
	}, resource.TestStep{
		Config:           byName,
		ConfigPlanChecks: unchanged,
	}, resource.TestStep{
		// Another role needs no answer about the old one.
		Config:           config(`role = "Auditor"`),
		ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
		PostApplyFunc: func() {
			if role := member().Grant.Role; role != "Auditor" {
				t.Errorf("the member has %s", role)
			}
		},
	}, resource.TestStep{
		Config:           config(`role = "Auditor"`),
		ConfigPlanChecks: unchanged,
	})
}

// What is imported without a role takes the declared one as it is, without a mail.
func TestAccImportRoleNotSaid(t *testing.T) {
	t.Parallel()
	for _, member := range []bool{false, true} {
		t.Run(fmt.Sprintf("member %t", member), func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t, omitRoles)
			_, err := w.SeedInvite(fake.Snyk, "", fake.Invitation{Email: invited, Grant: fake.Grant{Role: "Developer"}})
			mustNot(t, err)
			if member {
				_, err = w.Accept(fake.Snyk, "", invited)
				mustNot(t, err)
			}
			config := declareAda(w, fmt.Sprintf("role_id = %q", w.SnykRoleID("Developer")))
			block := fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", declared, invited)
			acctest.Case(t, func() { w.ExpectMails(t) }, resource.TestStep{
				Config:            config + block,
				ConfigPlanChecks:  planned(plancheck.ResourceActionUpdate),
				ConfigStateChecks: []statecheck.StateCheck{stored("role_id", knownvalue.StringExact(w.SnykRoleID("Developer")))},
			}, resource.TestStep{
				Config:           config,
				ConfigPlanChecks: unchanged,
			})
		})
	}
}

// A role that is not known is not the declared one: such an invitation is not adopted as it is.
func TestAccAdoptRoleNotSaid(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t, omitRoles)
	_, err := w.SeedInvite(fake.Snyk, "", fake.Invitation{Email: invited, Grant: fake.Grant{Role: "Developer"}})
	mustNot(t, err)
	config := func(flag string) string {
		return declareAda(w, fmt.Sprintf("role_id = %q\n  %s", w.SnykRoleID("Developer"), flag))
	}
	acctest.Case(t, func() { w.ExpectMails(t, invited) }, resource.TestStep{
		Config:      config(""),
		ExpectError: regexp.MustCompile(`already invited(.|\n)*no known role`),
	}, resource.TestStep{
		Config: config("adopt_existing = true"),
		PostApplyFunc: func() {
			if seeded := w.Invitations(fake.Snyk, "")[0]; seeded.Status != fake.Revoked {
				t.Errorf("the one that was there is %s", seeded.Status)
			}
		},
	}, resource.TestStep{
		Config:           config("adopt_existing = true"),
		ConfigPlanChecks: unchanged,
	})
}

// A membership without an id is in nobody's way but that of whoever is to be changed or removed.
func TestAccMembershipWithoutID(t *testing.T) {
	s := newTale(t)
	s.world.Set(func(behaviors *fake.Behaviors) { behaviors.Snyk.OmitMembershipIDs = true })
	const managed = "\n  manage_membership = true"
	s.declare(s.byID("Developer") + managed)
	s.dir.Apply().Succeeds()
	_, err := s.world.Accept(fake.Snyk, "", invited)
	s.must(err)
	s.dir.Apply().Succeeds().Plans()
	s.remembers("Developer", "Developer")
	s.dir.Plan().Succeeds().Plans()

	s.declare(s.byID("Auditor") + managed)
	s.dir.Apply().Fails("Could not change what ada@example.com has", "has no id", "Members page", "code: manage_membership")
	s.remembers("Developer", "Developer")
	s.declare(s.byID("Developer") + managed)
	s.dir.Destroy().Fails("Could not remove ada@example.com", "has no id")
	s.declare(s.byID("Developer"))
	s.dir.Apply().Succeeds().Plans(declared, "update")
	s.dir.Destroy().Warns("ada@example.com stays a member")
}

// Somebody who is listed without a user is nobody in particular: everybody else is found.
func TestAccMembershipWithoutUser(t *testing.T) {
	s := newTale(t)
	s.world.Fail(fake.Fault{Platform: fake.Snyk, Operation: fake.ListMembers, Status: 200, Body: fmt.Sprintf(
		`{"data":[{"id":"6a0c2a5e-5a4e-4c61-93b0-5d6c2a4e7f10","relationships":{"user":{},"role":{},"org":{}}},`+
			`{"relationships":{"user":{"data":{"id":"%s","attributes":{"name":"Ada","username":"ada","email":%q}}}}}],"links":{}}`, idA, invited)})
	members := "data \"orginvite_snyk_members\" \"all\" {}\n"
	s.declare(s.byID("Developer"), members)
	s.dir.Plan().Warns("is already a member")
	s.declare(s.byID("Developer")+"\n  adopt_existing = true", members)
	s.dir.Apply().Warns("will be recorded as accepted")
	if found := s.dir.State()[declared]; found.Text("member_id") != idA {
		s.Errorf("state: %v", found)
	}
	listed, _ := s.dir.State()["data.orginvite_snyk_members.all"]["members"].([]any)
	if len(listed) != 2 {
		s.Fatalf("members: %v", listed)
	}
	if nobody, _ := listed[0].(map[string]any); nobody["id"] != nil || nobody["email"] != nil {
		s.Errorf("nobody in particular: %v", nobody)
	}
	s.dir.Plan().Succeeds().Plans()
	s.world.ExpectMails(s.T)
}
