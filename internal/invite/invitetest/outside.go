// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invitetest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// What people and administrators do, and what tests look at.

// The organization and the person of most tests.
const (
	Acme = "acme"
	Ada  = "ada@example.com"
)

// shown is an invitation as the platform shows it now.
func (m *Platform) shown(invitation invite.Invite[Role]) invite.Invite[Role] {
	if invitation.Status == invite.Pending && !m.NoExpiry && !invitation.ExpiresAt.After(time.Now()) {
		invitation.Status = invite.Expired
	}
	if m.NoExpiry {
		invitation.CreatedAt, invitation.ExpiresAt = time.Time{}, time.Time{}
	}
	if m.AnswersInCapitals {
		invitation.Grant = Role(strings.ToUpper(string(invitation.Grant)))
	}
	return invitation
}

// add makes a pending invitation, without a mail.
func (m *Platform) add(name, email string, grant Role, ends time.Time) *invite.Invite[Role] {
	m.serial++
	id := fmt.Sprintf("inv-%c", 'a'-1+m.serial)
	invitation := &invite.Invite[Role]{
		ID: id, Email: email, Status: invite.Pending, Grant: grant, ExpiresAt: ends,
		CreatedAt: time.Now().Add(time.Duration(m.serial) * time.Millisecond),
	}
	if m.SecretIDs {
		invitation.ID, invitation.Token = invite.NormalizeEmail(email), "secret-"+id
	}
	m.Organization(name).invitations = append(m.Organization(name).invitations, invitation)
	return invitation
}

// InviteOutside is an invitation that somebody else sent. It is valid for a week.
func (m *Platform) InviteOutside(email string, grant Role) *invite.Invite[Role] {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.add(Acme, email, grant, time.Now().Add(Week))
}

// Week is the default lifetime.
const Week = 7 * 24 * time.Hour

// Last is the newest invitation to an address.
func (m *Platform) Last(email string) *invite.Invite[Role] {
	for _, invitation := range slices.Backward(m.Organization(Acme).invitations) {
		if invite.SameEmail(invitation.Email, email) {
			return invitation
		}
	}
	panic("nobody invited " + email)
}

// Accept lets the person accept the newest invitation to an address.
func (m *Platform) Accept(email string) {
	m.mu.Lock()
	invitation := m.Last(email)
	member := "user-" + invite.NormalizeEmail(email)
	invitation.Status, invitation.AcceptedAt, invitation.MemberID = invite.Accepted, time.Now(), member
	m.mu.Unlock()
	m.Join(email, invitation.Grant)
}

// Join makes a person a member.
func (m *Platform) Join(email string, grant Role) {
	m.mu.Lock()
	defer m.mu.Unlock()
	member := &invite.Member[Role]{ID: "user-" + invite.NormalizeEmail(email), Email: email, Grant: grant}
	m.Organization(Acme).Members = append(m.Organization(Acme).Members, member)
}

// Leave removes a person from the organization.
func (m *Platform) Leave(email string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drop(Acme, "user-"+invite.NormalizeEmail(email))
}

func (m *Platform) drop(name, id string) {
	organization := m.Organization(name)
	organization.Members = slices.DeleteFunc(organization.Members, func(member *invite.Member[Role]) bool {
		return member.ID == id
	})
}

// RevokeOutside revokes the newest invitation to an address.
func (m *Platform) RevokeOutside(email string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.Last(email).Status = invite.Revoked
}

// Expire moves the newest invitation to an address into the past.
func (m *Platform) Expire(email string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	invitation := m.Last(email)
	invitation.CreatedAt, invitation.ExpiresAt = time.Now().Add(-2*Week), time.Now().Add(-Week)
}

// ResendOutside revokes the newest invitation to an address and sends another one, a minute later.
func (m *Platform) ResendOutside(email string, grant Role) *invite.Invite[Role] {
	m.RevokeOutside(email)
	invitation := m.InviteOutside(email, grant)
	invitation.CreatedAt = invitation.CreatedAt.Add(time.Minute)
	return invitation
}

// taken reports whether an address is invited, or a member has it.
func (m *Platform) taken(name, email string) bool {
	for _, member := range m.Organization(name).Members {
		if invite.SameEmail(member.Email, email) {
			return true
		}
	}
	for _, invitation := range m.Organization(name).invitations {
		status := m.shown(*invitation).Status
		refused := status == invite.Pending || status == invite.Expired && m.RefusesExpired
		if refused && invite.SameEmail(invitation.Email, email) {
			return true
		}
	}
	return false
}

// Acceptable lists who can accept an invitation now, and what it grants.
func (m *Platform) Acceptable() (pending []string) {
	for _, invitation := range m.Organization(Acme).invitations {
		if m.shown(*invitation).Status == invite.Pending {
			pending = append(pending, string(invitation.Grant)+" for "+invitation.Email)
		}
	}
	return pending
}

// Traits describe the platform to the lifecycle.
func (m *Platform) Traits() invite.Traits {
	traits := invite.Traits{
		Title: "Memory", Resource: "orginvite_memory_invite", RemoveAccess: "the memory's people page",
		Lifetime: Week, SecretIDs: m.SecretIDs, OwnOrganization: m.Owner != "",
	}
	if m.NoExpiry {
		traits.Lifetime = 0
	}
	if m.Hides {
		traits.HiddenMembersAdvice = "set the account"
	}
	return traits
}

// NewService is the service of a new process of the provider.
func (m *Platform) NewService() *invite.Service[Role] {
	var backend invite.Backend[Role] = m
	if m.ManagesMembers {
		backend = managing{m}
	}
	if m.ResolvesGrants {
		backend = resolving{managing{m}}
	}
	if m.Hides {
		backend = hiding{managing{m}}
	}
	if m.Seats > 0 {
		backend = withSeats{m}
	}
	if m.Owner != "" {
		backend = owned{managing{m}}
	}
	return invite.NewService(m.Traits(), backend)
}
