package invite

import (
	"errors"
	"strings"
	"testing"
	"time"
)

var adopting = Policies{AdoptExisting: true}

// An invitation that ends otherwise than the user wrote differs; one that only misses a default does not.
func TestAdoptComparesTheEnd(t *testing.T) {
	t.Parallel()
	fixed := time.Now().Add(week).Truncate(time.Second)
	for name, c := range map[string]struct {
		order Order[role]
		mails int
	}{
		"the default":            {Order[role]{Lifetime: 2 * week}, 0},
		"the lifetime it has":    {Order[role]{Lifetime: week, Explicit: true}, 0},
		"nearly that lifetime":   {Order[role]{Lifetime: week + time.Minute, Explicit: true}, 0},
		"another lifetime":       {Order[role]{Lifetime: 2 * week, Explicit: true}, 1},
		"the end it has":         {Order[role]{ExpiresAt: fixed.Add(time.Millisecond)}, 0},
		"another end":            {Order[role]{ExpiresAt: fixed.Add(time.Minute)}, 1},
		"a lifetime, times unkn": {Order[role]{Lifetime: 2 * week, Explicit: true}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			found := m.invited(ada, "viewer")
			found.ExpiresAt = fixed
			m.endless = strings.HasSuffix(name, "unkn")
			c.order.Email, c.order.Grant = ada, "viewer"
			record, err := m.service().Create(t.Context(), acme, c.order, adopting)
			same(t, "error", err, nil)
			same(t, "sent", record.Sent, c.mails > 0)
			m.mailed(t, c.mails)
			same(t, "open", strings.Join(m.outstanding(), ", "), open)
		})
	}
}

func TestAdoptTakesTheNewest(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.invited(ada, "viewer").CreatedAt = time.Now().Add(-time.Hour)
	m.invited("ADA@example.com", "viewer")
	record, err := m.service().Create(t.Context(), acme, orderFor(ada, "viewer"), adopting)
	same(t, "error", err, nil)
	same(t, "id", record.ID, "inv-b")
	same(t, "spelling", record.Email, ada)
}

// Answers may name a grant in another way.
func TestAdoptResolves(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.resolves = true
	m.invited(ada, "the viewer")
	record, err := m.service().Create(t.Context(), acme, orderFor(ada, "viewer"), adopting)
	same(t, "error", err, nil)
	same(t, "grant", record.Grant, "viewer")
	m.mailed(t, 0)
	m.forbid(onResolve, ErrForbidden)
	if _, err := m.service().Create(t.Context(), acme, orderFor(ada, "viewer"), adopting); !errors.Is(err, ErrForbidden) {
		t.Errorf("error: %v, want that the grants could not be compared", err)
	}
	same(t, "open", strings.Join(m.outstanding(), ", "), "the viewer for "+ada)
}

// A person who was recorded without an invitation has the member's id, or the address where ids are secret.
func TestAdoptMember(t *testing.T) {
	t.Parallel()
	for secret, want := range map[bool]string{false: "user-" + ada, true: ada} {
		m := newMemory()
		m.secretIDs = secret
		m.join(ada, "editor")
		record, err := m.service().Create(t.Context(), acme, orderFor("Ada@example.com", "viewer"), adopting)
		same(t, "error", err, nil)
		same(t, "id", record.ID, want)
		same(t, "member", record.MemberID, "user-"+ada)
		same(t, "status", record.Status, Accepted)
		m.requested(t, "invites=1 members=1")
	}
}

// The one that differs is revoked first; then the person must not be left without a word.
func TestAdoptTellsThatItRevoked(t *testing.T) {
	t.Parallel()
	for _, meaning := range []error{ErrRefused, ErrForbidden, ErrUncertain, ErrExists} {
		m := newMemory()
		m.invited(ada, "editor")
		m.fail(onSend, meaning)
		if meaning == ErrUncertain {
			m.during(onRevoke, func() { m.forbid(onInvites, ErrForbidden) })
		}
		_, err := m.service().Create(t.Context(), acme, orderFor(ada, "viewer"), adopting)
		withdrawn := fails[*Withdrawn](t, err)
		if !strings.Contains(withdrawn.Invitation, "inv-a") || !errors.Is(err, meaning) {
			t.Errorf("%v: %q, %v", meaning, withdrawn.Invitation, err)
		}
		m.mailed(t, 0)
	}
}

// A member whom somebody invited all the same is recorded: a mail would be one for nothing.
func TestAdoptMemberWhoIsInvited(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.join(ada, "viewer")
	m.invited(ada, "editor")
	record, err := m.service().Create(t.Context(), acme, orderFor(ada, "viewer"), adopting)
	same(t, "error", err, nil)
	same(t, "status", record.Status, Accepted)
	m.requested(t, "invites=1 members=1 revoke=1")
	m.mailed(t, 0)
}

// What happens to an invitation while it is being replaced.
func TestAdoptRaces(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		meanwhile func(*memory)
		requests  string
		status    Status // "" is an error
	}{
		"accepted":                         {func(m *memory) { m.accept(ada) }, "invites=1 members=2 revoke=1", Accepted},
		"revoked":                          {func(m *memory) { m.withdraw(ada) }, "invites=1 members=2 revoke=1", ""},
		"accepted, members may not listed": {func(m *memory) { m.accept(ada); m.forbid(onMembers, ErrForbidden) }, "invites=1 members=2 revoke=1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			m.invited(ada, "editor")
			m.during(onRevoke, func() { c.meanwhile(m) })
			record, err := m.service().Create(t.Context(), acme, orderFor(ada, "viewer"), adopting)
			same(t, "status", record.Status, c.status)
			same(t, "failed", err != nil, c.status == "")
			m.requested(t, c.requests)
			m.mailed(t, 0)
		})
	}
}
