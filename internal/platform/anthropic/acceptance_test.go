// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package anthropic_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// subject is Anthropic.
func subject() acctest.Subject {
	return acctest.Subject{
		Platform:        testplatform.Of(fake.Anthropic),
		Credential:      "api_key",
		CredentialEnv:   "ANTHROPIC_ADMIN_API_KEY",
		OrganizationEnv: "ANTHROPIC_ORGANIZATION_ID",
		Wrong: []acctest.Wrong{
			{Name: "no role", HCL: ``, Says: []string{`"role" is required`}},
			{Name: "empty role", HCL: `role = ""`, Says: []string{"code: role"}},
			{Name: "empty group", HCL: "role = \"user\"\nrbac_group_ids = [\"\"]", Says: []string{"rbac_group_ids"}},
		},
		Filter: testplatform.Grant.HCL,
	}
}

func TestAccStories(t *testing.T) {
	t.Parallel()
	acctest.Run(t, subject())
}

// TestAccBehaviors: what the documentation leaves open, in other ways than the fake's usual one.
func TestAccBehaviors(t *testing.T) {
	t.Parallel()
	for name, behave := range map[string]func(*fake.AnthropicBehaviors){
		"terse": func(s *fake.AnthropicBehaviors) {
			s.Emails, s.OmitNewFields = fake.LowerCased, true
		},
		"exact": func(s *fake.AnthropicBehaviors) {
			s.CreateExactly, s.HideDeleted, s.ModelKey, s.RetryAfter = true, true, fake.ModelKeyUnknown, fake.AfterSeconds
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.RunWith(t, subject(), func(s *fake.Behaviors) { behave(&s.Anthropic) },
				"expired", "destroy", "accepted meanwhile")
		})
	}
	t.Run("forgetful", func(t *testing.T) { // what has expired is gone then, like what was revoked
		t.Parallel()
		acctest.RunWith(t, subject(), func(s *fake.Behaviors) { s.Anthropic.DropEnded = true },
			"destroy", "accepted meanwhile")
	})
}

const (
	at  = "orginvite_anthropic_invite.ada"
	ada = "ada@example.com"
)

// config declares one invitation with the given arguments.
func config(w *acctest.World, arguments ...string) string {
	return w.Provider(fake.Anthropic) + subject().Declare("ada", ada, arguments...)
}

// unaware is a provider block without an organization.
func unaware(w *acctest.World) string {
	return fmt.Sprintf("provider \"orginvite\" {\n  anthropic = {\n    api_key  = %q\n    base_url = %q\n  }\n}\n",
		w.Credentials().AnthropicAdminKey, fake.Anthropic.BaseURL(w.URL))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestAccAnotherOrganization: a key of another organization than the declared one sends nothing, and reads no list.
func TestAccAnotherOrganization(t *testing.T) {
	w := acctest.NewWorld(t)
	const other = "11111111-2222-4333-8444-555555555555"
	refused := acctest.Error("key belongs to organization", w.Organization(fake.Anthropic), "Acme Labs", other, "Nothing was sent")
	organization := fmt.Sprintf("organization_id = %q", other)
	var steps []resource.TestStep
	for _, config := range []string{
		config(w, `role = "user"`, organization),
		w.Provider(fake.Anthropic) + fmt.Sprintf("data \"orginvite_anthropic_invites\" \"all\" {\n  %s\n}\n", organization),
		w.Provider(fake.Anthropic) + fmt.Sprintf("data \"orginvite_anthropic_members\" \"all\" {\n  %s\n}\n", organization),
		w.Provider(fake.Anthropic) + fmt.Sprintf("data \"orginvite_anthropic_organization\" \"this\" {\n  %s\n}\n", organization),
	} {
		steps = append(steps, resource.TestStep{Config: config, ExpectError: refused})
	}
	w.Test(t, resource.TestCase{Steps: steps})
	for _, request := range w.Journal() {
		if request.Operation != fake.GetOrganization {
			t.Errorf("requested: %s %s", request.Method, request.Path)
		}
	}
	w.ExpectMails(t)
}

// TestAccOwnOrganization: without organization_id, it is the organization of the key, asked for once in a walk, and not
// at all once everybody accepted.
func TestAccOwnOrganization(t *testing.T) {
	w := acctest.NewWorld(t)
	config := unaware(w) + subject().Declare("ada", ada, `role = "user"`) +
		subject().Declare("grace", "grace@example.com", `role = "billing"`)
	w.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config:           config,
		ConfigPlanChecks: acctest.BeforeApply(w.Requested(acctest.Counts{fake.GetOrganization: 1, fake.ListInvites: 1, fake.ListMembers: 1})),
		ConfigStateChecks: []statecheck.StateCheck{
			acctest.Attribute(at, "organization_id", knownvalue.StringExact(w.Organization(fake.Anthropic))),
			w.Mailed(ada, "grace@example.com"),
		},
	}, {
		PreConfig: func() {
			for _, email := range []string{ada, "grace@example.com"} {
				_, err := w.Accept(fake.Anthropic, "", email)
				must(t, err)
			}
		},
		Config: config,
		ConfigStateChecks: []statecheck.StateCheck{
			acctest.Attribute(at, "member_id", knownvalue.NotNull()), acctest.Attribute(at, "accepted_at", knownvalue.NotNull()),
		},
	}, {
		PreConfig:        w.ResetJournal,
		Config:           config,
		ConfigPlanChecks: acctest.BeforeApply(acctest.Plans(), w.Requested(acctest.Counts{})),
	}}})
}

// TestAccFixedLifetime: the platform decides when an invitation ends.
func TestAccFixedLifetime(t *testing.T) {
	w := acctest.NewWorld(t)
	w.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{
			Config:      config(w, `role = "user"`, `expires_in = "7d"`),
			ExpectError: acctest.Error("expires_in"),
		},
		{
			Config: config(w, `role = "user"`),
			ConfigStateChecks: []statecheck.StateCheck{
				acctest.Attribute(at, "created_at", knownvalue.NotNull()), acctest.Attribute(at, "expires_at", knownvalue.NotNull()),
				acctest.Attribute(at, "accepted_at", knownvalue.Null()),
			},
		},
	}})
}

// TestAccAdministrators: a member who was given an administrative role can be neither changed nor removed, and the plan
// says so.
func TestAccAdministrators(t *testing.T) {
	w := acctest.NewWorld(t)
	managed := config(w, `role = "user"`, "manage_membership = true")
	fixed := acctest.Error("code: role", "member has the role admin", "neither changes nor removes")
	w.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: managed},
		{
			PreConfig: func() {
				_, err := w.Accept(fake.Anthropic, "", ada)
				must(t, err)
			},
			Config: managed,
		},
		{
			PreConfig: func() { must(t, w.SetMemberGrant(fake.Anthropic, "", ada, fake.Grant{Role: "admin"})) },
			Config:    managed, ExpectError: fixed,
		},
		{Config: managed, Destroy: true, ExpectError: acctest.Error("member has the role admin")},
		{
			PreConfig: func() { must(t, w.SetMemberGrant(fake.Anthropic, "", ada, fake.Grant{Role: "billing"})) },
			Config:    managed, ConfigPlanChecks: acctest.BeforeApply(acctest.Plans(at, "update")),
		},
	}})
	if len(w.Members(fake.Anthropic, "")) != 0 {
		t.Error("the member is still there")
	}
}

// TestAccGroups: groups are sent, replace a pending invitation, and cannot be changed on a member.
func TestAccGroups(t *testing.T) {
	w := acctest.NewWorld(t, func(s *fake.Behaviors) { s.Anthropic.Enterprise = true })
	step := func(action, groups string) resource.TestStep {
		return resource.TestStep{
			Config:           config(w, `role = "managed"`, groups),
			ConfigPlanChecks: acctest.BeforeApply(acctest.Plans(at, action)),
		}
	}
	sent := func(want string) statecheck.StateCheck {
		return acctest.Check(func() error {
			all := w.Invitations(fake.Anthropic, "")
			if got := fmt.Sprint(all[len(all)-1].Grant.RBACGroupIDs); got != want {
				return fmt.Errorf("sent %s, want %s", got, want)
			}
			return nil
		})
	}
	both, other := step("create", `rbac_group_ids = ["g2", "g1"]`), step("replace", `rbac_group_ids = ["g3"]`)
	both.ConfigStateChecks, other.ConfigStateChecks = []statecheck.StateCheck{sent("[g1 g2]")}, []statecheck.StateCheck{sent("[g3]")}
	w.Test(t, resource.TestCase{Steps: []resource.TestStep{
		both, other,
		step("replace", ""),
		step("update", "rbac_group_ids = []"), // none as well, so it is only recorded
		step("replace", `rbac_group_ids = ["g1"]`),
		{
			Config:       config(w, `role = "managed"`, `rbac_group_ids = ["g1"]`),
			ResourceName: at, ImportState: true, ImportStateId: ada, ImportStateVerify: true,
			ImportStateVerifyIgnore: []string{"adopt_existing", "manage_membership", "reinvite_expired"},
		},
		{
			PreConfig: func() {
				_, err := w.Accept(fake.Anthropic, "", ada)
				must(t, err)
			},
			Config:           config(w, `role = "managed"`, `rbac_group_ids = ["g1"]`, "manage_membership = true"),
			ConfigPlanChecks: acctest.BeforeApply(acctest.Plans(at, "update")),
		},
		{
			Config:      config(w, `role = "managed"`, `rbac_group_ids = ["g2"]`, "manage_membership = true"),
			ExpectError: acctest.Error("code: rbac_group_ids", "groups of a member cannot be changed", "claude.ai"),
		},
		{ // the role can be
			Config:           config(w, `role = "user"`, `rbac_group_ids = ["g1"]`, "manage_membership = true"),
			ConfigPlanChecks: acctest.BeforeApply(acctest.Plans(at, "update")),
		},
	}})
}

// TestAccVariant: an address that Anthropic takes for a member's is refused in Anthropic's words, although neither list
// has it.
func TestAccVariant(t *testing.T) {
	w := acctest.NewWorld(t)
	_, err := w.SeedMember(fake.Anthropic, "", fake.Member{Email: ada})
	must(t, err)
	w.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config:      w.Provider(fake.Anthropic) + subject().Declare("tagged", "ada+test@example.com", `role = "user"`),
		ExpectError: acctest.Error("is already a member of the organization", "neither invited nor a member under that address", "an address with a tag"),
	}}})
	w.ExpectMails(t)
}
