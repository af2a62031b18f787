package fake

import (
	"slices"
	"time"
)

// Mail is one invitation mail that a person would have received.
type Mail struct {
	Platform     Platform  `json:"platform"`
	Organization string    `json:"organization"`
	To           string    `json:"to"`
	InvitationID string    `json:"invitation_id"`
	Time         time.Time `json:"time"`
	// Outside marks a mail that somebody else sent, by [Fake.ResendOutside].
	Outside bool `json:"outside,omitempty"`
}

// Mails returns every mail sent, oldest first.
func (f *Fake) Mails() []Mail {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.mails)
}

// mail sends the invitation's mail. The caller holds the lock.
func (f *Fake) mail(s *service, o *organization, i *invitation, outside bool) {
	f.mails = append(f.mails, Mail{
		Platform: s.platform, Organization: o.id, To: i.email, InvitationID: i.id, Time: f.now(), Outside: outside,
	})
}
