package invite

import (
	"errors"
	"strings"
	"testing"
)

// What an import finds, by what there is and what is named.
func TestFind(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		there  func(*memory)
		named  string
		status Status // "" is nothing found
		id     string
		email  string
		member string
		grant  role
	}{
		"pending, by id":          {func(m *memory) { m.invited(ada, "viewer") }, "inv-a", Pending, "inv-a", ada, "", "viewer"},
		"pending, by address":     {func(m *memory) { m.invited(ada, "viewer") }, "Ada@Example.com", Pending, "inv-a", "Ada@Example.com", "", "viewer"},
		"pending, secret ids":     {func(m *memory) { m.secretIDs = true; m.invited(ada, "viewer") }, "Ada@Example.com", Pending, ada, "Ada@Example.com", "", "viewer"},
		"expired, by id":          {func(m *memory) { m.invited(ada, "viewer"); m.expire(ada) }, "inv-a", Expired, "inv-a", ada, "", "viewer"},
		"expired, by address":     {func(m *memory) { m.invited(ada, "viewer"); m.expire(ada) }, "ADA@example.com", Expired, "inv-a", "ADA@example.com", "", "viewer"},
		"expired, secret ids":     {func(m *memory) { m.secretIDs = true; m.invited(ada, "viewer"); m.expire(ada) }, ada, Expired, ada, ada, "", "viewer"},
		"expired, and sent again": {func(m *memory) { m.invited(ada, "viewer"); m.expire(ada); m.invited(ada, "editor") }, ada, Pending, "inv-b", ada, "", "editor"},
		"accepted, by id":         {func(m *memory) { m.invited(ada, "viewer"); m.accept(ada); m.at(acme).Members[0].Grant = "editor" }, "inv-a", Accepted, "inv-a", ada, "user-" + ada, "editor"},
		"accepted, by address":    {func(m *memory) { m.invited(ada, "viewer"); m.accept(ada) }, ada, Accepted, "inv-a", ada, "user-" + ada, "viewer"},
		"accepted under another address": {func(m *memory) {
			m.invited(ada, "viewer")
			m.accept(ada)
			m.at(acme).Members[0].Email = "lovelace@example.com"
		}, "inv-a", Accepted, "inv-a", ada, "user-" + ada, "viewer"},
		"member, by address":         {func(m *memory) { m.join(ada, "viewer") }, "Ada@Example.com", Accepted, "user-" + ada, "Ada@Example.com", "user-" + ada, "viewer"},
		"member, secret ids":         {func(m *memory) { m.secretIDs = true; m.join(ada, "viewer") }, "Ada@Example.com", Accepted, ada, "Ada@Example.com", "user-" + ada, "viewer"},
		"member, by id":              {func(m *memory) { m.join(ada, "viewer"); m.at(acme).Members[0].ID = "u1" }, "u1", Accepted, "u1", ada, "u1", "viewer"},
		"member with an expired one": {func(m *memory) { m.invited(ada, "editor"); m.expire(ada); m.join(ada, "viewer") }, ada, Accepted, "user-" + ada, ada, "user-" + ada, "viewer"},
		"revoked, by id":             {func(m *memory) { m.invited(ada, "viewer"); m.withdraw(ada) }, "inv-a", "", "", "", "", ""},
		"revoked, by address":        {func(m *memory) { m.invited(ada, "viewer"); m.withdraw(ada) }, ada, "", "", "", "", ""},
		"nobody, by id":              {func(m *memory) { m.join(ada, "viewer") }, "inv-z", "", "", "", "", ""},
		"nobody, by address":         {func(*memory) {}, ada, "", "", "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			c.there(m)
			found, err := m.service().Find(t.Context(), acme, c.named)
			if c.status == "" {
				same(t, "not found", errors.Is(err, ErrNotFound), true)
				return
			}
			same(t, "error", err, nil)
			same(t, "status", found.Status, c.status)
			same(t, "id", found.ID, c.id)
			same(t, "email", found.Email, c.email)
			same(t, "member", found.MemberID, c.member)
			same(t, "grant", found.Grant, c.grant)
			same(t, "organization", found.Organization, acme)
		})
	}
}

// A failure is told as such, not as nothing found.
func TestFindFails(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at    verb
		named string
	}{{onInvites, ada}, {onInvites, "inv-a"}, {onMembers, ada}, {onMembers, "user-x"}} {
		m := newMemory()
		m.forbid(c.at, ErrForbidden)
		if _, err := m.service().Find(t.Context(), acme, c.named); !errors.Is(err, ErrForbidden) || errors.Is(err, ErrNotFound) {
			t.Errorf("%s, %s: %v", c.at, c.named, err)
		}
	}
}

// A member whose address is not told cannot be declared by id.
func TestFindMemberWithoutAddress(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.join(ada, "viewer")
	*m.at(acme).Members[0] = Member[role]{ID: "u1", Grant: "viewer"}
	_, err := m.service().Find(t.Context(), acme, "u1")
	if err == nil || !strings.Contains(err.Error(), "does not tell the address") {
		t.Errorf("error: %v", err)
	}
}

func TestFindResolves(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.resolves = true
	m.invited(ada, "the viewer")
	found, err := m.service().Find(t.Context(), acme, ada)
	same(t, "error", err, nil)
	same(t, "grant", found.Grant, "viewer")
	m.forbid(onResolve, ErrForbidden)
	if _, err := m.service().Find(t.Context(), acme, ada); !errors.Is(err, ErrForbidden) {
		t.Errorf("error: %v", err)
	}
}
