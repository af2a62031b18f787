package invite

import (
	"errors"
	"reflect"
	"testing"
	"testing/synctest"
	"time"
)

// What a refresh makes of a pending invitation, by what happened to it.
func TestRead(t *testing.T) {
	t.Parallel()
	managed := Policies{ManageMembership: true}
	forgetful := func(m *memory) { m.drops = []Status{Accepted, Revoked, Expired} }
	for name, c := range map[string]struct {
		shape    func(*memory)
		happened func(*memory)
		policies Policies
		status   Status // "" is gone
		id       string
		member   string
		grant    role
		requests string
	}{
		"nothing":                         {nil, func(*memory) {}, Policies{}, Pending, "inv-a", "", "viewer", "invites=1"},
		"told in other words":             {nil, func(m *memory) { m.shouts = true }, Policies{}, Pending, "inv-a", "", "viewer", "invites=1"},
		"accepted":                        {nil, func(m *memory) { m.accept(ada) }, Policies{}, Accepted, "inv-a", "user-" + ada, "viewer", "invites=1"},
		"accepted, by whom is not told":   {nil, func(m *memory) { m.accept(ada); m.last(ada).MemberID = "" }, Policies{}, Accepted, "inv-a", "user-" + ada, "viewer", "invites=1 members=1"},
		"accepted, and left":              {nil, func(m *memory) { m.accept(ada); m.leave(ada) }, Policies{}, Accepted, "inv-a", "user-" + ada, "viewer", "invites=1"},
		"accepted, and left, managed":     {nil, func(m *memory) { m.accept(ada); m.leave(ada) }, managed, "", "", "", "", "invites=1 members=1"},
		"accepted, and changed":           {nil, func(m *memory) { m.accept(ada); m.at(acme).Members[0].Grant = "editor" }, managed, Accepted, "inv-a", "user-" + ada, "editor", "invites=1 members=1"},
		"accepted under another address":  {nil, func(m *memory) { m.accept(ada); m.at(acme).Members[0].Email = "lovelace@example.com" }, managed, Accepted, "inv-a", "user-" + ada, "viewer", "invites=1 members=1"},
		"accepted, and another pending":   {nil, func(m *memory) { m.accept(ada); m.invited(ada, "editor") }, Policies{}, Accepted, "inv-a", "user-" + ada, "viewer", "invites=1"},
		"gone, and a member":              {forgetful, func(m *memory) { m.accept(ada) }, Policies{}, Accepted, "inv-a", "user-" + ada, "viewer", "invites=1 members=1"},
		"gone, and a changed member":      {forgetful, func(m *memory) { m.accept(ada); m.at(acme).Members[0].Grant = "editor" }, managed, Accepted, "inv-a", "user-" + ada, "editor", "invites=1 members=1"},
		"gone, and no member":             {forgetful, func(m *memory) { m.withdraw(ada) }, Policies{}, "", "", "", "", "invites=1 members=1"},
		"revoked":                         {nil, func(m *memory) { m.withdraw(ada) }, Policies{}, "", "", "", "", "invites=1 members=1"},
		"revoked, and added otherwise":    {nil, func(m *memory) { m.withdraw(ada); m.join(ada, "editor") }, Policies{}, Accepted, "inv-a", "user-" + ada, "viewer", "invites=1 members=1"},
		"sent again":                      {nil, func(m *memory) { m.resend(ada, "viewer") }, Policies{}, Pending, "inv-b", "", "viewer", "invites=1"},
		"sent again, for something else":  {nil, func(m *memory) { m.resend(ada, "editor") }, Policies{}, Pending, "inv-b", "", "editor", "invites=1"},
		"sent again, spelled otherwise":   {nil, func(m *memory) { m.withdraw(ada); m.invited("ADA@EXAMPLE.COM", "viewer") }, Policies{}, Pending, "inv-b", "", "viewer", "invites=1"},
		"sent again where ids are secret": {func(m *memory) { m.secretIDs = true }, func(m *memory) { m.resend(ada, "editor") }, Policies{}, Pending, ada, "", "editor", "invites=1"},
		"sent again, and used":            {nil, func(m *memory) { m.resend(ada, "viewer"); m.accept(ada) }, Policies{}, Accepted, "inv-b", "user-" + ada, "viewer", "invites=1"},
		"sent again, used, and left":      {nil, func(m *memory) { m.resend(ada, "viewer"); m.accept(ada); m.leave(ada) }, Policies{}, Accepted, "inv-b", "user-" + ada, "viewer", "invites=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			if c.shape != nil {
				c.shape(m)
			}
			prior := m.sentTo(t, ada)
			c.happened(m)
			now, present, err := read(t, m.service(), prior, c.policies)
			if err != nil {
				t.Fatal(err)
			}
			m.requested(t, c.requests)
			m.mailed(t, 0)
			same(t, "present", present, c.status != "")
			if !present {
				return
			}
			same(t, "status", now.Status, c.status)
			same(t, "id", now.ID, c.id)
			same(t, "member", now.MemberID, c.member)
			same(t, "grant", now.Grant, c.grant)
			same(t, "spelling", now.Email, prior.Email)
		})
	}
}

// An old acceptance is no evidence for a later invitation.
func TestReadOldAcceptance(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		m.invited(ada, "viewer")
		m.accept(ada)
		m.leave(ada)
		<-time.After(time.Hour)
		prior := m.sentTo(t, ada)
		m.withdraw(ada)
		_, present, err := read(t, m.service(), prior, Policies{})
		same(t, "error", err, nil)
		same(t, "present", present, false)
	})
}

func TestReadExpired(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shape    func(*memory)
		happened func(*memory)
		status   Status // "" is gone
		requests string
	}{
		"listed":                 {func(*memory) {}, func(*memory) {}, Expired, "invites=1"},
		"not listed":             {func(m *memory) { m.drops = []Status{Expired} }, func(*memory) {}, Expired, "invites=1 members=1"},
		"not listed, a member":   {func(m *memory) { m.drops = []Status{Expired} }, func(m *memory) { m.join(ada, "viewer") }, Accepted, "invites=1 members=1"},
		"revoked after that":     {func(*memory) {}, func(m *memory) { m.withdraw(ada) }, "", "invites=1 members=1"},
		"sent again":             {func(*memory) {}, func(m *memory) { m.invited(ada, "viewer") }, Pending, "invites=1"},
		"sent again, and used":   {func(*memory) {}, func(m *memory) { m.invited(ada, "viewer"); m.accept(ada) }, Accepted, "invites=1"},
		"secret ids, sent again": {func(m *memory) { m.secretIDs = true }, func(m *memory) { m.invited(ada, "viewer") }, Pending, "invites=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := newMemory()
				c.shape(m)
				prior := m.sentTo(t, ada)
				<-time.After(2 * week)
				c.happened(m)
				now, present, err := read(t, m.service(), prior, Policies{})
				same(t, "error", err, nil)
				same(t, "present", present, c.status != "")
				m.requested(t, c.requests)
				if present {
					same(t, "status", now.Status, c.status)
				}
			})
		})
	}
}

// A failure is never absence: what was remembered stays.
func TestReadFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		at     verb
		status Status
		policy Policies
	}{
		"invitations":                     {onInvites, Pending, Policies{}},
		"invitations of one that expired": {onInvites, Expired, Policies{}},
		"members of one that is gone":     {onMembers, Pending, Policies{}},
		"members of a managed one":        {onMembers, Accepted, Policies{ManageMembership: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, meaning := range []error{ErrForbidden, ErrUncertain, ErrGone, ErrRefused} {
				m := newMemory()
				prior := m.sentTo(t, ada)
				prior.Status = c.status
				m.withdraw(ada)
				m.forbid(c.at, meaning)
				now, present, err := read(t, m.service(), prior, c.policy)
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
		happened func(*memory)
		manage   bool
		present  bool
		grant    role
		requests string
	}{
		"stays":                        {func(*memory) {}, false, true, "viewer", ""},
		"left":                         {func(m *memory) { m.leave(ada) }, false, true, "viewer", ""},
		"invited again":                {func(m *memory) { m.leave(ada); m.invited(ada, "editor") }, false, true, "viewer", ""},
		"managed, stays":               {func(*memory) {}, true, true, "viewer", "members=1"},
		"managed, told in other words": {func(m *memory) { m.at(acme).Members[0].Grant = "VIEWER" }, true, true, "viewer", "members=1"},
		"managed, changed":             {func(m *memory) { m.at(acme).Members[0].Grant = "editor" }, true, true, "editor", "members=1"},
		"managed, left":                {func(m *memory) { m.leave(ada) }, true, false, "", "members=1"},
		"managed, another address":     {func(m *memory) { m.at(acme).Members[0].Email = "lovelace@example.com" }, true, true, "viewer", "members=1"},
		"managed, another person":      {func(m *memory) { m.at(acme).Members[0].ID = "user-other" }, true, false, "", "members=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			prior := m.sentTo(t, ada)
			m.accept(ada)
			prior.Status, prior.MemberID = Accepted, "user-"+ada
			c.happened(m)
			now, present, err := read(t, m.service(), prior, Policies{ManageMembership: c.manage})
			same(t, "error", err, nil)
			same(t, "present", present, c.present)
			m.requested(t, c.requests)
			if present {
				same(t, "grant", now.Grant, c.grant)
				same(t, "spelling", now.Email, prior.Email)
			}
		})
	}
}
