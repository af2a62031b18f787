// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// Both lists are read once for everybody who plans a new invitation.
func TestPreviewReadsBothListsOnce(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	s := m.NewService()
	for range 3 {
		preview, err := s.PreviewCreate(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{})
		invitetest.Same(t, "error", err, nil)
		invitetest.Same(t, "decision", preview.Decision, invite.Send)
	}
	m.ExpectRequests(t, "invites=1 members=1")
}

// What a plan says about an existing invitation or member is what the apply does.
func TestPreviewIsWhatCreateDoes(t *testing.T) {
	t.Parallel()
	adopting := invite.Policies{AdoptExisting: true}
	for name, c := range map[string]struct {
		happened func(*invitetest.Platform)
		policies invite.Policies
		want     invite.Decision
		requests string
	}{
		"nothing":             {func(*invitetest.Platform) {}, adopting, invite.Send, "send=1"},
		"invited":             {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer") }, invite.Policies{}, invite.Refuse, ""},
		"invited, adopting":   {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer") }, adopting, invite.Adopt, ""},
		"invited differently": {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "editor") }, adopting, invite.Replace, "send=1 revoke=1"},
		"a member":            {func(m *invitetest.Platform) { m.Join(invitetest.Ada, "viewer") }, invite.Policies{}, invite.Refuse, ""},
		"a member, adopting":  {func(m *invitetest.Platform) { m.Join(invitetest.Ada, "viewer") }, adopting, invite.RecordMember, ""},
		"a member who is invited": {func(m *invitetest.Platform) {
			m.Join(invitetest.Ada, "viewer")
			m.InviteOutside(invitetest.Ada, "editor")
		}, adopting, invite.RecordMember, "revoke=1"},
		"a member, members forbidden": {func(m *invitetest.Platform) {
			m.Join(invitetest.Ada, "viewer")
			m.FailAlways(invitetest.OnMembers, invite.ErrForbidden)
		}, adopting, invite.Send, "send=1"},
		"expired":                      {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer"); m.Expire(invitetest.Ada) }, invite.Policies{}, invite.Send, "send=1"},
		"another way to spell a grant": {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer"); m.AnswersInCapitals = true }, adopting, invite.Adopt, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			c.happened(m)
			preview, err := m.NewService().PreviewCreate(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), c.policies)
			invitetest.Same(t, "error", err, nil)
			invitetest.Same(t, "decision", preview.Decision, c.want)
			m.Requests()
			_, err = m.NewService().Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), c.policies)
			invitetest.Same(t, "refused", err != nil, c.want == invite.Refuse)
			invitetest.Same(t, "requests", invitetest.Writes(m.Requests()), c.requests)
		})
	}
}

// A grant that is known only after apply is not compared.
func TestPreviewOfAnUnknownGrant(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.InviteOutside(invitetest.Ada, "viewer")
	request := invitetest.RequestFor(invitetest.Ada, "")
	request.GrantUnknown = true
	preview, err := m.NewService().PreviewCreate(t.Context(), invitetest.Acme, request, invite.Policies{AdoptExisting: true})
	invitetest.Same(t, "error", err, nil)
	invitetest.Same(t, "decision", preview.Decision, invite.Undecided)
}

// A list of members that was requested before the invitations arrived does not prove that somebody is not a member.
func TestReadBesideOlderMembers(t *testing.T) {
	t.Parallel()
	for name, look := range map[string]func(*testing.T, *invitetest.Platform, *invite.Service[invitetest.Role]){
		"read before": func(t *testing.T, m *invitetest.Platform, s *invite.Service[invitetest.Role]) {
			_, err := s.Members(t.Context(), invitetest.Acme)
			invitetest.Same(t, "error", err, nil)
			m.Accept(invitetest.Ada)
		},
		"slow to arrive": func(t *testing.T, m *invitetest.Platform, s *invite.Service[invitetest.Role]) {
			m.Delay(invitetest.OnMembers, func() { time.Sleep(time.Second) })
			go func() {
				_, err := s.Members(t.Context(), invitetest.Acme)
				invitetest.Same(t, "error", err, nil)
			}()
			synctest.Wait()
			m.Accept(invitetest.Ada)
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := invitetest.New()
				m.Unlisted = []invite.Status{invite.Accepted}
				state := m.SentTo(t, invitetest.Ada)
				s := m.NewService()
				look(t, m, s)
				now, present, err := invitetest.Read(t, s, state, invite.Policies{})
				invitetest.Same(t, "error", err, nil)
				invitetest.Same(t, "present", present, true)
				invitetest.Same(t, "status", now.Status, invite.Accepted)
				m.ExpectRequests(t, "invites=1 members=2")
			})
		})
	}
}
