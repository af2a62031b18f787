package invite

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// lostAnswer is a create whose answer got lost, in a bubble of its own time.
func lostAnswer(t *testing.T, m *memory) (record Record[role], took time.Duration, err error) {
	t.Helper()
	began := time.Now()
	record, err = m.service().Create(t.Context(), acme, orderFor(ada, "viewer"), Policies{})
	return record, time.Since(began), err
}

func TestLostAnswer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		arrange  func(*memory)
		found    string // the id of what is taken over; "" is an error
		looked   bool   // the error says that the organization was looked at
		requests string
		mails    int
		took     time.Duration
	}{
		"but it was sent":              {func(m *memory) { m.lose(onSend) }, "inv-a", false, "invites=2 members=1 send=1", 1, 0},
		"and it shows later":           {func(m *memory) { m.fail(onSend, ErrUncertain); m.onLook(3, func() { m.invited(ada, "viewer") }) }, "inv-a", false, "invites=3 members=1 send=1", 0, LookAgainDelay},
		"and it was not sent":          {func(m *memory) { m.fail(onSend, ErrUncertain) }, "", true, "invites=3 members=1 send=1", 0, LookAgainDelay},
		"and nobody can look any more": {func(m *memory) { m.lose(onSend); m.during(onSend, func() { m.forbid(onInvites, ErrForbidden) }) }, "", false, "invites=2 members=1 send=1", 1, 0},
		"and another one appeared":     {func(m *memory) { m.fail(onSend, ErrUncertain); m.during(onSend, func() { m.invited(ada, "editor") }) }, "", true, "invites=3 members=1 send=1", 0, LookAgainDelay},
		"and somebody else was invited": {func(m *memory) {
			m.fail(onSend, ErrUncertain)
			m.during(onSend, func() { m.invited("bob@example.com", "viewer") })
		}, "", true, "invites=3 members=1 send=1", 0, LookAgainDelay},
		"and one was revoked meanwhile": {func(m *memory) {
			m.fail(onSend, ErrUncertain)
			m.during(onSend, func() { m.invited(ada, "viewer"); m.withdraw(ada) })
		}, "", true, "invites=3 members=1 send=1", 0, LookAgainDelay},
		"beside an expired one":           {func(m *memory) { m.invited(ada, "viewer"); m.expire(ada); m.fail(onSend, ErrUncertain) }, "", true, "invites=3 members=1 send=1", 0, LookAgainDelay},
		"but it was sent, and is spelled": {func(m *memory) { m.shouts = true; m.lose(onSend) }, "inv-a", false, "invites=2 members=1 send=1", 1, 0},
		"but it was accepted at once":     {func(m *memory) { m.lose(onSend); m.onLook(2, func() { m.accept(ada) }) }, "inv-a", false, "invites=2 members=1 send=1", 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := newMemory()
				c.arrange(m)
				record, took, err := lostAnswer(t, m)
				same(t, "taken over", record.ID, c.found)
				same(t, "took", took, c.took)
				m.requested(t, c.requests)
				m.mailed(t, c.mails)
				if c.found == "" {
					lost := fails[*Lost](t, err)
					same(t, "looked", lost.Look == nil, c.looked)
					same(t, "uncertain", errors.Is(err, ErrUncertain), true)
				} else {
					same(t, "error", err, nil)
					same(t, "sent", record.Sent, true)
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
			m := newMemory()
			ctx, interrupt := context.WithCancel(t.Context())
			m.during(onSend, func() {
				if went {
					m.invited(ada, "viewer")
				}
				interrupt()
			})
			record, err := m.service().Create(ctx, acme, orderFor(ada, "viewer"), Policies{})
			same(t, "found", record.ID == "inv-a", went)
			if !went {
				fails[*Lost](t, err)
			}
		})
	}
}

// Interrupting ends the wait for the second look at once.
func TestInterruptedWhileLooking(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		m.fail(onSend, ErrUncertain)
		ctx, interrupt := context.WithTimeout(t.Context(), LookAgainDelay/2)
		defer interrupt()
		began := time.Now()
		_, err := m.service().Create(ctx, acme, orderFor(ada, "viewer"), Policies{})
		same(t, "took", time.Since(began), LookAgainDelay/2)
		if lost := fails[*Lost](t, err); !errors.Is(lost.Look, context.DeadlineExceeded) {
			t.Errorf("look: %v", lost.Look)
		}
		m.requested(t, "invites=2 members=1 send=1")
	})
}

// However many resources name a person, and however they spell the address: one mail,
// and the others say which invitation they met.
func TestOneAddressManyResources(t *testing.T) {
	t.Parallel()
	for name, policies := range map[string]Policies{"plain": {}, "adopting": adopting} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := newMemory()
				m.during(onSend, func() { <-time.After(time.Second) }) // time for the others to overtake
				service := m.service()
				var wait sync.WaitGroup
				errs := make(chan error, 8)
				for i := range cap(errs) {
					wait.Go(func() {
						_, err := service.Create(t.Context(), acme, orderFor([]string{ada, "ADA@example.com"}[i%2], role([]string{"viewer", "editor"}[i/4])), policies)
						errs <- err
					})
				}
				wait.Wait()
				close(errs)
				m.mailed(t, 1)
				m.requested(t, "invites=1 members=1 send=1")
				sent := 0
				for err := range errs {
					if err == nil {
						sent++
						continue
					}
					met := fails[*Exists[role]](t, err)
					if !met.SentNow || met.Invite == nil || met.Invite.ID != "inv-a" {
						t.Errorf("met %+v", met)
					}
				}
				same(t, "sent", sent, 1)
			})
		})
	}
}

// Also when the platform has lost sight of what was sent, or the person has accepted it meanwhile.
func TestOneAddressAfterTheListChanged(t *testing.T) {
	t.Parallel()
	for name, meanwhile := range map[string]func(*memory){
		"accepted": func(m *memory) { m.accept(ada) },
		"hidden":   func(m *memory) { m.drops = []Status{Pending} },
		"revoked":  func(m *memory) { m.withdraw(ada) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			service := m.service()
			if _, err := service.Create(t.Context(), acme, orderFor(ada, "viewer"), Policies{}); err != nil {
				t.Fatal(err)
			}
			meanwhile(m)
			service.Invalidate(acme)
			_, err := service.Create(t.Context(), acme, orderFor(ada, "viewer"), adopting)
			if met := fails[*Exists[role]](t, err); !met.SentNow || met.Invite == nil {
				t.Errorf("met %+v", met)
			}
			m.mailed(t, 1)
		})
	}
}
