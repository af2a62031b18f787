// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"cmp"
	"fmt"
	"time"
)

// outsider is the administrator who acts outside of Terraform.
var outsider = actor{kind: "user", id: "outsideAdministrator"}

// Accept is the invited person accepting the pending invitation to the address, ignoring case. It returns the user's
// id. Somebody who is a member already keeps the membership.
func (f *Fake) Accept(p Platform, org, email string) (string, error) {
	return f.AcceptAs(p, org, email, "")
}

// AcceptAs is Accept by a person whose account has another address.
func (f *Fake) AcceptAs(p Platform, org, email, as string) (string, error) {
	return f.acceptBy(p, org, email, Member{Email: as})
}

// acceptBy is Accept by a person of whom an address or, on GitHub, an account is known.
func (f *Fake) acceptBy(p Platform, org, email string, by Member) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s, o, i, err := f.findInvited(p, org, email, Pending)
	if err != nil {
		return "", err
	}
	return f.accept(s, o, i, by).id, nil
}

// accept makes the invited person a member. The caller holds the lock.
func (f *Fake) accept(s *service, o *organization, i *invitation, by Member) *member {
	by.Email = cmp.Or(by.Email, i.email)
	by.Login = cmp.Or(by.Login, i.login)
	m := o.memberByLogin(by.Login)
	if m == nil {
		m = o.memberByEmail(s.common().stored(by.Email))
	}
	if m == nil {
		by.Grant = i.grant
		m = f.join(s, o, by)
	}
	if s.platform == GitHub && !m.has(i.email) {
		m.others = append(m.others, i.email) // only an account that has verified the address can accept
	}
	i.accepted, i.userID = f.now(), m.id
	return m
}

// join adds a person. The caller holds the lock.
func (f *Fake) join(s *service, o *organization, person Member) *member {
	m := &member{
		serial: o.nextSerial(), id: person.ID, membership: person.MembershipID, name: person.Name,
		email: s.common().stored(person.Email), grant: person.Grant, since: person.Since,
		login: person.Login, others: person.OtherEmails, public: person.PublicEmail, hidden: person.Hidden,
	}
	if m.id == "" {
		m.id = s.newUserID()
	}
	if m.membership == "" {
		m.membership = randomUUID()
	}
	if m.since.IsZero() {
		m.since = f.now()
	}
	if s.platform == GitHub {
		f.accountOf(m)
	}
	o.members = append(o.members, m)
	return m
}

// invite adds an invitation, without a mail. The caller holds the lock.
func (f *Fake) invite(s *service, o *organization, sent invitation) *invitation {
	sent.serial = o.nextSerial()
	sent.email = s.common().stored(sent.email)
	if sent.id == "" {
		sent.id = s.newInvitationID()
	}
	if sent.created.IsZero() {
		sent.created = f.now()
	}
	o.invitations = append(o.invitations, &sent)
	return &sent
}

// Expire moves the end of the pending invitation to the address into the past. Where nobody can choose how long an
// invitation lasts, it ends early: when it was sent does not change.
func (f *Fake) Expire(p Platform, org, email string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	s, _, i, err := f.findInvited(p, org, email, Pending)
	if err != nil {
		return err
	}
	if s.lifetime == 0 {
		return fmt.Errorf("invitations of %s do not expire", p)
	}
	i.expires = f.now().Add(-time.Minute)
	return nil
}

// RevokeOutside is an administrator withdrawing the pending or expired invitation to the address.
func (f *Fake) RevokeOutside(p Platform, org, email string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	s, o, i, err := f.findInvited(p, org, email, Pending, Expired)
	if err != nil {
		return err
	}
	f.cancel(s, o, i, outsider)
	return nil
}

// cancel revokes an invitation, and tells the person if the platform does and the invitation was still open. The caller
// holds the lock.
func (f *Fake) cancel(s *service, o *organization, i *invitation, by actor) {
	open := i.status(f.now()) == Pending
	i.revoke(f.now(), by)
	if s.mailsRevoked && open {
		f.notify(s, o, Mail{Kind: RevocationMail, To: i.email, InvitationID: i.id, Outside: by == outsider})
	}
}

// ResendOutside is an administrator withdrawing the pending or expired invitation to the address and sending another one
// that grants the same.
func (f *Fake) ResendOutside(p Platform, org, email string) (Invitation, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s, o, i, err := f.findInvited(p, org, email, Pending, Expired)
	if err != nil {
		return Invitation{}, err
	}
	f.cancel(s, o, i, outsider)
	again := f.invite(s, o, invitation{email: i.email, grant: i.grant, expires: s.end(f.now()), createdBy: outsider})
	f.mail(s, o, again, true)
	return s.invitationSnapshot(o, again, f.now()), nil
}

// RemoveMember is the member with the address leaving, or being removed by an administrator.
func (f *Fake) RemoveMember(p Platform, org, email string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, o, m, err := f.findMember(p, org, email)
	if err != nil {
		return err
	}
	o.remove(m)
	return nil
}

// SetMemberGrant is an administrator changing what the member with the address has.
func (f *Fake) SetMemberGrant(p Platform, org, email string, grant Grant) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	s, _, m, err := f.findMember(p, org, email)
	if err != nil {
		return err
	}
	grant, err = s.completeGrant(grant)
	if err != nil {
		return err
	}
	m.grant = grant
	return nil
}

// end is when an invitation sent now by somebody else ends; zero where invitations do not.
func (s *service) end(now time.Time) time.Time {
	if s.lifetime == 0 {
		return time.Time{}
	}
	return now.Add(s.lifetime)
}

func (f *Fake) findInvited(p Platform, org, email string, statuses ...Status) (*service, *organization, *invitation, error) {
	s, o, err := f.find(p, org)
	if err != nil {
		return nil, nil, nil, err
	}
	i := o.invited(s.common().stored(email), f.now(), statuses...)
	if i == nil {
		return nil, nil, nil, fmt.Errorf("%s: nobody is invited as %q (looked for %q)", p, email, statuses)
	}
	return s, o, i, nil
}

func (f *Fake) findMember(p Platform, org, email string) (*service, *organization, *member, error) {
	s, o, err := f.find(p, org)
	if err != nil {
		return nil, nil, nil, err
	}
	m := o.memberByEmail(s.common().stored(email))
	if m == nil {
		return nil, nil, nil, fmt.Errorf("%s: no member %q", p, email)
	}
	return s, o, m, nil
}
