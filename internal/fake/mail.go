// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// MailKind is what a mail is about.
type MailKind string

// The kinds of mails. All but invitations are GitHub's.
const (
	InvitationMail MailKind = "invitation"
	RevocationMail MailKind = "revocation" // the invitation was cancelled
	OwnerMail      MailKind = "owner"      // a member was made an owner
	RemovalMail    MailKind = "removal"    // a member was removed
)

// Mail is one mail that a person would have received. Offer and Until are those of an invitation.
type Mail struct {
	Kind         MailKind  `json:"kind"`
	Platform     Platform  `json:"platform"`
	Organization string    `json:"organization"`
	To           string    `json:"to"`
	InvitationID string    `json:"invitation_id,omitempty"` // as it was created; none where a mail is about a member
	Time         time.Time `json:"time"`
	// Offer is what the invitation grants, in words.
	Offer string `json:"offer,omitempty"`
	// Until is when the invitation ends; zero on Snyk.
	Until time.Time `json:"until,omitzero"`
	// Outside marks a mail that somebody else sent, by [Fake.ResendOutside].
	Outside bool `json:"outside,omitempty"`
}

// String is the mail in one line, without the way to accept the invitation, which on Elastic Cloud is a secret.
func (m Mail) String() string {
	switch m.Kind {
	case RevocationMail:
		return fmt.Sprintf("mail to %s: %s cancelled your invitation to organization %s", m.To, m.Platform.Title(), m.Organization)
	case OwnerMail:
		return fmt.Sprintf("mail to %s: %s made you an owner of organization %s", m.To, m.Platform.Title(), m.Organization)
	case RemovalMail:
		return fmt.Sprintf("mail to %s: %s removed you from organization %s", m.To, m.Platform.Title(), m.Organization)
	case InvitationMail:
	}
	text := fmt.Sprintf("mail to %s: %s invites you to organization %s: %s", m.To, m.Platform.Title(), m.Organization, m.Offer)
	if !m.Until.IsZero() {
		text += ", until " + m.Until.UTC().Format("2006-01-02 15:04 MST")
	}
	return text
}

// Mails returns every invitation mail sent, oldest first. [Fake.Outbox] has the other kinds as well.
func (f *Fake) Mails() []Mail {
	return slices.DeleteFunc(f.Outbox(), func(m Mail) bool { return m.Kind != InvitationMail })
}

// Outbox returns every mail sent, of whatever kind, oldest first.
func (f *Fake) Outbox() []Mail {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.mails)
}

// notify sends a mail that is no invitation. The caller holds the lock.
func (f *Fake) notify(s *service, o *organization, sent Mail) {
	sent.Platform, sent.Organization, sent.Time = s.platform, o.id, f.now()
	f.mails = append(f.mails, sent)
	if f.options.Mailed != nil {
		f.options.Mailed(sent)
	}
}

// mail sends the invitation's mail. The caller holds the lock.
func (f *Fake) mail(s *service, o *organization, i *invitation, outside bool) {
	sent := Mail{
		Kind: InvitationMail, Platform: s.platform, Organization: o.id, To: i.email, InvitationID: i.id, Time: f.now(),
		Offer: f.offer(i.grant), Until: i.expires, Outside: outside,
	}
	f.mails = append(f.mails, sent)
	f.deliver(s, o, i)
	if f.options.Mailed != nil {
		f.options.Mailed(sent)
	}
}

// offer puts a grant into words. The caller holds the lock.
func (f *Fake) offer(g Grant) string {
	var parts []string
	add := func(scope string, assignments []RoleAssignment) {
		for _, a := range assignments {
			parts = append(parts, scope+" "+a.RoleID)
		}
	}
	switch {
	case g.Permission != "":
		parts = append(parts, g.Permission)
	case g.RoleID != "":
		parts = append(parts, "role "+f.roleName(g.RoleID))
	case g.Role != "":
		parts = append(parts, "role "+g.Role)
		for _, id := range g.TeamIDs {
			parts = append(parts, fmt.Sprintf("team %d", id))
		}
		parts = append(parts, g.RBACGroupIDs...)
	case g.RoleAssignments != nil:
		add("organization", g.RoleAssignments.Organization)
		add("deployment", g.RoleAssignments.Deployment)
		for _, kind := range slices.Sorted(maps.Keys(g.RoleAssignments.Project)) {
			add(kind+" project", g.RoleAssignments.Project[kind])
		}
	}
	if len(parts) == 0 {
		return "no role"
	}
	return strings.Join(parts, ", ")
}
