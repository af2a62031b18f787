// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package clients

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-github/v88/github"
	"github.com/shurcooL/githubv4"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// gitHub is go-github beside the platform that it talks to.
type gitHub struct {
	*github.Client
	platform *fake.Fake
	org      string
	http     *http.Client // with the token, for what the client does not do
	url      string
}

func newGitHub(t *testing.T) gitHub {
	t.Helper()
	platform, address := serve(t)
	_, token := platform.Credential(fake.GitHub)
	base := address(fake.GitHub) + "/"
	client, err := github.NewClient(github.WithAuthToken(token), github.WithURLs(&base, nil))
	if err != nil {
		t.Fatal(err)
	}
	return gitHub{client, platform, platform.Organization(fake.GitHub), client.Client(), base}
}

func (g gitHub) invite(t *testing.T, email string) (*github.Invitation, error) {
	t.Helper()
	sent, _, err := g.Organizations.CreateOrgInvitation(t.Context(), g.org, &github.CreateOrgInvitationOptions{Email: &email})
	return sent, err
}

func TestGitHubInvitations(t *testing.T) {
	g := newGitHub(t)
	team := g.platform.GitHubTeams("")[1]
	email, role := "ada@example.com", "admin"
	sent, _, err := g.Organizations.CreateOrgInvitation(t.Context(), g.org, &github.CreateOrgInvitationOptions{
		Email: &email, Role: &role, TeamID: []int64{team.ID},
	})
	if err != nil {
		t.Fatal(err)
	}
	if sent.GetEmail() != email || sent.GetRole() != role || sent.GetTeamCount() != 1 || sent.Login != nil || sent.FailedAt != nil ||
		time.Since(sent.GetCreatedAt().Time) > time.Minute || sent.GetInviter().GetLogin() == "" {
		t.Errorf("sent: %v", sent)
	}
	pending, _, err := g.Organizations.ListPendingOrgInvitations(t.Context(), g.org, nil)
	if err != nil || len(pending) != 1 || pending[0].GetID() != sent.GetID() {
		t.Errorf("pending: %v %v", pending, err)
	}
	teams, _, err := g.Organizations.ListOrgInvitationTeams(t.Context(), g.org, strconv.FormatInt(sent.GetID(), 10), nil)
	if err != nil || len(teams) != 1 || teams[0].GetID() != team.ID || teams[0].GetSlug() != team.Slug {
		t.Errorf("teams: %v %v", teams, err)
	}

	var refused *github.ErrorResponse
	if _, err = g.invite(t, email); !errors.As(err, &refused) || refused.Response.StatusCode != http.StatusUnprocessableEntity ||
		len(refused.Errors) != 1 || refused.Errors[0].Resource != "OrganizationInvitation" || refused.Errors[0].Code != "unprocessable" {
		t.Errorf("a second one: %v", err)
	}

	if err := g.platform.Expire(fake.GitHub, "", email); err != nil {
		t.Fatal(err)
	}
	failed, _, err := g.Organizations.ListFailedOrgInvitations(t.Context(), g.org, nil)
	if err != nil || len(failed) != 1 || failed[0].GetEmail() != email || failed[0].GetFailedReason() == "" || failed[0].FailedAt == nil {
		t.Errorf("failed: %v %v", failed, err)
	}

	if sent, err = g.invite(t, email); err != nil {
		t.Fatal(err)
	}
	if _, err := g.Organizations.CancelInvite(t.Context(), g.org, sent.GetID()); err != nil {
		t.Errorf("cancel: %v", err)
	}
	if _, err := g.Organizations.CancelInvite(t.Context(), g.org, sent.GetID()); !errors.As(err, &refused) || refused.Response.StatusCode != http.StatusNotFound {
		t.Errorf("cancel again: %v", err)
	}
}

func TestGitHubPages(t *testing.T) {
	g := newGitHub(t)
	for n := range 205 {
		if _, err := g.platform.SeedInvite(fake.GitHub, "", fake.Invitation{Email: fmt.Sprintf("p%d@example.com", n)}); err != nil {
			t.Fatal(err)
		}
	}
	seen, pages := map[int64]bool{}, 0
	for options := (&github.ListOptions{PerPage: 100}); ; pages++ {
		invitations, response, err := g.Organizations.ListPendingOrgInvitations(t.Context(), g.org, options)
		if err != nil {
			t.Fatal(err)
		}
		for _, invitation := range invitations {
			seen[invitation.GetID()] = true
		}
		if response.NextPage == 0 {
			break
		}
		if options.Page = response.NextPage; response.LastPage != 3 {
			t.Errorf("the last page is %d", response.LastPage)
		}
	}
	if len(seen) != 205 || pages != 2 {
		t.Errorf("%d invitations, %d further pages", len(seen), pages)
	}
}

func TestGitHubMemberships(t *testing.T) {
	g := newGitHub(t)
	if _, err := g.platform.SeedMember(fake.GitHub, "", fake.Member{Email: "ada@example.com", Login: "ada"}); err != nil {
		t.Fatal(err)
	}
	member, _, err := g.Organizations.GetOrgMembership(t.Context(), "ada", g.org)
	if err != nil || member.GetState() != "active" || member.GetRole() != "member" || member.GetUser().GetLogin() != "ada" {
		t.Errorf("membership: %v %v", member, err)
	}
	admin := "admin"
	member, _, err = g.Organizations.EditOrgMembership(t.Context(), "ada", g.org, &github.Membership{Role: &admin})
	if err != nil || member.GetRole() != admin {
		t.Errorf("changed: %v %v", member, err)
	}
	if user, _, err := g.Users.Get(t.Context(), "ada"); err != nil || user.GetLogin() != "ada" || user.GetID() != member.GetUser().GetID() {
		t.Errorf("user: %v %v", user, err)
	}
	organization, _, err := g.Organizations.Get(t.Context(), g.org)
	if err != nil || organization.GetLogin() != g.org || organization.GetPlan().GetFilledSeats() != 1 {
		t.Errorf("organization: %v %v", organization, err)
	}
	if _, err := g.Organizations.RemoveOrgMembership(t.Context(), "ada", g.org); err != nil {
		t.Errorf("removed: %v", err)
	}
	var missing *github.ErrorResponse
	if _, err := g.Organizations.RemoveMember(t.Context(), g.org, "ada"); !errors.As(err, &missing) || missing.Response.StatusCode != http.StatusNotFound {
		t.Errorf("removed again: %v", err)
	}
}

// The client tells both kinds of limits from other refusals.
func TestGitHubLimits(t *testing.T) {
	for _, status := range []int{http.StatusForbidden, http.StatusTooManyRequests} {
		g := newGitHub(t)
		g.platform.Set(func(s *fake.Behaviors) { s.GitHub.WritesPerMinute, s.GitHub.LimitStatus = 1, status })
		if _, err := g.invite(t, "a@example.com"); err != nil {
			t.Fatal(err)
		}
		var secondary *github.AbuseRateLimitError
		if _, err := g.invite(t, "b@example.com"); !errors.As(err, &secondary) || secondary.RetryAfter == nil {
			t.Errorf("a secondary limit with %d: %v", status, err)
		}
		g = newGitHub(t)
		g.platform.Set(func(s *fake.Behaviors) {
			s.GitHub.WritesPerMinute, s.GitHub.LimitStatus, s.GitHub.RetryAfter = 1, status, fake.AfterReset
		})
		if _, err := g.invite(t, "a@example.com"); err != nil {
			t.Fatal(err)
		}
		var primary *github.RateLimitError
		if _, err := g.invite(t, "b@example.com"); !errors.As(err, &primary) || primary.Rate.Remaining != 0 || time.Until(primary.Rate.Reset.Time) <= 0 {
			t.Errorf("a primary limit with %d: %v", status, err)
		}
	}
}

// The addresses of members are in the GraphQL API only, for which go-github has no methods. This client makes the query
// of a Go type.
func TestGitHubMembers(t *testing.T) {
	g := newGitHub(t)
	for n := range 150 {
		member := fake.Member{Email: fmt.Sprintf("p%d@example.com", n)}
		if n == 7 {
			member.Hidden = fake.HiddenAccount
		}
		if _, err := g.platform.SeedMember(fake.GitHub, "", member); err != nil {
			t.Fatal(err)
		}
	}
	client := githubv4.NewEnterpriseClient(g.url+"graphql", g.http)
	var query struct {
		Organization struct {
			MembersWithRole struct {
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
				Edges []struct {
					Role githubv4.OrganizationMemberRole
					Node *struct {
						DatabaseID int64
						Login      string
						Name       string
						Email      string
						Verified   []string `graphql:"organizationVerifiedDomainEmails(login: $org)"`
					}
				}
			} `graphql:"membersWithRole(first: 100, after: $cursor)"`
		} `graphql:"organization(login: $org)"`
	}
	variables := map[string]any{"org": githubv4.String(g.org), "cursor": (*githubv4.String)(nil)}
	shown, hidden := map[string]bool{}, 0
	for range 2 {
		if err := client.Query(t.Context(), &query, variables); err != nil {
			t.Fatal(err)
		}
		page := query.Organization.MembersWithRole
		for _, edge := range page.Edges {
			switch {
			case edge.Role != githubv4.OrganizationMemberRoleMember:
				t.Errorf("role: %s", edge.Role)
			case edge.Node == nil:
				hidden++
			case len(edge.Node.Verified) == 1 && edge.Node.DatabaseID > 0:
				shown[edge.Node.Verified[0]] = true
			}
		}
		variables["cursor"] = new(githubv4.String(page.PageInfo.EndCursor))
	}
	if len(shown) != 149 || hidden != 1 || query.Organization.MembersWithRole.PageInfo.HasNextPage {
		t.Errorf("%d members and %d hidden ones", len(shown), hidden)
	}
	g.platform.Set(func(s *fake.Behaviors) { s.GitHub.QueryErrors = fake.QueryPartial })
	if err := client.Query(t.Context(), &query, variables); err != nil {
		t.Errorf("a page without members has nothing that could fail: %v", err)
	}
	variables["cursor"] = (*githubv4.String)(nil)
	if err := client.Query(t.Context(), &query, variables); err == nil {
		t.Error("an answer with errors is taken for a whole one")
	}
}
