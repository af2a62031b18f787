// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

const bob = "bob@example.com"

// joinHidden makes a person a member without a visible address.
func joinHidden(m *invitetest.Platform, email string) {
	m.Join(email, "viewer")
	m.Hide(email)
}

// hiddenCase is what happened to an invitation on a platform that hides members, and what a refresh makes of it.
type hiddenCase struct {
	account  string
	happened func(*invitetest.Platform)
	status   invite.Status // "" is gone
	requests string
}

// hiddenCases are the rows for a pending invitation.
var hiddenCases = map[string]hiddenCase{
	"pending": {"", func(m *invitetest.Platform) { joinHidden(m, bob) }, invite.Pending, "invites=1"},
	"accepted, and visible": {"", func(m *invitetest.Platform) {
		joinHidden(m, bob)
		m.Accept(invitetest.Ada)
	}, invite.Accepted, "invites=1 members=1 ended=1"},
	"accepted, and hidden": {"", func(m *invitetest.Platform) {
		m.Accept(invitetest.Ada)
		m.Hide(invitetest.Ada)
	}, invite.Unknown, "invites=1 members=1 ended=1"},
	"accepted, and hidden, with the account": {"ada", func(m *invitetest.Platform) {
		m.Accept(invitetest.Ada)
		m.Hide(invitetest.Ada)
	}, invite.Accepted, "invites=1 members=1 ended=1 account=1"},
	"accepted by another account": {"grace", func(m *invitetest.Platform) {
		m.Accept(invitetest.Ada)
		m.Hide(invitetest.Ada)
	}, invite.Unknown, "invites=1 members=1 ended=1 account=1"},
	"the account no longer exists": {"nobody", func(m *invitetest.Platform) {
		m.RevokeOutside(invitetest.Ada)
		joinHidden(m, bob)
	}, invite.Unknown, "invites=1 members=1 ended=1 account=1"},
	"accepted by an account that shows another address": {"grace", func(m *invitetest.Platform) {
		m.RevokeOutside(invitetest.Ada)
		m.Join("grace@example.com", "viewer")
	}, invite.Accepted, "invites=1 members=1 ended=1 account=1"},
	"revoked, and some are hidden": {"", func(m *invitetest.Platform) {
		m.RevokeOutside(invitetest.Ada)
		joinHidden(m, bob)
	}, invite.Unknown, "invites=1 members=1 ended=1"},
	"revoked, and everybody is visible": {"", func(m *invitetest.Platform) {
		m.RevokeOutside(invitetest.Ada)
		m.Join(bob, "viewer")
	}, "", "invites=1 members=1 ended=1"},
	"failed": {"", func(m *invitetest.Platform) {
		joinHidden(m, bob)
		m.Expire(invitetest.Ada)
		m.Last(invitetest.Ada).CreatedAt = time.Now()
	}, invite.Expired, "invites=1 ended=1"},
	"its end has passed, and it is listed nowhere": {"", func(m *invitetest.Platform) {
		joinHidden(m, bob)
		m.Expire(invitetest.Ada)
		m.ForgetsEnded = true
	}, invite.Unknown, "invites=1 members=1 ended=1"},
	"sent again": {"", func(m *invitetest.Platform) {
		joinHidden(m, bob)
		m.ResendOutside(invitetest.Ada, "viewer")
	}, invite.Pending, "invites=1"},
	"an older one is pending": {"", func(m *invitetest.Platform) {
		joinHidden(m, bob)
		m.RevokeOutside(invitetest.Ada)
		m.InviteOutside(invitetest.Ada, "viewer").CreatedAt = time.Now().Add(-30 * 24 * time.Hour)
	}, invite.Unknown, "invites=1 members=1 ended=1"},
}

func TestReadHidden(t *testing.T) {
	t.Parallel()
	for name, c := range hiddenCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.NewHiding()
			prior := m.SentTo(t, invitetest.Ada)
			prior.Account = c.account
			c.happened(m)
			reading, err := m.NewService().Read(t.Context(), prior, invite.Policies{})
			invitetest.Same(t, "error", err, nil)
			invitetest.Same(t, "gone", reading.Gone, c.status == "")
			requests := m.Requests()
			if want := strings.Fields(c.requests); !sameWords(requests, want) {
				t.Errorf("requests: %q, want %q", requests, want)
			}
			if c.status == "" {
				return
			}
			invitetest.Same(t, "status", reading.State.Status, c.status)
			invitetest.Same(t, "member known", reading.State.MemberID != "", c.status == invite.Accepted)
			invitetest.Same(t, "warned", len(reading.Warnings) == 1, c.status == invite.Unknown)
			for _, warning := range reading.Warnings {
				invitetest.Contains(t, "warning", []string{warning.Summary, warning.Detail},
					invitetest.Ada, "no longer pending", "accepted or cancelled", "set the account", "-replace", "removed block")
			}
		})
	}
}

// sameWords reports whether a text has these words, in any order.
func sameWords(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return len(strings.Fields(text)) == len(words)
}

// An unknown invitation stays until there is evidence.
func TestReadUnknown(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]hiddenCase{
		"nothing new":             {"", func(*invitetest.Platform) {}, invite.Unknown, ""},
		"the account is declared": {"ada", func(*invitetest.Platform) {}, invite.Accepted, ""},
		"the address is visible":  {"", func(m *invitetest.Platform) { m.Hidden = nil }, invite.Accepted, ""},
		"everybody is visible, and the person left": {"", func(m *invitetest.Platform) {
			m.Leave(invitetest.Ada)
			m.Hidden = nil
		}, "", ""},
		"invited again": {"", func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer") }, invite.Pending, ""},
		"members may not be listed": {
			"", func(m *invitetest.Platform) { m.FailAlways(invitetest.OnMembers, invite.ErrForbidden) }, "error", "",
		},
		"failed ones may not be listed": {
			"", func(m *invitetest.Platform) { m.FailAlways(invitetest.OnEnded, invite.ErrForbidden) }, "error", "",
		},
		"the account cannot be looked up": {
			"ada", func(m *invitetest.Platform) { m.FailAlways(invitetest.OnAccount, invite.ErrForbidden) }, "error", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.NewHiding()
			prior := m.SentTo(t, invitetest.Ada)
			m.Accept(invitetest.Ada)
			m.Hide(invitetest.Ada)
			prior.Status, prior.Account = invite.Unknown, c.account
			c.happened(m)
			reading, err := m.NewService().Read(t.Context(), prior, invite.Policies{})
			invitetest.Same(t, "failed", err != nil, c.status == "error")
			invitetest.Same(t, "gone", reading.Gone, c.status == "")
			if err != nil {
				invitetest.Same(t, "status after an error", reading.State.Status, invite.Unknown)
			} else if c.status != "" {
				invitetest.Same(t, "status", reading.State.Status, c.status)
			}
			m.ExpectMails(t, 0)
		})
	}
}

// What was recorded as expired stays so, although the person may be a hidden member by now.
func TestReadExpiredHidden(t *testing.T) {
	t.Parallel()
	m := invitetest.NewHiding()
	prior := m.SentTo(t, invitetest.Ada)
	m.Expire(invitetest.Ada)
	m.ForgetsEnded = true
	joinHidden(m, bob)
	prior.Status = invite.Expired
	now, present, err := invitetest.Read(t, m.NewService(), prior, invite.Policies{})
	invitetest.Same(t, "error", err, nil)
	invitetest.Same(t, "present", present, true)
	invitetest.Same(t, "status", now.Status, invite.Expired)
}

// A list may lag: what was just sent is not unknown.
func TestReadHiddenWhileTheListLags(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := invitetest.NewHiding()
		joinHidden(m, bob)
		prior := m.JustSentTo(t, invitetest.Ada)
		m.Lags = 5
		reading, err := m.NewService().Read(t.Context(), prior, invite.Policies{})
		invitetest.Same(t, "error", err, nil)
		invitetest.Same(t, "status", reading.State.Status, invite.Pending)
		invitetest.Same(t, "warnings", len(reading.Warnings), 1)
	})
}

// Nothing is revoked and nobody removed where nobody can say what became of an invitation.
func TestDeleteUnknown(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status   invite.Status
		requests string
	}{
		"unknown":               {invite.Unknown, ""},
		"accepted a moment ago": {invite.Pending, "invites=1 members=1 revoke=1 ended=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, managed := range []bool{false, true} {
				m := invitetest.NewHiding()
				state := m.SentTo(t, invitetest.Ada)
				m.Accept(invitetest.Ada)
				m.Hide(invitetest.Ada)
				state.Status = c.status
				warnings, err := m.NewService().Delete(t.Context(), state, invite.Policies{ManageMembership: managed})
				invitetest.Same(t, "error", err, nil)
				if len(warnings) != 1 || !strings.Contains(warnings[0].Summary, "may be a member") {
					t.Errorf("warnings: %v", warnings)
				}
				m.ExpectRequests(t, c.requests)
				invitetest.Same(t, "members", len(m.Organization(invitetest.Acme).Members), 1)
			}
		})
	}
}

// The grant of an unknown invitation cannot be changed.
func TestUpdateUnknown(t *testing.T) {
	t.Parallel()
	m := invitetest.NewHiding()
	state := m.SentTo(t, invitetest.Ada)
	state.Status = invite.Unknown
	_, err := m.NewService().Update(t.Context(), state, "editor", invite.Policies{}, invite.Policies{ManageMembership: true})
	if !errors.Is(err, invite.ErrNotManaged) {
		t.Errorf("error: %v", err)
	}
	_, err = m.NewService().Update(t.Context(), state, "viewer", invite.Policies{}, invite.Policies{ManageMembership: true})
	invitetest.Same(t, "error of an unchanged grant", err, nil)
	m.ExpectRequests(t, "")
}

// What a create does about a hidden member.
func TestCreateForAHiddenMember(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		account string
		adopt   bool
		want    string // part of the error, or nothing
		status  invite.Status
	}{
		"no account":                     {"", false, "already known", ""},
		"no account, adopt":              {"", true, "already known", ""},
		"the member's account":           {"ada", false, "the declared account is already a member's", ""},
		"the member's account, adopt":    {"ada", true, "", invite.Accepted},
		"an account that does not exist": {"nobody", true, "no such account", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.NewHiding()
			joinHidden(m, invitetest.Ada)
			m.FailAlways(invitetest.OnSend, invite.ErrPerhapsExists)
			request := invitetest.RequestFor(invitetest.Ada, "viewer")
			request.Account = c.account
			state, err := m.NewService().Create(t.Context(), invitetest.Acme, request, invite.Policies{AdoptExisting: c.adopt})
			switch {
			case c.want == "":
				invitetest.Same(t, "error", err, nil)
				invitetest.Same(t, "status", state.Status, c.status)
			case c.account == "" && !errors.Is(err, invite.ErrPerhapsExists):
				t.Errorf("error: %v, want the platform's refusal", err)
			case c.account != "" && !strings.Contains(err.Error(), c.want):
				t.Errorf("error: %v, want %q", err, c.want)
			}
			m.ExpectMails(t, 0)
		})
	}
}

// Failed invitations are found where they matter.
func TestEndedInvites(t *testing.T) {
	t.Parallel()
	m := invitetest.NewHiding()
	m.InviteOutside(invitetest.Ada, "viewer")
	m.Expire(invitetest.Ada)
	m.InviteOutside(bob, "viewer")

	pending, err := m.NewService().Invites(t.Context(), invitetest.Acme, invite.PendingOnly())
	invitetest.Same(t, "error", err, nil)
	invitetest.Same(t, "pending", len(pending), 1)
	m.ExpectRequests(t, "invites=1")

	all, err := m.NewService().Invites(t.Context(), invitetest.Acme, invite.Filter{})
	invitetest.Same(t, "error", err, nil)
	invitetest.Same(t, "all", len(all), 2)

	for _, reference := range []string{invitetest.Ada, "inv-a"} {
		state, err := m.NewService().Import(t.Context(), invitetest.Acme, reference)
		invitetest.Same(t, "error of the import of "+reference, err, nil)
		invitetest.Same(t, "imported status", state.Status, invite.Expired)
	}

	m.Fail(invitetest.OnRevoke, invite.ErrGone) // what has failed may not be revocable
	done, err := m.NewService().Resend(t.Context(), invitetest.Acme, invitetest.Ada)
	invitetest.Same(t, "error of a resend", err, nil)
	if !strings.HasPrefix(done, "sent: a pending invitation with id ") {
		t.Errorf("a resend says: %s", done)
	}
	m.ExpectMails(t, 1)
}
