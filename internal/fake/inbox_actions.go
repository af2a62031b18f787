// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"slices"
	"time"
)

// mailAction is what the inbox can do about a mail.
type mailAction string

const (
	actAccept mailAction = "accept"
	actExpire mailAction = "expire"
	actRevoke mailAction = "revoke"
)

// mailActions are all of them, in the order of the buttons.
var mailActions = []mailAction{actAccept, actExpire, actRevoke}

// notDone stands for an action that is no longer possible.
const notDone = "nothing"

func (a mailAction) known() bool { return slices.Contains(mailActions, a) }

// label is the text of the button.
func (a mailAction) label() string {
	return map[mailAction]string{actAccept: "Accept", actExpire: "Let expire", actRevoke: "Revoke"}[a]
}

// possible reports whether the action makes sense for the invitation now.
func (a mailAction) possible(i *invitation, now time.Time) bool {
	switch status := i.status(now); a {
	case actAccept:
		return status == Pending
	case actExpire:
		return status == Pending && !i.expires.IsZero()
	case actRevoke:
		return status == Pending || status == Expired
	default:
		return false
	}
}

// actOnMail does it to the very invitation that the mail is about: an address can have several. It reports whether that
// was possible. Mails are counted from 1, oldest first.
func (f *Fake) actOnMail(number int, action mailAction) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if number < 1 || number > len(f.mails) {
		return false
	}
	s, o, i := f.invitationOf(f.mails[number-1])
	if i == nil || !action.possible(i, f.now()) {
		return false
	}
	switch action {
	case actAccept:
		f.accept(s, o, i, Member{})
	case actExpire:
		i.expires = f.now()
	case actRevoke:
		f.cancel(s, o, i, outsider)
	}
	return true
}

// invitationOf finds the invitation that a mail offers; nil if it offers none, or if a newer mail has replaced it. The
// caller holds the lock.
func (f *Fake) invitationOf(m Mail) (*service, *organization, *invitation) {
	s, o, err := f.find(m.Platform, m.Organization)
	if err != nil || m.Kind != InvitationMail {
		return nil, nil, nil
	}
	i := o.invitation(m.InvitationID)
	return s, o, i
}
