package invite

import (
	"errors"
	"reflect"
	"testing"
)

func TestCreate(t *testing.T) {
	t.Parallel()
	for name, shape := range platforms {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			shape(m)
			record, err := m.service().Create(t.Context(), acme, orderFor("Ada@Example.com", "viewer"), Policies{})
			if err != nil {
				t.Fatal(err)
			}
			same(t, "spelling", record.Email, "Ada@Example.com")
			same(t, "id", record.ID, m.last(ada).ID)
			same(t, "status", record.Status, Pending)
			same(t, "sent", record.Sent, true)
			same(t, "organization", record.Organization, acme)
			m.requested(t, "invites=1 members=1 send=1")
			m.mailed(t, 1)
		})
	}
}

func TestCreateRemembersWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.shouts = true
	record, err := m.service().Create(t.Context(), acme, orderFor(ada, "viewer"), Policies{})
	same(t, "error", err, nil)
	same(t, "grant", record.Grant, "viewer")
}

// A look-up that fails means that nothing may be sent, but for members that may not be listed.
func TestCreateLooksFirst(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		at      verb
		meaning error
		mails   int
	}{
		"invitations forbidden": {onInvites, ErrForbidden, 0},
		"invitations uncertain": {onInvites, ErrUncertain, 0},
		"invitations refused":   {onInvites, ErrRefused, 0},
		"members forbidden":     {onMembers, ErrForbidden, 1},
		"members uncertain":     {onMembers, ErrUncertain, 0},
		"members refused":       {onMembers, ErrRefused, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			m.forbid(c.at, c.meaning)
			_, err := m.service().Create(t.Context(), acme, orderFor(ada, "viewer"), Policies{AdoptExisting: true})
			m.mailed(t, c.mails)
			same(t, "failed", err != nil, c.mails == 0)
			if err != nil && !errors.Is(err, c.meaning) {
				t.Errorf("error: %v, want %v", err, c.meaning)
			}
		})
	}
}

// A refused invitation leaves nothing behind, and hinders nobody.
func TestCreateRefused(t *testing.T) {
	t.Parallel()
	for _, meaning := range []error{ErrRefused, ErrForbidden, ErrGone} {
		m := newMemory()
		service := m.service()
		m.fail(onSend, meaning)
		record, err := service.Create(t.Context(), acme, orderFor(ada, "viewer"), Policies{})
		if !errors.Is(err, meaning) || !reflect.DeepEqual(record, Record[role]{}) {
			t.Errorf("%v: got %v, %v", meaning, record, err)
		}
		m.requested(t, "invites=1 members=1 send=1")
		if _, err := service.Create(t.Context(), acme, orderFor(ada, "viewer"), Policies{}); err != nil {
			t.Errorf("after %v: %v", meaning, err)
		}
		m.mailed(t, 1)
	}
}

// The platform says "already exists" although the look-up found nothing: what
// appeared meanwhile is treated by the same policy.
func TestCreateOvertaken(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		meanwhile func(*memory)
		adopt     bool
		requests  string
		mails     int
		status    Status // "" is an error
	}{
		"by the same":                 {func(m *memory) { m.invited(ada, "viewer") }, false, "invites=2 members=1 send=1", 0, ""},
		"by the same, adopted":        {func(m *memory) { m.invited(ada, "viewer") }, true, "invites=2 members=1 send=1", 0, Pending},
		"by another, adopted":         {func(m *memory) { m.invited(ada, "editor") }, true, "invites=2 members=2 send=2 revoke=1", 1, Pending},
		"by becoming member":          {func(m *memory) { m.join(ada, "viewer") }, false, "invites=2 members=2 send=1", 0, ""},
		"by becoming member, adopted": {func(m *memory) { m.join(ada, "viewer") }, true, "invites=2 members=2 send=1", 0, Accepted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			m.refuses = true
			m.during(onSend, func() { c.meanwhile(m) })
			record, err := m.service().Create(t.Context(), acme, orderFor(ada, "viewer"), Policies{AdoptExisting: c.adopt})
			same(t, "status", record.Status, c.status)
			m.requested(t, c.requests)
			m.mailed(t, c.mails)
			if c.status == "" {
				met := fails[*Exists[role]](t, err)
				same(t, "met something", met.Invite != nil || met.Member != nil, true)
			}
		})
	}
}

// What the platform minds and nobody can see is an error, and sent once only.
func TestCreateExistsInvisibly(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.forbid(onSend, ErrExists)
	_, err := m.service().Create(t.Context(), acme, orderFor(ada, "viewer"), Policies{AdoptExisting: true})
	met := fails[*Exists[role]](t, err)
	if met.Err == nil || met.Invite != nil || met.Member != nil || !errors.Is(err, ErrExists) {
		t.Errorf("error: %#v", met)
	}
	m.requested(t, "invites=2 members=2 send=1")
}

// An expired invitation neither blocks nor is adopted, also where the platform minds it.
func TestCreateBesideAnExpiredOne(t *testing.T) {
	t.Parallel()
	for _, jealous := range []bool{false, true} {
		m := newMemory()
		m.refuses, m.jealous = true, jealous
		m.invited(ada, "viewer")
		m.expire(ada)
		record, err := m.service().Create(t.Context(), acme, orderFor(ada, "viewer"), Policies{AdoptExisting: true})
		if err != nil || record.ID != "inv-b" || record.Status != Pending {
			t.Errorf("jealous %t: %v, %v", jealous, record, err)
		}
		m.mailed(t, 1)
	}
}

// Somebody else may clear it away first.
func TestCreateBesideAnExpiredOneThatGoes(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.refuses, m.jealous = true, true
	m.invited(ada, "viewer")
	m.expire(ada)
	m.during(onRevoke, func() { m.withdraw(ada) })
	_, err := m.service().Create(t.Context(), acme, orderFor(ada, "viewer"), Policies{})
	same(t, "error", err, nil)
	m.mailed(t, 1)
}
