// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// subject is Elastic Cloud.
func subject() acctest.Subject {
	return acctest.Subject{
		Platform:        testplatform.Of(fake.ElasticCloud),
		Credential:      "api_key",
		CredentialEnv:   "EC_API_KEY",
		OrganizationEnv: "EC_ORGANIZATION_ID",
		Wrong: []acctest.Wrong{
			{
				Name: "all and some",
				HCL:  roles(`deployment = [{ role_id = "deployment-viewer", all = true, deployment_ids = ["d1"] }]`),
				Says: []string{"deployment_ids"},
			},
			{Name: "neither", HCL: roles(`deployment = [{ role_id = "deployment-viewer" }]`), Says: []string{"deployment_ids"}},
			{
				Name: "none", HCL: roles(`project = { security = [{ role_id = "security-admin", all = false, project_ids = [] }] }`),
				Says: []string{"project_ids"},
			},
			{Name: "no role", HCL: roles(`organization = [{ role_id = "" }]`), Says: []string{"role_id"}},
			{Name: "expires_at", HCL: `expires_at = "2099-01-01T00:00:00Z"`, Says: []string{"expires_at"}},
		},
	}
}

func roles(scopes string) string { return "role_assignments = {\n" + scopes + "\n}" }

func TestAccStories(t *testing.T) {
	t.Parallel()
	acctest.Run(t, subject())
}

const (
	at  = "orginvite_elastic_cloud_invite.ada"
	ada = "ada@example.com"
	// viewer are the arguments of one role.
	viewer = `role_assignments = { deployment = [{ role_id = "deployment-viewer", all = true }] }`
)

// TestAccBehaviors: what the documentation leaves open, in other ways than the fake's usual one.
func TestAccBehaviors(t *testing.T) {
	t.Parallel()
	for name, behave := range map[string]func(*fake.ElasticCloudBehaviors){
		"keeps": func(s *fake.ElasticCloudBehaviors) {
			s.Emails, s.Reinvite, s.KeepAccepted, s.UnsetLists = fake.LowerCased, fake.ReinviteRefreshes, true, fake.ListsNull
		},
		"drops": func(s *fake.ElasticCloudBehaviors) {
			s.Reinvite, s.DropExpired, s.PartialBatches, s.UnsetLists = fake.ReinviteRefreshesEnd, true, true, fake.ListsEmpty
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stories := []string{"destroy", "one address twice", "lost answers", "accepted meanwhile"}
			if name == "keeps" { // what is no longer listed is TestAccForgotten
				stories = append(stories, "expired")
			}
			acctest.RunWith(t, subject(), func(s *fake.Behaviors) { behave(&s.ElasticCloud) }, stories...)
		})
	}
}

// TestAccForgotten: an invitation that is no longer listed once it expired is known to have expired.
func TestAccForgotten(t *testing.T) {
	w := acctest.NewWorld(t)
	config := func(arguments ...string) string {
		return w.Provider(fake.ElasticCloud) + subject().Declare("ada", ada, append(arguments, viewer)...)
	}
	warned := w.Warned("expired")
	w.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: config(),
	}, {
		PreConfig:        func() { must(t, w.Expire(fake.ElasticCloud, "", ada)) },
		Config:           config(),
		ConfigPlanChecks: acctest.BeforeApply(warned),
	}, {
		PreConfig:        func() { w.Set(func(s *fake.Behaviors) { s.ElasticCloud.DropExpired = true }) },
		Config:           config(),
		ConfigPlanChecks: acctest.BeforeApply(acctest.Plans(), warned),
	}, {
		Config:           config("reinvite_expired = true"),
		ConfigPlanChecks: acctest.BeforeApply(acctest.Plans(at, "replace"), warned),
		ConfigStateChecks: []statecheck.StateCheck{
			acctest.Attribute(at, "status", knownvalue.StringExact("pending")), w.Mailed(ada, ada),
		},
	}}})
}

// TestAccSpellings: two ways to write the same make no difference.
func TestAccSpellings(t *testing.T) {
	for _, lists := range []fake.UnsetLists{fake.ListsAbsent, fake.ListsNull, fake.ListsEmpty} {
		t.Run(string(lists), func(t *testing.T) {
			w := acctest.NewWorld(t)
			w.Set(func(s *fake.Behaviors) { s.ElasticCloud.UnsetLists = lists })
			step := func(sent int, scopes string, checks ...plancheck.PlanCheck) resource.TestStep {
				return resource.TestStep{
					Config:           w.Provider(fake.ElasticCloud) + subject().Declare("ada", ada, scopes),
					ConfigPlanChecks: acctest.BeforeApply(checks...),
					ConfigStateChecks: []statecheck.StateCheck{acctest.Check(func() error {
						if got := len(w.Invitations(fake.ElasticCloud, "")); got != sent {
							return fmt.Errorf("sent %d invitations, want %d", got, sent)
						}
						return nil
					})},
				}
			}
			nothing := w.Warned("role_assignments grants nothing")
			w.Test(t, resource.TestCase{Steps: []resource.TestStep{
				step(1, ""),
				// At most recorded.
				step(1, "role_assignments = {}", nothing),
				step(1, roles("organization = []"), nothing),
				step(1, roles("project = {}"), nothing),
				step(1, roles("deployment = []\nproject = { security = [] }"), nothing),
				step(2, roles(`deployment = [
  { role_id = "v", deployment_ids = ["b", "a"] },
  { role_id = "e", all = true, application_roles = ["x", "y"] },
]`), acctest.Plans(at, "replace")),
				step(2, roles(`deployment = [
  { role_id = "e", all = true, application_roles = ["y", "x"] },
  { role_id = "v", deployment_ids = ["a", "b"] },
]`)),
				step(2, roles(`deployment = [
  { role_id = "v", all = false, deployment_ids = ["a", "b"] },
  { role_id = "e", all = true, application_roles = ["x", "y"] },
]`)),
			}})
		})
	}
}

// TestAccLimit: of several invitations that go out together, those that may are sent, once. How many errors there are
// is what commands show.
func TestAccLimit(t *testing.T) {
	t.Parallel()
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	w.Set(func(s *fake.Behaviors) { s.ElasticCloud.PendingLimit = 3 })
	config, everybody := "", []string{}
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		config += subject().Declare(name, name+"@example.com", viewer)
		everybody = append(everybody, name+"@example.com")
	}
	dir.Write(w.Provider(fake.ElasticCloud), config)
	result := dir.Apply().Fails("as many pending invitations as Elastic Cloud allows")
	if sent := len(w.Mails()); sent != 3 || len(dir.State()) != sent || result.Errors() != 5-sent {
		t.Errorf("%d mails, state %v, errors %d", sent, dir.State(), result.Errors())
	}
	w.Set(func(s *fake.Behaviors) { s.ElasticCloud.PendingLimit = 0 })
	dir.Apply().Succeeds()
	dir.Plan().Succeeds().Plans()
	w.ExpectMails(t, everybody...)
}

// TestAccNoEmails: members without an address are nobody in particular.
func TestAccNoEmails(t *testing.T) {
	w := acctest.NewWorld(t)
	w.Set(func(s *fake.Behaviors) { s.ElasticCloud.HideMemberEmails, s.ElasticCloud.KeepAccepted = true, true })
	_, err := w.SeedMember(fake.ElasticCloud, "", fake.Member{})
	must(t, err)
	config := w.Provider(fake.ElasticCloud) + subject().Declare("ada", ada, viewer) +
		"data \"orginvite_elastic_cloud_members\" \"all\" {}\n"
	w.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: config,
	}, {
		PreConfig: func() {
			_, err := w.Accept(fake.ElasticCloud, "", ada)
			must(t, err)
		},
		Config:           config,
		ConfigPlanChecks: acctest.BeforeApply(acctest.Plans()),
		ConfigStateChecks: []statecheck.StateCheck{
			acctest.Attribute(at, "status", knownvalue.StringExact("accepted")),
			acctest.Attribute("data.orginvite_elastic_cloud_members.all", "members", knownvalue.ListSizeExact(2)),
			w.Mailed(ada),
		},
	}}})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
