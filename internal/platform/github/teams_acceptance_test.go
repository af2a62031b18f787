// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package github_test

import (
	"fmt"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// teams are the ids of two teams, and how they are declared.
func (s *scene) teams() (ids []int64, one, both string) {
	s.Helper()
	for _, team := range s.GitHubTeams("") {
		ids = append(ids, team.ID)
	}
	if len(ids) < 2 {
		s.Fatal("too few teams")
	}
	return ids[:2], fmt.Sprintf("team_ids = [%d]", ids[0]), fmt.Sprintf("team_ids = [%d, %d]", ids[1], ids[0])
}

// TestAccTeams: an import of an invitation with teams matches its configuration. A pending invitation is replaced by one
// with other teams, and after acceptance that is an error while planning.
func TestAccTeams(t *testing.T) {
	s := newStage(t)
	ids, one, both := s.teams()
	s.invite(fake.Grant{Role: "member", TeamIDs: ids}, both)
	s.ResetJournal()
	s.dir.Plan().Succeeds().Plans()
	if err := s.Requested(acctest.Counts{fake.ListInvites: 1})(); err != nil {
		t.Error(err)
	}
	s.declare(one)
	s.dir.Plan().Succeeds().Plans(at, "replace")
	s.dir.Apply().Succeeds()
	s.ExpectMails(t, ada)
	if all := s.Invitations(fake.GitHub, ""); len(all[len(all)-1].Grant.TeamIDs) != 1 {
		t.Errorf("sent: %+v", all)
	}
	_, err := s.Accept(fake.GitHub, "", ada)
	must(t, err)
	s.dir.Apply().Succeeds()
	s.expect(map[string]any{"status": "accepted"})
	s.dir.Plan().Succeeds().Plans()
	for _, arguments := range [][]string{{both}, {}, {both, "manage_membership = true"}} {
		s.declare(arguments...)
		s.dir.Plan().Fails("team_ids cannot be changed", "github_team_membership")
	}
	s.declare(one, "manage_membership = true", `role = "admin"`)
	s.dir.Apply().Succeeds()
	if member := s.Members(fake.GitHub, "")[0]; member.Grant.Role != "admin" {
		t.Errorf("member: %+v", member)
	}
}

// TestAccAdoptTeams: an invitation with the declared teams is taken over, one with others is replaced.
func TestAccAdoptTeams(t *testing.T) {
	for name, mails := range map[string][]string{"the same": nil, "fewer": {ada}, "none": {ada}} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			ids, one, both := s.teams()
			_, err := s.SeedInvite(fake.GitHub, "", fake.Invitation{Email: ada, Grant: fake.Grant{Role: "member", TeamIDs: ids}})
			must(t, err)
			s.declare("adopt_existing = true", map[string]string{"the same": both, "fewer": one}[name])
			if applied := s.dir.Apply(); applied.Failed() {
				t.Fatal(applied.Diagnostics)
			}
			s.ExpectMails(t, mails...)
			s.dir.Plan().Succeeds().Plans()
		})
	}
}

// TestAccUnknownTeam: a team that does not exist is an error at team_ids.
func TestAccUnknownTeam(t *testing.T) {
	acctest.CLI(t)
	t.Parallel()
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	dir.Write(w.Provider(fake.GitHub), subject().Declare("ada", ada, "team_ids = [9007199254740993]"))
	dir.Apply().Fails("GitHub answered", "code: team_ids", "GitHub did not accept the teams")
	w.ExpectMails(t)
}

// TestAccRoleLeftOut: leaving the role out means member, also for an invitation that has another one.
func TestAccRoleLeftOut(t *testing.T) {
	s := newScene(t, fake.Grant{Role: "admin"}, `role = "admin"`)
	s.declare()
	s.dir.Plan().Succeeds().Plans(at, "replace")
	s.dir.Apply().Succeeds()
	s.expect(map[string]any{"role": "member"})
	s.declare(`role = "member"`)
	s.dir.Plan().Succeeds().Plans()
	s.declare("team_ids = []")
	s.dir.Apply().Succeeds()
	s.dir.Plan().Succeeds().Plans()
	s.ExpectMails(t, ada)
}
