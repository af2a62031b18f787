// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package snyk_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// subject is Snyk.
func subject() acctest.Subject {
	return acctest.Subject{
		Platform:        testplatform.Of(fake.Snyk),
		Credential:      "token",
		CredentialEnv:   "SNYK_TOKEN",
		Other:           "oauth_token",
		OrganizationEnv: "SNYK_ORG_ID",
		Wrong: []acctest.Wrong{
			{
				Name: "both", HCL: "role = \"Org Admin\"\nrole_id = \"3a1f1b1e-0f5c-4a2e-9d6c-1f2e3d4c5b6a\"",
				Says: []string{"role_id", "role"},
			},
			{Name: "neither", Says: []string{"role_id", "role"}},
			{Name: "a name for an id", HCL: `role_id = "Org Admin"`, Says: []string{"code: role_id", "UUID"}},
			{Name: "empty", HCL: `role = ""`, Says: []string{"code: role"}},
			{Name: "expiry", HCL: "role = \"Org Admin\"\nexpires_in = \"7d\"", Says: []string{"expires_in"}},
		},
		Filter: func(grant testplatform.Grant) string { return fmt.Sprintf("role = %q", grant.Fake.Role) },
	}
}

func TestAccStories(t *testing.T) {
	t.Parallel()
	acctest.Run(t, subject())
}

const (
	at  = "orginvite_snyk_invite.ada"
	ada = "ada@example.com"
)

// TestAccBehaviors: what the documentation leaves open, in other ways than the fake's usual one.
func TestAccBehaviors(t *testing.T) {
	t.Parallel()
	for name, reading := range map[string]struct {
		set     func(*fake.SnykBehaviors)
		stories []string
	}{
		"lenient": {func(s *fake.SnykBehaviors) {
			s.Emails, s.ExistingMember, s.EmailFilterSubstring, s.NextLink, s.Duplicate = fake.LowerCased, fake.Allowed, true, fake.NextWithRest, fake.DuplicateSameID
			s.CreatedRole = fake.RoleName
		}, []string{"one address twice", "lost answers", "adopt a managed member", "accepted meanwhile", "import"}},
		"other": {func(s *fake.SnykBehaviors) {
			s.NextLink, s.NullNextAtEnd, s.Duplicate = fake.NextObject, true, fake.DuplicateNewID
		}, []string{"one address twice", "lost answers", "destroy", "adopt a member"}},
		// Each of these runs those stories in which nothing is needed that the answers leave out.
		"no roles":                    {func(s *fake.SnykBehaviors) { s.OmitRoles = true }, []string{"accepted meanwhile"}},
		"no membership ids":           {func(s *fake.SnykBehaviors) { s.OmitMembershipIDs = true }, []string{"import"}},
		"no roles, no membership ids": {func(s *fake.SnykBehaviors) { s.OmitRoles, s.OmitMembershipIDs = true, true }, []string{"life", "a few"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.RunWith(t, subject(), func(s *fake.Behaviors) { reading.set(&s.Snyk) }, reading.stories...)
		})
	}
}

// TestAccPages: everybody on every page is found, whatever the links look like.
func TestAccPages(t *testing.T) {
	const count = 350
	w := acctest.NewWorld(t)
	grant := testplatform.SnykRoleID(w.Fake, "Developer")
	for i := range count {
		seed(t, w, fmt.Sprintf("p%04d@example.com", i), grant)
	}
	config, taken := w.Provider(fake.Snyk), []string{}
	for _, i := range []int{0, 99, 100, count - 1} { // both ends of pages
		email := fmt.Sprintf("p%04d@example.com", i)
		config += subject().Declare(fmt.Sprintf("p%d", i), email, grant.HCL(), "adopt_existing = true")
		taken = append(taken, email)
	}
	config += "data \"orginvite_snyk_invites\" \"all\" {}\noutput \"count\" {\n" +
		"  value = length(data.orginvite_snyk_invites.all.invites)\n}\n"
	counted := statecheck.ExpectKnownOutputValue("count", knownvalue.Int64Exact(count))
	links := func(form fake.NextLink) func() {
		return func() {
			w.Set(func(s *fake.Behaviors) { s.Snyk.NextLink = form })
			w.ResetJournal()
		}
	}
	steps := []resource.TestStep{{
		Config:            config,
		ConfigPlanChecks:  acctest.BeforeApply(w.Warned(taken...)),
		ConfigStateChecks: []statecheck.StateCheck{w.Mailed(), counted},
	}}
	for _, form := range []fake.NextLink{fake.NextWithRest, fake.NextAbsolute, fake.NextObject} {
		steps = append(steps, resource.TestStep{
			PreConfig:         links(form),
			Config:            config,
			ConfigPlanChecks:  acctest.BeforeApply(acctest.Plans(), w.Requested(acctest.Counts{fake.ListInvites: 4})),
			ConfigStateChecks: []statecheck.StateCheck{counted},
		})
	}
	for _, form := range []fake.NextLink{fake.NextOtherOrigin, fake.NextSelf} {
		steps = append(steps, resource.TestStep{
			PreConfig: links(form), Config: config, ExpectError: acctest.Error("Could not refresh"),
		})
	}
	w.Test(t, resource.TestCase{Steps: append(steps, resource.TestStep{
		PreConfig: links(fake.NextRelative), Config: config, PlanOnly: true, // the state is as it was
	})})
}

// seed puts a pending invitation there that Terraform does not know.
func seed(t *testing.T, w *acctest.World, email string, grant testplatform.Grant) fake.Invitation {
	t.Helper()
	seeded, err := w.SeedInvite(fake.Snyk, "", fake.Invitation{Email: email, Grant: grant.Fake})
	must(t, err)
	return seeded
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestAccOtherAddress: acceptance is decided from the members, by the whole address.
func TestAccOtherAddress(t *testing.T) {
	w := acctest.NewWorld(t)
	w.Set(func(s *fake.Behaviors) { s.Snyk.EmailFilterSubstring = true })
	grant := testplatform.SnykRoleID(w.Fake, "Developer")
	seedMember := func(email, role string) {
		member := fake.Member{Email: email, Grant: testplatform.SnykRole(w.Fake, role).Fake}
		_, err := w.SeedMember(fake.Snyk, "", member)
		must(t, err)
	}
	seedMember("not"+ada, "Developer")
	// It was sent by somebody else, and is imported: a new one could be missing because the list lags.
	seed(t, w, ada, grant)
	block := fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", at, ada)
	config := w.Provider(fake.Snyk) + subject().Declare("ada", ada, grant.HCL())
	managed := w.Provider(fake.Snyk) + subject().Declare("ada", ada, grant.HCL(), "manage_membership = true")
	var first string
	isFirst := acctest.Attribute(at, "member_id", knownvalue.StringFunc(func(got string) error {
		if got != first {
			return fmt.Errorf("got %s, want %s", got, first)
		}
		return nil
	}))
	w.Test(t, resource.TestCase{
		Steps: []resource.TestStep{{
			Config: config + block,
		}, {
			PreConfig:        func() { must(t, w.RevokeOutside(fake.Snyk, "", ada)) },
			Config:           config,
			ConfigPlanChecks: acctest.BeforeApply(acctest.Plans(at, "create")),
		}, {
			// One address, two users: the first that is found is in state, and stays there.
			PreConfig: func() {
				var err error
				first, err = w.Accept(fake.Snyk, "", ada)
				must(t, err)
				seedMember("ADA@example.com", "Auditor")
			},
			Config:            managed,
			ConfigStateChecks: []statecheck.StateCheck{isFirst},
		}, {
			Config:            managed,
			ConfigStateChecks: []statecheck.StateCheck{isFirst},
		}},
		CheckDestroy: func(*terraform.State) error {
			if left := w.Members(fake.Snyk, ""); len(left) != 2 {
				return fmt.Errorf("members: %v", left)
			}
			return nil
		},
	})
}
