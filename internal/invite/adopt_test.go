// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

var adopting = invite.Policies{AdoptExisting: true}

// An invitation that ends otherwise than the user wrote differs; one that only misses a default does not.
func TestAdoptComparesTheEnd(t *testing.T) {
	t.Parallel()
	fixed := time.Now().Add(invitetest.Week).Truncate(time.Second)
	for name, c := range map[string]struct {
		request invite.Request[invitetest.Role]
		mails   int
	}{
		"the default":            {invite.Request[invitetest.Role]{Lifetime: 2 * invitetest.Week}, 0},
		"the lifetime it has":    {invite.Request[invitetest.Role]{Lifetime: invitetest.Week, Explicit: true}, 0},
		"nearly that lifetime":   {invite.Request[invitetest.Role]{Lifetime: invitetest.Week + time.Minute, Explicit: true}, 0},
		"another lifetime":       {invite.Request[invitetest.Role]{Lifetime: 2 * invitetest.Week, Explicit: true}, 1},
		"the end it has":         {invite.Request[invitetest.Role]{ExpiresAt: fixed.Add(time.Millisecond)}, 0},
		"another end":            {invite.Request[invitetest.Role]{ExpiresAt: fixed.Add(time.Minute)}, 1},
		"a lifetime, times unkn": {invite.Request[invitetest.Role]{Lifetime: 2 * invitetest.Week, Explicit: true}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			found := m.InviteOutside(invitetest.Ada, "viewer")
			found.ExpiresAt = fixed
			m.NoExpiry = strings.HasSuffix(name, "unkn")
			c.request.Email, c.request.Grant = invitetest.Ada, "viewer"
			state, err := m.NewService().Create(t.Context(), invitetest.Acme, c.request, adopting)
			invitetest.Same(t, "error", err, nil)
			invitetest.Same(t, "sent", state.Sent, c.mails > 0)
			m.ExpectMails(t, c.mails)
			invitetest.Same(t, "acceptable", strings.Join(m.Acceptable(), ", "), invitetest.ViewerForAda)
		})
	}
}

func TestAdoptTakesTheNewest(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.InviteOutside(invitetest.Ada, "viewer").CreatedAt = time.Now().Add(-time.Hour)
	m.InviteOutside("ADA@example.com", "viewer")
	state, err := m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), adopting)
	invitetest.Same(t, "error", err, nil)
	invitetest.Same(t, "id", state.ID, "inv-b")
	invitetest.Same(t, "spelling", state.Email, invitetest.Ada)
}

// Answers may name a grant in another way.
func TestAdoptResolves(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.ResolvesGrants = true
	m.InviteOutside(invitetest.Ada, "the viewer")
	state, err := m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), adopting)
	invitetest.Same(t, "error", err, nil)
	invitetest.Same(t, "grant", state.Grant, "viewer")
	m.ExpectMails(t, 0)
	m.FailAlways(invitetest.OnResolve, invite.ErrForbidden)
	if _, err := m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), adopting); !errors.Is(err, invite.ErrForbidden) {
		t.Errorf("error: %v, want that the grants could not be compared", err)
	}
	invitetest.Same(t, "acceptable", strings.Join(m.Acceptable(), ", "), "the viewer for "+invitetest.Ada)
}

// A person who was recorded without an invitation has the member's id, or the address where ids are secret.
func TestAdoptMember(t *testing.T) {
	t.Parallel()
	for secret, want := range map[bool]string{false: "user-" + invitetest.Ada, true: invitetest.Ada} {
		m := invitetest.New()
		m.SecretIDs = secret
		m.Join(invitetest.Ada, "editor")
		state, err := m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor("Ada@example.com", "viewer"), adopting)
		invitetest.Same(t, "error", err, nil)
		invitetest.Same(t, "id", state.ID, want)
		invitetest.Same(t, "member", state.MemberID, "user-"+invitetest.Ada)
		invitetest.Same(t, "status", state.Status, invite.Accepted)
		m.ExpectRequests(t, "invites=1 members=1")
	}
}

// The one that differs is revoked first; then the person must not be left without a word.
func TestAdoptTellsThatItRevoked(t *testing.T) {
	t.Parallel()
	for _, meaning := range []error{invite.ErrRefused, invite.ErrForbidden, invite.ErrUncertain, invite.ErrExists} {
		m := invitetest.New()
		m.InviteOutside(invitetest.Ada, "editor")
		m.Fail(invitetest.OnSend, meaning)
		if meaning == invite.ErrUncertain {
			m.During(invitetest.OnRevoke, func() { m.FailAlways(invitetest.OnInvites, invite.ErrForbidden) })
		}
		_, err := m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), adopting)
		withdrawn := invitetest.ErrorAs[*invite.Withdrawn](t, err)
		if !strings.Contains(withdrawn.Invitation, "inv-a") || !errors.Is(err, meaning) {
			t.Errorf("%v: %q, %v", meaning, withdrawn.Invitation, err)
		}
		m.ExpectMails(t, 0)
	}
}

// A member whom somebody invited all the same is recorded: a mail would be one for nothing.
func TestAdoptMemberWhoIsInvited(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.Join(invitetest.Ada, "viewer")
	m.InviteOutside(invitetest.Ada, "editor")
	state, err := m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), adopting)
	invitetest.Same(t, "error", err, nil)
	invitetest.Same(t, "status", state.Status, invite.Accepted)
	m.ExpectRequests(t, "invites=1 members=1 revoke=1")
	m.ExpectMails(t, 0)
}

// What happens to an invitation while it is being replaced.
func TestAdoptRaces(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		meanwhile func(*invitetest.Platform)
		requests  string
		status    invite.Status // "" is an error
	}{
		"accepted": {func(m *invitetest.Platform) { m.Accept(invitetest.Ada) }, "invites=1 members=2 revoke=1", invite.Accepted},
		"revoked":  {func(m *invitetest.Platform) { m.RevokeOutside(invitetest.Ada) }, "invites=1 members=2 revoke=1", ""},
		"accepted, members may not listed": {func(m *invitetest.Platform) {
			m.Accept(invitetest.Ada)
			m.FailAlways(invitetest.OnMembers, invite.ErrForbidden)
		}, "invites=1 members=2 revoke=1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			m.InviteOutside(invitetest.Ada, "editor")
			m.During(invitetest.OnRevoke, func() { c.meanwhile(m) })
			state, err := m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), adopting)
			invitetest.Same(t, "status", state.Status, c.status)
			invitetest.Same(t, "failed", err != nil, c.status == "")
			m.ExpectRequests(t, c.requests)
			m.ExpectMails(t, 0)
		})
	}
}
