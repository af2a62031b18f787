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
	_ invite.Backend[Grant]       = (*backend)(nil)
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

// Invites lists the pending invitations, a hundred to a page.
// https://docs.github.com/en/rest/orgs/members#list-pending-organization-invitations
func (b *backend) Invites(ctx context.Context, organization string) ([]invite.Invite[Grant], error) {
	return b.list(ctx, organization, "invitations", invite.Pending)
}

// EndedInvites lists the invitations that expired or failed otherwise, a hundred to a page.
// https://docs.github.com/en/rest/orgs/members#list-failed-organization-invitations
func (b *backend) EndedInvites(ctx context.Context, organization string) ([]invite.Invite[Grant], error) {
	return b.list(ctx, organization, "failed_invitations", invite.Expired)
}

// list reads one of the two lists. Invitations of accounts are left out: they have no address, so nothing here can
// declare them.
func (b *backend) list(
	ctx context.Context, organization, name string, status invite.Status,
) ([]invite.Invite[Grant], error) {
	first := api.Request{Path: []string{"orgs", organization, name}, Query: url.Values{"per_page": {pageSize}}}
	invitations := []invite.Invite[Grant]{}
	for page, err := range api.Pages(ctx, b.api, "", first, (*api.Array[wireInvite]).NextLink) {
		if err != nil {
			return nil, platform.Explain(err, inviteRules...)
		}
		for _, item := range page.Items {
			if item.Email != "" {
				invitations = append(invitations, item.invite(status))
			}
		}
	}
	return invitations, nil
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
	err := b.api.Do(ctx, api.Request{
		Method:     http.MethodDelete,
		Path:       []string{"orgs", organization, "invitations", invitation.ID},
		Repeatable: true,
	}, nil)
	return platform.Explain(err, revokeRules...)
}

// wireTeam is team, as far as it is needed.
type wireTeam struct {
	ID int64 `json:"id"`
}

// Check refuses what cannot be a team.
func (w wireTeam) Check() error {
	if w.ID == 0 {
		return errors.New("a team lacks its id")
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
	first := api.Request{
		Path:  []string{"orgs", organization, "invitations", grant.invitation, "teams"},
		Query: url.Values{"per_page": {pageSize}},
	}
	var ids []int64
	for page, err := range api.Pages(ctx, b.api, "", first, (*api.Array[wireTeam]).NextLink) {
		if err != nil {
			return grant, platform.Explain(err, teamRules...)
		}
		for _, team := range page.Items {
			ids = append(ids, team.ID)
		}
	}
	return Grant{Role: grant.Role, Teams: newTeams(ids)}, nil
}
