package invite

import (
	"testing"
	"testing/synctest"
	"time"
)

// Both lists are read once for everybody who plans a new invitation.
func TestPreviewReadsBothListsOnce(t *testing.T) {
	t.Parallel()
	m := newMemory()
	s := m.service()
	for range 3 {
		preview, err := s.PreviewCreate(t.Context(), acme, orderFor(ada, "viewer"), Policies{})
		same(t, "error", err, nil)
		same(t, "decision", preview.Decision, Send)
	}
	m.requested(t, "invites=1 members=1")
}

// What a plan says about an existing invitation or member is what the apply does.
func TestPreviewIsWhatCreateDoes(t *testing.T) {
	t.Parallel()
	adopting := Policies{AdoptExisting: true}
	for name, c := range map[string]struct {
		happened func(*memory)
		policies Policies
		want     Decision
		requests string
	}{
		"nothing":                      {func(*memory) {}, adopting, Send, "send=1"},
		"invited":                      {func(m *memory) { m.invited(ada, "viewer") }, Policies{}, Refuse, ""},
		"invited, adopting":            {func(m *memory) { m.invited(ada, "viewer") }, adopting, Adopt, ""},
		"invited differently":          {func(m *memory) { m.invited(ada, "editor") }, adopting, Replace, "send=1 revoke=1"},
		"a member":                     {func(m *memory) { m.join(ada, "viewer") }, Policies{}, Refuse, ""},
		"a member, adopting":           {func(m *memory) { m.join(ada, "viewer") }, adopting, RecordMember, ""},
		"a member who is invited":      {func(m *memory) { m.join(ada, "viewer"); m.invited(ada, "editor") }, adopting, RecordMember, "revoke=1"},
		"a member, members forbidden":  {func(m *memory) { m.join(ada, "viewer"); m.forbid(onMembers, ErrForbidden) }, adopting, Send, "send=1"},
		"expired":                      {func(m *memory) { m.invited(ada, "viewer"); m.expire(ada) }, Policies{}, Send, "send=1"},
		"another way to spell a grant": {func(m *memory) { m.invited(ada, "viewer"); m.shouts = true }, adopting, Adopt, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			c.happened(m)
			preview, err := m.service().PreviewCreate(t.Context(), acme, orderFor(ada, "viewer"), c.policies)
			same(t, "error", err, nil)
			same(t, "decision", preview.Decision, c.want)
			m.spent()
			_, err = m.service().Create(t.Context(), acme, orderFor(ada, "viewer"), c.policies)
			same(t, "refused", err != nil, c.want == Refuse)
			same(t, "requests", writes(m.spent()), c.requests)
		})
	}
}

// A grant that is known only after apply is not compared.
func TestPreviewOfAnUnknownGrant(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.invited(ada, "viewer")
	order := orderFor(ada, "")
	order.GrantUnknown = true
	preview, err := m.service().PreviewCreate(t.Context(), acme, order, Policies{AdoptExisting: true})
	same(t, "error", err, nil)
	same(t, "decision", preview.Decision, Undecided)
}

// A list of members that was requested before the invitations arrived does not prove that somebody is not a member.
func TestReadBesideOlderMembers(t *testing.T) {
	t.Parallel()
	for name, look := range map[string]func(*testing.T, *memory, *Service[role]){
		"read before": func(t *testing.T, m *memory, s *Service[role]) {
			_, err := s.Members(t.Context(), acme)
			same(t, "error", err, nil)
			m.accept(ada)
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
				s := m.service()
				look(t, m, s)
				now, present, err := read(t, s, record, Policies{})
				same(t, "error", err, nil)
				same(t, "present", present, true)
				same(t, "status", now.Status, Accepted)
				m.requested(t, "invites=1 members=2")
			})
		})
	}
}
