package main

import (
	"fmt"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// senders are the platforms that mailed an address, once for each mail.
func (d *demo) senders(email string) []string {
	var names []string
	for _, p := range fake.Platforms {
		for _, mail := range d.platforms.Mails() {
			if mail.Platform == p && strings.EqualFold(mail.To, email) {
				names = append(names, p.Title())
			}
		}
	}
	return names
}

// oneMailEach checks that the outbox holds one mail for everybody who was ever invited, and no other.
func (d *demo) oneMailEach() error {
	type receipt struct {
		platform fake.Platform
		email    string
	}
	mails := d.platforms.Mails()
	got := map[receipt]int{}
	for _, mail := range mails {
		got[receipt{mail.Platform, strings.ToLower(mail.To)}]++
	}
	for _, one := range d.invited {
		if n := got[receipt{one.platform, strings.ToLower(one.email)}]; n != 1 {
			return fmt.Errorf("%s got %d mails from %s", one.email, n, one.platform.Title())
		}
	}
	if len(mails) != len(d.invited) {
		return fmt.Errorf("%d mails for %d invitations", len(mails), len(d.invited))
	}
	return nil
}

// status is where the platform itself sees the invitation.
func (d *demo) status(one seat) fake.Status {
	var last fake.Status = "missing"
	for _, invitation := range d.platforms.Invitations(one.platform, "") {
		if strings.EqualFold(invitation.Email, one.email) {
			last = invitation.Status
		}
	}
	return last
}

// agrees checks what the state says against the platform, and against who accepted.
func (d *demo) agrees(one seat) error {
	if have := d.status(one); string(have) != one.status {
		return fmt.Errorf("the state says that %s is %s on %s, the platform says %s", one.email, one.status, one.platform.Title(), have)
	}
	if one.status == "accepted" && (one.memberID == "" || !d.isMember(one)) {
		return fmt.Errorf("%s is accepted on %s, and is not the member %q", one.email, one.platform.Title(), one.memberID)
	}
	return nil
}

// isMember looks for the user that the state names.
func (d *demo) isMember(one seat) bool {
	for _, member := range d.platforms.Members(one.platform, "") {
		if member.ID == one.memberID && strings.EqualFold(member.Email, one.email) {
			return true
		}
	}
	return false
}
