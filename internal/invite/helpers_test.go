package invite

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// orderFor is an order with the default lifetime.
func orderFor(email string, grant role) Order[role] {
	return Order[role]{Email: email, Grant: grant, Lifetime: week}
}

// sentTo invites somebody as a viewer in a process of its own, an hour ago, and starts counting from zero.
func (m *memory) sentTo(t *testing.T, email string) Record[role] {
	t.Helper()
	record := m.justSentTo(t, email)
	const ago = -time.Hour
	m.last(m.spelled(email)).CreatedAt = m.last(m.spelled(email)).CreatedAt.Add(ago)
	record.CreatedAt, record.Object.SentAt = record.CreatedAt.Add(ago), record.Object.SentAt.Add(ago)
	if m.secretIDs {
		record.Object.Own.CreatedAt = record.CreatedAt
	}
	return record
}

// justSentTo is sentTo, but now.
func (m *memory) justSentTo(t *testing.T, email string) Record[role] {
	t.Helper()
	record, err := m.service().Create(t.Context(), acme, orderFor(email, "viewer"), Policies{})
	if err != nil {
		t.Fatal(err)
	}
	m.spent()
	m.mails = nil
	return record
}

// requested fails the test unless exactly that was requested.
func (m *memory) requested(t *testing.T, want string) {
	t.Helper()
	if got := m.spent(); got != want {
		t.Errorf("requests: %q, want %q", got, want)
	}
}

// mailed fails the test unless that many mails were sent.
func (m *memory) mailed(t *testing.T, want int) {
	t.Helper()
	if len(m.mails) != want {
		t.Errorf("mails: %q, want %d", m.mails, want)
	}
}

// fails returns the error as the type that is wanted.
func fails[E error](t *testing.T, err error) (want E) {
	t.Helper()
	if !errors.As(err, &want) {
		t.Fatalf("error: %v, want a %T", err, want)
	}
	return want
}

// same fails the test unless both are equal.
func same[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// has fails the test unless every part is in one of the texts; no parts means no texts.
func has(t *testing.T, what string, texts []string, parts ...string) {
	t.Helper()
	if len(parts) == 0 && len(texts) > 0 {
		t.Errorf("%s: %q, want none", what, texts)
	}
	for _, part := range parts {
		if !strings.Contains(strings.Join(texts, "\n"), part) {
			t.Errorf("%s: %q, want %q among them", what, texts, part)
		}
	}
}

// read is a refresh, whose warnings do not matter.
func read(t *testing.T, s *Service[role], prior Record[role], policies Policies) (now Record[role], present bool, err error) {
	t.Helper()
	reading, err := s.Read(t.Context(), prior, policies)
	return reading.Record, !reading.Gone, err
}

const (
	open       = "viewer for " + ada
	openEditor = "editor for " + ada
)

// kinds of platforms, by what their lists tell: the table is the same on all.
var platforms = map[string]func(*memory){
	"keeps everything": func(*memory) {},
	"keeps expired":    func(m *memory) { m.drops = []Status{Accepted, Revoked} },
	"keeps nothing":    func(m *memory) { m.drops = []Status{Accepted, Revoked, Expired} },
	"secret ids":       func(m *memory) { m.secretIDs, m.drops = true, []Status{Accepted, Revoked} },
}

// writes are the requests that change something.
func writes(requests string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(requests), func(r string) bool {
		return strings.HasPrefix(r, "invites=") || strings.HasPrefix(r, "members=")
	}), " ")
}

// acceptedBy is the record of a person who accepted as a viewer.
func (m *memory) acceptedBy(t *testing.T, email string) Record[role] {
	t.Helper()
	record := m.sentTo(t, email)
	m.accept(email)
	record.Status, record.MemberID = Accepted, "user-"+NormalizeEmail(email)
	return record
}

// onRevoke runs a function in the middle of the n-th revoke from now.
func (m *memory) onRevoke(n int, act func()) {
	if n > 1 {
		m.during(onRevoke, func() { m.onRevoke(n-1, act) })
		return
	}
	m.during(onRevoke, act)
}

// onLook runs a function in the middle of the n-th list of invitations from now.
func (m *memory) onLook(n int, act func()) {
	if n > 1 {
		m.during(onInvites, func() { m.onLook(n-1, act) })
		return
	}
	m.during(onInvites, act)
}
