// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

// backend is a client of Elastic Cloud's API.
//
// The only id of an invitation is its token, with which anybody can accept it. So tokens stay in memory, and are
// masked in errors and logs as soon as they are read.
//
// https://www.elastic.co/docs/api/doc/cloud
type backend struct {
	api     *api.Client
	sends   *batcher[sendItem, invitation]
	revokes *batcher[revokeItem, struct{}]
	pending sync.Map // by organization, the tokens of the pending invitations in the latest list
}

type invitation = invite.Invite[Grant]

func newBackend(client *api.Client) *backend {
	b := &backend{api: client}
	b.sends = newBatcher(maxEmails, b.sendTogether)
	b.revokes = newBatcher(maxTokens, b.revokeTogether)
	return b
}

// wireInvitation is OrganizationInvitation. Only accepted_at and role_assignments are optional.
type wireInvitation struct {
	Token           string    `json:"token"`
	Email           string    `json:"email"`
	CreatedAt       api.Date  `json:"created_at"`
	ExpiresAt       api.Date  `json:"expires_at"`
	Expired         *bool     `json:"expired"`
	AcceptedAt      api.Date  `json:"accepted_at"`
	RoleAssignments wireRoles `json:"role_assignments"`
}

// Check refuses what cannot be an invitation.
func (w wireInvitation) Check() error {
	if w.Token == "" || w.Email == "" || w.CreatedAt.IsZero() || w.ExpiresAt.IsZero() || w.Expired == nil {
		return errors.New("an invitation lacks its token, email, created_at, expires_at or expired")
	}
	return nil
}

// invitation converts to the form that all platforms share. The id is the address, because the token is a secret.
func (w wireInvitation) invitation(organization string) invitation {
	status := invite.Pending
	switch {
	case !w.AcceptedAt.IsZero():
		status = invite.Accepted
	case *w.Expired || !w.ExpiresAt.After(time.Now()):
		status = invite.Expired
	}
	return invitation{
		ID:         invite.NormalizeEmail(w.Email),
		Token:      w.Token,
		Email:      w.Email,
		Status:     status,
		Grant:      w.RoleAssignments.grant(organization),
		CreatedAt:  w.CreatedAt.Time,
		ExpiresAt:  w.ExpiresAt.Time,
		AcceptedAt: w.AcceptedAt.Time,
	}
}

// wireInvitations is OrganizationInvitations, the answer of the list and of sending.
type wireInvitations struct {
	Invitations []wireInvitation `json:"invitations"`
}

// Check refuses an answer without a list.
func (w wireInvitations) Check() error { return api.CheckList("invitations", w.Invitations) }

// read masks the tokens of an answer, and converts its invitations to the form that all platforms share.
func (b *backend) read(answer wireInvitations, organization string) []invitation {
	invitations := make([]invitation, 0, len(answer.Invitations))
	for _, item := range answer.Invitations {
		b.api.Mask(item.Token)
		invitations = append(invitations, item.invitation(organization))
	}
	return invitations
}

// Invites lists the open invitations. There are no pages. It is not documented whether expired and accepted
// invitations are in the list; both readings work.
// https://www.elastic.co/docs/api/doc/cloud/operation/operation-list-organization-invitations
func (b *backend) Invites(ctx context.Context, organization string) ([]invitation, error) {
	var answer wireInvitations
	if err := b.api.Do(ctx, api.Request{Path: apiPath(organization, "invitations")}, &answer); err != nil {
		return nil, platform.Explain(err, readRules...)
	}
	listed := b.read(answer, organization)
	var pending []string
	for _, i := range listed {
		if i.Status == invite.Pending {
			pending = append(pending, i.Token)
		}
	}
	b.pending.Store(organization, pending)
	return listed, nil
}

// apiPath is a path below an organization.
func apiPath(organization string, rest ...string) []string {
	return append([]string{"api", "v1", "organizations", organization}, rest...)
}

// wireRequest is OrganizationInvitationRequest.
type wireRequest struct {
	Emails          []string       `json:"emails,omitempty"`
	ExpiresIn       string         `json:"expires_in"`
	RoleAssignments map[string]any `json:"role_assignments,omitempty"`
}

// standardLifetime is the default of the platform. It is always sent, so that a change of the default has no effect.
const standardLifetime = 72 * time.Hour

// body is the body of the request without the address.
func (i sendItem) body() wireRequest {
	lifetime := cmp.Or(i.request.Lifetime, standardLifetime)
	return wireRequest{ExpiresIn: expiresIn(lifetime), RoleAssignments: wireGrant(i.request.Grant, i.organization)}
}

// expiresIn formats a lifetime in whole hours or minutes, the units of all of Elastic's own clients. Neither the
// grammar nor the smallest unit is documented.
func expiresIn(lifetime time.Duration) string {
	minutes := max(int64(lifetime.Round(time.Minute)/time.Minute), 1)
	if minutes%60 == 0 {
		return fmt.Sprintf("%dh", minutes/60)
	}
	return fmt.Sprintf("%dm", minutes)
}

// post sends invitations that differ only in their addresses. The answer has an invitation for each of them, in an
// order that is not documented.
// https://www.elastic.co/docs/api/doc/cloud/operation/operation-create-organization-invitations
func (b *backend) post(ctx context.Context, calls []*sendCall) ([]invitation, error) {
	organization, body := calls[0].item.organization, calls[0].item.body()
	for _, c := range calls {
		body.Emails = append(body.Emails, c.item.request.Email)
	}
	var answer wireInvitations
	request := api.Request{Method: http.MethodPost, Path: apiPath(organization, "invitations"), Body: body}
	if err := b.api.Do(ctx, request, &answer); err != nil {
		return nil, platform.Explain(err, sendRules...)
	}
	return b.read(answer, organization), nil
}

// remove revokes invitations. It can be repeated.
// https://www.elastic.co/docs/api/doc/cloud/operation/operation-delete-organization-invitations
func (b *backend) remove(ctx context.Context, organization string, tokens []string) error {
	err := b.api.Do(ctx, api.Request{
		Method:     http.MethodDelete,
		Path:       apiPath(organization, "invitations", strings.Join(tokens, ",")),
		Label:      "/api/v1/organizations/{organization_id}/invitations/{invitation_tokens}",
		Repeatable: true,
	}, nil)
	return platform.Explain(err, revokeRules...)
}

// wireMember is OrganizationMembership. Name and address are optional.
type wireMember struct {
	UserID          string    `json:"user_id"`
	Name            string    `json:"name"`
	Email           string    `json:"email"`
	RoleAssignments wireRoles `json:"role_assignments"`
}

// Check refuses a member without an id.
func (w wireMember) Check() error {
	if w.UserID == "" {
		return errors.New("a member lacks its user_id")
	}
	return nil
}

// member converts to the form that all platforms share. Unlike in an invitation, absent role_assignments count as none:
// missing roles can be granted again without a mail, and a plan must show when a managed member has lost all roles.
func (w wireMember) member(organization string) invite.Member[Grant] {
	member := invite.Member[Grant]{
		ID: w.UserID, Email: w.Email, Name: w.Name, Grant: w.RoleAssignments.grant(organization),
	}
	if member.Grant == nil {
		member.Grant = Grant{}
	}
	return member
}

// wireMembers is OrganizationMemberships.
type wireMembers struct {
	Members []wireMember `json:"members"`
}

// Check refuses an answer without a list.
func (w wireMembers) Check() error { return api.CheckList("members", w.Members) }

// Members lists all members. There are no pages.
// https://www.elastic.co/docs/api/doc/cloud/operation/operation-list-organization-members
func (b *backend) Members(ctx context.Context, organization string) ([]invite.Member[Grant], error) {
	var answer wireMembers
	if err := b.api.Do(ctx, api.Request{Path: apiPath(organization, "members")}, &answer); err != nil {
		return nil, platform.Explain(err, readRules...)
	}
	members := make([]invite.Member[Grant], 0, len(answer.Members))
	for _, item := range answer.Members {
		members = append(members, item.member(organization))
	}
	return members, nil
}

// ChangeMember changes the roles of a member: it adds the missing ones first and then removes the others, so that the
// member is never without access in between. Only the difference is sent. Roles to remove are sent as they were read.
// https://www.elastic.co/docs/api/doc/cloud/operation/operation-add-role-assignments
// https://www.elastic.co/docs/api/doc/cloud/operation/operation-remove-role-assignments
func (b *backend) ChangeMember(
	ctx context.Context, organization string, member invite.Member[Grant], grant Grant,
) error {
	missing, excess := grant.minus(member.Grant), member.Grant.minus(grant)
	if len(missing) > 0 {
		if err := b.assign(ctx, http.MethodPost, organization, member, missing); err != nil {
			return fmt.Errorf("%s could not be added, and nothing was removed: %w", missing, err)
		}
	}
	if len(excess) == 0 {
		return nil
	}
	err := b.assign(ctx, http.MethodDelete, organization, member, excess)
	switch {
	case err != nil && len(missing) > 0:
		return fmt.Errorf(addedNotRemoved, missing, excess, err)
	case err != nil:
		return fmt.Errorf("%s could not be removed: %w", excess, err)
	}
	return nil
}

// addedNotRemoved says how far a change of roles got. The next apply reads what the member has.
const addedNotRemoved = "%s were added, but %s could not be removed, " +
	"so that the member has both until the next apply completes the change: %w"

// assign adds role assignments with POST, or removes them with DELETE. Assignments are a set, so both can be repeated.
func (b *backend) assign(
	ctx context.Context, method, organization string, member invite.Member[Grant], grant Grant,
) error {
	err := b.api.Do(ctx, api.Request{
		Method:     method,
		Path:       []string{"api", "v1", "users", member.ID, "role_assignments"},
		Body:       wireGrant(grant, organization),
		Repeatable: true,
	}, nil)
	return platform.Explain(err, changeRules...)
}

// RemoveMember removes a user from the organization.
// https://www.elastic.co/docs/api/doc/cloud/operation/operation-delete-organization-memberships
func (b *backend) RemoveMember(ctx context.Context, organization string, member invite.Member[Grant]) error {
	path := apiPath(organization, "members", member.ID)
	err := b.api.Do(ctx, api.Request{Method: http.MethodDelete, Path: path, Repeatable: true}, nil)
	return platform.Explain(err, removeRules...)
}

// wireOrganization is Organization, as far as it is shown.
type wireOrganization struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Check refuses an answer without an organization.
func (w wireOrganization) Check() error {
	if w.ID == "" || w.Name == "" {
		return errors.New("the organization lacks its id or name")
	}
	return nil
}

// ReadOrganization reads the organization.
// https://www.elastic.co/docs/api/doc/cloud/operation/operation-get-organization
func (b *backend) ReadOrganization(ctx context.Context, organization string) (invite.Organization, error) {
	var answer wireOrganization
	if err := b.api.Do(ctx, api.Request{Path: apiPath(organization)}, &answer); err != nil {
		return invite.Organization{}, platform.Explain(err, readRules...)
	}
	return invite.Organization{Name: answer.Name}, nil
}
