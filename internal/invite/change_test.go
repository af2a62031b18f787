package invite

import (
	"errors"
	"testing"
)

func TestChange(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		happened func(*memory)
		failure  error // nil with requests that change something, or none
		fails    bool
		grant    role // what the member has in the end
		requests string
	}{
		"differs":             {func(*memory) {}, nil, false, "editor", "members=1 change=1"},
		"is so already":       {func(m *memory) { m.at(acme).Members[0].Grant = "EDITOR" }, nil, false, "EDITOR", "members=1"},
		"has another address": {func(m *memory) { m.at(acme).Members[0].Email = "lovelace@example.com" }, nil, false, "editor", "members=1 change=1"},
		"left":                {func(m *memory) { m.leave(ada) }, nil, true, "", "members=1"},
		"forbidden":           {func(m *memory) { m.fail(onChange, ErrForbidden) }, ErrForbidden, true, "viewer", "members=1 change=1"},
		"uncertain":           {func(m *memory) { m.lose(onChange) }, ErrUncertain, true, "editor", "members=1 change=1"},
		"members forbidden":   {func(m *memory) { m.fail(onMembers, ErrForbidden) }, ErrForbidden, true, "viewer", "members=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			m.manages = true
			prior := m.acceptedBy(t, ada)
			c.happened(m)
			now, err := m.service().Change(t.Context(), prior, "editor")
			if (err != nil) != c.fails || !errors.Is(err, c.failure) && c.failure != nil {
				t.Errorf("error: %v", err)
			}
			if err != nil {
				same(t, "record", now, prior)
			} else {
				same(t, "grant", now.Grant, "editor")
			}
			m.requested(t, c.requests)
			m.mailed(t, 0)
			if c.grant != "" {
				same(t, "the member has", m.at(acme).Members[0].Grant, c.grant)
			}
		})
	}
}

// After a change that may have failed, what the member has is read anew; after
// one that worked, it is known.
func TestChangeIsNoticed(t *testing.T) {
	t.Parallel()
	for lost, requests := range map[bool]string{false: "members=1 change=1", true: "members=2 change=1"} {
		m := newMemory()
		m.manages = true
		prior := m.acceptedBy(t, ada)
		if lost {
			m.lose(onChange)
		}
		service := m.service()
		_, _ = service.Change(t.Context(), prior, "editor")
		now, _, err := read(t, service, prior, Policies{ManageMembership: true})
		same(t, "error", err, nil)
		same(t, "grant", now.Grant, "editor")
		m.requested(t, requests)
	}
}

func TestChangeResolves(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.resolves = true
	prior := m.acceptedBy(t, ada)
	m.spent()
	now, err := m.service().Change(t.Context(), prior, "the editor")
	same(t, "error", err, nil)
	same(t, "grant", now.Grant, "editor")
	same(t, "the member has", m.at(acme).Members[0].Grant, "editor")
	m.forbid(onResolve, ErrForbidden)
	if _, err := m.service().Change(t.Context(), prior, "the owner"); !errors.Is(err, ErrForbidden) {
		t.Errorf("error: %v", err)
	}
	same(t, "the member still has", m.at(acme).Members[0].Grant, "editor")
}
