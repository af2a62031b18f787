package invitetest

import (
	"slices"
	"strings"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// What people and administrators do, and what these tests look at.

const (
	Acme = "acme"
	Ada  = "ada@example.com"
)

// told is how the platform tells an invitation now.
func (m *Platform) told(invitation invite.Invite[Role]) invite.Invite[Role] {
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
	id := "inv-" + string(rune('a'-1+m.serial))
	invitation := &invite.Invite[Role]{ID: id, Email: email, Status: invite.Pending, Grant: grant, CreatedAt: time.Now().Add(time.Duration(m.serial) * time.Millisecond), ExpiresAt: ends}
	if m.SecretIDs {
		invitation.ID, invitation.Token = invite.NormalizeEmail(email), "secret-"+id
	}
	m.Organization(name).invitations = append(m.Organization(name).invitations, invitation)
	return invitation
}

// invited is an invitation that somebody else sent: it lives a week.
func (m *Platform) InviteOutside(email string, grant Role) *invite.Invite[Role] {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.add(Acme, email, grant, time.Now().Add(Week))
}

const Week = 7 * 24 * time.Hour

// last is the newest invitation to an address.
func (m *Platform) Last(email string) *invite.Invite[Role] {
	for _, invitation := range slices.Backward(m.Organization(Acme).invitations) {
		if invite.SameEmail(invitation.Email, email) {
			return invitation
		}
	}
	panic("nobody invited " + email)
}

// accept lets the person accept the newest invitation to an address.
func (m *Platform) Accept(email string) {
	m.mu.Lock()
	invitation := m.Last(email)
	member := "user-" + invite.NormalizeEmail(email)
	invitation.Status, invitation.AcceptedAt, invitation.MemberID = invite.Accepted, time.Now(), member
	m.mu.Unlock()
	m.Join(email, invitation.Grant)
}

// join makes somebody a member.
func (m *Platform) Join(email string, grant Role) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.Organization(Acme).Members = append(m.Organization(Acme).Members, &invite.Member[Role]{ID: "user-" + invite.NormalizeEmail(email), Email: email, Grant: grant})
}

// leave takes somebody out of the organization.
func (m *Platform) Leave(email string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drop(Acme, "user-"+invite.NormalizeEmail(email))
}

func (m *Platform) drop(name, id string) {
	m.Organization(name).Members = slices.DeleteFunc(m.Organization(name).Members, func(member *invite.Member[Role]) bool { return member.ID == id })
}

// withdraw revokes the newest invitation to an address.
func (m *Platform) RevokeOutside(email string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.Last(email).Status = invite.Revoked
}

// expire moves the newest invitation to an address into the past.
func (m *Platform) Expire(email string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	invitation := m.Last(email)
	invitation.CreatedAt, invitation.ExpiresAt = time.Now().Add(-2*Week), time.Now().Add(-Week)
}

// resend withdraws the newest invitation to an address and sends another one, a moment later.
func (m *Platform) ResendOutside(email string, grant Role) *invite.Invite[Role] {
	m.RevokeOutside(email)
	invitation := m.InviteOutside(email, grant)
	invitation.CreatedAt = invitation.CreatedAt.Add(time.Minute)
	return invitation
}

// taken reports whether an address is invited, or a member has it.
func (m *Platform) taken(name, email string) bool {
	return slices.ContainsFunc(m.Organization(name).Members, func(member *invite.Member[Role]) bool { return invite.SameEmail(member.Email, email) }) ||
		slices.ContainsFunc(m.Organization(name).invitations, func(invitation *invite.Invite[Role]) bool {
			status := m.told(*invitation).Status
			return invite.SameEmail(invitation.Email, email) && (status == invite.Pending || status == invite.Expired && m.RefusesExpired)
		})
}

// outstanding lists who can accept an invitation now, and what they would get.
func (m *Platform) Acceptable() (open []string) {
	for _, invitation := range m.Organization(Acme).invitations {
		if m.told(*invitation).Status == invite.Pending {
			open = append(open, string(invitation.Grant)+" for "+invitation.Email)
		}
	}
	return open
}

// traits describe the platform to the lifecycle.
func (m *Platform) Traits() invite.Traits {
	traits := invite.Traits{Title: "Memory", Resource: "orginvite_memory_invite", RemoveAccess: "the memory's people page", Lifetime: Week, SecretIDs: m.SecretIDs}
	if m.NoExpiry {
		traits.Lifetime = 0
	}
	return traits
}

// service is what one process of the provider has: nothing is known yet.
func (m *Platform) NewService() *invite.Service[Role] {
	var backend invite.Backend[Role] = m
	if m.ManagesMembers {
		backend = managing{m}
	}
	if m.ResolvesGrants {
		backend = resolving{managing{m}}
	}
	return invite.NewService(m.Traits(), backend)
}
