package invite

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// What destroying a pending invitation does, by what happened to it.
func TestDelete(t *testing.T) {
	t.Parallel()
	forgetful := func(m *memory) { m.drops = []Status{Accepted, Revoked, Expired} }
	secret := func(m *memory) { m.secretIDs = true }
	for name, c := range map[string]struct {
		shape    func(*memory)
		happened func(*memory)
		stays    bool // a notice says that the person stays a member
		requests string
	}{
		"nothing":                             {nil, func(*memory) {}, false, "revoke=1"},
		"nothing, secret ids":                 {secret, func(*memory) {}, false, "invites=1 revoke=1"},
		"revoked":                             {nil, func(m *memory) { m.withdraw(ada) }, false, "invites=1 members=1 revoke=1"},
		"revoked, list forgets":               {forgetful, func(m *memory) { m.withdraw(ada) }, false, "invites=1 members=1 revoke=1"},
		"revoked, secret ids":                 {secret, func(m *memory) { m.withdraw(ada) }, false, "invites=1 members=1"},
		"revoked, members may not be listed":  {nil, func(m *memory) { m.withdraw(ada); m.forbid(onMembers, ErrForbidden) }, false, "invites=1 members=1 revoke=1"},
		"accepted":                            {nil, func(m *memory) { m.accept(ada) }, true, "invites=1 revoke=1"},
		"accepted, list forgets":              {forgetful, func(m *memory) { m.accept(ada) }, true, "invites=1 members=1 revoke=1"},
		"accepted, secret ids":                {secret, func(m *memory) { m.accept(ada) }, true, "invites=1"},
		"accepted at that moment":             {nil, func(m *memory) { m.during(onRevoke, func() { m.accept(ada) }) }, true, "invites=1 revoke=1"},
		"accepted at that moment, secret ids": {secret, func(m *memory) { m.during(onRevoke, func() { m.accept(ada) }) }, true, "invites=2 revoke=1"},
		"accepted, and the revoke is refused": {nil, func(m *memory) { m.accept(ada); m.fail(onRevoke, ErrRefused) }, true, "invites=1 revoke=1"},
		"sent again":                          {nil, func(m *memory) { m.resend(ada, "editor") }, false, "invites=1 revoke=2"},
		"sent again, secret ids":              {secret, func(m *memory) { m.resend(ada, "editor") }, false, "invites=1 revoke=1"},
		"sent again, and gone by then":        {nil, func(m *memory) { m.resend(ada, "editor"); m.onRevoke(2, func() { m.withdraw(ada) }) }, false, "invites=1 revoke=2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			if c.shape != nil {
				c.shape(m)
			}
			record := m.sentTo(t, ada)
			c.happened(m)
			notices, err := m.service().Delete(t.Context(), record, Policies{})
			same(t, "error", err, nil)
			same(t, "stays", len(notices) == 1, c.stays)
			for _, notice := range notices {
				if told := notice.Summary + notice.Detail; !strings.Contains(told, ada) || !strings.Contains(told, acme) || !strings.Contains(told, m.traits().RemoveAccess) {
					t.Errorf("notice: %q", told)
				}
			}
			m.requested(t, c.requests)
			same(t, "open", len(m.outstanding()), 0)
			same(t, "still a member", len(m.at(acme).Members) == 1, c.stays)
			m.mailed(t, 0)
		})
	}
}

func TestDeleteExpired(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shape    func(*memory)
		requests string
	}{
		"listed":     {func(*memory) {}, "revoke=1"},
		"refused":    {func(m *memory) { m.forbid(onRevoke, ErrRefused) }, "invites=1 revoke=1"},
		"secret ids": {func(m *memory) { m.secretIDs = true }, "invites=1 revoke=1"},
		"forgotten":  {func(m *memory) { m.secretIDs, m.drops = true, []Status{Expired} }, "invites=1 members=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := newMemory()
				c.shape(m)
				record := m.sentTo(t, ada)
				<-time.After(2 * week)
				record.Status = Expired
				notices, err := m.service().Delete(t.Context(), record, Policies{})
				same(t, "error", err, nil)
				same(t, "notices", len(notices), 0)
				m.requested(t, c.requests)
			})
		})
	}
}

// A failure keeps the state: what could not be revoked may still be accepted.
func TestDeleteFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		arrange func(*memory)
		policy  Policies
		want    error
	}{
		"forbidden":                     {func(m *memory) { m.forbid(onRevoke, ErrForbidden) }, Policies{}, ErrForbidden},
		"uncertain":                     {func(m *memory) { m.forbid(onRevoke, ErrUncertain) }, Policies{}, ErrUncertain},
		"refused while pending":         {func(m *memory) { m.forbid(onRevoke, ErrRefused) }, Policies{}, ErrRefused},
		"gone, and no list":             {func(m *memory) { m.withdraw(ada); m.forbid(onInvites, ErrForbidden) }, Policies{}, ErrForbidden},
		"gone, and a failing list":      {func(m *memory) { m.withdraw(ada); m.forbid(onInvites, ErrUncertain) }, Policies{}, ErrUncertain},
		"gone, and failing members":     {func(m *memory) { m.withdraw(ada); m.forbid(onMembers, ErrUncertain) }, Policies{}, ErrUncertain},
		"gone, managed, and no members": {func(m *memory) { m.withdraw(ada); m.forbid(onMembers, ErrForbidden) }, Policies{ManageMembership: true}, ErrForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			record := m.sentTo(t, ada)
			c.arrange(m)
			if _, err := m.service().Delete(t.Context(), record, c.policy); !errors.Is(err, c.want) {
				t.Errorf("error: %v, want %v", err, c.want)
			}
		})
	}
}

// Destroying after acceptance: no request, unless the membership is managed.
func TestDeleteAccepted(t *testing.T) {
	t.Parallel()
	managed := Policies{ManageMembership: true}
	for name, c := range map[string]struct {
		happened func(*memory)
		policies Policies
		notices  int
		failure  error
		requests string
		members  int
	}{
		"not managed":                    {func(*memory) {}, Policies{}, 1, nil, "", 1},
		"managed":                        {func(*memory) {}, managed, 0, nil, "members=1 remove=1", 0},
		"managed, left":                  {func(m *memory) { m.leave(ada) }, managed, 0, nil, "members=1", 0},
		"managed, leaves at that moment": {func(m *memory) { m.during(onRemove, func() { m.leave(ada) }) }, managed, 0, nil, "members=2 remove=1", 0},
		"managed, not found, but there":  {func(m *memory) { m.forbid(onRemove, ErrGone) }, managed, 0, ErrGone, "members=2 remove=1", 1},
		"managed, another address":       {func(m *memory) { m.at(acme).Members[0].Email = "lovelace@example.com" }, managed, 0, nil, "members=1 remove=1", 0},
		"managed, another person has it": {func(m *memory) { m.at(acme).Members[0].ID = "user-other" }, managed, 0, nil, "members=1", 1},
		"managed, forbidden":             {func(m *memory) { m.forbid(onRemove, ErrForbidden) }, managed, 0, ErrForbidden, "members=1 remove=1", 1},
		"managed, members forbidden":     {func(m *memory) { m.forbid(onMembers, ErrForbidden) }, managed, 0, ErrForbidden, "members=1", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			m.manages = true
			record := m.sentTo(t, ada)
			m.accept(ada)
			record.Status, record.MemberID = Accepted, "user-"+ada
			c.happened(m)
			notices, err := m.service().Delete(t.Context(), record, c.policies)
			if !errors.Is(err, c.failure) {
				t.Errorf("error: %v, want %v", err, c.failure)
			}
			same(t, "notices", len(notices), c.notices)
			same(t, "members", len(m.at(acme).Members), c.members)
			m.requested(t, c.requests)
		})
	}
}

// A managed person who accepts while the process is at work is removed too,
// although the process had read who is a member before.
func TestDeleteSeesAMemberWhoJustCame(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shape    func(*memory)
		requests string
	}{
		"list forgets": {func(m *memory) { m.drops = []Status{Accepted, Revoked} }, "invites=1 members=1 revoke=1 remove=1"},
		"list keeps":   {func(*memory) {}, "invites=1 members=1 revoke=1 remove=1"},
		"secret ids":   {func(m *memory) { m.secretIDs, m.drops = true, []Status{Accepted, Revoked} }, "invites=1 members=1 revoke=1 remove=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			m.manages = true
			c.shape(m)
			record := m.sentTo(t, ada)
			service := m.service()
			if _, err := service.Create(t.Context(), acme, orderFor("bob@example.com", "viewer"), Policies{}); err != nil {
				t.Fatal(err)
			}
			m.accept(ada)
			m.spent()
			notices, err := service.Delete(t.Context(), record, Policies{ManageMembership: true})
			same(t, "error", err, nil)
			same(t, "notices", len(notices), 0)
			same(t, "members", len(m.at(acme).Members), 0)
			m.requested(t, c.requests)
		})
	}
}

func TestManagingNeedsACapablePlatform(t *testing.T) {
	t.Parallel()
	m := newMemory()
	record := m.sentTo(t, ada)
	m.accept(ada)
	record.Status = Accepted
	_, err := m.service().Delete(t.Context(), record, Policies{ManageMembership: true})
	if err == nil || !strings.Contains(err.Error(), "manage_membership cannot be used") {
		t.Errorf("delete: %v", err)
	}
	_, err = m.service().Change(t.Context(), record, "editor")
	if err == nil || !strings.Contains(err.Error(), "manage_membership cannot be used") {
		t.Errorf("change: %v", err)
	}
	m.requested(t, "")
}
