// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package snyk_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform/snyk"
)

// verbs are all methods of the client.
type verbs interface {
	invite.Backend[snyk.Grant]
	invite.MemberManager[snyk.Grant]
	invite.GrantResolver[snyk.Grant]
}

// world is the fake Snyk with a client.
type world struct {
	verbs
	t     *testing.T
	world *fake.Fake
	org   string
}

func newWorld(t *testing.T, behaviors ...func(*fake.SnykBehaviors)) *world {
	t.Helper()
	var options fake.Options
	for _, set := range behaviors {
		set(&options.Behaviors.Snyk)
	}
	f := fake.New(options)
	server := httptest.NewServer(f)
	t.Cleanup(func() {
		f.Close()
		server.Close()
	})
	base, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	client := snyk.NewBackend(api.New(api.Config{
		Platform:  "Snyk",
		BaseURL:   base,
		Authorize: func(header http.Header) { header.Set("Authorization", "token "+f.Credentials().SnykToken) },
	}))
	return &world{verbs: client, t: t, world: f, org: f.Organization(fake.Snyk)}
}

func (b *world) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *world) grant(role string) snyk.Grant {
	return snyk.Grant{RoleID: b.world.SnykRoleID(role), Role: role}
}

func (b *world) send(email, role string) (invite.Invite[snyk.Grant], error) {
	return b.Send(b.t.Context(), b.org, invite.Request[snyk.Grant]{Email: email, Grant: snyk.Grant{RoleID: b.world.SnykRoleID(role)}})
}

func (b *world) seedMember(email, role string) invite.Member[snyk.Grant] {
	b.t.Helper()
	m, err := b.world.SeedMember(fake.Snyk, "", fake.Member{Email: email, Name: "A. Person", Grant: fake.Grant{Role: role}})
	b.must(err)
	return invite.Member[snyk.Grant]{ID: m.ID, Membership: m.MembershipID, Email: m.Email, Name: m.Name, Grant: b.grant(role)}
}

func (b *world) seedInvites(count int) {
	b.t.Helper()
	for i := range count {
		_, err := b.world.SeedInvite(fake.Snyk, "", fake.Invitation{Email: fmt.Sprintf("person%04d@example.com", i)})
		b.must(err)
	}
}

func TestInvitations(t *testing.T) {
	b := newWorld(t)
	sent, err := b.send("Ada@Example.com", "Developer")
	b.must(err)
	if sent.ID == "" || sent.Email != "Ada@Example.com" || sent.Status != invite.Pending || sent.Grant != (snyk.Grant{RoleID: b.world.SnykRoleID("Developer")}) {
		t.Errorf("sent: %+v", sent)
	}
	listed, err := b.Invites(t.Context(), b.org)
	b.must(err)
	// The list shows only the name of the role.
	if len(listed) != 1 || listed[0].ID != sent.ID || listed[0].Email != sent.Email || listed[0].Grant != (snyk.Grant{Role: "Developer"}) {
		t.Errorf("listed: %+v", listed)
	}
	b.must(b.Revoke(t.Context(), b.org, sent))
	if err := b.Revoke(t.Context(), b.org, sent); !errors.Is(err, invite.ErrGone) {
		t.Errorf("revoking again: %v", err)
	}
	if listed, err := b.Invites(t.Context(), b.org); err != nil || len(listed) != 0 {
		t.Errorf("listed: %v, %v", listed, err)
	}
}

func TestMembers(t *testing.T) {
	b := newWorld(t)
	ada := b.seedMember("Ada@Example.com", "Org Admin")
	bob := b.seedMember("bob@example.com", "Developer")
	all, err := b.Members(t.Context(), b.org)
	b.must(err)
	if !reflect.DeepEqual(all, []invite.Member[snyk.Grant]{ada, bob}) {
		t.Errorf("got %+v, want %+v and %+v", all, ada, bob)
	}
	b.must(b.ChangeMember(t.Context(), b.org, ada, snyk.Grant{RoleID: b.world.SnykRoleID("Auditor")}))
	all, err = b.Members(t.Context(), b.org)
	b.must(err)
	if len(all) != 2 || all[0].Grant != b.grant("Auditor") {
		t.Errorf("changed: %+v", all)
	}
	b.must(b.RemoveMember(t.Context(), b.org, ada))
	if err := b.RemoveMember(t.Context(), b.org, ada); !errors.Is(err, invite.ErrGone) {
		t.Errorf("removing again: %v", err)
	}
	err = b.ChangeMember(t.Context(), b.org, ada, b.grant("Developer"))
	if failure := new(invite.Failure); !errors.As(err, &failure) || !strings.Contains(failure.Advice, "no longer a member") {
		t.Errorf("changing one who left: %v", err)
	}
}

// All pages are read, for every form of the links, and each with the version and the limit exactly once.
func TestPages(t *testing.T) {
	for _, form := range []fake.NextLink{fake.NextRelative, fake.NextWithRest, fake.NextAbsolute, fake.NextObject, fake.NextEmptyPage} {
		for _, null := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, null %t", form, null), func(t *testing.T) {
				b := newWorld(t, func(s *fake.SnykBehaviors) { s.NextLink, s.NullNextAtEnd = form, null })
				b.seedInvites(1050)
				all, err := b.Invites(t.Context(), b.org)
				b.must(err)
				seen := map[string]bool{}
				for _, invitation := range all {
					seen[invitation.Email] = true
				}
				want := 11
				if form == fake.NextEmptyPage {
					want *= 2
				}
				if len(seen) != 1050 || b.world.Count(fake.ListInvites) != want {
					t.Errorf("%d invitations with %d requests", len(seen), b.world.Count(fake.ListInvites))
				}
				for _, request := range b.world.Journal() {
					if strings.Count(request.Path, "version=") != 1 || strings.Count(request.Path, "limit=100") != 1 {
						t.Errorf("asked for %s", request.Path)
					}
				}
				b.seedMember("ada@example.com", "Developer")
				if members, err := b.Members(t.Context(), b.org); err != nil || len(members) != 1 {
					t.Errorf("members: %v, %v", members, err)
				}
			})
		}
	}
}

// A list with a bad link is an error, not a short list.
func TestAstray(t *testing.T) {
	for form, want := range map[fake.NextLink]string{fake.NextOtherOrigin: "another host", fake.NextSelf: "already read"} {
		b := newWorld(t, func(s *fake.SnykBehaviors) { s.NextLink = form })
		b.seedInvites(1)
		if _, err := b.Invites(t.Context(), b.org); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: invitations: %v", form, err)
		}
		if _, err := b.Members(t.Context(), b.org); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: members: %v", form, err)
		}
		if b.world.Count() != 2 {
			t.Errorf("%s: %d requests", form, b.world.Count())
		}
	}
}

// Roles are looked up only for names, with two requests for any number of callers, and a failure is not cached.
func TestResolve(t *testing.T) {
	b := newWorld(t)
	known, err := b.ResolveGrant(t.Context(), b.org, snyk.Grant{RoleID: idA})
	if err != nil || known != (snyk.Grant{RoleID: idA}) || b.world.Count() != 0 {
		t.Fatalf("an id: %v, %v after %d requests", known, err, b.world.Count())
	}
	b.world.Fail(fake.Fault{Operation: fake.ListRoles, Status: 503, Times: 1})
	if _, err := b.ResolveGrant(t.Context(), b.org, snyk.Grant{Role: "Developer"}); err == nil || errors.Is(err, invite.ErrUnresolved) {
		t.Errorf("while it fails: %v", err)
	}
	b.world.ResetJournal()
	var group sync.WaitGroup
	for i := range 50 {
		group.Go(func() {
			role := []string{"Developer", "Org Admin", "Auditor"}[i%3]
			if got, err := b.ResolveGrant(t.Context(), b.org, snyk.Grant{Role: role}); err != nil || got != b.grant(role) {
				t.Errorf("%s: %v, %v", role, got, err)
			}
		})
	}
	group.Wait()
	_, err = b.ResolveGrant(t.Context(), b.org, snyk.Grant{Role: "developer"})
	failure := new(invite.Failure)
	if !errors.As(err, &failure) || !errors.Is(err, invite.ErrUnresolved) || failure.Attribute != "role" ||
		!strings.Contains(failure.Advice, `"Auditor", "Developer", "Org Admin", "Org Collaborator", "Security Champion"`) {
		t.Errorf("unknown: %v, %+v", err, failure)
	}
	if b.world.Count(fake.GetOrganization) != 1 || b.world.Count(fake.ListRoles) != 1 || b.world.Count() != 2 {
		t.Errorf("requests: %v", b.world.Journal())
	}
	if _, err := b.ResolveGrant(t.Context(), b.world.SecondOrganization(fake.Snyk), snyk.Grant{Role: "Developer"}); err != nil || b.world.Count() != 4 {
		t.Errorf("another organization: %v, %d requests", err, b.world.Count())
	}
}

// A caller that is canceled does not cancel the others.
func TestResolveGivingUp(t *testing.T) {
	b := newWorld(t)
	impatient, cancel := context.WithCancel(t.Context())
	b.world.Fail(fake.Fault{Operation: fake.GetOrganization, Times: 1, Do: cancel, Kind: fake.Hanging})
	var group sync.WaitGroup
	group.Go(func() {
		if _, err := b.ResolveGrant(impatient, b.org, snyk.Grant{Role: "Developer"}); err == nil {
			t.Error("no error")
		}
	})
	<-impatient.Done()
	if _, err := b.ResolveGrant(t.Context(), b.org, snyk.Grant{Role: "Developer"}); err != nil {
		t.Error(err)
	}
	group.Wait()
}

func TestPersonalOrganization(t *testing.T) {
	b := newWorld(t)
	b.world.Fail(fake.Fault{Operation: fake.GetOrganization, Status: 200, Body: `{"data":{"id":"x","type":"org","attributes":{"is_personal":true}}}`})
	_, err := b.ResolveGrant(t.Context(), b.org, snyk.Grant{Role: "Developer"})
	if failure := new(invite.Failure); !errors.As(err, &failure) || !errors.Is(err, invite.ErrUnresolved) || !strings.Contains(failure.Advice, "role_id") {
		t.Errorf("got %v", err)
	}
}
