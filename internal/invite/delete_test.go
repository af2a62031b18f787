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

// What destroying a pending invitation does, by what happened to it.
func TestDelete(t *testing.T) {
	t.Parallel()
	forgetful := func(m *invitetest.Platform) {
		m.Unlisted = []invite.Status{invite.Accepted, invite.Revoked, invite.Expired}
	}
	secret := func(m *invitetest.Platform) { m.SecretIDs = true }
	for name, c := range map[string]struct {
		shape    func(*invitetest.Platform)
		happened func(*invitetest.Platform)
		stays    bool // a warning says that the person stays a member
		requests string
	}{
		"nothing":               {nil, func(*invitetest.Platform) {}, false, "revoke=1"},
		"nothing, secret ids":   {secret, func(*invitetest.Platform) {}, false, "invites=1 revoke=1"},
		"revoked":               {nil, func(m *invitetest.Platform) { m.RevokeOutside(invitetest.Ada) }, false, "invites=1 members=1 revoke=1"},
		"revoked, list forgets": {forgetful, func(m *invitetest.Platform) { m.RevokeOutside(invitetest.Ada) }, false, "invites=1 members=1 revoke=1"},
		"revoked, secret ids":   {secret, func(m *invitetest.Platform) { m.RevokeOutside(invitetest.Ada) }, false, "invites=1 members=1"},
		"revoked, members may not be listed": {nil, func(m *invitetest.Platform) {
			m.RevokeOutside(invitetest.Ada)
			m.FailAlways(invitetest.OnMembers, invite.ErrForbidden)
		}, false, "invites=1 members=1 revoke=1"},
		"accepted":                            {nil, func(m *invitetest.Platform) { m.Accept(invitetest.Ada) }, true, "invites=1 revoke=1"},
		"accepted, list forgets":              {forgetful, func(m *invitetest.Platform) { m.Accept(invitetest.Ada) }, true, "invites=1 members=1 revoke=1"},
		"accepted, secret ids":                {secret, func(m *invitetest.Platform) { m.Accept(invitetest.Ada) }, true, "invites=1"},
		"accepted at that moment":             {nil, func(m *invitetest.Platform) { m.During(invitetest.OnRevoke, func() { m.Accept(invitetest.Ada) }) }, true, "invites=1 revoke=1"},
		"accepted at that moment, secret ids": {secret, func(m *invitetest.Platform) { m.During(invitetest.OnRevoke, func() { m.Accept(invitetest.Ada) }) }, true, "invites=2 revoke=1"},
		"accepted, and the revoke is refused": {nil, func(m *invitetest.Platform) { m.Accept(invitetest.Ada); m.Fail(invitetest.OnRevoke, invite.ErrRefused) }, true, "invites=1 revoke=1"},
		"sent again":                          {nil, func(m *invitetest.Platform) { m.ResendOutside(invitetest.Ada, "editor") }, false, "invites=1 revoke=2"},
		"sent again, secret ids":              {secret, func(m *invitetest.Platform) { m.ResendOutside(invitetest.Ada, "editor") }, false, "invites=1 revoke=1"},
		"sent again, and gone by then": {nil, func(m *invitetest.Platform) {
			m.ResendOutside(invitetest.Ada, "editor")
			m.OnRevoke(2, func() { m.RevokeOutside(invitetest.Ada) })
		}, false, "invites=1 revoke=2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			if c.shape != nil {
				c.shape(m)
			}
			state := m.SentTo(t, invitetest.Ada)
			c.happened(m)
			warnings, err := m.NewService().Delete(t.Context(), state, invite.Policies{})
			invitetest.Same(t, "error", err, nil)
			invitetest.Same(t, "stays", len(warnings) == 1, c.stays)
			for _, warning := range warnings {
				if told := warning.Summary + warning.Detail; !strings.Contains(told, invitetest.Ada) || !strings.Contains(told, invitetest.Acme) || !strings.Contains(told, m.Traits().RemoveAccess) {
					t.Errorf("warning: %q", told)
				}
			}
			m.ExpectRequests(t, c.requests)
			invitetest.Same(t, "open", len(m.Acceptable()), 0)
			invitetest.Same(t, "still a member", len(m.Organization(invitetest.Acme).Members) == 1, c.stays)
			m.ExpectMails(t, 0)
		})
	}
}

func TestDeleteExpired(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shape    func(*invitetest.Platform)
		requests string
	}{
		"listed":     {func(*invitetest.Platform) {}, "revoke=1"},
		"refused":    {func(m *invitetest.Platform) { m.FailAlways(invitetest.OnRevoke, invite.ErrRefused) }, "invites=1 revoke=1"},
		"secret ids": {func(m *invitetest.Platform) { m.SecretIDs = true }, "invites=1 revoke=1"},
		"forgotten":  {func(m *invitetest.Platform) { m.SecretIDs, m.Unlisted = true, []invite.Status{invite.Expired} }, "invites=1 members=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := invitetest.New()
				c.shape(m)
				state := m.SentTo(t, invitetest.Ada)
				<-time.After(2 * invitetest.Week)
				state.Status = invite.Expired
				warnings, err := m.NewService().Delete(t.Context(), state, invite.Policies{})
				invitetest.Same(t, "error", err, nil)
				invitetest.Same(t, "warnings", len(warnings), 0)
				m.ExpectRequests(t, c.requests)
			})
		})
	}
}

// A failure keeps the state: what could not be revoked may still be accepted.
func TestDeleteFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		arrange func(*invitetest.Platform)
		policy  invite.Policies
		want    error
	}{
		"forbidden":             {func(m *invitetest.Platform) { m.FailAlways(invitetest.OnRevoke, invite.ErrForbidden) }, invite.Policies{}, invite.ErrForbidden},
		"uncertain":             {func(m *invitetest.Platform) { m.FailAlways(invitetest.OnRevoke, invite.ErrUncertain) }, invite.Policies{}, invite.ErrUncertain},
		"refused while pending": {func(m *invitetest.Platform) { m.FailAlways(invitetest.OnRevoke, invite.ErrRefused) }, invite.Policies{}, invite.ErrRefused},
		"gone, and no list": {func(m *invitetest.Platform) {
			m.RevokeOutside(invitetest.Ada)
			m.FailAlways(invitetest.OnInvites, invite.ErrForbidden)
		}, invite.Policies{}, invite.ErrForbidden},
		"gone, and a failing list": {func(m *invitetest.Platform) {
			m.RevokeOutside(invitetest.Ada)
			m.FailAlways(invitetest.OnInvites, invite.ErrUncertain)
		}, invite.Policies{}, invite.ErrUncertain},
		"gone, and failing members": {func(m *invitetest.Platform) {
			m.RevokeOutside(invitetest.Ada)
			m.FailAlways(invitetest.OnMembers, invite.ErrUncertain)
		}, invite.Policies{}, invite.ErrUncertain},
		"gone, managed, and no members": {func(m *invitetest.Platform) {
			m.RevokeOutside(invitetest.Ada)
			m.FailAlways(invitetest.OnMembers, invite.ErrForbidden)
		}, invite.Policies{ManageMembership: true}, invite.ErrForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			state := m.SentTo(t, invitetest.Ada)
			c.arrange(m)
			if _, err := m.NewService().Delete(t.Context(), state, c.policy); !errors.Is(err, c.want) {
				t.Errorf("error: %v, want %v", err, c.want)
			}
		})
	}
}

// Destroying after acceptance: no request, unless the membership is managed.
func TestDeleteAccepted(t *testing.T) {
	t.Parallel()
	managed := invite.Policies{ManageMembership: true}
	for name, c := range map[string]struct {
		happened func(*invitetest.Platform)
		policies invite.Policies
		warnings int
		failure  error
		requests string
		members  int
	}{
		"not managed":                    {func(*invitetest.Platform) {}, invite.Policies{}, 1, nil, "", 1},
		"managed":                        {func(*invitetest.Platform) {}, managed, 0, nil, "members=1 remove=1", 0},
		"managed, left":                  {func(m *invitetest.Platform) { m.Leave(invitetest.Ada) }, managed, 0, nil, "members=1", 0},
		"managed, leaves at that moment": {func(m *invitetest.Platform) { m.During(invitetest.OnRemove, func() { m.Leave(invitetest.Ada) }) }, managed, 0, nil, "members=2 remove=1", 0},
		"managed, not found, but there":  {func(m *invitetest.Platform) { m.FailAlways(invitetest.OnRemove, invite.ErrGone) }, managed, 0, invite.ErrGone, "members=2 remove=1", 1},
		"managed, another address": {func(m *invitetest.Platform) {
			m.Organization(invitetest.Acme).Members[0].Email = "lovelace@example.com"
		}, managed, 0, nil, "members=1 remove=1", 0},
		"managed, another person has it": {func(m *invitetest.Platform) { m.Organization(invitetest.Acme).Members[0].ID = "user-other" }, managed, 0, nil, "members=1", 1},
		"managed, forbidden":             {func(m *invitetest.Platform) { m.FailAlways(invitetest.OnRemove, invite.ErrForbidden) }, managed, 0, invite.ErrForbidden, "members=1 remove=1", 1},
		"managed, members forbidden":     {func(m *invitetest.Platform) { m.FailAlways(invitetest.OnMembers, invite.ErrForbidden) }, managed, 0, invite.ErrForbidden, "members=1", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			m.ManagesMembers = true
			state := m.SentTo(t, invitetest.Ada)
			m.Accept(invitetest.Ada)
			state.Status, state.MemberID = invite.Accepted, "user-"+invitetest.Ada
			c.happened(m)
			warnings, err := m.NewService().Delete(t.Context(), state, c.policies)
			if !errors.Is(err, c.failure) {
				t.Errorf("error: %v, want %v", err, c.failure)
			}
			invitetest.Same(t, "warnings", len(warnings), c.warnings)
			invitetest.Same(t, "members", len(m.Organization(invitetest.Acme).Members), c.members)
			m.ExpectRequests(t, c.requests)
		})
	}
}

// A managed person who accepts while the process is at work is removed too,
// although the process had read who is a member before.
func TestDeleteSeesAMemberWhoJustCame(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shape    func(*invitetest.Platform)
		requests string
	}{
		"list forgets": {func(m *invitetest.Platform) { m.Unlisted = []invite.Status{invite.Accepted, invite.Revoked} }, "invites=1 members=1 revoke=1 remove=1"},
		"list keeps":   {func(*invitetest.Platform) {}, "invites=1 members=1 revoke=1 remove=1"},
		"secret ids": {func(m *invitetest.Platform) {
			m.SecretIDs, m.Unlisted = true, []invite.Status{invite.Accepted, invite.Revoked}
		}, "invites=1 members=1 revoke=1 remove=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			m.ManagesMembers = true
			c.shape(m)
			state := m.SentTo(t, invitetest.Ada)
			service := m.NewService()
			if _, err := service.Create(t.Context(), invitetest.Acme, invitetest.RequestFor("bob@example.com", "viewer"), invite.Policies{}); err != nil {
				t.Fatal(err)
			}
			m.Accept(invitetest.Ada)
			m.Requests()
			warnings, err := service.Delete(t.Context(), state, invite.Policies{ManageMembership: true})
			invitetest.Same(t, "error", err, nil)
			invitetest.Same(t, "warnings", len(warnings), 0)
			invitetest.Same(t, "members", len(m.Organization(invitetest.Acme).Members), 0)
			m.ExpectRequests(t, c.requests)
		})
	}
}

func TestManagingNeedsACapablePlatform(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	state := m.SentTo(t, invitetest.Ada)
	m.Accept(invitetest.Ada)
	state.Status = invite.Accepted
	_, err := m.NewService().Delete(t.Context(), state, invite.Policies{ManageMembership: true})
	if err == nil || !strings.Contains(err.Error(), "manage_membership cannot be used") {
		t.Errorf("delete: %v", err)
	}
	_, err = m.NewService().Update(t.Context(), state, "editor", managed, managed)
	if err == nil || !strings.Contains(err.Error(), "manage_membership cannot be used") {
		t.Errorf("change: %v", err)
	}
	m.ExpectRequests(t, "")
}
