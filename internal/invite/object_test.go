package invite

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// replaced plays create_before_destroy: the successor of an object is created, and destroying the object fails. It
// returns what Terraform keeps as the deposed object, and the successor.
func replaced(t *testing.T, m *memory, prior Record[role], grant role, policies Policies) (deposed, successor Record[role]) {
	t.Helper()
	s := m.service()
	successor, err := s.Create(t.Context(), acme, orderFor(ada, grant), policies)
	if err != nil {
		t.Fatal(err)
	}
	m.fail(onRevoke, ErrForbidden)
	prior.Object = s.Ending(prior) // Terraform plans the destroy of a deposed object while it applies
	if _, err := s.Delete(t.Context(), prior, policies); err == nil {
		m.recover() // what is left of it was gone already
	}
	prior.Object = s.Ending(prior)
	return prior, successor
}

// A deposed object ends its own invitation only, and removes nobody: the successor's stays.
func TestDeposed(t *testing.T) {
	t.Parallel()
	for platform, shape := range platforms {
		for name, c := range map[string]struct {
			expired bool
			grant   role
			accepts bool
		}{
			"renewed":                         {true, "viewer", false},
			"renewed, then accepted":          {true, "viewer", true},
			"changed, adopting":               {false, "editor", false},
			"changed, adopting, and accepted": {false, "editor", true},
			"adopted as it is":                {false, "viewer", false},
		} {
			t.Run(platform+"/"+name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					m := newMemory()
					m.manages = true
					shape(m)
					policies := Policies{AdoptExisting: true, ManageMembership: true}
					prior := m.sentTo(t, ada)
					if c.expired {
						<-time.After(2 * week)
						prior.Status = Expired
					}
					deposed, successor := replaced(t, m, prior, c.grant, policies)
					same(t, "superseded", deposed.Object.Superseded, true)
					if c.accepts {
						m.accept(ada)
					}

					// The next run refreshes the deposed object first, and destroys it.
					plan := m.service()
					now, present, err := read(t, plan, deposed, policies)
					same(t, "error", err, nil)
					if present {
						now.Object = plan.Ending(now)
						_, err := m.service().Delete(t.Context(), now, policies)
						same(t, "error", err, nil)
					}

					kept, present, err := read(t, m.service(), successor, policies)
					same(t, "error", err, nil)
					same(t, "the successor is there", present, true)
					same(t, "its status", kept.Status, map[bool]Status{false: Pending, true: Accepted}[c.accepts])
					same(t, "members", len(m.at(acme).Members) == 1, c.accepts)
					same(t, "open invitations", len(m.outstanding()) == 1, !c.accepts)
				})
			})
		}
	}
}

// Terraform may be interrupted before it destroys what was replaced. Then the deposed object does not know of its
// successor, but the plan and the apply see both.
func TestDeposedByAnInterruptedRun(t *testing.T) {
	t.Parallel()
	for name, order := range map[string]func(plan *Service[role], deposed, successor func(*Service[role])){
		"successor first": func(plan *Service[role], deposed, successor func(*Service[role])) { successor(plan); deposed(plan) },
		"deposed first":   func(plan *Service[role], deposed, successor func(*Service[role])) { deposed(plan); successor(plan) },
	} {
		for platform, shape := range platforms {
			t.Run(platform+"/"+name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					m := newMemory()
					shape(m)
					old := m.sentTo(t, ada)
					policies := Policies{AdoptExisting: true}
					successor, err := m.service().Create(t.Context(), acme, orderFor(ada, "editor"), policies)
					same(t, "error", err, nil)
					now, present := old, true
					plan := m.service()
					order(plan, func(s *Service[role]) {
						now, present, err = read(t, s, old, policies)
						same(t, "error", err, nil)
					}, func(s *Service[role]) {
						_, there, err := read(t, s, successor, policies)
						same(t, "error", err, nil)
						same(t, "the successor is there", there, true)
					})
					if present {
						apply := m.service()
						now.Object = apply.Ending(now)
						go apply.Track(successor) // unchanged resources are planned while applying, in any order
						_, err = apply.Delete(t.Context(), now, policies)
						same(t, "error", err, nil)
					}
					same(t, "open", strings.Join(m.outstanding(), ", "), "editor for "+ada)
				})
			})
		}
	}
}

// Destroying one of two objects that share an invitation leaves it to the other. Destroying both ends it.
func TestDestroySharedInvitation(t *testing.T) {
	t.Parallel()
	for name, both := range map[string]bool{"one": false, "both": true} {
		for platform, shape := range platforms {
			t.Run(platform+"/"+name, func(t *testing.T) {
				t.Parallel()
				m := newMemory()
				shape(m)
				first := m.sentTo(t, ada)
				second, err := m.service().Create(t.Context(), acme, orderFor(ada, "viewer"), Policies{AdoptExisting: true})
				same(t, "error", err, nil)

				plan := m.service()
				plan.Track(first)
				plan.Track(second)
				first.Object, second.Object = plan.Ending(first), plan.Ending(second)
				apply := m.service()
				warnings, err := apply.Delete(t.Context(), first, Policies{})
				same(t, "error", err, nil)
				if len(warnings) != 1 || !strings.Contains(warnings[0].Summary, "stays: another resource manages it") {
					t.Errorf("warnings: %v", warnings)
				}
				if both {
					warnings, err = apply.Delete(t.Context(), second, Policies{})
					same(t, "error", err, nil)
					same(t, "warnings", len(warnings), 0)
				}
				same(t, "open", len(m.outstanding()) == 1, !both)
			})
		}
	}
}

// The same for a managed member.
func TestDestroySharedMembership(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.manages = true
	managed := Policies{ManageMembership: true, AdoptExisting: true}
	m.join(ada, "viewer")
	var records [2]Record[role]
	for i := range records {
		var err error
		records[i], err = m.service().Create(t.Context(), acme, orderFor(ada, "viewer"), managed)
		same(t, "error", err, nil)
	}
	plan := m.service()
	for i := range records {
		plan.Track(records[i])
	}
	apply := m.service()
	for i, left := range []int{1, 0} {
		records[i].Object = plan.Ending(records[i])
		_, err := apply.Delete(t.Context(), records[i], managed)
		same(t, "error", err, nil)
		same(t, "members", len(m.at(acme).Members), left)
	}
}

// State that an earlier version wrote has whole seconds.
func TestIdentity(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		a, b Identity
		want bool
	}{
		"ids":                      {Identity{ID: "a"}, Identity{ID: "a"}, true},
		"other ids":                {Identity{ID: "a"}, Identity{ID: "b"}, false},
		"times":                    {Identity{CreatedAt: at.Add(123456789)}, Identity{CreatedAt: at.Add(123456000)}, true},
		"times of one second":      {Identity{CreatedAt: at.Add(1e6)}, Identity{CreatedAt: at.Add(5e6)}, false},
		"a whole second":           {Identity{CreatedAt: at}, Identity{CreatedAt: at.Add(5e8)}, true},
		"another whole second":     {Identity{CreatedAt: at}, Identity{CreatedAt: at.Add(15e8)}, false},
		"a time and a later year":  {Identity{CreatedAt: at.Add(1)}, Identity{CreatedAt: at.AddDate(1, 0, 0).Add(1)}, false},
		"nothing and an id":        {Identity{}, Identity{ID: "a"}, false},
		"the same in another zone": {Identity{CreatedAt: at.Add(1e6)}, Identity{CreatedAt: at.Add(1e6).In(time.FixedZone("", 3600))}, true},
	} {
		same(t, name, c.a.Same(c.b), c.want)
	}
}

// A list that lags behind a create does not make an invitation gone.
func TestReadWhileTheListLags(t *testing.T) {
	t.Parallel()
	for platform, shape := range platforms {
		for name, c := range map[string]struct {
			lags     int
			age      time.Duration
			gone     bool
			warnings int
			requests string
		}{
			"one list":         {1, 0, false, 0, "invites=2 members=1"},
			"for a while":      {9, 0, false, 1, "invites=2 members=1"},
			"almost a minute":  {9, 58 * time.Second, false, 1, "invites=2 members=1"},
			"more than that":   {9, time.Minute, true, 0, "invites=1 members=1"},
			"nothing is amiss": {0, 0, false, 0, "invites=1"},
		} {
			t.Run(platform+"/"+name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					m := newMemory()
					shape(m)
					prior := m.justSentTo(t, ada)
					<-time.After(c.age)
					m.lags = c.lags
					reading, err := m.service().Read(t.Context(), prior, Policies{})
					same(t, "error", err, nil)
					same(t, "gone", reading.Gone, c.gone)
					same(t, "warnings", len(reading.Warnings), c.warnings)
					m.requested(t, c.requests)
					m.mailed(t, 0)
				})
			})
		}
	}
}

// One more look serves everybody who is missing.
func TestReadManyWhileTheListLags(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		var sent []Record[role]
		for _, name := range strings.Fields("ada bob cleo") {
			sent = append(sent, m.justSentTo(t, name+"@example.com"))
		}
		m.lags = 9
		s, begun := m.service(), time.Now()
		for _, record := range sent {
			reading, err := s.Read(t.Context(), record, Policies{})
			same(t, "error", err, nil)
			same(t, "warnings", len(reading.Warnings), 1)
		}
		same(t, "time", time.Since(begun), LookAgainDelay)
		m.requested(t, "invites=2 members=2")
	})
}

// A destroy does not fail because a list lags, but it does not claim more than it knows.
func TestDeleteWhileTheListLags(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lags, warnings, open int
	}{"one list": {1, 0, 0}, "for a while": {9, 1, 1}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := newMemory()
				m.secretIDs = true
				prior := m.justSentTo(t, ada)
				m.lags = c.lags
				warnings, err := m.service().Delete(t.Context(), prior, Policies{})
				same(t, "error", err, nil)
				same(t, "warnings", len(warnings), c.warnings)
				same(t, "open", len(m.outstanding()), c.open)
			})
		})
	}
}

// A platform that spells addresses in its own way does not cause a second mail, and is followed.
func TestRewrittenAddress(t *testing.T) {
	t.Parallel()
	const tagged = "ada+terraform@example.com"
	for platform, shape := range platforms {
		t.Run(platform, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			shape(m)
			m.rewrites = true
			s := m.service()
			record, err := s.Create(t.Context(), acme, orderFor(tagged, "viewer"), Policies{})
			same(t, "error", err, nil)
			same(t, "address", record.Email, tagged)
			for _, again := range []string{tagged, strings.ToUpper(tagged), ada} {
				_, err := s.Create(t.Context(), acme, orderFor(again, "viewer"), Policies{})
				same(t, "sent now", fails[*Exists[role]](t, err).SentNow, true)
			}
			m.mailed(t, 1)
			now, present, err := read(t, m.service(), record, Policies{})
			same(t, "error", err, nil)
			same(t, "present", present, true)
			same(t, "status", now.Status, Pending)
			same(t, "address", now.Email, tagged)
			m.accept(ada)
			now, _, err = read(t, m.service(), now, Policies{})
			same(t, "error", err, nil)
			same(t, "status", now.Status, Accepted)
		})
	}
}

// After a lost answer a resend does not send either: the lost one may still arrive.
func TestResendAfterALostAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		s := m.service()
		m.fail(onSend, ErrUncertain)
		_, err := s.Create(t.Context(), acme, orderFor(ada, "viewer"), Policies{})
		fails[*Lost](t, err)
		m.invited(ada, "viewer")
		s.Invalidate(acme)
		_, err = s.Resend(t.Context(), acme, ada)
		if !errors.As(err, new(*Lost)) {
			t.Errorf("error: %v", err)
		}
		m.mailed(t, 0)
	})
}
