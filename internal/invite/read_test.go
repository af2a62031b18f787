// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"errors"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// What a refresh makes of a pending invitation, by what happened to it.
func TestRead(t *testing.T) {
	t.Parallel()
	managed := invite.Policies{ManageMembership: true}
	forgetful := func(m *invitetest.Platform) {
		m.Unlisted = []invite.Status{invite.Accepted, invite.Revoked, invite.Expired}
	}
	for name, c := range map[string]struct {
		shape    func(*invitetest.Platform)
		happened func(*invitetest.Platform)
		policies invite.Policies
		status   invite.Status // "" is gone
		id       string
		member   string
		grant    invitetest.Role
		requests string
	}{
		"nothing":                       {nil, func(*invitetest.Platform) {}, invite.Policies{}, invite.Pending, "inv-a", "", "viewer", "invites=1"},
		"told in other words":           {nil, func(m *invitetest.Platform) { m.AnswersInCapitals = true }, invite.Policies{}, invite.Pending, "inv-a", "", "viewer", "invites=1"},
		"accepted":                      {nil, func(m *invitetest.Platform) { m.Accept(invitetest.Ada) }, invite.Policies{}, invite.Accepted, "inv-a", "user-" + invitetest.Ada, "viewer", "invites=1"},
		"accepted, by whom is not told": {nil, func(m *invitetest.Platform) { m.Accept(invitetest.Ada); m.Last(invitetest.Ada).MemberID = "" }, invite.Policies{}, invite.Accepted, "inv-a", "user-" + invitetest.Ada, "viewer", "invites=1 members=1"},
		"accepted, and left":            {nil, func(m *invitetest.Platform) { m.Accept(invitetest.Ada); m.Leave(invitetest.Ada) }, invite.Policies{}, invite.Accepted, "inv-a", "user-" + invitetest.Ada, "viewer", "invites=1"},
		"accepted, and left, managed":   {nil, func(m *invitetest.Platform) { m.Accept(invitetest.Ada); m.Leave(invitetest.Ada) }, managed, "", "", "", "", "invites=1 members=1"},
		"accepted, and changed": {nil, func(m *invitetest.Platform) {
			m.Accept(invitetest.Ada)
			m.Organization(invitetest.Acme).Members[0].Grant = "editor"
		}, managed, invite.Accepted, "inv-a", "user-" + invitetest.Ada, "editor", "invites=1 members=1"},
		"accepted under another address": {nil, func(m *invitetest.Platform) {
			m.Accept(invitetest.Ada)
			m.Organization(invitetest.Acme).Members[0].Email = "lovelace@example.com"
		}, managed, invite.Accepted, "inv-a", "user-" + invitetest.Ada, "viewer", "invites=1 members=1"},
		"accepted, and another pending": {nil, func(m *invitetest.Platform) { m.Accept(invitetest.Ada); m.InviteOutside(invitetest.Ada, "editor") }, invite.Policies{}, invite.Accepted, "inv-a", "user-" + invitetest.Ada, "viewer", "invites=1"},
		"gone, and a member":            {forgetful, func(m *invitetest.Platform) { m.Accept(invitetest.Ada) }, invite.Policies{}, invite.Accepted, "inv-a", "user-" + invitetest.Ada, "viewer", "invites=1 members=1"},
		"gone, and a changed member": {forgetful, func(m *invitetest.Platform) {
			m.Accept(invitetest.Ada)
			m.Organization(invitetest.Acme).Members[0].Grant = "editor"
		}, managed, invite.Accepted, "inv-a", "user-" + invitetest.Ada, "editor", "invites=1 members=1"},
		"gone, and no member":            {forgetful, func(m *invitetest.Platform) { m.RevokeOutside(invitetest.Ada) }, invite.Policies{}, "", "", "", "", "invites=1 members=1"},
		"revoked":                        {nil, func(m *invitetest.Platform) { m.RevokeOutside(invitetest.Ada) }, invite.Policies{}, "", "", "", "", "invites=1 members=1"},
		"revoked, and added otherwise":   {nil, func(m *invitetest.Platform) { m.RevokeOutside(invitetest.Ada); m.Join(invitetest.Ada, "editor") }, invite.Policies{}, invite.Accepted, "inv-a", "user-" + invitetest.Ada, "viewer", "invites=1 members=1"},
		"sent again":                     {nil, func(m *invitetest.Platform) { m.ResendOutside(invitetest.Ada, "viewer") }, invite.Policies{}, invite.Pending, "inv-b", "", "viewer", "invites=1"},
		"sent again, for something else": {nil, func(m *invitetest.Platform) { m.ResendOutside(invitetest.Ada, "editor") }, invite.Policies{}, invite.Pending, "inv-b", "", "editor", "invites=1"},
		"sent again, spelled otherwise": {nil, func(m *invitetest.Platform) {
			m.RevokeOutside(invitetest.Ada)
			m.InviteOutside("ADA@EXAMPLE.COM", "viewer")
		}, invite.Policies{}, invite.Pending, "inv-b", "", "viewer", "invites=1"},
		"sent again where ids are secret": {func(m *invitetest.Platform) { m.SecretIDs = true }, func(m *invitetest.Platform) { m.ResendOutside(invitetest.Ada, "editor") }, invite.Policies{}, invite.Pending, invitetest.Ada, "", "editor", "invites=1"},
		"sent again, and used":            {nil, func(m *invitetest.Platform) { m.ResendOutside(invitetest.Ada, "viewer"); m.Accept(invitetest.Ada) }, invite.Policies{}, invite.Accepted, "inv-b", "user-" + invitetest.Ada, "viewer", "invites=1"},
		"sent again, used, and left": {nil, func(m *invitetest.Platform) {
			m.ResendOutside(invitetest.Ada, "viewer")
			m.Accept(invitetest.Ada)
			m.Leave(invitetest.Ada)
		}, invite.Policies{}, invite.Accepted, "inv-b", "user-" + invitetest.Ada, "viewer", "invites=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			if c.shape != nil {
				c.shape(m)
			}
			prior := m.SentTo(t, invitetest.Ada)
			c.happened(m)
			now, present, err := invitetest.Read(t, m.NewService(), prior, c.policies)
			if err != nil {
				t.Fatal(err)
			}
			m.ExpectRequests(t, c.requests)
			m.ExpectMails(t, 0)
			invitetest.Same(t, "present", present, c.status != "")
			if !present {
				return
			}
			invitetest.Same(t, "status", now.Status, c.status)
			invitetest.Same(t, "id", now.ID, c.id)
			invitetest.Same(t, "member", now.MemberID, c.member)
			invitetest.Same(t, "grant", now.Grant, c.grant)
			invitetest.Same(t, "spelling", now.Email, prior.Email)
		})
	}
}

// An old acceptance is no evidence for a later invitation.
func TestReadOldAcceptance(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := invitetest.New()
		m.InviteOutside(invitetest.Ada, "viewer")
		m.Accept(invitetest.Ada)
		m.Leave(invitetest.Ada)
		<-time.After(time.Hour)
		prior := m.SentTo(t, invitetest.Ada)
		m.RevokeOutside(invitetest.Ada)
		_, present, err := invitetest.Read(t, m.NewService(), prior, invite.Policies{})
		invitetest.Same(t, "error", err, nil)
		invitetest.Same(t, "present", present, false)
	})
}

// Where ids are secret, the time of sending tells two invitations of one second apart, also if one of them was sent at a
// whole second.
func TestReadTwoOfOneSecond(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.SecretIDs = true
	m.InviteOutside(invitetest.Ada, "viewer")
	m.Accept(invitetest.Ada)
	m.Leave(invitetest.Ada)
	earlier := m.Last(invitetest.Ada)
	prior := m.SentTo(t, invitetest.Ada)
	earlier.CreatedAt = prior.CreatedAt.Truncate(time.Second)
	m.Last(invitetest.Ada).CreatedAt = earlier.CreatedAt.Add(100 * time.Millisecond)
	prior.CreatedAt = m.Last(invitetest.Ada).CreatedAt
	now, present, err := invitetest.Read(t, m.NewService(), prior, invite.Policies{})
	invitetest.Same(t, "error", err, nil)
	invitetest.Same(t, "present", present, true)
	invitetest.Same(t, "status", now.Status, invite.Pending)
}

func TestReadExpired(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shape    func(*invitetest.Platform)
		happened func(*invitetest.Platform)
		status   invite.Status // "" is gone
		requests string
	}{
		"listed":                 {func(*invitetest.Platform) {}, func(*invitetest.Platform) {}, invite.Expired, "invites=1"},
		"not listed":             {func(m *invitetest.Platform) { m.Unlisted = []invite.Status{invite.Expired} }, func(*invitetest.Platform) {}, invite.Expired, "invites=1 members=1"},
		"not listed, a member":   {func(m *invitetest.Platform) { m.Unlisted = []invite.Status{invite.Expired} }, func(m *invitetest.Platform) { m.Join(invitetest.Ada, "viewer") }, invite.Accepted, "invites=1 members=1"},
		"revoked after that":     {func(*invitetest.Platform) {}, func(m *invitetest.Platform) { m.RevokeOutside(invitetest.Ada) }, "", "invites=1 members=1"},
		"sent again":             {func(*invitetest.Platform) {}, func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer") }, invite.Pending, "invites=1"},
		"sent again, and used":   {func(*invitetest.Platform) {}, func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer"); m.Accept(invitetest.Ada) }, invite.Accepted, "invites=1"},
		"secret ids, sent again": {func(m *invitetest.Platform) { m.SecretIDs = true }, func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer") }, invite.Pending, "invites=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := invitetest.New()
				c.shape(m)
				prior := m.SentTo(t, invitetest.Ada)
				<-time.After(2 * invitetest.Week)
				c.happened(m)
				now, present, err := invitetest.Read(t, m.NewService(), prior, invite.Policies{})
				invitetest.Same(t, "error", err, nil)
				invitetest.Same(t, "present", present, c.status != "")
				m.ExpectRequests(t, c.requests)
				if present {
					invitetest.Same(t, "status", now.Status, c.status)
				}
			})
		})
	}
}

// A failure is never absence: what was remembered stays.
func TestReadFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		Organization invitetest.Operation
		status       invite.Status
		policy       invite.Policies
	}{
		"invitations":                     {invitetest.OnInvites, invite.Pending, invite.Policies{}},
		"invitations of one that expired": {invitetest.OnInvites, invite.Expired, invite.Policies{}},
		"members of one that is gone":     {invitetest.OnMembers, invite.Pending, invite.Policies{}},
		"members of a managed one":        {invitetest.OnMembers, invite.Accepted, invite.Policies{ManageMembership: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, meaning := range []error{invite.ErrForbidden, invite.ErrUncertain, invite.ErrGone, invite.ErrRefused} {
				m := invitetest.New()
				prior := m.SentTo(t, invitetest.Ada)
				prior.Status = c.status
				m.RevokeOutside(invitetest.Ada)
				m.FailAlways(c.Organization, meaning)
				now, present, err := invitetest.Read(t, m.NewService(), prior, c.policy)
				if !errors.Is(err, meaning) || !present || !reflect.DeepEqual(now, prior) {
					t.Errorf("%v: %v, %t, %v", meaning, now, present, err)
				}
			}
		})
	}
}

// Accepted is final: no request is made, whatever happens, unless the membership is managed.
func TestReadAccepted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		happened func(*invitetest.Platform)
		manage   bool
		present  bool
		grant    invitetest.Role
		requests string
	}{
		"stays":                        {func(*invitetest.Platform) {}, false, true, "viewer", ""},
		"left":                         {func(m *invitetest.Platform) { m.Leave(invitetest.Ada) }, false, true, "viewer", ""},
		"invited again":                {func(m *invitetest.Platform) { m.Leave(invitetest.Ada); m.InviteOutside(invitetest.Ada, "editor") }, false, true, "viewer", ""},
		"managed, stays":               {func(*invitetest.Platform) {}, true, true, "viewer", "members=1"},
		"managed, told in other words": {func(m *invitetest.Platform) { m.Organization(invitetest.Acme).Members[0].Grant = "VIEWER" }, true, true, "viewer", "members=1"},
		"managed, changed":             {func(m *invitetest.Platform) { m.Organization(invitetest.Acme).Members[0].Grant = "editor" }, true, true, "editor", "members=1"},
		"managed, left":                {func(m *invitetest.Platform) { m.Leave(invitetest.Ada) }, true, false, "", "members=1"},
		"managed, another address": {func(m *invitetest.Platform) {
			m.Organization(invitetest.Acme).Members[0].Email = "lovelace@example.com"
		}, true, true, "viewer", "members=1"},
		"managed, another person": {func(m *invitetest.Platform) { m.Organization(invitetest.Acme).Members[0].ID = "user-other" }, true, false, "", "members=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			prior := m.SentTo(t, invitetest.Ada)
			m.Accept(invitetest.Ada)
			prior.Status, prior.MemberID = invite.Accepted, "user-"+invitetest.Ada
			c.happened(m)
			now, present, err := invitetest.Read(t, m.NewService(), prior, invite.Policies{ManageMembership: c.manage})
			invitetest.Same(t, "error", err, nil)
			invitetest.Same(t, "present", present, c.present)
			m.ExpectRequests(t, c.requests)
			if present {
				invitetest.Same(t, "grant", now.Grant, c.grant)
				invitetest.Same(t, "spelling", now.Email, prior.Email)
			}
		})
	}
}
