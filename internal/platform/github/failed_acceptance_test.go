// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package github_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// TestAccFailed: an invitation that failed is expired, with GitHub's reason, which stays when the list of failed ones no
// longer has it. With reinvite_expired, a new one is sent, and the reason is gone.
func TestAccFailed(t *testing.T) {
	for _, id := range []fake.FailedID{fake.FailedNewID, fake.FailedSameID} {
		for _, revoke := range []int{404, 422, 204} {
			t.Run(fmt.Sprint(id, " ", revoke), func(t *testing.T) {
				s := newScene(t, fake.Grant{Role: "member"})
				s.Set(func(b *fake.Behaviors) { b.GitHub.FailedID, b.GitHub.RevokeFailed = id, revoke })
				s.expect(map[string]any{"failed_reason": nil})
				_, err := s.SeedMember(fake.GitHub, "", fake.Member{Email: "hidden@example.com", Hidden: fake.HiddenEmail})
				must(t, err)
				must(t, s.Expire(fake.GitHub, "", ada))
				s.dir.Apply().Warns("GitHub says: ")
				reason := s.dir.State()[at]["failed_reason"]
				s.expect(map[string]any{"status": "expired"})
				if reason == nil || reason == "" {
					t.Error("no reason")
				}
				s.Set(func(b *fake.Behaviors) { b.GitHub.FailedKept = fake.Duration(-time.Second) })
				s.dir.Apply().Warns("expired")
				s.expect(map[string]any{"status": "expired", "failed_reason": reason})

				s.declare("reinvite_expired = true")
				s.dir.Apply()
				s.expect(map[string]any{"status": "pending", "failed_reason": nil})
				s.ExpectMails(t, ada)
				s.dir.Plan().Succeeds().Plans()
			})
		}
	}
}

// TestAccLifetime: the end is seven days after the creation, and one that comes from SCIM has none.
func TestAccLifetime(t *testing.T) {
	acctest.CLI(t)
	t.Parallel()
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	_, err := w.SeedInvite(fake.GitHub, "", fake.Invitation{Email: ada, Source: "scim", Grant: fake.Grant{Role: "member"}})
	must(t, err)
	dir.Write(w.Provider(fake.GitHub), subject().Declare("ada", ada, "adopt_existing = true"), subject().Declare("bob", "bob@example.com"))
	dir.Apply()
	state := dir.State()
	if state[at]["expires_at"] != nil || state[at].Text("created_at") == "" {
		t.Errorf("state: %v", state[at])
	}
	bob := state["orginvite_github_invite.bob"]
	created, _ := time.Parse(time.RFC3339, bob.Text("created_at"))
	if end, err := time.Parse(time.RFC3339, bob.Text("expires_at")); err != nil || end.Sub(created) != 7*24*time.Hour {
		t.Errorf("state: %v", bob)
	}
	dir.Plan().Succeeds().Plans()
}

// TestAccSeats: a plan that asks for more seats than are free warns, and where they are not shown it does not.
func TestAccSeats(t *testing.T) {
	acctest.CLI(t)
	t.Parallel()
	w := acctest.NewWorld(t, func(b *fake.Behaviors) { b.GitHub.Seats = 2 })
	dir := acctest.NewWorkspace(t)
	_, err := w.SeedMember(fake.GitHub, "", fake.Member{Email: "m@example.com"})
	must(t, err)
	const organization = "data \"orginvite_github_organization\" \"this\" {}\n"
	dir.Write(w.Provider(fake.GitHub), organization, subject().Declare("ada", ada), subject().Declare("bob", "bob@example.com"))
	dir.Plan().Warns("so far: 2. Free seats: 1 (the organization has 2, members take 1, and pending")

	dir.Write(w.Provider(fake.GitHub), organization)
	dir.Apply().Succeeds()
	data := dir.State()["data.orginvite_github_organization.this"]
	if fmt.Sprintf("%v of %v", data["seats_used"], data["seats"]) != "1 of 2" || data.Text("name") == "" {
		t.Errorf("state: %v", data)
	}
	w.Set(func(b *fake.Behaviors) { b.GitHub.HidePlan = true })
	dir.Apply().Succeeds()
	if data := dir.State()["data.orginvite_github_organization.this"]; data["seats"] != nil || data["seats_used"] != nil {
		t.Errorf("state: %v", data)
	}
	dir.Write(w.Provider(fake.GitHub), subject().Declare("ada", ada), subject().Declare("bob", "bob@example.com"))
	dir.Plan().Succeeds()
}
