package invite

import (
	"testing"
	"testing/synctest"
	"time"
)

// The lists are read one after the other, or at once where the platform makes that safe.
func TestMeetReadsBothLists(t *testing.T) {
	t.Parallel()
	for hasty, want := range map[bool]time.Duration{false: 2 * time.Second, true: time.Second} {
		synctest.Test(t, func(t *testing.T) {
			m := newMemory()
			m.hasty = hasty
			m.during(onInvites, func() { time.Sleep(time.Second) })
			m.during(onMembers, func() { time.Sleep(time.Second) })
			s, begun := m.service(), time.Now()
			for range 3 {
				_, err := s.Meet(t.Context(), acme, ada)
				same(t, "error", err, nil)
			}
			same(t, "time", time.Since(begun), want)
			m.requested(t, "invites=1 members=1")
		})
	}
}

// One who accepts between two lists that are read at once is in neither. The platform knows better, and is heard.
func TestMeetBetweenTheLists(t *testing.T) {
	t.Parallel()
	for name, policies := range map[string]Policies{"without the flag": {}, "adopt_existing": {AdoptExisting: true}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := newMemory()
				m.hasty, m.refuses, m.drops = true, true, []Status{Accepted}
				m.invited(ada, "viewer")
				m.during(onInvites, func() {
					time.Sleep(time.Second)
					m.accept(ada)
				})
				record, err := m.service().Create(t.Context(), acme, orderFor(ada, "viewer"), policies)
				if policies.AdoptExisting {
					same(t, "error", err, nil)
					same(t, "status", record.Status, Accepted)
				} else {
					same(t, "member", fails[*Exists[role]](t, err).Member.Email, ada)
				}
				m.mailed(t, 0)
				m.requested(t, "invites=2 members=2 send=1")
			})
		})
	}
}

// Nobody is gone by a list of members that was asked for before the invitations arrived.
func TestReadBesideOlderMembers(t *testing.T) {
	t.Parallel()
	for name, look := range map[string]func(*testing.T, *memory, *Service[role]){
		"read at once": func(t *testing.T, m *memory, s *Service[role]) {
			m.during(onInvites, func() {
				time.Sleep(time.Second)
				m.accept(ada)
			})
			_, err := s.Meet(t.Context(), acme, "bob@example.com")
			same(t, "error", err, nil)
		},
		"slow to arrive": func(t *testing.T, m *memory, s *Service[role]) {
			m.before(onMembers, func() { time.Sleep(time.Second) })
			go func() {
				_, err := s.Members(t.Context(), acme)
				same(t, "error", err, nil)
			}()
			synctest.Wait()
			m.accept(ada)
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := newMemory()
				m.drops = []Status{Accepted}
				record := m.sentTo(t, ada)
				m.hasty = true
				s := m.service()
				look(t, m, s)
				now, present, err := s.Read(t.Context(), record, Policies{})
				same(t, "error", err, nil)
				same(t, "present", present, true)
				same(t, "status", now.Status, Accepted)
				m.requested(t, "invites=1 members=2")
			})
		})
	}
}
