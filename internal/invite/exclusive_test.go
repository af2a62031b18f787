// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// addresses are those of undeclared invitations.
func addresses(found []invite.Undeclared) (all []string) {
	for _, one := range found {
		all = append(all, one.Email)
	}
	return all
}

// Who is invited that nobody declared, by what there is.
func TestFindUndeclared(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		emails, except []string
		there          func(*invitetest.Platform)
		want           string
	}{
		"declared, in another letter case": {[]string{"Ada@Example.com"}, nil, nil, ""},
		"not declared":                     {[]string{"grace@example.com"}, nil, nil, invitetest.Ada},
		"nobody declared":                  {nil, nil, nil, invitetest.Ada},
		"excepted":                         {nil, []string{"ADA@example.com"}, nil, ""},
		"excepted domain":                  {nil, []string{"@Example.COM"}, nil, ""},
		"another domain":                   {nil, []string{"@ample.com", "@sub.example.com"}, nil, invitetest.Ada},
		"accepted":                         {nil, nil, func(m *invitetest.Platform) { m.Accept(invitetest.Ada) }, ""},
		"expired":                          {nil, nil, func(m *invitetest.Platform) { m.Expire(invitetest.Ada) }, ""},
		"revoked":                          {nil, nil, func(m *invitetest.Platform) { m.RevokeOutside(invitetest.Ada) }, ""},
		"invited twice": {
			nil, nil, func(m *invitetest.Platform) { m.InviteOutside("ADA@example.com", "editor") },
			invitetest.Ada + " " + invitetest.Ada,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			m.InviteOutside(invitetest.Ada, "viewer")
			if c.there != nil {
				c.there(m)
			}
			found, err := m.NewService().FindUndeclared(t.Context(), invitetest.Acme, invite.NewAllowed(c.emails, c.except))
			if err != nil {
				t.Fatal(err)
			}
			invitetest.Same(t, "undeclared", strings.Join(addresses(found), " "), c.want)
			m.ExpectRequests(t, "invites=1")
		})
	}
}

// What a resource in state manages is declared, also where the platform spells its address in another way.
func TestFindUndeclaredOfObjects(t *testing.T) {
	t.Parallel()
	for name, rewrites := range map[string]bool{"same address": false, "another spelling": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			m.RewritesAddresses = rewrites
			state := m.SentTo(t, "ada+team@example.com")
			s := m.NewService()
			s.Track(state)
			found, err := s.FindUndeclared(t.Context(), invitetest.Acme, invite.NewAllowed([]string{"grace@example.com"}, nil))
			if err != nil || len(found) > 0 {
				t.Errorf("%v, %v", found, err)
			}
		})
	}
}

// Only what was found is revoked, as long as it is pending.
func TestRevokeUndeclared(t *testing.T) {
	t.Parallel()
	refused := func(meaning error) func(*invitetest.Platform) {
		return func(m *invitetest.Platform) { m.Fail(invitetest.OnRevoke, meaning) }
	}
	for name, c := range map[string]struct {
		meanwhile func(*invitetest.Platform)
		untouched bool
		failure   string
		requests  string
		open      string
	}{
		"pending": {nil, false, "", "invites=1 revoke=1", ""},
		"accepted since": {
			func(m *invitetest.Platform) { m.Accept(invitetest.Ada) },
			true, "", "invites=1", "",
		},
		"revoked since": {
			func(m *invitetest.Platform) { m.RevokeOutside(invitetest.Ada) },
			true, "", "invites=1", "",
		},
		"expired since": {
			func(m *invitetest.Platform) { m.Expire(invitetest.Ada) },
			true, "", "invites=1", "",
		},
		"sent again since": {
			func(m *invitetest.Platform) { m.ResendOutside(invitetest.Ada, "editor") },
			true, "", "invites=1", invitetest.EditorForAda,
		},
		"another one since": {
			func(m *invitetest.Platform) { m.InviteOutside("mallory@example.com", "editor") },
			false, "", "invites=1 revoke=1", "editor for mallory@example.com",
		},
		"accepted at that moment": {func(m *invitetest.Platform) {
			m.During(invitetest.OnRevoke, func() { m.Accept(invitetest.Ada) })
		}, true, "", "invites=1 revoke=1", ""},
		"refused because it was accepted": {func(m *invitetest.Platform) {
			refused(invite.ErrRefused)(m)
			m.During(invitetest.OnRevoke, func() { m.Accept(invitetest.Ada) })
		}, true, "", "invites=2 revoke=1", ""},
		"refused":   {refused(invite.ErrRefused), false, "failed at revoke", "invites=2 revoke=1", invitetest.ViewerForAda},
		"forbidden": {refused(invite.ErrForbidden), false, "failed at revoke", "invites=1 revoke=1", invitetest.ViewerForAda},
	} {
		for _, secret := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				m := invitetest.New()
				m.SecretIDs = secret
				m.InviteOutside(invitetest.Ada, "viewer")
				planned, err := m.NewService().FindUndeclared(t.Context(), invitetest.Acme, invite.Allowed{})
				if err != nil || len(planned) != 1 {
					t.Fatal(planned, err)
				}
				if kept, err := json.Marshal(planned); err != nil || strings.Contains(string(kept), "secret-") {
					t.Errorf("private state would hold %s (%v)", kept, err)
				}
				m.Requests()
				if c.meanwhile != nil {
					c.meanwhile(m)
				}
				results, err := m.NewService().RevokeUndeclared(t.Context(), invitetest.Acme, planned)
				if err != nil || len(results) != 1 {
					t.Fatal(results, err)
				}
				invitetest.Same(t, "untouched", results[0].Untouched, c.untouched)
				if failure := results[0].Err; (failure == nil) != (c.failure == "") ||
					failure != nil && !strings.Contains(failure.Error(), c.failure) {
					t.Errorf("error: %v, want %q", failure, c.failure)
				}
				m.ExpectRequests(t, c.requests)
				invitetest.Same(t, "open", strings.Join(m.Acceptable(), " "), c.open)
				m.ExpectMails(t, 0)
			})
		}
	}
}

// A list that cannot be read is an error, and nothing is revoked.
func TestUndeclaredUnknown(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.InviteOutside(invitetest.Ada, "viewer")
	planned, err := m.NewService().FindUndeclared(t.Context(), invitetest.Acme, invite.Allowed{})
	if err != nil {
		t.Fatal(err)
	}
	m.FailAlways(invitetest.OnInvites, invite.ErrUncertain)
	if found, err := m.NewService().FindUndeclared(t.Context(), invitetest.Acme, invite.Allowed{}); err == nil {
		t.Errorf("found %v", found)
	}
	m.Requests()
	if results, err := m.NewService().RevokeUndeclared(t.Context(), invitetest.Acme, planned); err == nil {
		t.Errorf("revoked %v", results)
	}
	m.ExpectRequests(t, "invites=1")
}

// An invitation that a resource of the same run manages by now is not touched.
func TestRevokeUndeclaredAdopted(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.InviteOutside(invitetest.Ada, "viewer")
	s := m.NewService()
	planned, err := s.FindUndeclared(t.Context(), invitetest.Acme, invite.Allowed{})
	if err != nil {
		t.Fatal(err)
	}
	request := invitetest.RequestFor(invitetest.Ada, "viewer")
	if _, err := s.Create(t.Context(), invitetest.Acme, request, invite.Policies{AdoptExisting: true}); err != nil {
		t.Fatal(err)
	}
	results, err := s.RevokeUndeclared(t.Context(), invitetest.Acme, planned)
	if err != nil || len(results) != 1 || !results[0].Untouched {
		t.Errorf("%v, %v", results, err)
	}
}

// Whoever is planned later finds the contradiction.
func TestDeclarations(t *testing.T) {
	t.Parallel()
	s := invitetest.New().NewService()
	if s.DeclarePerson(invitetest.Acme, "Eve@example.com") {
		t.Error("excluded by nobody")
	}
	allowed := invite.NewAllowed([]string{invitetest.Ada}, []string{"@other.org"})
	missing, another := s.DeclareExclusive(invitetest.Acme, "one", allowed)
	if !slices.Equal(missing, []string{"eve@example.com"}) || another {
		t.Errorf("missing %v, another %t", missing, another)
	}
	for email, excluded := range map[string]bool{
		"ADA@example.com": false, "bob@other.org": false, "bob@example.com": true,
	} {
		invitetest.Same(t, email, s.DeclarePerson(invitetest.Acme, email), excluded)
	}
	if s.DeclarePerson("globex", "bob@example.com") {
		t.Error("excluded by a resource of another organization")
	}
	if _, another := s.DeclareExclusive(invitetest.Acme, "one", allowed); another {
		t.Error("another one than itself")
	}
	if _, another := s.DeclareExclusive("globex", "two", allowed); another {
		t.Error("another one, of another organization")
	}
	if _, another := s.DeclareExclusive(invitetest.Acme, "two", allowed); !another {
		t.Error("two of them for one organization")
	}
}

// Covers is what tells whether somebody is no longer allowed.
func TestAllowedCovers(t *testing.T) {
	t.Parallel()
	before := invite.NewAllowed([]string{invitetest.Ada}, []string{"@other.org"})
	for name, c := range map[string]struct {
		now  invite.Allowed
		want bool
	}{
		"the same":         {before, true},
		"more":             {invite.NewAllowed([]string{"ADA@example.com", "b@x.io"}, []string{"@other.org"}), true},
		"by domain":        {invite.NewAllowed(nil, []string{"@example.com", "@other.org"}), true},
		"without a person": {invite.NewAllowed(nil, []string{"@other.org"}), false},
		"without a domain": {invite.NewAllowed([]string{invitetest.Ada, "a@other.org"}, nil), false},
	} {
		invitetest.Same(t, name, c.now.Covers(before), c.want)
	}
}
