package invite

import (
	"errors"
	"testing"
)

// orderFor is an order with the default lifetime.
func orderFor(email string, grant role) Order[role] {
	return Order[role]{Email: email, Grant: grant, Lifetime: week}
}

// sentTo invites somebody as a viewer in a process of its own, and starts counting anew.
func (m *memory) sentTo(t *testing.T, email string) Record[role] {
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
func same[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
