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

// backend speaks IcePanel's API. The reference is at https://developer.icepanel.io/api-reference.
type backend struct {
	api *api.Client
}

// wireInvite is OrganizationUserInvite. Optional fields are absent or null.
type wireInvite struct {
	ID                   string          `json:"id"`
	Email                string          `json:"email"`
	Permission           string          `json:"permission"`
	LandscapePermissions map[string]bool `json:"landscapePermissions"`
	CreatedAt            api.Date        `json:"createdAt"`
	CreatedBy            string          `json:"createdBy"`
	ExpiresAt            api.Date        `json:"expiresAt"`
	RevokedAt            api.Date        `json:"revokedAt"`
	UsedAt               api.Date        `json:"usedAt"`
	UsedByUserID         string          `json:"usedByUserId"`
}

// Check refuses what cannot be an invitation.
func (w wireInvite) Check() error {
	if w.ID == "" || w.Email == "" {
		return errors.New("an invitation lacks its id or e-mail address")
	}
	return nil
}

// invite converts to the form that all platforms share. The order matters: a used
// invitation stays used when it is revoked or its time is over.
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

// Check refuses an answer without a list: nothing is not the same as no invitations.
func (w wireInvites) Check() error {
	if w.Invites == nil {
		return errors.New("it holds no organizationUserInvites")
	}
	for _, invitation := range w.Invites {
		if err := invitation.Check(); err != nil {
			return err
		}
	}
	return nil
}

// Invites lists all invitations there ever were, used and revoked ones included; there are no pages.
// https://developer.icepanel.io/api-reference/organizations/users/invites/list
func (b *backend) Invites(ctx context.Context, organization string) ([]invite.Invite[Grant], error) {
	var answer wireInvites
	err := b.api.Do(ctx, api.Request{Path: []string{"v1", "organizations", organization, "users", "invites"}}, &answer)
	if err != nil {
		return nil, platform.Explain(err, readRules...)
	}
	invitations := make([]invite.Invite[Grant], 0, len(answer.Invites))
	for _, invitation := range answer.Invites {
		invitations = append(invitations, invitation.invite())
	}
	return invitations, nil
}

// wireOrder is OrganizationUserInviteRequired. A nil map is not sent, an empty one is.
type wireOrder struct {
	Email                string           `json:"email"`
	ExpiresAt            time.Time        `json:"expiresAt"`
	Permission           string           `json:"permission"`
	LandscapePermissions *map[string]bool `json:"landscapePermissions,omitempty"`
}

// wireAnswer is the answer about one invitation.
type wireAnswer struct {
	Invite wireInvite `json:"organizationUserInvite"`
}

// Check refuses an answer without an invitation.
func (w wireAnswer) Check() error { return w.Invite.Check() }

// Send creates an invitation. The API wants an absolute end, so a lifetime is counted from here.
// https://developer.icepanel.io/api-reference/organizations/users/invites/create
func (b *backend) Send(ctx context.Context, organization string, order invite.Request[Grant]) (invite.Invite[Grant], error) {
	body := wireOrder{Email: order.Email, ExpiresAt: order.ExpiresAt.UTC(), Permission: order.Grant.Permission}
	if order.ExpiresAt.IsZero() {
		body.ExpiresAt = time.Now().UTC().Add(order.Lifetime).Truncate(time.Second)
	}
	if order.Grant.Landscapes != nil {
		body.LandscapePermissions = &order.Grant.Landscapes
	}
	var answer wireAnswer
	err := b.api.Do(ctx, api.Request{
		Method: http.MethodPost,
		Path:   []string{"v1", "organizations", organization, "users", "invites"},
		Body:   body,
	}, &answer)
	if err != nil {
		return invite.Invite[Grant]{}, platform.Explain(err, sendRules...)
	}
	return answer.Invite.invite(), nil
}

// Revoke withdraws an invitation; again does no harm. The platform may answer
// for a used invitation with success, which says that there was nothing left to revoke.
// https://developer.icepanel.io/api-reference/organizations/users/invites/revoke
func (b *backend) Revoke(ctx context.Context, organization string, invitation invite.Invite[Grant]) error {
	var answer wireAnswer
	err := b.api.Do(ctx, api.Request{
		Method:     http.MethodPost,
		Path:       []string{"v1", "organizations", organization, "users", "invites", invitation.ID},
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
	Email                string          `json:"email"`
	Name                 string          `json:"name"`
	Permission           string          `json:"permission"`
	LandscapePermissions map[string]bool `json:"landscapePermissions"`
}

// wireUsers is the answer of the list of users.
type wireUsers struct {
	Users map[string]wireUser `json:"organizationUsers"`
}

// Check refuses an answer without a list, or with somebody who cannot be identified.
func (w wireUsers) Check() error {
	if w.Users == nil {
		return errors.New("it holds no organizationUsers")
	}
	for _, user := range w.Users {
		// Without an address nobody would find the person, and take the invitation for gone.
		if user.Email == "" || user.Permission == "" {
			return errors.New("a user lacks the e-mail address or permission")
		}
	}
	return nil
}

// Members lists all users; there are no pages.
// https://developer.icepanel.io/api-reference/organizations/users/list
func (b *backend) Members(ctx context.Context, organization string) ([]invite.Member[Grant], error) {
	var answer wireUsers
	err := b.api.Do(ctx, api.Request{Path: []string{"v1", "organizations", organization, "users"}}, &answer)
	if err != nil {
		return nil, platform.Explain(err, readRules...)
	}
	members := make([]invite.Member[Grant], 0, len(answer.Users))
	// An object has no order, and the first of two users with one address should always be the same.
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

// wireGrant is the request body that changes a user.
type wireGrant struct {
	Permission           string           `json:"permission"`
	LandscapePermissions *map[string]bool `json:"landscapePermissions,omitempty"`
}

// ChangeMember changes a user's permissions.
// https://developer.icepanel.io/api-reference/organizations/users/update
func (b *backend) ChangeMember(ctx context.Context, organization string, member invite.Member[Grant], grant Grant) error {
	body := wireGrant{Permission: grant.Permission}
	switch {
	case grant.Landscapes != nil:
		body.LandscapePermissions = &grant.Landscapes
	case len(member.Grant.Landscapes) > 0:
		// Leaving them out would leave them as they are, and the difference would be there for ever.
		body.LandscapePermissions = &map[string]bool{}
	}
	err := b.api.Do(ctx, api.Request{
		Method:     http.MethodPatch,
		Path:       []string{"v1", "organizations", organization, "users", member.ID},
		Body:       body,
		Repeatable: true,
	}, nil)
	return platform.Explain(err, changeRules...)
}

// RemoveMember removes a user from the organization.
// https://developer.icepanel.io/api-reference/organizations/users/delete
func (b *backend) RemoveMember(ctx context.Context, organization string, member invite.Member[Grant]) error {
	err := b.api.Do(ctx, api.Request{
		Method:     http.MethodDelete,
		Path:       []string{"v1", "organizations", organization, "users", member.ID},
		Repeatable: true,
	}, nil)
	return platform.Explain(err, removeRules...)
}
