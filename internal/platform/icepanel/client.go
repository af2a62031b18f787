// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package icepanel

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

// backend is a client of IcePanel's API.
// https://developer.icepanel.io/api-reference
type backend struct {
	api *api.Client
}

// apiPath is a path below an organization.
func apiPath(organization string, rest ...string) []string {
	return append([]string{"v1", "organizations", organization}, rest...)
}

// wireGrant is OrganizationUser, and part of other types. In requests a nil map is not sent, an empty map is.
type wireGrant struct {
	Permission           string          `json:"permission"`
	LandscapePermissions map[string]bool `json:"landscapePermissions,omitzero"`
}

// wireInvite is OrganizationUserInvite. Optional fields are absent or null.
type wireInvite struct {
	wireGrant
	ID           string   `json:"id"`
	Email        string   `json:"email"`
	CreatedAt    api.Date `json:"createdAt"`
	CreatedBy    string   `json:"createdBy"`
	ExpiresAt    api.Date `json:"expiresAt"`
	RevokedAt    api.Date `json:"revokedAt"`
	UsedAt       api.Date `json:"usedAt"`
	UsedByUserID string   `json:"usedByUserId"`
}

// Check refuses what cannot be an invitation.
func (w wireInvite) Check() error {
	if w.ID == "" || w.Email == "" {
		return errors.New("an invitation lacks its id or e-mail address")
	}
	return nil
}

// invite converts to the form that all platforms share. The order of the cases matters: a used invitation stays used
// when it is revoked or past its end.
func (w wireInvite) invite() invite.Invite[Grant] {
	status := invite.Pending
	switch {
	case !w.UsedAt.IsZero() || w.UsedByUserID != "":
		status = invite.Accepted
	case !w.RevokedAt.IsZero():
		status = invite.Revoked
	case !w.ExpiresAt.IsZero() && !w.ExpiresAt.After(time.Now()):
		status = invite.Expired
	}
	return invite.Invite[Grant]{
		ID:         w.ID,
		Email:      w.Email,
		Status:     status,
		Grant:      Grant{Permission: w.Permission, Landscapes: w.LandscapePermissions},
		CreatedAt:  w.CreatedAt.Time,
		CreatedBy:  w.CreatedBy,
		ExpiresAt:  w.ExpiresAt.Time,
		AcceptedAt: w.UsedAt.Time,
		MemberID:   w.UsedByUserID,
	}
}

// wireInvites is the answer of the list of invitations.
type wireInvites struct {
	Invites []wireInvite `json:"organizationUserInvites"`
}

// Check refuses an answer without a list.
func (w wireInvites) Check() error { return api.CheckList("organizationUserInvites", w.Invites) }

// Invites lists all invitations that were ever sent, including used and revoked ones. There are no pages.
// https://developer.icepanel.io/api-reference/organizations/users/invites/list
func (b *backend) Invites(ctx context.Context, organization string) ([]invite.Invite[Grant], error) {
	var answer wireInvites
	if err := b.api.Do(ctx, api.Request{Path: apiPath(organization, "users", "invites")}, &answer); err != nil {
		return nil, platform.Explain(err, readRules...)
	}
	invitations := make([]invite.Invite[Grant], 0, len(answer.Invites))
	for _, invitation := range answer.Invites {
		invitations = append(invitations, invitation.invite())
	}
	return invitations, nil
}

// wireRequest is OrganizationUserInviteRequired.
type wireRequest struct {
	Email     string    `json:"email"`
	ExpiresAt time.Time `json:"expiresAt"`
	wireGrant
}

// wireAnswer is the answer about one invitation.
type wireAnswer struct {
	Invite wireInvite `json:"organizationUserInvite"`
}

// Check refuses an answer without an invitation.
func (w wireAnswer) Check() error { return w.Invite.Check() }

// Send creates an invitation. The API takes an absolute end, so a lifetime is counted from now.
// https://developer.icepanel.io/api-reference/organizations/users/invites/create
func (b *backend) Send(
	ctx context.Context, organization string, request invite.Request[Grant],
) (invite.Invite[Grant], error) {
	body := wireRequest{
		Email: request.Email, ExpiresAt: request.ExpiresAt.UTC(),
		wireGrant: wireGrant{request.Grant.Permission, request.Grant.Landscapes},
	}
	if request.ExpiresAt.IsZero() {
		body.ExpiresAt = time.Now().UTC().Add(request.Lifetime).Truncate(time.Second)
	}
	var answer wireAnswer
	created := api.Request{Method: http.MethodPost, Path: apiPath(organization, "users", "invites"), Body: body}
	if err := b.api.Do(ctx, created, &answer); err != nil {
		return invite.Invite[Grant]{}, platform.Explain(err, sendRules...)
	}
	return answer.Invite.invite(), nil
}

// Revoke revokes an invitation. It can be repeated. The API may answer 200 for a used invitation, which means that
// there is nothing to revoke.
// https://developer.icepanel.io/api-reference/organizations/users/invites/revoke
func (b *backend) Revoke(ctx context.Context, organization string, invitation invite.Invite[Grant]) error {
	var answer wireAnswer
	err := b.api.Do(ctx, api.Request{
		Method:     http.MethodPost,
		Path:       apiPath(organization, "users", "invites", invitation.ID),
		Repeatable: true,
	}, &answer)
	if err != nil {
		return platform.Explain(err, revokeRules...)
	}
	if answer.Invite.invite().Status == invite.Accepted {
		return &invite.Failure{Meaning: invite.ErrGone, Err: errors.New("the invitation was accepted")}
	}
	return nil
}

// wireUser is OrganizationUser with OrganizationUserInfo. Its id is its key in the list.
type wireUser struct {
	wireGrant
	Email string `json:"email"`
	Name  string `json:"name"`
}

// wireUsers is the answer of the list of users.
type wireUsers struct {
	Users map[string]wireUser `json:"organizationUsers"`
}

// Check refuses an answer without a list, or with a user who cannot be identified.
func (w wireUsers) Check() error {
	if w.Users == nil {
		return errors.New("it has no organizationUsers")
	}
	for _, user := range w.Users {
		// Without an address the person is not found, and the accepted invitation counts as gone.
		if user.Email == "" || user.Permission == "" {
			return errors.New("a user lacks the e-mail address or permission")
		}
	}
	return nil
}

// Members lists all users. There are no pages.
// https://developer.icepanel.io/api-reference/organizations/users/list
func (b *backend) Members(ctx context.Context, organization string) ([]invite.Member[Grant], error) {
	var answer wireUsers
	if err := b.api.Do(ctx, api.Request{Path: apiPath(organization, "users")}, &answer); err != nil {
		return nil, platform.Explain(err, readRules...)
	}
	members := make([]invite.Member[Grant], 0, len(answer.Users))
	// A JSON object has no order. The first of two users with the same address must always be the same one.
	for _, id := range slices.Sorted(maps.Keys(answer.Users)) {
		user := answer.Users[id]
		members = append(members, invite.Member[Grant]{
			ID:    id,
			Email: user.Email,
			Name:  user.Name,
			Grant: Grant{
				Permission:        user.Permission,
				Landscapes:        user.LandscapePermissions,
				LandscapesOmitted: user.LandscapePermissions == nil,
			},
		})
	}
	return members, nil
}

// ChangeMember changes a user's permissions.
// https://developer.icepanel.io/api-reference/organizations/users/update
func (b *backend) ChangeMember(
	ctx context.Context, organization string, member invite.Member[Grant], grant Grant,
) error {
	body := wireGrant{grant.Permission, grant.Landscapes}
	if grant.Landscapes == nil && len(member.Grant.Landscapes) > 0 {
		// Without this field the API leaves them as they are, and each plan would show the difference again.
		body.LandscapePermissions = map[string]bool{}
	}
	err := b.api.Do(ctx, api.Request{
		Method:     http.MethodPatch,
		Path:       apiPath(organization, "users", member.ID),
		Body:       body,
		Repeatable: true,
	}, nil)
	return platform.Explain(err, changeRules...)
}

// RemoveMember removes a user from the organization.
// https://developer.icepanel.io/api-reference/organizations/users/delete
func (b *backend) RemoveMember(ctx context.Context, organization string, member invite.Member[Grant]) error {
	path := apiPath(organization, "users", member.ID)
	err := b.api.Do(ctx, api.Request{Method: http.MethodDelete, Path: path, Repeatable: true}, nil)
	return platform.Explain(err, removeRules...)
}

// wireOrganization is Organization, as far as it is shown. Users maps ids to what the users have.
type wireOrganization struct {
	Organization struct {
		ID    string              `json:"id"`
		Name  string              `json:"name"`
		Plan  string              `json:"plan"`
		Seats *int64              `json:"seats"`
		Users map[string]wireUser `json:"users"`
	} `json:"organization"`
}

// Check refuses an answer without an organization.
func (w wireOrganization) Check() error {
	if w.Organization.ID == "" || w.Organization.Name == "" {
		return errors.New("the organization lacks its id or name")
	}
	return nil
}

// ReadOrganization reads the organization with its seats.
// https://developer.icepanel.io/api-reference/organizations/get
func (b *backend) ReadOrganization(ctx context.Context, organization string) (invite.Organization, error) {
	var answer wireOrganization
	if err := b.api.Do(ctx, api.Request{Path: apiPath(organization)}, &answer); err != nil {
		return invite.Organization{}, platform.Explain(err, readRules...)
	}
	shown := answer.Organization
	read := invite.Organization{Name: shown.Name, Details: map[string]string{"plan": shown.Plan}}
	if shown.Seats != nil && shown.Users != nil {
		read.Seats = &invite.Seats{Total: *shown.Seats}
		for _, user := range shown.Users {
			if (Grant{Permission: user.Permission}).TakesSeat() {
				read.Seats.Used++
			}
		}
	}
	return read, nil
}
