// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// The action that sends an invitation again, by what there is.
func TestResend(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		there    func(*invitetest.Platform)
		failure  string
		requests string
		open     string
	}{
		"pending":    {func(m *invitetest.Platform) { m.InviteOutside("ADA@example.com", "editor") }, "", "invites=1 members=1 send=1 revoke=1", "editor for ADA@example.com"},
		"expired":    {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "editor"); m.Expire(invitetest.Ada) }, "", "invites=1 members=1 send=1 revoke=1", invitetest.EditorForAda},
		"secret ids": {func(m *invitetest.Platform) { m.SecretIDs = true; m.InviteOutside(invitetest.Ada, "editor") }, "", "invites=1 members=1 send=1 revoke=1", invitetest.EditorForAda},
		"nobody":     {func(*invitetest.Platform) {}, "nobody is invited", "invites=1 members=1", ""},
		"member":     {func(m *invitetest.Platform) { m.Join(invitetest.Ada, "viewer") }, "is a member already", "invites=1 members=1", ""},
		"member who is invited": {func(m *invitetest.Platform) {
			m.Join(invitetest.Ada, "viewer")
			m.InviteOutside(invitetest.Ada, "editor")
		}, "is a member already", "invites=1 members=1", invitetest.EditorForAda},
		"members forbidden": {func(m *invitetest.Platform) { m.FailAlways(invitetest.OnMembers, invite.ErrForbidden) }, "nobody is invited", "invites=1 members=1", ""},
		"members unknown":   {func(m *invitetest.Platform) { m.FailAlways(invitetest.OnMembers, invite.ErrUncertain) }, "failed at members", "invites=1 members=1", ""},
		"invitations unknown": {func(m *invitetest.Platform) {
			m.InviteOutside(invitetest.Ada, "viewer")
			m.FailAlways(invitetest.OnInvites, invite.ErrUncertain)
		}, "failed at invites", "invites=1", invitetest.ViewerForAda},
		"revoke fails": {func(m *invitetest.Platform) {
			m.InviteOutside(invitetest.Ada, "viewer")
			m.FailAlways(invitetest.OnRevoke, invite.ErrForbidden)
		}, "failed at revoke", "invites=1 members=1 revoke=1", invitetest.ViewerForAda},
		"accepted meanwhile": {func(m *invitetest.Platform) {
			m.InviteOutside(invitetest.Ada, "viewer")
			m.During(invitetest.OnRevoke, func() { m.Accept(invitetest.Ada) })
		}, "is a member already", "invites=1 members=2 revoke=1", ""},
		"revoked meanwhile": {func(m *invitetest.Platform) {
			m.InviteOutside(invitetest.Ada, "viewer")
			m.During(invitetest.OnRevoke, func() { m.RevokeOutside(invitetest.Ada) })
		}, "nobody is invited", "invites=1 members=2 revoke=1", ""},
		"refused": {func(m *invitetest.Platform) {
			m.InviteOutside(invitetest.Ada, "viewer")
			m.FailAlways(invitetest.OnSend, invite.ErrRefused)
		}, "failed at send", "invites=1 members=1 send=1 revoke=1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			c.there(m)
			_, err := m.NewService().Resend(t.Context(), invitetest.Acme, invitetest.Ada)
			if (err != nil) != (c.failure != "") || err != nil && !strings.Contains(err.Error(), c.failure) {
				t.Errorf("error: %v, want %q", err, c.failure)
			}
			m.ExpectRequests(t, c.requests)
			invitetest.Same(t, "mailed", len(m.Mails) == 1, c.failure == "")
			invitetest.Same(t, "acceptable", strings.Join(m.Acceptable(), ", "), c.open)
			var withdrawn *invite.Withdrawn
			invitetest.Same(t, "says that it revoked", errors.As(err, &withdrawn), strings.Contains(c.failure, "send"))
		})
	}
}

// The new one is valid for as long as the old one was, counted from now.
func TestResendLifetime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := invitetest.New()
		m.InviteOutside(invitetest.Ada, "viewer").ExpiresAt = time.Now().Add(3 * time.Hour)
		<-time.After(2 * time.Hour)
		service := m.NewService()
		_, err := service.Resend(t.Context(), invitetest.Acme, invitetest.Ada)
		invitetest.Same(t, "error", err, nil)
		pending, err := service.Invites(t.Context(), invitetest.Acme, invite.PendingOnly())
		invitetest.Same(t, "error of the list", err, nil)
		invitetest.Same(t, "pending", len(pending), 1)
		invitetest.Same(t, "left", time.Until(pending[0].ExpiresAt).Round(time.Minute), 3*time.Hour)
	})
}

// A run mails a person once, whatever asks for it.
func TestResendOnce(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	service := m.NewService()
	if _, err := service.Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{}); err != nil {
		t.Fatal(err)
	}
	_, err := service.Resend(t.Context(), invitetest.Acme, "ADA@example.com")
	invitetest.Same(t, "sent now", invitetest.ErrorAs[*invite.Exists[invitetest.Role]](t, err).SentNow, true)
	m.ExpectMails(t, 1)
}

func TestWithdraw(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		there    func(*invitetest.Platform)
		said     string // "" is an error
		requests string
	}{
		"pending": {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer") }, "was revoked", "invites=1 revoke=1"},
		"expired": {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer"); m.Expire(invitetest.Ada) }, "was revoked", "invites=1 revoke=1"},
		"revoked": {func(m *invitetest.Platform) {
			m.InviteOutside(invitetest.Ada, "viewer")
			m.RevokeOutside(invitetest.Ada)
		}, "nothing to revoke", "invites=1 members=1"},
		"accepted": {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer"); m.Accept(invitetest.Ada) }, "is a member already", "invites=1 members=1"},
		"accepted meanwhile": {func(m *invitetest.Platform) {
			m.InviteOutside(invitetest.Ada, "viewer")
			m.During(invitetest.OnRevoke, func() { m.Accept(invitetest.Ada) })
		}, "already gone", "invites=1 revoke=1"},
		"forbidden": {func(m *invitetest.Platform) {
			m.InviteOutside(invitetest.Ada, "viewer")
			m.FailAlways(invitetest.OnRevoke, invite.ErrForbidden)
		}, "", "invites=1 revoke=1"},
		"members unknown":   {func(m *invitetest.Platform) { m.FailAlways(invitetest.OnMembers, invite.ErrUncertain) }, "", "invites=1 members=1"},
		"members forbidden": {func(m *invitetest.Platform) { m.FailAlways(invitetest.OnMembers, invite.ErrForbidden) }, "nothing to revoke", "invites=1 members=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			c.there(m)
			said, err := m.NewService().Revoke(t.Context(), invitetest.Acme, invitetest.Ada)
			invitetest.Same(t, "failed", err != nil, c.said == "")
			if !strings.Contains(said, c.said) {
				t.Errorf("said %q, want %q", said, c.said)
			}
			m.ExpectRequests(t, c.requests)
			m.ExpectMails(t, 0)
		})
	}
}
