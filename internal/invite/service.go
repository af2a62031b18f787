// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/listcache"
)

// Traits are the facts about a platform that the lifecycle and its messages need.
type Traits struct {
	// Title is the platform's name for people, such as "IcePanel".
	Title string
	// Resource is the Terraform type of its invitations.
	Resource string
	// RemoveAccess names where a member is removed by hand.
	RemoveAccess string
	// Lifetime is how long an invitation is valid by default; zero if invitations do not expire.
	Lifetime time.Duration
	// SecretIDs: the platform's ids of invitations are secrets, so state has the address, and the id is looked up when it
	// is needed.
	SecretIDs bool
	// OwnOrganization: a credential belongs to one organization, see [OwnOrganization].
	OwnOrganization bool
	// MailsRevocation: revoking an invitation mails the person too.
	MailsRevocation bool
	// HiddenMembersAdvice is what makes an acceptance provable where members may be hidden, see [HiddenMembers]; empty
	// elsewhere.
	HiddenMembersAdvice string
}

// Service is the lifecycle of the invitations of one platform with one credential. All resources, data sources and
// actions of a process share it, and with it the lists of each organization.
type Service[G Grant[G]] struct {
	Traits
	backend Backend[G]
	own     *listcache.Cache[Organization] // see [OwnOrganization]

	mu            sync.Mutex
	organizations map[string]*organization[G]
}

// NewService returns a Service that has made no request yet.
func NewService[G Grant[G]](traits Traits, backend Backend[G]) *Service[G] {
	s := &Service[G]{Traits: traits, backend: backend, organizations: map[string]*organization[G]{}}
	s.own = listcache.New(s.readOwn, organizationKey, organizationKeys)
	return s
}

// organization returns what this process knows of one organization. Organizations share nothing.
func (s *Service[G]) organization(name string) *organization[G] {
	s.mu.Lock()
	defer s.mu.Unlock()
	known := s.organizations[name]
	if known == nil {
		known = s.newOrganization(name)
		s.organizations[name] = known
	}
	return known
}

// Backend returns the platform, for lists that only one platform has.
func (s *Service[G]) Backend() Backend[G] { return s.backend }

// Invites lists the invitations to an organization that the filter selects, in the order of [Select].
func (s *Service[G]) Invites(ctx context.Context, organization string, filter Filter) ([]Invite[G], error) {
	org := s.organization(organization)
	invitations, err := org.invites.All(ctx)
	if err == nil && filter.needsEnded() {
		var ended []Invite[G]
		ended, err = org.ended.All(ctx)
		invitations = append(invitations, ended...)
	}
	return Select(invitations, filter), err
}

// Members lists all members of an organization.
func (s *Service[G]) Members(ctx context.Context, organization string) ([]Member[G], error) {
	return s.organization(organization).members.All(ctx)
}

// stateID returns the id in state: the platform's, or the address if the platform's ids are secrets.
func (s *Service[G]) stateID(id, email string) string {
	if s.SecretIDs {
		return NormalizeEmail(email)
	}
	return id
}

// memberManager returns the capability behind manage_membership, or an error that says that there is none.
func (s *Service[G]) memberManager() (MemberManager[G], error) {
	if manager, ok := s.backend.(MemberManager[G]); ok {
		return manager, nil
	}
	return nil, errors.New(s.Title + " offers no way to change or remove members, " +
		"so manage_membership cannot be used there")
}

// newestWith returns the newest invitation with a status: the first one if the platform does not show when they were
// created.
func newestWith[G Grant[G]](invitations []Invite[G], status Status) (best Invite[G], found bool) {
	for _, invitation := range invitations {
		if invitation.Status == status && (!found || invitation.CreatedAt.After(best.CreatedAt)) {
			best, found = invitation, true
		}
	}
	return best, found
}

// past reports whether a moment is over.
func (s *Service[G]) past(moment time.Time) bool { return !moment.After(time.Now()) }
