// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"errors"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// managed are the policies of a resource that manages the membership.
var managed = invite.Policies{ManageMembership: true}

// What is decided about a declared grant, and what an update then does.
func TestUpdateDecision(t *testing.T) {
	t.Parallel()
	var unmanaged invite.Policies
	for name, c := range map[string]struct {
		prior       func(*invite.State[invitetest.Role])
		grant       invitetest.Role
		before, now invite.Policies
		want        invite.UpdateDecision
		requests    string
	}{
		"the same":                 {nil, "viewer", unmanaged, unmanaged, invite.RecordGrant, ""},
		"the same, managed":        {nil, "viewer", managed, managed, invite.RecordGrant, ""},
		"another one":              {nil, "editor", unmanaged, unmanaged, invite.RefuseChange, ""},
		"another one, managed":     {nil, "editor", managed, managed, invite.ChangeMember, "members=1 change=1"},
		"another one, managed now": {nil, "editor", unmanaged, managed, invite.ChangeMember, "members=1 change=1"},
		"another one, let go":      {nil, "editor", managed, unmanaged, invite.RefuseChange, ""},
		"let go after a drift":     {func(s *invite.State[invitetest.Role]) { s.Grant = "owner" }, "viewer", managed, unmanaged, invite.KeepMember, ""},
		"drifted, not managed":     {func(s *invite.State[invitetest.Role]) { s.Grant = "owner" }, "viewer", unmanaged, unmanaged, invite.RefuseChange, ""},
		"pending": {
			func(s *invite.State[invitetest.Role]) { s.Status = invite.Pending },
			"viewer", unmanaged, unmanaged, invite.RecordGrant, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			m.ManagesMembers = true
			prior := m.AcceptedBy(t, invitetest.Ada)
			if c.prior != nil {
				c.prior(&prior)
			}
			m.Requests()
			invitetest.Same(t, "decision", invite.PreviewUpdate(prior, c.grant, c.before, c.now), c.want)
			got, err := m.NewService().Update(t.Context(), prior, c.grant, c.before, c.now)
			if refused := errors.Is(err, invite.ErrNotManaged); refused != (c.want == invite.RefuseChange) {
				t.Errorf("error: %v", err)
			}
			if err == nil {
				invitetest.Same(t, "grant", got.Grant, c.grant)
				invitetest.Same(t, "granted", got.Object.Granted, c.grant.String())
			}
			m.ExpectRequests(t, c.requests)
		})
	}
}

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
			now, err := m.NewService().Update(t.Context(), prior, "editor", managed, managed)
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

// After a change that may have failed, the next reader lists the members again. After
// one that worked, it need not.
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
		_, _ = service.Update(t.Context(), prior, "editor", managed, managed)
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
	now, err := m.NewService().Update(t.Context(), prior, "the editor", managed, managed)
	invitetest.Same(t, "error", err, nil)
	invitetest.Same(t, "grant", now.Grant, "editor")
	invitetest.Same(t, "the member has", m.Organization(invitetest.Acme).Members[0].Grant, "editor")
	m.FailAlways(invitetest.OnResolve, invite.ErrForbidden)
	if _, err := m.NewService().Update(t.Context(), prior, "the owner", managed, managed); !errors.Is(err, invite.ErrForbidden) {
		t.Errorf("error: %v", err)
	}
	invitetest.Same(t, "the member still has", m.Organization(invitetest.Acme).Members[0].Grant, "editor")
}
