// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// replaced plays create_before_destroy: the successor of an object is created, and destroying the object fails. It
// returns what Terraform keeps as the deposed object, and the successor.
func replaced(t *testing.T, m *invitetest.Platform, prior invite.State[invitetest.Role], grant invitetest.Role, policies invite.Policies) (deposed, successor invite.State[invitetest.Role]) {
	t.Helper()
	s := m.NewService()
	successor, err := s.Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, grant), policies)
	if err != nil {
		t.Fatal(err)
	}
	m.Fail(invitetest.OnRevoke, invite.ErrForbidden)
	prior.Object = s.Ending(prior) // Terraform plans the destroy of a deposed object while it applies
	if _, err := s.Delete(t.Context(), prior, policies); err == nil {
		m.Recover() // what is left of it was gone already
	}
	prior.Object = s.Ending(prior)
	return prior, successor
}

// A deposed object ends its own invitation only, and removes nobody: the successor's stays.
func TestDeposed(t *testing.T) {
	t.Parallel()
	for platform, shape := range invitetest.Platforms {
		for name, c := range map[string]struct {
			expired bool
			grant   invitetest.Role
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
					m := invitetest.New()
					m.ManagesMembers = true
					shape(m)
					policies := invite.Policies{AdoptExisting: true, ManageMembership: true}
					prior := m.SentTo(t, invitetest.Ada)
					if c.expired {
						<-time.After(2 * invitetest.Week)
						prior.Status = invite.Expired
					}
					deposed, successor := replaced(t, m, prior, c.grant, policies)
					invitetest.Same(t, "superseded", deposed.Object.Superseded, true)
					if c.accepts {
						m.Accept(invitetest.Ada)
					}

					// The next run refreshes the deposed object first, and destroys it.
					plan := m.NewService()
					now, present, err := invitetest.Read(t, plan, deposed, policies)
					invitetest.Same(t, "error", err, nil)
					if present {
						now.Object = plan.Ending(now)
						_, err := m.NewService().Delete(t.Context(), now, policies)
						invitetest.Same(t, "error", err, nil)
					}

					kept, present, err := invitetest.Read(t, m.NewService(), successor, policies)
					invitetest.Same(t, "error", err, nil)
					invitetest.Same(t, "the successor is there", present, true)
					invitetest.Same(t, "its status", kept.Status, map[bool]invite.Status{false: invite.Pending, true: invite.Accepted}[c.accepts])
					invitetest.Same(t, "members", len(m.Organization(invitetest.Acme).Members) == 1, c.accepts)
					invitetest.Same(t, "open invitations", len(m.Acceptable()) == 1, !c.accepts)
				})
			})
		}
	}
}

// Terraform may be interrupted before it destroys what was replaced. Then the deposed object does not know of its
// successor, but the plan refreshes both, in any order.
func TestDeposedByAnInterruptedRun(t *testing.T) {
	t.Parallel()
	for name, reversed := range map[string]bool{"deposed first": false, "successor first": true} {
		for platform, shape := range invitetest.Platforms {
			t.Run(platform+"/"+name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					m := invitetest.New()
					shape(m)
					policies := invite.Policies{AdoptExisting: true}
					objects := []invite.State[invitetest.Role]{m.SentTo(t, invitetest.Ada)}
					successor, err := m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "editor"), policies)
					invitetest.Same(t, "error", err, nil)
					objects = append(objects, successor)

					plan := m.NewService()
					var refreshes sync.WaitGroup
					gone := make([]bool, len(objects))
					for i := range objects {
						if reversed {
							i = len(objects) - 1 - i
						}
						refreshes.Go(func() {
							reading, err := plan.Read(t.Context(), objects[i], policies)
							invitetest.Same(t, "error", err, nil)
							gone[i] = reading.Gone
						})
						synctest.Wait()
					}
					refreshes.Wait()
					invitetest.Same(t, "the deposed object is gone", gone[0], true)
					invitetest.Same(t, "the successor is gone", gone[1], false)
					invitetest.Same(t, "open", strings.Join(m.Acceptable(), ", "), invitetest.EditorForAda)
				})
			})
		}
	}
}

// A destroy that is planned before the other object was refreshed learns of it in time.
func TestPlanDeleteSettles(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := invitetest.New()
		first := m.SentTo(t, invitetest.Ada)
		second, err := m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{AdoptExisting: true})
		invitetest.Same(t, "error", err, nil)
		plan := m.NewService()
		time.AfterFunc(100*time.Millisecond, func() { plan.Track(second) })
		object, err := plan.PlanDelete(t.Context(), first)
		invitetest.Same(t, "error", err, nil)
		invitetest.Same(t, "planned", object.Destroyed, true)
		invitetest.Same(t, "shared with", object.SharedWith, []string{second.Object.ID})
	})
}

// Destroying one of two objects that share an invitation leaves it to the other. Destroying both ends it.
func TestDestroySharedInvitation(t *testing.T) {
	t.Parallel()
	for name, both := range map[string]bool{"one": false, "both": true} {
		for platform, shape := range invitetest.Platforms {
			t.Run(platform+"/"+name, func(t *testing.T) {
				t.Parallel()
				m := invitetest.New()
				shape(m)
				first := m.SentTo(t, invitetest.Ada)
				second, err := m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{AdoptExisting: true})
				invitetest.Same(t, "error", err, nil)

				plan := m.NewService()
				plan.Track(first)
				plan.Track(second)
				first.Object, second.Object = plan.Ending(first), plan.Ending(second)
				apply := m.NewService()
				warnings, err := apply.Delete(t.Context(), first, invite.Policies{})
				invitetest.Same(t, "error", err, nil)
				if len(warnings) != 1 || !strings.Contains(warnings[0].Summary, "stays: another resource manages it") {
					t.Errorf("warnings: %v", warnings)
				}
				if both {
					warnings, err = apply.Delete(t.Context(), second, invite.Policies{})
					invitetest.Same(t, "error", err, nil)
					invitetest.Same(t, "warnings", len(warnings), 0)
				}
				invitetest.Same(t, "open", len(m.Acceptable()) == 1, !both)
			})
		}
	}
}

// The same for a managed member.
func TestDestroySharedMembership(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.ManagesMembers = true
	managed := invite.Policies{ManageMembership: true, AdoptExisting: true}
	m.Join(invitetest.Ada, "viewer")
	var states [2]invite.State[invitetest.Role]
	for i := range states {
		var err error
		states[i], err = m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), managed)
		invitetest.Same(t, "error", err, nil)
	}
	plan := m.NewService()
	for i := range states {
		plan.Track(states[i])
	}
	apply := m.NewService()
	for i, left := range []int{1, 0} {
		states[i].Object = plan.Ending(states[i])
		_, err := apply.Delete(t.Context(), states[i], managed)
		invitetest.Same(t, "error", err, nil)
		invitetest.Same(t, "members", len(m.Organization(invitetest.Acme).Members), left)
	}
}

// A deposed object does not keep the member of its successor from being removed.
func TestDestroyEverythingWithADeposedObject(t *testing.T) {
	t.Parallel()
	for _, deposedFirst := range []bool{true, false} {
		m := invitetest.New()
		m.ManagesMembers = true
		policies := invite.Policies{AdoptExisting: true, ManageMembership: true}
		deposed, successor := replaced(t, m, m.SentTo(t, invitetest.Ada), "editor", policies)
		m.Accept(invitetest.Ada)
		successor.Status = invite.Accepted

		plan, apply := m.NewService(), m.NewService()
		plan.Track(deposed)
		plan.Track(successor)
		destroyed := []invite.State[invitetest.Role]{deposed, successor}
		if !deposedFirst {
			slices.Reverse(destroyed)
		}
		for _, state := range destroyed {
			state.Object = plan.Ending(state)
			_, err := apply.Delete(t.Context(), state, policies)
			invitetest.Same(t, "error", err, nil)
		}
		invitetest.Same(t, "members", len(m.Organization(invitetest.Acme).Members), 0)
		invitetest.Same(t, "open", len(m.Acceptable()), 0)
	}
}

// State that an earlier version wrote has whole seconds.
func TestIdentity(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		a, b invite.Identity
		want bool
	}{
		"ids":                      {invite.Identity{ID: "a"}, invite.Identity{ID: "a"}, true},
		"other ids":                {invite.Identity{ID: "a"}, invite.Identity{ID: "b"}, false},
		"times":                    {invite.Identity{CreatedAt: at.Add(123456789)}, invite.Identity{CreatedAt: at.Add(123456000)}, true},
		"times of one second":      {invite.Identity{CreatedAt: at.Add(1e6)}, invite.Identity{CreatedAt: at.Add(5e6)}, false},
		"a whole second":           {invite.Identity{CreatedAt: at}, invite.Identity{CreatedAt: at.Add(5e8)}, true},
		"another whole second":     {invite.Identity{CreatedAt: at}, invite.Identity{CreatedAt: at.Add(15e8)}, false},
		"a time and a later year":  {invite.Identity{CreatedAt: at.Add(1)}, invite.Identity{CreatedAt: at.AddDate(1, 0, 0).Add(1)}, false},
		"nothing and an id":        {invite.Identity{}, invite.Identity{ID: "a"}, false},
		"the same in another zone": {invite.Identity{CreatedAt: at.Add(1e6)}, invite.Identity{CreatedAt: at.Add(1e6).In(time.FixedZone("", 3600))}, true},
	} {
		invitetest.Same(t, name, c.a.Same(c.b), c.want)
	}
}

// A list that lags behind a create does not make an invitation gone.
func TestReadWhileTheListLags(t *testing.T) {
	t.Parallel()
	for platform, shape := range invitetest.Platforms {
		for name, c := range map[string]struct {
			Lags     int
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
					m := invitetest.New()
					shape(m)
					prior := m.JustSentTo(t, invitetest.Ada)
					<-time.After(c.age)
					m.Lags = c.Lags
					reading, err := m.NewService().Read(t.Context(), prior, invite.Policies{})
					invitetest.Same(t, "error", err, nil)
					invitetest.Same(t, "gone", reading.Gone, c.gone)
					invitetest.Same(t, "warnings", len(reading.Warnings), c.warnings)
					m.ExpectRequests(t, c.requests)
					m.ExpectMails(t, 0)
				})
			})
		}
	}
}

// One more look serves everybody who is missing.
func TestReadManyWhileTheListLags(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := invitetest.New()
		var sent []invite.State[invitetest.Role]
		for name := range strings.FieldsSeq("ada bob cleo") {
			sent = append(sent, m.JustSentTo(t, name+"@example.com"))
		}
		m.Lags = 9
		s, begun := m.NewService(), time.Now()
		for _, state := range sent {
			reading, err := s.Read(t.Context(), state, invite.Policies{})
			invitetest.Same(t, "error", err, nil)
			invitetest.Same(t, "warnings", len(reading.Warnings), 1)
		}
		invitetest.Same(t, "time", time.Since(begun), invite.LookAgainDelay)
		m.ExpectRequests(t, "invites=2 members=2")
	})
}

// A destroy does not fail because a list lags, but it does not claim more than it knows.
func TestDeleteWhileTheListLags(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		Lags, warnings, open int
	}{"one list": {1, 0, 0}, "for a while": {9, 1, 1}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := invitetest.New()
				m.SecretIDs = true
				prior := m.JustSentTo(t, invitetest.Ada)
				m.Lags = c.Lags
				warnings, err := m.NewService().Delete(t.Context(), prior, invite.Policies{})
				invitetest.Same(t, "error", err, nil)
				invitetest.Same(t, "warnings", len(warnings), c.warnings)
				invitetest.Same(t, "open", len(m.Acceptable()), c.open)
			})
		})
	}
}

// A platform that spells addresses in its own way does not cause a second mail, and is followed.
func TestRewrittenAddress(t *testing.T) {
	t.Parallel()
	const tagged = "ada+terraform@example.com"
	for platform, shape := range invitetest.Platforms {
		t.Run(platform, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			shape(m)
			m.RewritesAddresses = true
			s := m.NewService()
			state, err := s.Create(t.Context(), invitetest.Acme, invitetest.RequestFor(tagged, "viewer"), invite.Policies{})
			invitetest.Same(t, "error", err, nil)
			invitetest.Same(t, "address", state.Email, tagged)
			for _, again := range []string{tagged, strings.ToUpper(tagged), invitetest.Ada} {
				_, err := s.Create(t.Context(), invitetest.Acme, invitetest.RequestFor(again, "viewer"), invite.Policies{})
				invitetest.Same(t, "sent now", invitetest.ErrorAs[*invite.Exists[invitetest.Role]](t, err).SentNow, true)
			}
			m.ExpectMails(t, 1)
			now, present, err := invitetest.Read(t, m.NewService(), state, invite.Policies{})
			invitetest.Same(t, "error", err, nil)
			invitetest.Same(t, "present", present, true)
			invitetest.Same(t, "status", now.Status, invite.Pending)
			invitetest.Same(t, "address", now.Email, tagged)
			m.Accept(invitetest.Ada)
			now, _, err = invitetest.Read(t, m.NewService(), now, invite.Policies{})
			invitetest.Same(t, "error", err, nil)
			invitetest.Same(t, "status", now.Status, invite.Accepted)
		})
	}
}

// After a lost answer a resend does not send either: the lost one may still arrive.
func TestResendAfterALostAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := invitetest.New()
		s := m.NewService()
		m.Fail(invitetest.OnSend, invite.ErrUncertain)
		_, err := s.Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{})
		invitetest.ErrorAs[*invite.Lost](t, err)
		m.InviteOutside(invitetest.Ada, "viewer")
		s.Invalidate(invitetest.Acme)
		_, err = s.Resend(t.Context(), invitetest.Acme, invitetest.Ada)
		if !errors.As(err, new(*invite.Lost)) {
			t.Errorf("error: %v", err)
		}
		m.ExpectMails(t, 0)
	})
}
