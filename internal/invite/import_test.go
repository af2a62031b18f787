// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// What an import finds, by what there is and what is named.
func TestFind(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		there  func(*invitetest.Platform)
		named  string
		status invite.Status // "" is nothing found
		id     string
		email  string
		member string
		grant  invitetest.Role
	}{
		"pending, by id":      {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer") }, "inv-a", invite.Pending, "inv-a", invitetest.Ada, "", "viewer"},
		"pending, by address": {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer") }, "Ada@Example.com", invite.Pending, "inv-a", "Ada@Example.com", "", "viewer"},
		"pending, secret ids": {func(m *invitetest.Platform) { m.SecretIDs = true; m.InviteOutside(invitetest.Ada, "viewer") }, "Ada@Example.com", invite.Pending, invitetest.Ada, "Ada@Example.com", "", "viewer"},
		"expired, by id":      {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer"); m.Expire(invitetest.Ada) }, "inv-a", invite.Expired, "inv-a", invitetest.Ada, "", "viewer"},
		"expired, by address": {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer"); m.Expire(invitetest.Ada) }, "ADA@example.com", invite.Expired, "inv-a", "ADA@example.com", "", "viewer"},
		"expired, secret ids": {func(m *invitetest.Platform) {
			m.SecretIDs = true
			m.InviteOutside(invitetest.Ada, "viewer")
			m.Expire(invitetest.Ada)
		}, invitetest.Ada, invite.Expired, invitetest.Ada, invitetest.Ada, "", "viewer"},
		"expired, and sent again": {func(m *invitetest.Platform) {
			m.InviteOutside(invitetest.Ada, "viewer")
			m.Expire(invitetest.Ada)
			m.InviteOutside(invitetest.Ada, "editor")
		}, invitetest.Ada, invite.Pending, "inv-b", invitetest.Ada, "", "editor"},
		"accepted, by id": {func(m *invitetest.Platform) {
			m.InviteOutside(invitetest.Ada, "viewer")
			m.Accept(invitetest.Ada)
			m.Organization(invitetest.Acme).Members[0].Grant = "editor"
		}, "inv-a", invite.Accepted, "inv-a", invitetest.Ada, "user-" + invitetest.Ada, "editor"},
		"accepted, by address": {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer"); m.Accept(invitetest.Ada) }, invitetest.Ada, invite.Accepted, "inv-a", invitetest.Ada, "user-" + invitetest.Ada, "viewer"},
		"accepted under another address": {func(m *invitetest.Platform) {
			m.InviteOutside(invitetest.Ada, "viewer")
			m.Accept(invitetest.Ada)
			m.Organization(invitetest.Acme).Members[0].Email = "lovelace@example.com"
		}, "inv-a", invite.Accepted, "inv-a", invitetest.Ada, "user-" + invitetest.Ada, "viewer"},
		"member, by address": {func(m *invitetest.Platform) { m.Join(invitetest.Ada, "viewer") }, "Ada@Example.com", invite.Accepted, "user-" + invitetest.Ada, "Ada@Example.com", "user-" + invitetest.Ada, "viewer"},
		"member, secret ids": {func(m *invitetest.Platform) { m.SecretIDs = true; m.Join(invitetest.Ada, "viewer") }, "Ada@Example.com", invite.Accepted, invitetest.Ada, "Ada@Example.com", "user-" + invitetest.Ada, "viewer"},
		"member, by id": {func(m *invitetest.Platform) {
			m.Join(invitetest.Ada, "viewer")
			m.Organization(invitetest.Acme).Members[0].ID = "u1"
		}, "u1", invite.Accepted, "u1", invitetest.Ada, "u1", "viewer"},
		"member with an expired one": {func(m *invitetest.Platform) {
			m.InviteOutside(invitetest.Ada, "editor")
			m.Expire(invitetest.Ada)
			m.Join(invitetest.Ada, "viewer")
		}, invitetest.Ada, invite.Accepted, "user-" + invitetest.Ada, invitetest.Ada, "user-" + invitetest.Ada, "viewer"},
		"revoked, by id": {func(m *invitetest.Platform) {
			m.InviteOutside(invitetest.Ada, "viewer")
			m.RevokeOutside(invitetest.Ada)
		}, "inv-a", "", "", "", "", ""},
		"revoked, by address": {func(m *invitetest.Platform) {
			m.InviteOutside(invitetest.Ada, "viewer")
			m.RevokeOutside(invitetest.Ada)
		}, invitetest.Ada, "", "", "", "", ""},
		"nobody, by id":      {func(m *invitetest.Platform) { m.Join(invitetest.Ada, "viewer") }, "inv-z", "", "", "", "", ""},
		"nobody, by address": {func(*invitetest.Platform) {}, invitetest.Ada, "", "", "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			c.there(m)
			found, err := m.NewService().Import(t.Context(), invitetest.Acme, c.named)
			if c.status == "" {
				invitetest.Same(t, "not found", errors.Is(err, invite.ErrNotFound), true)
				return
			}
			invitetest.Same(t, "error", err, nil)
			invitetest.Same(t, "status", found.Status, c.status)
			invitetest.Same(t, "id", found.ID, c.id)
			invitetest.Same(t, "email", found.Email, c.email)
			invitetest.Same(t, "member", found.MemberID, c.member)
			invitetest.Same(t, "grant", found.Grant, c.grant)
			invitetest.Same(t, "organization", found.Organization, invitetest.Acme)
		})
	}
}

// A failure is an error, and not "not found".
func TestFindFails(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at    invitetest.Operation
		named string
	}{{invitetest.OnInvites, invitetest.Ada}, {invitetest.OnInvites, "inv-a"}, {invitetest.OnMembers, invitetest.Ada}, {invitetest.OnMembers, "user-x"}} {
		m := invitetest.New()
		m.FailAlways(c.at, invite.ErrForbidden)
		if _, err := m.NewService().Import(t.Context(), invitetest.Acme, c.named); !errors.Is(err, invite.ErrForbidden) || errors.Is(err, invite.ErrNotFound) {
			t.Errorf("%s, %s: %v", c.at, c.named, err)
		}
	}
}

// A member whose address is not shown cannot be imported by id.
func TestFindMemberWithoutAddress(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.Join(invitetest.Ada, "viewer")
	*m.Organization(invitetest.Acme).Members[0] = invite.Member[invitetest.Role]{ID: "u1", Grant: "viewer"}
	_, err := m.NewService().Import(t.Context(), invitetest.Acme, "u1")
	if err == nil || !strings.Contains(err.Error(), "does not show the address") {
		t.Errorf("error: %v", err)
	}
}

func TestFindResolves(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.ResolvesGrants = true
	m.InviteOutside(invitetest.Ada, "the viewer")
	found, err := m.NewService().Import(t.Context(), invitetest.Acme, invitetest.Ada)
	invitetest.Same(t, "error", err, nil)
	invitetest.Same(t, "grant", found.Grant, "viewer")
	m.FailAlways(invitetest.OnResolve, invite.ErrForbidden)
	if _, err := m.NewService().Import(t.Context(), invitetest.Acme, invitetest.Ada); !errors.Is(err, invite.ErrForbidden) {
		t.Errorf("error: %v", err)
	}
}
