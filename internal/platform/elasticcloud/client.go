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

// backend speaks Elastic Cloud's API. The reference is at https://www.elastic.co/docs/api/doc/cloud.
//
// An invitation has no id but its token, with which anybody could accept it. So
// tokens stay in memory, and are masked in errors and logs as soon as they are read.
type backend struct {
	api     *api.Client
	sends   *batcher[sendItem, invitation]
	revokes *batcher[revokeItem, struct{}]

	mu      sync.Mutex
	pending map[string][]string // by organization: the tokens of the pending invitations, as they were listed last
}

type invitation = invite.Invite[Grant]

func newBackend(client *api.Client) *backend {
	b := &backend{api: client, pending: map[string][]string{}}
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
func (w *wireInvitation) Check() error {
	if w.Token == "" || w.Email == "" || w.CreatedAt.IsZero() || w.ExpiresAt.IsZero() || w.Expired == nil {
		return errors.New("an invitation lacks its token, email, created_at, expires_at or expired")
	}
	return w.RoleAssignments.Check()
}

// invitation tells the invitation in common words. Its id is the address, since the token is a secret.
func (w *wireInvitation) invitation(organization string) invitation {
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

// Check refuses an answer without a list: nothing is not the same as no invitations.
func (w *wireInvitations) Check() error {
	if w.Invitations == nil {
		return errors.New("it holds no invitations")
	}
	for i := range w.Invitations {
		if err := w.Invitations[i].Check(); err != nil {
			return err
		}
	}
	return nil
}

// read masks the tokens of an answer and tells its invitations in common words.
func (b *backend) read(answer wireInvitations, organization string) []invitation {
	invitations := make([]invitation, 0, len(answer.Invitations))
	for i := range answer.Invitations {
		b.api.Mask(answer.Invitations[i].Token)
		invitations = append(invitations, answer.Invitations[i].invitation(organization))
	}
	return invitations
}

// Invites lists the open invitations; there are no pages. Whether expired and
// accepted ones are among them is not documented, so both is dealt with.
// https://www.elastic.co/docs/api/doc/cloud/operation/operation-list-organization-invitations
func (b *backend) Invites(ctx context.Context, organization string) ([]invitation, error) {
	var answer wireInvitations
	err := b.api.Do(ctx, api.Request{Path: invitationsPath(organization)}, &answer)
	if err != nil {
		return nil, platform.Explain(err, readRules...)
	}
	listed := b.read(answer, organization)
	b.notePending(organization, listed)
	return listed, nil
}

// notePending remembers the pending invitations of an organization.
func (b *backend) notePending(organization string, listed []invitation) {
	var tokens []string
	for _, i := range listed {
		if i.Status == invite.Pending {
			tokens = append(tokens, i.Token)
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pending[organization] = tokens
}

// pendingTokens returns the tokens of the pending invitations that were listed last.
func (b *backend) pendingTokens(organization string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.pending[organization]
}

func invitationsPath(organization string) []string {
	return []string{"api", "v1", "organizations", organization, "invitations"}
}

// wireRequest is OrganizationInvitationRequest.
type wireRequest struct {
	Emails          []string  `json:"emails,omitempty"`
	ExpiresIn       string    `json:"expires_in"`
	RoleAssignments wireRoles `json:"role_assignments,omitzero"`
}

// standardLifetime is the platform's own.
const standardLifetime = 72 * time.Hour

// body is the request's body without the address.
func (i sendItem) body() wireRequest {
	lifetime := cmp.Or(i.order.Lifetime, standardLifetime)
	return wireRequest{ExpiresIn: expiresIn(lifetime), RoleAssignments: wireGrant(i.order.Grant, i.organization)}
}

// expiresIn words a lifetime in units that all of Elastic's own clients use. The
// grammar is not published, and neither is the smallest unit.
func expiresIn(lifetime time.Duration) string {
	minutes := max(int64(lifetime.Round(time.Minute)/time.Minute), 1)
	if minutes%60 == 0 {
		return fmt.Sprintf("%dh", minutes/60)
	}
	return fmt.Sprintf("%dm", minutes)
}

// post sends invitations that differ in their addresses only. The answer holds an
// invitation for each, in an order that is not documented.
// https://www.elastic.co/docs/api/doc/cloud/operation/operation-create-organization-invitations
func (b *backend) post(ctx context.Context, items []sendItem) ([]invitation, error) {
	body := items[0].body()
	for _, item := range items {
		body.Emails = append(body.Emails, item.order.Email)
	}
	var answer wireInvitations
	err := b.api.Do(ctx, api.Request{
		Method: http.MethodPost,
		Path:   invitationsPath(items[0].organization),
		Body:   body,
	}, &answer)
	if err != nil {
		return nil, platform.Explain(err, sendRules...)
	}
	return b.read(answer, items[0].organization), nil
}

// remove revokes invitations; again does no harm.
// https://www.elastic.co/docs/api/doc/cloud/operation/operation-delete-organization-invitations
func (b *backend) remove(ctx context.Context, organization string, tokens []string) error {
	err := b.api.Do(ctx, api.Request{
		Method:     http.MethodDelete,
		Path:       append(invitationsPath(organization), strings.Join(tokens, ",")),
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

// grant is what a member has. Unlike in an invitation, an absent role_assignments counts as none: what is missing can be
// given again without a mail, and a managed member who lost all roles must not go unnoticed.
func (w *wireMember) grant(organization string) Grant {
	if !w.RoleAssignments.told {
		return Grant{}
	}
	return w.RoleAssignments.grant(organization)
}

// wireMembers is OrganizationMemberships.
type wireMembers struct {
	Members []wireMember `json:"members"`
}

// Check refuses an answer without a list, or with nobody in it.
func (w *wireMembers) Check() error {
	if w.Members == nil {
		return errors.New("it holds no members")
	}
	for i := range w.Members {
		if w.Members[i].UserID == "" {
			return errors.New("a member lacks its user_id")
		}
		if err := w.Members[i].RoleAssignments.Check(); err != nil {
			return err
		}
	}
	return nil
}

// Members lists all members; there are no pages.
// https://www.elastic.co/docs/api/doc/cloud/operation/operation-list-organization-members
func (b *backend) Members(ctx context.Context, organization string) ([]invite.Member[Grant], error) {
	var answer wireMembers
	err := b.api.Do(ctx, api.Request{Path: membersPath(organization)}, &answer)
	if err != nil {
		return nil, platform.Explain(err, readRules...)
	}
	members := make([]invite.Member[Grant], 0, len(answer.Members))
	for i := range answer.Members {
		member := &answer.Members[i]
		members = append(members, invite.Member[Grant]{
			ID:    member.UserID,
			Email: member.Email,
			Name:  member.Name,
			Grant: member.grant(organization),
		})
	}
	return members, nil
}

func membersPath(organization string) []string {
	return []string{"api", "v1", "organizations", organization, "members"}
}

// ChangeMember gives a member other roles: first it adds what is missing, then
// it takes away what is too much, so that nobody is without access in between.
// Only the difference is sent. What is taken away is sent as it was read.
// https://www.elastic.co/docs/api/doc/cloud/operation/operation-add-role-assignments
// https://www.elastic.co/docs/api/doc/cloud/operation/operation-remove-role-assignments
func (b *backend) ChangeMember(ctx context.Context, organization string, member invite.Member[Grant], grant Grant) error {
	missing, excess := grant.minus(member.Grant), member.Grant.minus(grant)
	if len(missing) > 0 {
		if err := b.assign(ctx, http.MethodPost, organization, member, missing); err != nil {
			return unfinished(err, fmt.Sprintf("%s could not be added, and nothing was taken away", missing))
		}
	}
	if len(excess) == 0 {
		return nil
	}
	err := b.assign(ctx, http.MethodDelete, organization, member, excess)
	if err != nil && len(missing) > 0 {
		return unfinished(err, fmt.Sprintf("%s were added, but %s could not be taken away: the member has both now, until the next apply completes the change", missing, excess))
	}
	return unfinished(err, fmt.Sprintf("%s could not be taken away", excess))
}

// assign adds role assignments, or removes them with DELETE. Both are about sets, so again does no harm.
func (b *backend) assign(ctx context.Context, method, organization string, member invite.Member[Grant], grant Grant) error {
	err := b.api.Do(ctx, api.Request{
		Method:     method,
		Path:       []string{"api", "v1", "users", member.ID, "role_assignments"},
		Body:       wireGrant(grant, organization),
		Repeatable: true,
	}, nil)
	return platform.Explain(err, changeRules...)
}

// unfinished tells how far a change got. Whatever that is, the next apply looks
// at what the member has and does the rest.
func unfinished(err error, done string) error {
	var failure *invite.Failure
	if !errors.As(err, &failure) {
		return err
	}
	told := *failure
	told.Err = fmt.Errorf("%s: %w", done, failure.Err)
	return &told
}

// RemoveMember removes a user from the organization.
// https://www.elastic.co/docs/api/doc/cloud/operation/operation-delete-organization-memberships
func (b *backend) RemoveMember(ctx context.Context, organization string, member invite.Member[Grant]) error {
	err := b.api.Do(ctx, api.Request{
		Method:     http.MethodDelete,
		Path:       append(membersPath(organization), member.ID),
		Repeatable: true,
	}, nil)
	return platform.Explain(err, removeRules...)
}
