// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

func TestCreate(t *testing.T) {
	t.Parallel()
	for name, shape := range invitetest.Platforms {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			shape(m)
			state, err := m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor("Ada@Example.com", "viewer"), invite.Policies{})
			if err != nil {
				t.Fatal(err)
			}
			invitetest.Same(t, "spelling", state.Email, "Ada@Example.com")
			invitetest.Same(t, "id", state.ID, m.Last(invitetest.Ada).ID)
			invitetest.Same(t, "status", state.Status, invite.Pending)
			invitetest.Same(t, "sent", state.Sent, true)
			invitetest.Same(t, "organization", state.Organization, invitetest.Acme)
			m.ExpectRequests(t, "invites=1 members=1 send=1")
			m.ExpectMails(t, 1)
		})
	}
}

func TestCreateRemembersWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.AnswersInCapitals = true
	state, err := m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{})
	invitetest.Same(t, "error", err, nil)
	invitetest.Same(t, "grant", state.Grant, "viewer")
}

// A look-up that fails means that nothing may be sent, but for members that may not be listed.
func TestCreateLooksFirst(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		at      invitetest.Operation
		meaning error
		mails   int
	}{
		"invitations forbidden": {invitetest.OnInvites, invite.ErrForbidden, 0},
		"invitations uncertain": {invitetest.OnInvites, invite.ErrUncertain, 0},
		"invitations refused":   {invitetest.OnInvites, invite.ErrRefused, 0},
		"members forbidden":     {invitetest.OnMembers, invite.ErrForbidden, 1},
		"members uncertain":     {invitetest.OnMembers, invite.ErrUncertain, 0},
		"members refused":       {invitetest.OnMembers, invite.ErrRefused, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			m.FailAlways(c.at, c.meaning)
			_, err := m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{AdoptExisting: true})
			m.ExpectMails(t, c.mails)
			invitetest.Same(t, "failed", err != nil, c.mails == 0)
			if err != nil && !errors.Is(err, c.meaning) {
				t.Errorf("error: %v, want %v", err, c.meaning)
			}
		})
	}
}

// A refused invitation leaves nothing behind, and hinders nobody.
func TestCreateRefused(t *testing.T) {
	t.Parallel()
	for _, meaning := range []error{invite.ErrRefused, invite.ErrForbidden, invite.ErrGone} {
		m := invitetest.New()
		service := m.NewService()
		m.Fail(invitetest.OnSend, meaning)
		state, err := service.Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{})
		if !errors.Is(err, meaning) || !reflect.DeepEqual(state, invite.State[invitetest.Role]{}) {
			t.Errorf("%v: got %v, %v", meaning, state, err)
		}
		m.ExpectRequests(t, "invites=1 members=1 send=1")
		if _, err := service.Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{}); err != nil {
			t.Errorf("after %v: %v", meaning, err)
		}
		m.ExpectMails(t, 1)
	}
}

// The platform says "already exists" although the look-up found nothing: what
// appeared meanwhile is treated by the same policy.
func TestCreateOvertaken(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		meanwhile func(*invitetest.Platform)
		adopt     bool
		requests  string
		mails     int
		status    invite.Status // "" is an error
	}{
		"by the same":                 {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer") }, false, "invites=2 members=1 send=1", 0, ""},
		"by the same, adopted":        {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer") }, true, "invites=2 members=1 send=1", 0, invite.Pending},
		"by another, adopted":         {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "editor") }, true, "invites=2 members=2 send=2 revoke=1", 1, invite.Pending},
		"by becoming member":          {func(m *invitetest.Platform) { m.Join(invitetest.Ada, "viewer") }, false, "invites=2 members=2 send=1", 0, ""},
		"by becoming member, adopted": {func(m *invitetest.Platform) { m.Join(invitetest.Ada, "viewer") }, true, "invites=2 members=2 send=1", 0, invite.Accepted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			m.RefusesExisting = true
			m.During(invitetest.OnSend, func() { c.meanwhile(m) })
			state, err := m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{AdoptExisting: c.adopt})
			invitetest.Same(t, "status", state.Status, c.status)
			m.ExpectRequests(t, c.requests)
			m.ExpectMails(t, c.mails)
			if c.status == "" {
				exists := invitetest.ErrorAs[*invite.Exists[invitetest.Role]](t, err)
				invitetest.Same(t, "something exists", exists.Invite != nil || exists.Member != nil, true)
			}
		})
	}
}

// What the platform minds and nobody can see is an error, and sent once only.
func TestCreateExistsInvisibly(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.FailAlways(invitetest.OnSend, invite.ErrExists)
	_, err := m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{AdoptExisting: true})
	exists := invitetest.ErrorAs[*invite.Exists[invitetest.Role]](t, err)
	if exists.Err == nil || exists.Invite != nil || exists.Member != nil || !errors.Is(err, invite.ErrExists) {
		t.Errorf("error: %#v", exists)
	}
	m.ExpectRequests(t, "invites=2 members=2 send=1")
}

// An expired invitation neither blocks nor is adopted, also where the platform minds it.
func TestCreateBesideAnExpiredOne(t *testing.T) {
	t.Parallel()
	for _, jealous := range []bool{false, true} {
		m := invitetest.New()
		m.RefusesExisting, m.RefusesExpired = true, jealous
		m.InviteOutside(invitetest.Ada, "viewer")
		m.Expire(invitetest.Ada)
		state, err := m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{AdoptExisting: true})
		if err != nil || state.ID != "inv-b" || state.Status != invite.Pending {
			t.Errorf("jealous %t: %v, %v", jealous, state, err)
		}
		m.ExpectMails(t, 1)
	}
}

// Somebody else may clear it away first.
func TestCreateBesideAnExpiredOneThatGoes(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.RefusesExisting, m.RefusesExpired = true, true
	m.InviteOutside(invitetest.Ada, "viewer")
	m.Expire(invitetest.Ada)
	m.During(invitetest.OnRevoke, func() { m.RevokeOutside(invitetest.Ada) })
	_, err := m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{})
	invitetest.Same(t, "error", err, nil)
	m.ExpectMails(t, 1)
}
