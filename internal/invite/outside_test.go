package invite

import (
	"slices"
	"strings"
	"time"
)

// What people and administrators do, and what these tests look at.

const (
	acme = "acme"
	ada  = "ada@example.com"
)

// told is how the platform tells an invitation now.
func (m *memory) told(invitation Invite[role]) Invite[role] {
	if invitation.Status == Pending && !m.endless && !invitation.ExpiresAt.After(time.Now()) {
		invitation.Status = Expired
	}
	if m.endless {
		invitation.CreatedAt, invitation.ExpiresAt = time.Time{}, time.Time{}
	}
	if m.shouts {
		invitation.Grant = role(strings.ToUpper(string(invitation.Grant)))
	}
	return invitation
}

// add makes a pending invitation, without a mail.
func (m *memory) add(name, email string, grant role, ends time.Time) *Invite[role] {
	m.serial++
	id := "inv-" + string(rune('a'-1+m.serial))
	invitation := &Invite[role]{ID: id, Email: email, Status: Pending, Grant: grant, CreatedAt: time.Now().Add(time.Duration(m.serial) * time.Millisecond), ExpiresAt: ends}
	if m.secretIDs {
		invitation.ID, invitation.Token = NormalizeEmail(email), "secret-"+id
	}
	m.at(name).invitations = append(m.at(name).invitations, invitation)
	return invitation
}

// invited is an invitation that somebody else sent: it lives a week.
func (m *memory) invited(email string, grant role) *Invite[role] {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.add(acme, email, grant, time.Now().Add(week))
}

const week = 7 * 24 * time.Hour

// last is the newest invitation to an address.
func (m *memory) last(email string) *Invite[role] {
	for _, invitation := range slices.Backward(m.at(acme).invitations) {
		if SameEmail(invitation.Email, email) {
			return invitation
		}
	}
	panic("nobody invited " + email)
}

// accept lets the person accept the newest invitation to an address.
func (m *memory) accept(email string) {
	m.mu.Lock()
	invitation := m.last(email)
	member := "user-" + NormalizeEmail(email)
	invitation.Status, invitation.AcceptedAt, invitation.MemberID = Accepted, time.Now(), member
	m.mu.Unlock()
	m.join(email, invitation.Grant)
}

// join makes somebody a member.
func (m *memory) join(email string, grant role) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at(acme).Members = append(m.at(acme).Members, &Member[role]{ID: "user-" + NormalizeEmail(email), Email: email, Grant: grant})
}

// leave takes somebody out of the organization.
func (m *memory) leave(email string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drop(acme, "user-"+NormalizeEmail(email))
}

func (m *memory) drop(name, id string) {
	m.at(name).Members = slices.DeleteFunc(m.at(name).Members, func(member *Member[role]) bool { return member.ID == id })
}

// withdraw revokes the newest invitation to an address.
func (m *memory) withdraw(email string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last(email).Status = Revoked
}

// expire moves the newest invitation to an address into the past.
func (m *memory) expire(email string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	invitation := m.last(email)
	invitation.CreatedAt, invitation.ExpiresAt = time.Now().Add(-2*week), time.Now().Add(-week)
}

// resend withdraws the newest invitation to an address and sends another one, a moment later.
func (m *memory) resend(email string, grant role) *Invite[role] {
	m.withdraw(email)
	invitation := m.invited(email, grant)
	invitation.CreatedAt = invitation.CreatedAt.Add(time.Minute)
	return invitation
}

// taken reports whether an address is invited, or a member has it.
func (m *memory) taken(name, email string) bool {
	return slices.ContainsFunc(m.at(name).Members, func(member *Member[role]) bool { return SameEmail(member.Email, email) }) ||
		slices.ContainsFunc(m.at(name).invitations, func(invitation *Invite[role]) bool {
			status := m.told(*invitation).Status
			return SameEmail(invitation.Email, email) && (status == Pending || status == Expired && m.jealous)
		})
}

// outstanding lists who can accept an invitation now, and what they would get.
func (m *memory) outstanding() (open []string) {
	for _, invitation := range m.at(acme).invitations {
		if m.told(*invitation).Status == Pending {
			open = append(open, string(invitation.Grant)+" for "+invitation.Email)
		}
	}
	return open
}

// traits describe the platform to the lifecycle.
func (m *memory) traits() Traits {
	traits := Traits{Title: "Memory", Resource: "orginvite_memory_invite", RemoveAccess: "the memory's people page", Lifetime: week, SecretIDs: m.secretIDs}
	if m.endless {
		traits.Lifetime = 0
	}
	return traits
}

// service is what one process of the provider has: nothing is known yet.
func (m *memory) service() *Service[role] {
	var backend Backend[role] = m
	if m.manages {
		backend = managing{m}
	}
	if m.resolves {
		backend = resolving{managing{m}}
	}
	return NewService(m.traits(), backend)
}
