package invite

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// The action that sends an invitation again, by what there is.
func TestResend(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		there    func(*memory)
		failure  string
		requests string
		open     string
	}{
		"pending":             {func(m *memory) { m.invited("ADA@example.com", "editor") }, "", "invites=1 send=1 revoke=1", "editor for ADA@example.com"},
		"expired":             {func(m *memory) { m.invited(ada, "editor"); m.expire(ada) }, "", "invites=1 send=1 revoke=1", openEditor},
		"secret ids":          {func(m *memory) { m.secretIDs = true; m.invited(ada, "editor") }, "", "invites=1 send=1 revoke=1", openEditor},
		"nobody":              {func(*memory) {}, "nobody is invited", "invites=1 members=1", ""},
		"member":              {func(m *memory) { m.join(ada, "viewer") }, "is a member already", "invites=1 members=1", ""},
		"members forbidden":   {func(m *memory) { m.forbid(onMembers, ErrForbidden) }, "nobody is invited", "invites=1 members=1", ""},
		"members unknown":     {func(m *memory) { m.forbid(onMembers, ErrUncertain) }, "failed at members", "invites=1 members=1", ""},
		"invitations unknown": {func(m *memory) { m.invited(ada, "viewer"); m.forbid(onInvites, ErrUncertain) }, "failed at invites", "invites=1", open},
		"revoke fails":        {func(m *memory) { m.invited(ada, "viewer"); m.forbid(onRevoke, ErrForbidden) }, "failed at revoke", "invites=1 revoke=1", open},
		"accepted meanwhile":  {func(m *memory) { m.invited(ada, "viewer"); m.during(onRevoke, func() { m.accept(ada) }) }, "is a member already", "invites=1 members=1 revoke=1", ""},
		"revoked meanwhile":   {func(m *memory) { m.invited(ada, "viewer"); m.during(onRevoke, func() { m.withdraw(ada) }) }, "nobody is invited", "invites=1 members=1 revoke=1", ""},
		"refused":             {func(m *memory) { m.invited(ada, "viewer"); m.forbid(onSend, ErrRefused) }, "failed at send", "invites=1 send=1 revoke=1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			c.there(m)
			_, err := m.service().Resend(t.Context(), acme, ada)
			if (err != nil) != (c.failure != "") || err != nil && !strings.Contains(err.Error(), c.failure) {
				t.Errorf("error: %v, want %q", err, c.failure)
			}
			m.requested(t, c.requests)
			same(t, "mailed", len(m.mails) == 1, c.failure == "")
			same(t, "open", strings.Join(m.outstanding(), ", "), c.open)
			var withdrawn *Withdrawn
			same(t, "says that it revoked", errors.As(err, &withdrawn), strings.Contains(c.failure, "send"))
		})
	}
}

// The new one lives as long as the old one did, counted from now.
func TestResendLifetime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		m.invited(ada, "viewer").ExpiresAt = time.Now().Add(3 * time.Hour)
		<-time.After(2 * time.Hour)
		record, err := m.service().Resend(t.Context(), acme, ada)
		same(t, "error", err, nil)
		same(t, "left", time.Until(record.ExpiresAt).Round(time.Minute), 3*time.Hour)
	})
}

// A run mails a person once, whatever asks for it.
func TestResendOnce(t *testing.T) {
	t.Parallel()
	m := newMemory()
	service := m.service()
	if _, err := service.Create(t.Context(), acme, orderFor(ada, "viewer"), Policies{}); err != nil {
		t.Fatal(err)
	}
	_, err := service.Resend(t.Context(), acme, "ADA@example.com")
	same(t, "sent now", fails[*Exists[role]](t, err).SentNow, true)
	m.mailed(t, 1)
}

func TestWithdraw(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		there    func(*memory)
		said     string // "" is an error
		requests string
	}{
		"pending":            {func(m *memory) { m.invited(ada, "viewer") }, "was revoked", "invites=1 revoke=1"},
		"expired":            {func(m *memory) { m.invited(ada, "viewer"); m.expire(ada) }, "was revoked", "invites=1 revoke=1"},
		"revoked":            {func(m *memory) { m.invited(ada, "viewer"); m.withdraw(ada) }, "nothing to revoke", "invites=1 members=1"},
		"accepted":           {func(m *memory) { m.invited(ada, "viewer"); m.accept(ada) }, "is a member already", "invites=1 members=1"},
		"accepted meanwhile": {func(m *memory) { m.invited(ada, "viewer"); m.during(onRevoke, func() { m.accept(ada) }) }, "already gone", "invites=1 revoke=1"},
		"forbidden":          {func(m *memory) { m.invited(ada, "viewer"); m.forbid(onRevoke, ErrForbidden) }, "", "invites=1 revoke=1"},
		"members unknown":    {func(m *memory) { m.forbid(onMembers, ErrUncertain) }, "", "invites=1 members=1"},
		"members forbidden":  {func(m *memory) { m.forbid(onMembers, ErrForbidden) }, "nothing to revoke", "invites=1 members=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			c.there(m)
			said, err := m.service().Withdraw(t.Context(), acme, ada)
			same(t, "failed", err != nil, c.said == "")
			if !strings.Contains(said, c.said) {
				t.Errorf("said %q, want %q", said, c.said)
			}
			m.requested(t, c.requests)
			m.mailed(t, 0)
		})
	}
}
