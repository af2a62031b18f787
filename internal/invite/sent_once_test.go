// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// lostAnswer is a create whose answer got lost, in a bubble of its own time.
func lostAnswer(t *testing.T, m *invitetest.Platform) (state invite.State[invitetest.Role], took time.Duration, err error) {
	t.Helper()
	began := time.Now()
	state, err = m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{})
	return state, time.Since(began), err
}

func TestLostAnswer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		arrange  func(*invitetest.Platform)
		found    string // the id of what is taken over; "" is an error
		looked   bool   // the error says that the organization was looked at
		requests string
		mails    int
		took     time.Duration
	}{
		"but it was sent": {func(m *invitetest.Platform) { m.LoseAnswer(invitetest.OnSend) }, "inv-a", false, "invites=2 members=1 send=1", 1, 0},
		"and it shows later": {func(m *invitetest.Platform) {
			m.Fail(invitetest.OnSend, invite.ErrUncertain)
			m.OnInvites(3, func() { m.InviteOutside(invitetest.Ada, "viewer") })
		}, "inv-a", false, "invites=3 members=1 send=1", 0, invite.LookAgainDelay},
		"and it was not sent": {func(m *invitetest.Platform) { m.Fail(invitetest.OnSend, invite.ErrUncertain) }, "", true, "invites=3 members=1 send=1", 0, invite.LookAgainDelay},
		"and nobody can look any more": {func(m *invitetest.Platform) {
			m.LoseAnswer(invitetest.OnSend)
			m.During(invitetest.OnSend, func() { m.FailAlways(invitetest.OnInvites, invite.ErrForbidden) })
		}, "", false, "invites=2 members=1 send=1", 1, 0},
		"and another one appeared": {func(m *invitetest.Platform) {
			m.Fail(invitetest.OnSend, invite.ErrUncertain)
			m.During(invitetest.OnSend, func() { m.InviteOutside(invitetest.Ada, "editor") })
		}, "", true, "invites=3 members=1 send=1", 0, invite.LookAgainDelay},
		"and somebody else was invited": {func(m *invitetest.Platform) {
			m.Fail(invitetest.OnSend, invite.ErrUncertain)
			m.During(invitetest.OnSend, func() { m.InviteOutside("bob@example.com", "viewer") })
		}, "", true, "invites=3 members=1 send=1", 0, invite.LookAgainDelay},
		"and one was revoked meanwhile": {func(m *invitetest.Platform) {
			m.Fail(invitetest.OnSend, invite.ErrUncertain)
			m.During(invitetest.OnSend, func() { m.InviteOutside(invitetest.Ada, "viewer"); m.RevokeOutside(invitetest.Ada) })
		}, "", true, "invites=3 members=1 send=1", 0, invite.LookAgainDelay},
		"beside an expired one": {func(m *invitetest.Platform) {
			m.InviteOutside(invitetest.Ada, "viewer")
			m.Expire(invitetest.Ada)
			m.Fail(invitetest.OnSend, invite.ErrUncertain)
		}, "", true, "invites=3 members=1 send=1", 0, invite.LookAgainDelay},
		"but it was sent, and is spelled": {func(m *invitetest.Platform) { m.AnswersInCapitals = true; m.LoseAnswer(invitetest.OnSend) }, "inv-a", false, "invites=2 members=1 send=1", 1, 0},
		"but it was accepted at once": {func(m *invitetest.Platform) {
			m.LoseAnswer(invitetest.OnSend)
			m.OnInvites(2, func() { m.Accept(invitetest.Ada) })
		}, "inv-a", false, "invites=2 members=1 send=1", 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := invitetest.New()
				c.arrange(m)
				state, took, err := lostAnswer(t, m)
				invitetest.Same(t, "taken over", state.ID, c.found)
				invitetest.Same(t, "took", took, c.took)
				m.ExpectRequests(t, c.requests)
				m.ExpectMails(t, c.mails)
				if c.found == "" {
					lost := invitetest.ErrorAs[*invite.Lost](t, err)
					invitetest.Same(t, "looked", lost.Look == nil, c.looked)
					invitetest.Same(t, "uncertain", errors.Is(err, invite.ErrUncertain), true)
				} else {
					invitetest.Same(t, "error", err, nil)
					invitetest.Same(t, "sent", state.Sent, true)
				}
			})
		})
	}
}

// An interrupted create looks once more, so that what went out is remembered.
func TestInterruptedWhileSending(t *testing.T) {
	t.Parallel()
	for _, went := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			m := invitetest.New()
			ctx, interrupt := context.WithCancel(t.Context())
			m.During(invitetest.OnSend, func() {
				if went {
					m.InviteOutside(invitetest.Ada, "viewer")
				}
				interrupt()
			})
			state, err := m.NewService().Create(ctx, invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{})
			invitetest.Same(t, "found", state.ID == "inv-a", went)
			if !went {
				invitetest.ErrorAs[*invite.Lost](t, err)
			}
		})
	}
}

// Interrupting ends the wait for the second look at once.
func TestInterruptedWhileLooking(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := invitetest.New()
		m.Fail(invitetest.OnSend, invite.ErrUncertain)
		ctx, interrupt := context.WithTimeout(t.Context(), invite.LookAgainDelay/2)
		defer interrupt()
		began := time.Now()
		_, err := m.NewService().Create(ctx, invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{})
		invitetest.Same(t, "took", time.Since(began), invite.LookAgainDelay/2)
		if lost := invitetest.ErrorAs[*invite.Lost](t, err); !errors.Is(lost.Look, context.DeadlineExceeded) {
			t.Errorf("look: %v", lost.Look)
		}
		m.ExpectRequests(t, "invites=2 members=1 send=1")
	})
}

// However many resources name a person, and however they spell the address: one mail,
// and the others say which invitation exists.
func TestOneAddressManyResources(t *testing.T) {
	t.Parallel()
	for name, policies := range map[string]invite.Policies{"plain": {}, "adopting": adopting} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := invitetest.New()
				m.During(invitetest.OnSend, func() { <-time.After(time.Second) }) // time for the others to overtake
				service := m.NewService()
				var wait sync.WaitGroup
				errs := make(chan error, 8)
				for i := range cap(errs) {
					wait.Go(func() {
						_, err := service.Create(t.Context(), invitetest.Acme, invitetest.RequestFor([]string{invitetest.Ada, "ADA@example.com"}[i%2], invitetest.Role([]string{"viewer", "editor"}[i/4])), policies)
						errs <- err
					})
				}
				wait.Wait()
				close(errs)
				m.ExpectMails(t, 1)
				m.ExpectRequests(t, "invites=1 members=1 send=1")
				sent := 0
				for err := range errs {
					if err == nil {
						sent++
						continue
					}
					exists := invitetest.ErrorAs[*invite.Exists[invitetest.Role]](t, err)
					if !exists.SentNow || exists.Invite == nil || exists.Invite.ID != "inv-a" {
						t.Errorf("exists %+v", exists)
					}
				}
				invitetest.Same(t, "sent", sent, 1)
			})
		})
	}
}

// Also when the platform has lost sight of what was sent, or the person has accepted it meanwhile.
func TestOneAddressAfterTheListChanged(t *testing.T) {
	t.Parallel()
	for name, meanwhile := range map[string]func(*invitetest.Platform){
		"accepted": func(m *invitetest.Platform) { m.Accept(invitetest.Ada) },
		"hidden":   func(m *invitetest.Platform) { m.Unlisted = []invite.Status{invite.Pending} },
		"revoked":  func(m *invitetest.Platform) { m.RevokeOutside(invitetest.Ada) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			service := m.NewService()
			if _, err := service.Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{}); err != nil {
				t.Fatal(err)
			}
			meanwhile(m)
			service.Invalidate(invitetest.Acme)
			_, err := service.Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), adopting)
			if exists := invitetest.ErrorAs[*invite.Exists[invitetest.Role]](t, err); !exists.SentNow || exists.Invite == nil {
				t.Errorf("exists %+v", exists)
			}
			m.ExpectMails(t, 1)
		})
	}
}
