// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package testplatform

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// Members show their addresses in all variants: what happens where they do not is up to the platform's own tests.
var github = Platform{
	Name: fake.GitHub,
	Grants: func(f *fake.Fake, organization string) []Grant {
		var teams []int64
		for _, team := range f.GitHubTeams(organization) {
			teams = append(teams, team.ID)
		}
		return []Grant{
			githubRole("member"),
			githubRole("admin"),
			githubRole("member", teams...),
			githubRole("admin", teams[:1]...),
		}
	},
	Lifetime:           7 * 24 * time.Hour,
	Keeps:              []fake.Status{fake.Expired},
	KeepsExpired:       true,
	EndedApart:         true,
	PageSize:           100,
	RefusesDuplicates:  true,
	MailsRevocation:    true,
	WritesInTurn:       true,
	EverybodyTakesSeat: true,
	Terse: func(s *fake.Behaviors) {
		s.GitHub.FailedFields, s.GitHub.OmitFailedReason, s.GitHub.HidePlan = fake.FailedAbsent, true, true
	},
	Vary: func(chance *rand.Rand, s *fake.Behaviors) {
		s.GitHub.Emails = pick(chance, fake.AsSent, fake.LowerCased)
		s.GitHub.PageLink = pick(chance, fake.PageByNumber, fake.PageByLogin)
		s.GitHub.FailedID = pick(chance, fake.FailedNewID, fake.FailedSameID)
		s.GitHub.FailedFields = pick(chance, fake.FailedNull, fake.FailedAbsent, fake.FailedEmpty)
		s.GitHub.OmitFailedReason = chance.IntN(2) == 0
		s.GitHub.RevokeFailed = pick(chance, http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusNoContent)
		s.GitHub.VerifiedDomains = pick(chance, nil, []string{})
	},
}

// githubRole is a role and the teams that an invitation is for.
func githubRole(role string, teams ...int64) Grant {
	teams = slices.Sorted(slices.Values(teams))
	grant := Grant{
		Arguments: map[string]any{"role": role},
		Fake:      fake.Grant{Role: role, TeamIDs: teams},
		State:     map[string]any{"role": role, "team_ids": nil},
		Text:      "role " + role,
	}
	if len(teams) > 0 {
		ids := make([]any, 0, len(teams))
		for _, id := range teams {
			ids = append(ids, float64(id))
		}
		grant.Arguments["team_ids"], grant.State["team_ids"] = ids, ids
	}
	return grant
}
