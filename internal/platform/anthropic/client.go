// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package anthropic

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

// pageSize is the most that Anthropic puts on a page.
const pageSize = "1000"

// backend is a client of Anthropic's Admin API. No path names the organization: the key decides.
// https://platform.claude.com/docs/en/api/admin
type backend struct{ api *api.Client }

// do sends a request about the organization of the key.
func (b *backend) do(ctx context.Context, request api.Request, answer any, rules []platform.Rule) error {
	request.Path = append([]string{"v1", "organizations"}, request.Path...)
	return platform.Explain(b.api.Do(ctx, request, answer), rules...)
}

// wireOrganization is the organization of the key.
type wireOrganization struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Check refuses what cannot be an organization.
func (w wireOrganization) Check() error {
	if w.ID == "" {
		return errors.New("the organization lacks its id")
	}
	return nil
}

// OwnOrganization reads the organization of the key.
// https://platform.claude.com/docs/en/api/admin/organizations/me
func (b *backend) OwnOrganization(ctx context.Context) (invite.Organization, error) {
	var own wireOrganization
	err := b.do(ctx, api.Request{Path: []string{"me"}}, &own, readRules)
	return invite.Organization{ID: own.ID, Name: own.Name}, err
}

// wirePage is a page of invitations or users, newest first.
type wirePage[T api.Checker] struct {
	Data    []T    `json:"data"`
	HasMore bool   `json:"has_more"`
	LastID  string `json:"last_id"`
}

// Check refuses an answer without a list, and one that is not the last but does not show where to go on.
func (w wirePage[T]) Check() error {
	if w.Data == nil {
		return errors.New("it has no data")
	}
	if w.HasMore && w.LastID == "" {
		return errors.New("it has more items, but no last_id")
	}
	for _, item := range w.Data {
		if err := item.Check(); err != nil {
			return err
		}
	}
	return nil
}

// next is the link to the page after this one.
func (w *wirePage[T]) next() api.Link {
	if !w.HasMore {
		return ""
	}
	return api.Link("?" + url.Values{"limit": {pageSize}, "after_id": {w.LastID}}.Encode())
}

// list reads all pages of a list of the organization.
func list[T api.Checker, I any](ctx context.Context, b *backend, name string, convert func(T) I) ([]I, error) {
	first := api.Request{Path: []string{"v1", "organizations", name}, Query: url.Values{"limit": {pageSize}}}
	items := []I{}
	for page, err := range api.Pages(ctx, b.api, "v1", first, (*wirePage[T]).next) {
		if err != nil {
			return nil, platform.Explain(err, readRules...)
		}
		for _, item := range page.Data {
			items = append(items, convert(item))
		}
	}
	return items, nil
}

// wirePerson is what invitations and users have in common.
type wirePerson struct {
	ID    string `json:"id"`
	Email string `json:"email"`
	Role  string `json:"role"`
}

// Check refuses who cannot be identified.
func (w wirePerson) Check() error {
	if w.ID == "" || w.Email == "" {
		return errors.New("an invitation or user lacks the id or email")
	}
	return nil
}

// wireInvite is an invitation. accepted_at and rbac_group_ids are newer than the rest and can be absent.
type wireInvite struct {
	wirePerson
	Status       string   `json:"status"`
	InvitedAt    api.Date `json:"invited_at"`
	ExpiresAt    api.Date `json:"expires_at"`
	AcceptedAt   api.Date `json:"accepted_at"`
	RBACGroupIDs []string `json:"rbac_group_ids"`
}

// statuses are the documented ones.
var statuses = map[string]invite.Status{
	"pending": invite.Pending, "accepted": invite.Accepted, "expired": invite.Expired, "deleted": invite.Revoked,
}

// invite converts to the form that all platforms share. Only the times can show what an undocumented status means.
func (w wireInvite) invite() invite.Invite[Grant] {
	status, documented := statuses[w.Status]
	switch {
	case documented:
	case !w.AcceptedAt.IsZero():
		status = invite.Accepted
	case !w.ExpiresAt.IsZero() && !w.ExpiresAt.After(time.Now()):
		status = invite.Expired
	default:
		status = invite.Pending
	}
	return invite.Invite[Grant]{
		ID:         w.ID,
		Email:      w.Email,
		Status:     status,
		Grant:      Grant{Role: w.Role, Groups: w.RBACGroupIDs},
		CreatedAt:  w.InvitedAt.Time,
		ExpiresAt:  w.ExpiresAt.Time,
		AcceptedAt: w.AcceptedAt.Time,
	}
}

// Invites lists all invitations that were ever sent, except those that were revoked.
// https://platform.claude.com/docs/en/api/admin/invites/list
func (b *backend) Invites(ctx context.Context, _ string) ([]invite.Invite[Grant], error) {
	return list(ctx, b, "invites", wireInvite.invite)
}

// wireRequest is the request that creates an invitation, or with a role alone changes a user. Organizations of the Claude
// Console have no groups.
type wireRequest struct {
	Email        string   `json:"email,omitempty"`
	Role         string   `json:"role"`
	RBACGroupIDs []string `json:"rbac_group_ids,omitempty"`
}

// Send creates an invitation.
// https://platform.claude.com/docs/en/api/admin/invites/create
func (b *backend) Send(ctx context.Context, _ string, wanted invite.Request[Grant]) (invite.Invite[Grant], error) {
	var answer wireInvite
	err := b.do(ctx, api.Request{
		Method: http.MethodPost,
		Path:   []string{"invites"},
		Body:   wireRequest{Email: wanted.Email, Role: wanted.Grant.Role, RBACGroupIDs: wanted.Grant.Groups},
	}, &answer, sendRules)
	return answer.invite(), err
}

// Revoke revokes a pending invitation. An accepted or expired one is refused.
// https://platform.claude.com/docs/en/api/admin/invites/delete
func (b *backend) Revoke(ctx context.Context, _ string, invitation invite.Invite[Grant]) error {
	request := api.Request{Method: http.MethodDelete, Path: []string{"invites", invitation.ID}, Repeatable: true}
	return b.do(ctx, request, nil, revokeRules)
}

// wireUser is a member.
type wireUser struct {
	wirePerson
	Name string `json:"name"`
}

// member converts to the form that all platforms share. The groups of a member are not shown.
func (w wireUser) member() invite.Member[Grant] {
	return invite.Member[Grant]{ID: w.ID, Email: w.Email, Name: w.Name, Grant: Grant{Role: w.Role}}
}

// Members lists all users.
// https://platform.claude.com/docs/en/api/admin/users/list
func (b *backend) Members(ctx context.Context, _ string) ([]invite.Member[Grant], error) {
	return list(ctx, b, "users", wireUser.member)
}

// ChangeMember changes a user's role.
// https://platform.claude.com/docs/en/api/admin/users/update
func (b *backend) ChangeMember(ctx context.Context, _ string, member invite.Member[Grant], grant Grant) error {
	return b.do(ctx, api.Request{
		Method: http.MethodPost, Path: []string{"users", member.ID}, Body: wireRequest{Role: grant.Role}, Repeatable: true,
	}, nil, changeRules)
}

// RemoveMember removes a user from the organization.
// https://platform.claude.com/docs/en/api/admin/users/delete
func (b *backend) RemoveMember(ctx context.Context, _ string, member invite.Member[Grant]) error {
	request := api.Request{Method: http.MethodDelete, Path: []string{"users", member.ID}, Repeatable: true}
	return b.do(ctx, request, nil, removeRules)
}
