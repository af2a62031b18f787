// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

func TestSelect(t *testing.T) {
	t.Parallel()
	soon := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	all := []invite.Invite[invitetest.Role]{
		{ID: "5", Email: "carol@example.com", Status: invite.Pending},
		{ID: "2", Email: "Bob@Example.com", Status: invite.Pending, ExpiresAt: soon.Add(time.Hour)},
		{ID: "1", Email: "bob@example.com", Status: invite.Revoked, ExpiresAt: soon},
		{ID: "4", Email: "ada@notexample.com", Status: invite.Expired, ExpiresAt: soon},
		{ID: "3", Email: "ada@sub.example.com", Status: invite.Accepted, ExpiresAt: soon},
	}
	for name, c := range map[string]struct {
		filter invite.Filter
		ids    string
	}{
		"everything":       {invite.Filter{}, "4 3 1 2 5"},
		"pending":          {invite.Filter{Statuses: []invite.Status{invite.Pending}}, "2 5"},
		"two states":       {invite.Filter{Statuses: []invite.Status{invite.Revoked, invite.Accepted}}, "3 1"},
		"address":          {invite.Filter{Email: "BOB@example.com"}, "1 2"},
		"domain":           {invite.Filter{Domain: "EXAMPLE.com"}, "1 2 5"},
		"other domain":     {invite.Filter{Domain: "sub.example.com"}, "3"},
		"no such domain":   {invite.Filter{Domain: "com"}, ""},
		"before that":      {invite.Filter{ExpiringBefore: soon}, ""},
		"before later":     {invite.Filter{ExpiringBefore: soon.Add(time.Second)}, "4 3 1"},
		"before, no end":   {invite.Filter{ExpiringBefore: soon.Add(invitetest.Week), Statuses: []invite.Status{invite.Pending}}, "2"},
		"all at once":      {invite.Filter{Statuses: []invite.Status{invite.Pending}, Domain: "example.com", Email: "bob@example.com", ExpiringBefore: soon.Add(invitetest.Week)}, "2"},
		"nothing of these": {invite.Filter{Statuses: []invite.Status{invite.Expired}, Domain: "example.com"}, ""},
	} {
		var ids []string
		selected := invite.Select(all, c.filter)
		for _, invitation := range selected {
			ids = append(ids, invitation.ID)
		}
		invitetest.Same(t, name, strings.Join(ids, " "), c.ids)
		invitetest.Same(t, name+": nil", selected == nil, false)
	}
	invitetest.Same(t, "the list itself", all[0].ID, "5")
}

func TestSummaries(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.SecretIDs = true
	sent := m.InviteOutside("Ada@Example.com", "viewer")
	m.InviteOutside("bob@example.com", "editor")
	var lister invite.Summarizer = m.NewService()
	got, err := lister.Summaries(t.Context(), invitetest.Acme, invite.Filter{Email: invitetest.Ada})
	if err != nil || len(got) != 1 {
		t.Fatalf("got %v, %v", got, err)
	}
	invitetest.Same(t, "summary", got[0], invite.Summary{
		ID: invitetest.Ada, Email: "Ada@Example.com", Status: invite.Pending, Grant: "role viewer",
		CreatedAt: sent.CreatedAt, ExpiresAt: sent.ExpiresAt,
	})
	none, err := lister.Summaries(t.Context(), "empty", invite.Filter{})
	if err != nil || none == nil || len(none) != 0 {
		t.Errorf("of nothing: %v, %v", none, err)
	}
	m.FailAlways(invitetest.OnInvites, invite.ErrForbidden)
	if got, err := m.NewService().Summaries(t.Context(), invitetest.Acme, invite.Filter{}); got != nil || !errors.Is(err, invite.ErrForbidden) {
		t.Errorf("of a failure: %v, %v", got, err)
	}
}
