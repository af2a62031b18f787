// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package github_test

import (
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// subject is GitHub.
func subject() acctest.Subject {
	return acctest.Subject{
		Platform:        testplatform.Of(fake.GitHub),
		Credential:      "token",
		CredentialEnv:   "GITHUB_TOKEN",
		OrganizationEnv: "GITHUB_OWNER",
		Wrong: []acctest.Wrong{
			{Name: "role", HCL: `role = "owner"`, Says: []string{"code: role", "member", "admin"}},
			{Name: "team", HCL: `team_ids = [0]`, Says: []string{"team_ids", "at least 1"}},
			{Name: "username", HCL: `username = "@octocat"`, Says: []string{"code: username", "without the @"}},
		},
		Filter: func(grant testplatform.Grant) string { return "role = \"" + grant.Arguments["role"].(string) + "\"" },
	}
}

func TestAccStories(t *testing.T) {
	t.Parallel()
	acctest.Run(t, subject())
}

// TestAccBehaviors: what the documentation leaves open, in other ways than the fake's usual one.
func TestAccBehaviors(t *testing.T) {
	t.Parallel()
	acctest.RunWith(t, subject(), func(s *fake.Behaviors) {
		s.GitHub.Emails, s.GitHub.PageLink, s.GitHub.LimitStatus = fake.LowerCased, fake.PageByLogin, 429
		s.GitHub.FailedID, s.GitHub.FailedFields, s.GitHub.RevokeFailed = fake.FailedSameID, fake.FailedEmpty, 422
		s.GitHub.VerifiedDomains, s.GitHub.HidePlan = []string{}, true
	}, "expired", "destroy", "accepted meanwhile")
}
