// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import "time"

// Status is the state of an invitation, in one vocabulary for every platform.
type Status string

// The states of an invitation. A used invitation is accepted even when it was revoked or its time ran out afterwards.
const (
	Pending  Status = "pending"
	Accepted Status = "accepted"
	Expired  Status = "expired"
	Revoked  Status = "revoked"
)

// Invitation is a platform-neutral copy of one invitation. ID is the token on Elastic Cloud. On GitHub it is the id under
// which the invitation is listed now, which can change when it ends.
type Invitation struct {
	Platform     Platform  `json:"platform"`
	Organization string    `json:"organization"`
	ID           string    `json:"id"`
	Email        string    `json:"email"`
	Status       Status    `json:"status"`
	Grant        Grant     `json:"grant"`
	CreatedAt    time.Time `json:"created_at"`
	ExpiresAt    time.Time `json:"expires_at,omitzero"` // zero on Snyk, whose invitations do not end
	AcceptedAt   time.Time `json:"accepted_at,omitzero"`
	RevokedAt    time.Time `json:"revoked_at,omitzero"`
	UserID       string    `json:"user_id,omitempty"` // who accepted
	Source       string    `json:"source,omitempty"`  // GitHub: "scim" if the invitation comes from there and has no end
}

// Member is a platform-neutral copy of one person in an organization.
type Member struct {
	Platform     Platform  `json:"platform"`
	Organization string    `json:"organization"`
	ID           string    `json:"id"`                      // the user's
	MembershipID string    `json:"membership_id,omitempty"` // Snyk; on GitHub, Login
	Email        string    `json:"email,omitempty"`
	Name         string    `json:"name,omitempty"`
	Grant        Grant     `json:"grant"`
	Since        time.Time `json:"since"`
	// The rest is GitHub's. Login names the account, and is made of the address by default. OtherEmails are further
	// addresses of the account. PublicEmail is the one in its public profile; by default that is Email, unless it is on a
	// domain that the organization has verified.
	Login       string   `json:"login,omitempty"`
	OtherEmails []string `json:"other_emails,omitempty"`
	PublicEmail string   `json:"public_email,omitempty"`
	Hidden      Hidden   `json:"hidden,omitempty"`
}

func (s *service) invitationSnapshot(o *organization, i *invitation, now time.Time) Invitation {
	snapshot := Invitation{
		Platform: s.platform, Organization: o.id, ID: i.id, Email: i.email, Status: i.status(now), Grant: i.grant,
		CreatedAt: i.created, ExpiresAt: i.expires, AcceptedAt: i.accepted, RevokedAt: i.revoked, UserID: i.userID,
		Source: i.source,
	}
	if s.listedID != nil {
		snapshot.ID = s.listedID(i)
	}
	return snapshot
}

func (s *service) memberSnapshot(o *organization, m *member) Member {
	return Member{
		Platform: s.platform, Organization: o.id, ID: m.id, MembershipID: m.membership, Email: m.email, Name: m.name,
		Grant: m.grant, Since: m.since, Login: m.login, OtherEmails: m.others, PublicEmail: m.public, Hidden: m.hidden,
	}
}

// Invitations returns every invitation ever sent in the organization, in the order of sending. An empty organization is
// the default one; an unknown one has none.
func (f *Fake) Invitations(p Platform, org string) []Invitation {
	f.mu.Lock()
	defer f.mu.Unlock()
	s, o, err := f.find(p, org)
	if err != nil {
		return nil
	}
	copies := make([]Invitation, 0, len(o.invitations))
	for _, i := range o.invitations {
		copies = append(copies, s.invitationSnapshot(o, i, f.now()))
	}
	return copies
}

// Members returns the people in the organization, in the order they came. An empty organization is the default one; an
// unknown one has none.
func (f *Fake) Members(p Platform, org string) []Member {
	f.mu.Lock()
	defer f.mu.Unlock()
	s, o, err := f.find(p, org)
	if err != nil {
		return nil
	}
	copies := make([]Member, 0, len(o.members))
	for _, m := range o.members {
		copies = append(copies, s.memberSnapshot(o, m))
	}
	return copies
}
