package invite_test

import (
	"errors"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

func TestChange(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		happened func(*invitetest.Platform)
		failure  error // nil with requests that change something, or none
		fails    bool
		grant    invitetest.Role // what the member has in the end
		requests string
	}{
		"differs":       {func(*invitetest.Platform) {}, nil, false, "editor", "members=1 change=1"},
		"is so already": {func(m *invitetest.Platform) { m.Organization(invitetest.Acme).Members[0].Grant = "EDITOR" }, nil, false, "EDITOR", "members=1"},
		"has another address": {func(m *invitetest.Platform) {
			m.Organization(invitetest.Acme).Members[0].Email = "lovelace@example.com"
		}, nil, false, "editor", "members=1 change=1"},
		"left":              {func(m *invitetest.Platform) { m.Leave(invitetest.Ada) }, nil, true, "", "members=1"},
		"forbidden":         {func(m *invitetest.Platform) { m.Fail(invitetest.OnChange, invite.ErrForbidden) }, invite.ErrForbidden, true, "viewer", "members=1 change=1"},
		"uncertain":         {func(m *invitetest.Platform) { m.LoseAnswer(invitetest.OnChange) }, invite.ErrUncertain, true, "editor", "members=1 change=1"},
		"members forbidden": {func(m *invitetest.Platform) { m.Fail(invitetest.OnMembers, invite.ErrForbidden) }, invite.ErrForbidden, true, "viewer", "members=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			m.ManagesMembers = true
			prior := m.AcceptedBy(t, invitetest.Ada)
			c.happened(m)
			now, err := m.NewService().Update(t.Context(), prior, "editor")
			if (err != nil) != c.fails || !errors.Is(err, c.failure) && c.failure != nil {
				t.Errorf("error: %v", err)
			}
			if err != nil {
				invitetest.Same(t, "state", now, prior)
			} else {
				invitetest.Same(t, "grant", now.Grant, "editor")
			}
			m.ExpectRequests(t, c.requests)
			m.ExpectMails(t, 0)
			if c.grant != "" {
				invitetest.Same(t, "the member has", m.Organization(invitetest.Acme).Members[0].Grant, c.grant)
			}
		})
	}
}

// After a change that may have failed, what the member has is read anew; after
// one that worked, it is known.
func TestChangeIsNoticed(t *testing.T) {
	t.Parallel()
	for lost, requests := range map[bool]string{false: "members=1 change=1", true: "members=2 change=1"} {
		m := invitetest.New()
		m.ManagesMembers = true
		prior := m.AcceptedBy(t, invitetest.Ada)
		if lost {
			m.LoseAnswer(invitetest.OnChange)
		}
		service := m.NewService()
		_, _ = service.Update(t.Context(), prior, "editor")
		now, _, err := invitetest.Read(t, service, prior, invite.Policies{ManageMembership: true})
		invitetest.Same(t, "error", err, nil)
		invitetest.Same(t, "grant", now.Grant, "editor")
		m.ExpectRequests(t, requests)
	}
}

func TestChangeResolves(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.ResolvesGrants = true
	prior := m.AcceptedBy(t, invitetest.Ada)
	m.Requests()
	now, err := m.NewService().Update(t.Context(), prior, "the editor")
	invitetest.Same(t, "error", err, nil)
	invitetest.Same(t, "grant", now.Grant, "editor")
	invitetest.Same(t, "the member has", m.Organization(invitetest.Acme).Members[0].Grant, "editor")
	m.FailAlways(invitetest.OnResolve, invite.ErrForbidden)
	if _, err := m.NewService().Update(t.Context(), prior, "the owner"); !errors.Is(err, invite.ErrForbidden) {
		t.Errorf("error: %v", err)
	}
	invitetest.Same(t, "the member still has", m.Organization(invitetest.Acme).Members[0].Grant, "editor")
}
