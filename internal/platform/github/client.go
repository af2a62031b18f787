// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

const (
	// pageSize is the most that GitHub puts on a page.
	pageSize = "100"
	// lifetime is how long an invitation is valid. GitHub decides that, and does not show it.
	// https://docs.github.com/en/rest/orgs/members#create-an-organization-invitation
	lifetime = 7 * 24 * time.Hour
	// scim is the source of invitations that do not expire.
	scim = "scim"
)

// backend is a client of GitHub's REST API, and for the addresses of members of its GraphQL API.
// https://docs.github.com/en/rest/orgs/members
type backend struct {
	api *api.Client
}

var (
	_ invite.EndedLister[Grant]   = (*backend)(nil)
	_ invite.HiddenMembers[Grant] = (*backend)(nil)
	_ invite.MemberManager[Grant] = (*backend)(nil)
	_ invite.GrantResolver[Grant] = (*backend)(nil)
	_ invite.OrganizationReader   = (*backend)(nil)
)

// wireInvite is organization-invitation. Fields are pointers where an absent value is not the same as an empty one.
type wireInvite struct {
	ID int64 `json:"id"`
	// Email is null if an account was invited and not an address.
	Email        string   `json:"email"`
	Role         string   `json:"role"`
	CreatedAt    api.Date `json:"created_at"`
	FailedAt     api.Date `json:"failed_at"`
	FailedReason string   `json:"failed_reason"`
	TeamCount    *int     `json:"team_count"`
	Source       string   `json:"invitation_source"`
}

// Check refuses what cannot be an invitation.
func (w wireInvite) Check() error {
	if w.ID == 0 {
		return errors.New("an invitation lacks its id")
	}
	return nil
}

// invite converts to the form that all platforms share.
func (w wireInvite) invite(status invite.Status) invite.Invite[Grant] {
	converted := invite.Invite[Grant]{
		ID:           strconv.FormatInt(w.ID, 10),
		Email:        w.Email,
		Status:       status,
		Grant:        w.grant(),
		CreatedAt:    w.CreatedAt.Time,
		FailedReason: w.FailedReason,
	}
	if !w.CreatedAt.IsZero() && w.Source != scim {
		converted.ExpiresAt = w.CreatedAt.Add(lifetime)
	}
	if !w.FailedAt.IsZero() {
		converted.Status = invite.Expired
	}
	return converted
}

// grant is what a listed invitation grants. The list has only the number of its teams.
func (w wireInvite) grant() Grant {
	grant := Grant{Role: w.Role}
	if w.Role == directMember {
		grant.Role = roleMember
	}
	if w.TeamCount == nil || *w.TeamCount > 0 {
		grant.unread, grant.invitation, grant.count = teamsOfInvitation, strconv.FormatInt(w.ID, 10), -1
	}
	if w.TeamCount != nil {
		grant.count = *w.TeamCount
	}
	return grant
}

// Invites lists the pending invitations.
// https://docs.github.com/en/rest/orgs/members#list-pending-organization-invitations
func (b *backend) Invites(ctx context.Context, organization string) ([]invite.Invite[Grant], error) {
	return b.list(ctx, organization, "invitations", invite.Pending)
}

// EndedInvites lists the invitations that expired or failed otherwise.
// https://docs.github.com/en/rest/orgs/members#list-failed-organization-invitations
func (b *backend) EndedInvites(ctx context.Context, organization string) ([]invite.Invite[Grant], error) {
	return b.list(ctx, organization, "failed_invitations", invite.Expired)
}

// list reads one of the two lists. Invitations of accounts are left out: they have no address, so nothing here can
// declare them.
func (b *backend) list(
	ctx context.Context, organization, name string, status invite.Status,
) ([]invite.Invite[Grant], error) {
	listed, err := readPages[wireInvite](ctx, b, inviteRules, "orgs", organization, name)
	if err != nil {
		return nil, err
	}
	invitations := make([]invite.Invite[Grant], 0, len(listed))
	for _, item := range listed {
		if item.Email != "" {
			invitations = append(invitations, item.invite(status))
		}
	}
	return invitations, nil
}

// readPages reads a list, a hundred items to a page.
func readPages[T api.Checker](
	ctx context.Context, b *backend, rules []platform.Rule, path ...string,
) (items []T, err error) {
	first := api.Request{Path: path, Query: url.Values{"per_page": {pageSize}}}
	for page, err := range api.Pages(ctx, b.api, "", first, (*api.Array[T]).NextLink) {
		if err != nil {
			return nil, platform.Explain(err, rules...)
		}
		items = append(items, page.Items...)
	}
	return items, nil
}

// wireRequest is the request that creates an invitation.
type wireRequest struct {
	Email   string  `json:"email"`
	Role    string  `json:"role"`
	TeamIDs []int64 `json:"team_ids,omitempty"`
}

// Send creates an invitation.
// https://docs.github.com/en/rest/orgs/members#create-an-organization-invitation
func (b *backend) Send(
	ctx context.Context, organization string, wanted invite.Request[Grant],
) (invite.Invite[Grant], error) {
	grant, err := b.ResolveGrant(ctx, organization, wanted.Grant)
	if err != nil {
		return invite.Invite[Grant]{}, err
	}
	body := wireRequest{Email: wanted.Email, Role: grant.Role, TeamIDs: grant.Teams}
	if grant.Role == roleMember {
		body.Role = directMember
	}
	var answer wireInvite
	err = b.api.Do(ctx, api.Request{
		Method: http.MethodPost, Path: []string{"orgs", organization, "invitations"}, Body: body,
	}, &answer)
	if err != nil {
		return invite.Invite[Grant]{}, platform.Explain(err, sendRules(grant)...)
	}
	answer.Email = cmp.Or(answer.Email, wanted.Email)
	sent := answer.invite(invite.Pending)
	sent.Grant = grant // the answer has only the number of teams
	return sent, nil
}

// Revoke cancels an invitation. GitHub mails the person about it.
// https://docs.github.com/en/rest/orgs/members#cancel-an-organization-invitation
func (b *backend) Revoke(ctx context.Context, organization string, invitation invite.Invite[Grant]) error {
	path := []string{"orgs", organization, "invitations", invitation.ID}
	err := b.api.Do(ctx, api.Request{Method: http.MethodDelete, Path: path, Repeatable: true}, nil)
	return platform.Explain(err, revokeRules...)
}

// wireID is team, or public-user, as far as it is needed.
type wireID struct {
	ID int64 `json:"id"`
}

// Check refuses what cannot be a team or a user.
func (w wireID) Check() error {
	if w.ID == 0 {
		return errors.New("a team or user lacks its id")
	}
	return nil
}

// ResolveGrant reads the teams of a listed invitation, of which the list shows only the number. Everything else is
// complete without a request.
// https://docs.github.com/en/rest/orgs/members#list-organization-invitation-teams
func (b *backend) ResolveGrant(ctx context.Context, organization string, grant Grant) (Grant, error) {
	if grant.unread != teamsOfInvitation {
		return grant, nil
	}
	teams, err := readPages[wireID](ctx, b, teamRules, "orgs", organization, "invitations", grant.invitation, "teams")
	if err != nil {
		return grant, err
	}
	ids := make([]int64, 0, len(teams))
	for _, team := range teams {
		ids = append(ids, team.ID)
	}
	return Grant{Role: grant.Role, Teams: newTeams(ids)}, nil
}

// wireOrganization is organization-full, as far as it is shown. Only owners see the plan.
type wireOrganization struct {
	Login string `json:"login"`
	Name  string `json:"name"`
	Plan  struct {
		Seats       *int64 `json:"seats"`
		FilledSeats *int64 `json:"filled_seats"`
	} `json:"plan"`
}

// Check refuses an answer without an organization.
func (w wireOrganization) Check() error {
	if w.Login == "" {
		return errors.New("the organization lacks its login")
	}
	return nil
}

// ReadOrganization reads the organization with its seats. Many organizations have no name but the login.
// https://docs.github.com/en/rest/orgs/orgs#get-an-organization
func (b *backend) ReadOrganization(ctx context.Context, organization string) (invite.Organization, error) {
	var answer wireOrganization
	if err := b.api.Do(ctx, api.Request{Path: []string{"orgs", organization}}, &answer); err != nil {
		return invite.Organization{}, platform.Explain(err, organizationRules...)
	}
	read := invite.Organization{Name: cmp.Or(answer.Name, answer.Login)}
	if answer.Plan.Seats != nil && answer.Plan.FilledSeats != nil {
		read.Seats = &invite.Seats{Total: *answer.Plan.Seats, Used: *answer.Plan.FilledSeats}
	}
	return read, nil
}
