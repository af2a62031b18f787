// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// senders returns the platforms that sent mail to an address, once for each mail.
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

// oneMailEach checks that each invited person got one mail from each platform, and that nobody else got mail.
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

// status returns the status of the invitation on the platform.
func (d *demo) status(one seat) fake.Status {
	var last fake.Status = "missing"
	for _, invitation := range d.platforms.Invitations(one.platform, "") {
		if strings.EqualFold(invitation.Email, one.email) {
			last = invitation.Status
		}
	}
	return last
}

// agrees checks that the state and the platform agree.
func (d *demo) agrees(one seat) error {
	if have := d.status(one); string(have) != one.status {
		return fmt.Errorf("%s on %s is %s in the state and %s on the platform", one.email, one.platform.Title(), one.status, have)
	}
	if one.status == "accepted" && (one.memberID == "" || !d.isMember(one)) {
		return fmt.Errorf("%s on %s is accepted in the state, and is not the member %q", one.email, one.platform.Title(), one.memberID)
	}
	return nil
}

// isMember reports whether the user in the state is a member of the organization.
func (d *demo) isMember(one seat) bool {
	for _, member := range d.platforms.Members(one.platform, "") {
		if member.ID == one.memberID && strings.EqualFold(member.Email, one.email) {
			return true
		}
	}
	return false
}
