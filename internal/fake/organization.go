// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"slices"
	"strings"
	"time"
)

// organization is one organization of one platform. Invitations are kept for ever, in the order they were sent; what a
// platform lists of them is its own business.
type organization struct {
	id, name    string
	invitations []*invitation
	members     []*member
	former      []*member // who left; on Snyk they stay in the group
	number      string    // GitHub, where id is the login
	teams       []GitHubTeam
	serial      int
}

// actor is whoever did something, in IcePanel's words; the other platforms do not tell.
type actor struct{ kind, id string }

type invitation struct {
	serial            int // position in the order of sending; cursors are made of it
	id, email         string
	grant             Grant
	created, expires  time.Time // expires is zero where invitations do not end
	accepted, revoked time.Time // zero until it happens
	createdBy         actor
	revokedBy         actor
	userID            string // who accepted
	login             string // GitHub: the account that was invited, where it was not an address
	source            string // GitHub: where it comes from, if not from a member
	failedID          string // GitHub: its id among the failed ones, where that is another one
}

type member struct {
	serial         int
	id, membership string // membership differs from the user's id on Snyk, and is the login on GitHub
	email, name    string
	login, public  string   // GitHub: the account, and the address in its public profile
	others         []string // GitHub: further addresses of the account
	hidden         Hidden   // GitHub
	grant          Grant
	since          time.Time
}

func (i *invitation) status(now time.Time) Status {
	switch {
	case !i.accepted.IsZero():
		return Accepted
	case !i.revoked.IsZero():
		return Revoked
	case !i.expires.IsZero() && !i.expires.After(now):
		return Expired
	default:
		return Pending
	}
}

func (i *invitation) revoke(now time.Time, by actor) {
	i.revoked, i.revokedBy = now, by
}

func (o *organization) nextSerial() int {
	o.serial++
	return o.serial
}

func (o *organization) invitation(id string) *invitation {
	for _, i := range o.invitations {
		if i.id == id {
			return i
		}
	}
	return nil
}

// invited returns the newest invitation to the address, ignoring case, that has one of the given statuses.
func (o *organization) invited(email string, now time.Time, statuses ...Status) *invitation {
	for _, i := range slices.Backward(o.invitations) {
		if strings.EqualFold(i.email, email) && slices.Contains(statuses, i.status(now)) {
			return i
		}
	}
	return nil
}

func (o *organization) withStatus(now time.Time, statuses ...Status) []*invitation {
	var found []*invitation
	for _, i := range o.invitations {
		if slices.Contains(statuses, i.status(now)) {
			found = append(found, i)
		}
	}
	return found
}

func (o *organization) member(match func(*member) bool) *member {
	if at := slices.IndexFunc(o.members, match); at >= 0 {
		return o.members[at]
	}
	return nil
}

func (o *organization) memberByID(id string) *member {
	return o.member(func(m *member) bool { return m.id == id })
}

func (o *organization) memberByEmail(email string) *member {
	return o.member(func(m *member) bool { return m.has(email) })
}

func (o *organization) memberByLogin(login string) *member {
	return o.member(func(m *member) bool { return login != "" && strings.EqualFold(m.login, login) })
}

// has reports whether it is an address of the member, ignoring case.
func (m *member) has(email string) bool {
	is := func(one string) bool { return one != "" && strings.EqualFold(one, email) }
	return is(m.email) || slices.ContainsFunc(m.others, is)
}

func (o *organization) remove(gone *member) {
	o.former = append(o.former, gone)
	o.members = slices.DeleteFunc(o.members, func(m *member) bool { return m == gone })
}
