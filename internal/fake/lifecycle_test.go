// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

func TestInvitationsLiveTheSameOnEveryPlatform(t *testing.T) {
	for _, p := range fake.Platforms {
		t.Run(string(p), func(t *testing.T) {
			b := newBench(t, fake.Options{})
			if got := b.create(p, "Ada@example.com"); got.status != created[p] {
				t.Fatalf("create: %d %s", got.status, got.text)
			}
			if text := b.want(200, "GET", b.invitesPath(p), "").text; !strings.Contains(text, "Ada@example.com") {
				t.Errorf("not listed: %s", text)
			}
			mails := b.Mails()
			if len(mails) != 1 || mails[0].To != "Ada@example.com" || mails[0].Outside || mails[0].Platform != p {
				t.Errorf("mails: %v", mails)
			}

			again, err := b.ResendOutside(p, "", "ada@example.com")
			must(t, err)
			all := b.Invitations(p, "")
			if len(all) != 2 || all[0].Status != fake.Revoked || all[1].ID != again.ID || again.ID == mails[0].InvitationID {
				t.Errorf("after sending again: %+v", all)
			}
			if mails = b.Mails(); len(mails) != 2 || !mails[1].Outside {
				t.Errorf("mails: %v", mails)
			}

			user, err := b.Accept(p, "", "ADA@example.com")
			must(t, err)
			all = b.Invitations(p, "")
			if all[1].Status != fake.Accepted || all[1].UserID != user || all[1].AcceptedAt.IsZero() {
				t.Errorf("after accepting: %+v", all[1])
			}
			members := b.Members(p, "")
			if len(members) != 1 || members[0].ID != user || members[0].Email != "Ada@example.com" {
				t.Errorf("members: %+v", members)
			}
			if _, err := b.Accept(p, "", "ada@example.com"); err == nil {
				t.Error("accepted twice")
			}
			must(t, b.RemoveMember(p, "", "ada@EXAMPLE.com"))
			if len(b.Members(p, "")) != 0 {
				t.Error("the member is still there")
			}
		})
	}
}

func TestAcceptAsAnotherAddress(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.create(fake.Snyk, "ada@example.com")
	_, err := b.AcceptAs(fake.Snyk, "", "ada@example.com", "ada@private.example")
	must(t, err)
	if have := b.Members(fake.Snyk, "")[0]; have.Email != "ada@private.example" || have.Grant.Role != "Developer" {
		t.Errorf("member: %+v", have)
	}
}

func TestExpire(t *testing.T) {
	b := newBench(t, fake.Options{})
	for _, p := range []fake.Platform{fake.IcePanel, fake.ElasticCloud} {
		b.create(p, "ada@example.com")
		must(t, b.Expire(p, "", "ada@example.com"))
		if have := b.Invitations(p, "")[0]; have.Status != fake.Expired || have.ExpiresAt.After(time.Now()) {
			t.Errorf("%s: %+v", p, have)
		}
	}
	if text := b.want(200, "GET", b.invitesPath(fake.ElasticCloud), "").text; !strings.Contains(text, `"expired":true`) {
		t.Errorf("expired invitations stay in the list: %s", text)
	}
	b.Set(func(s *fake.Behaviors) { s.ElasticCloud.DropExpired = true })
	if text := b.want(200, "GET", b.invitesPath(fake.ElasticCloud), "").text; strings.Contains(text, "ada@") {
		t.Errorf("expired invitations are dropped: %s", text)
	}
	b.create(fake.Snyk, "ada@example.com")
	if err := b.Expire(fake.Snyk, "", "ada@example.com"); err == nil {
		t.Error("an invitation of Snyk has expired")
	}
}

func TestTimePassesWithTheClock(t *testing.T) {
	var mu sync.Mutex
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	b := newBench(t, fake.Options{Now: func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return now
	}})
	b.create(fake.ElasticCloud, "ada@example.com")
	mu.Lock()
	now = now.Add(73 * time.Hour)
	mu.Unlock()
	if have := b.Invitations(fake.ElasticCloud, "")[0].Status; have != fake.Expired {
		t.Errorf("after 73 hours it is %s", have)
	}
}

// A list that lags shows a new invitation late. The invitation is there nevertheless.
func TestLaggingLists(t *testing.T) {
	for _, p := range fake.Platforms {
		t.Run(string(p), func(t *testing.T) {
			now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
			b := newBench(t, fake.Options{Now: func() time.Time { return now }})
			b.Set(func(s *fake.Behaviors) { s.Common(p).ListLag = fake.Duration(2 * time.Second) })
			list := func() string { return b.want(200, "GET", b.invitesPath(p), "").text }
			_, err := b.SeedInvite(p, "", fake.Invitation{Email: "grace@example.com", CreatedAt: now.Add(-time.Hour)})
			must(t, err)
			if got := b.create(p, "ada@example.com"); got.status != created[p] || len(b.Mails()) != 1 {
				t.Fatalf("create: %d %s, %d mails", got.status, got.text, len(b.Mails()))
			}
			now = now.Add(1999 * time.Millisecond)
			if text := list(); strings.Contains(text, "ada@") || !strings.Contains(text, "grace@") {
				t.Errorf("within the lag: %s", text)
			}
			if all := b.Invitations(p, ""); len(all) != 2 || all[1].Status != fake.Pending {
				t.Errorf("the invitation is not there: %+v", all)
			}
			now = now.Add(time.Millisecond)
			if text := list(); !strings.Contains(text, "ada@") {
				t.Errorf("after the lag: %s", text)
			}
			b.create(p, "bob@example.com")
			b.Set(func(s *fake.Behaviors) { s.Common(p).ListLag = 0 })
			if text := list(); !strings.Contains(text, "bob@") {
				t.Errorf("without a lag: %s", text)
			}
		})
	}
}

func TestLowerCasedAddresses(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.Set(func(s *fake.Behaviors) {
		for _, p := range fake.Platforms {
			s.Common(p).Emails = fake.LowerCased
		}
	})
	for _, p := range fake.Platforms {
		if got := b.create(p, "Ada@Example.com"); !strings.Contains(got.text, "ada@example.com") || strings.Contains(got.text, "Ada@") {
			t.Errorf("%s: %s", p, got.text)
		}
	}
}

// TestRewrittenAddresses: a platform with a spelling of its own answers, lists, mails and compares in that spelling, and
// the control methods find people by either.
func TestRewrittenAddresses(t *testing.T) {
	for spelling, address := range map[fake.EmailSpelling]struct{ asked, stored string }{
		fake.WithoutTag:  {"Ada+terraform@example.com", "Ada@example.com"},
		fake.WithoutDots: {"ada.m.lovelace+x@example.com", "adamlovelace+x@example.com"},
		fake.Punycode:    {"ada@münchen.example", "ada@xn--mnchen-3ya.example"},
	} {
		for _, p := range fake.Platforms {
			t.Run(string(spelling)+" "+string(p), func(t *testing.T) {
				b := newBench(t, fake.Options{})
				b.Set(func(s *fake.Behaviors) {
					s.Common(p).Emails, s.Common(p).ExistingMember = spelling, fake.Refused
				})
				sent := b.create(p, address.asked)
				listed := b.want(200, "GET", b.invitesPath(p), "")
				for _, got := range []reply{sent, listed} {
					if !strings.Contains(got.text, `"`+address.stored+`"`) || strings.Contains(got.text, address.asked) {
						t.Errorf("%d %s", got.status, got.text)
					}
				}
				if mails := b.Mails(); len(mails) != 1 || mails[0].To != address.stored {
					t.Errorf("mails: %v", mails)
				}
				if again := b.create(p, address.asked); (again.status == created[p]) != (p == fake.IcePanel) {
					t.Errorf("invited again: %d %s", again.status, again.text)
				}
				_, err := b.Accept(p, "", address.asked)
				must(t, err)
				if members := b.Members(p, ""); len(members) != 1 || members[0].Email != address.stored {
					t.Errorf("members: %v", members)
				}
				if refused := b.create(p, address.asked); refused.status == created[p] {
					t.Errorf("a member is invited: %s", refused.text)
				}
				must(t, b.RemoveMember(p, "", address.asked))
			})
		}
	}
}

func TestSecondOrganizationIsApart(t *testing.T) {
	b := newBench(t, fake.Options{})
	for _, p := range fake.Platforms {
		second := b.SecondOrganization(p)
		if second == "" {
			continue // the credential belongs to one organization
		}
		_, err := b.SeedInvite(p, second, fake.Invitation{Email: "ada@example.com"})
		must(t, err)
		if len(b.Invitations(p, "")) != 0 || len(b.Invitations(p, second)) != 1 {
			t.Errorf("%s: %v and %v", p, b.Invitations(p, ""), b.Invitations(p, second))
		}
		path := strings.Replace(b.invitesPath(p), b.Organization(p), second, 1)
		if text := b.want(200, "GET", path, "").text; !strings.Contains(text, "ada@example.com") {
			t.Errorf("%s: %s", p, text)
		}
	}
	if len(b.Mails()) != 0 {
		t.Errorf("seeding sends no mail: %v", b.Mails())
	}
}

func TestMemberDrift(t *testing.T) {
	b := newBench(t, fake.Options{})
	_, err := b.SeedMember(fake.Snyk, "", fake.Member{Email: "ada@example.com"})
	must(t, err)
	must(t, b.SetMemberGrant(fake.Snyk, "", "ada@example.com", fake.Grant{Role: "org admin"}))
	if have := b.Members(fake.Snyk, "")[0].Grant; have.Role != "Org Admin" || have.RoleID != b.SnykRoleID("Org Admin") {
		t.Errorf("grant: %+v", have)
	}
	if err := b.SetMemberGrant(fake.Snyk, "", "ada@example.com", fake.Grant{Role: "Emperor"}); err == nil {
		t.Error("there is no such role")
	}
}

func TestControlRefusesWhatIsNotThere(t *testing.T) {
	b := newBench(t, fake.Options{})
	for name, act := range map[string]func() error{
		"platform":     func() error { return b.Expire("gitlab", "", "a@example.com") },
		"organization": func() error { return b.Expire(fake.Snyk, "elsewhere", "a@example.com") },
		"invitation":   func() error { return b.RevokeOutside(fake.Snyk, "", "a@example.com") },
		"resend":       func() error { _, err := b.ResendOutside(fake.Snyk, "", "a@example.com"); return err },
		"member":       func() error { return b.RemoveMember(fake.Snyk, "", "a@example.com") },
		"drift":        func() error { return b.SetMemberGrant(fake.Snyk, "", "a@example.com", fake.Grant{}) },
		"no address":   func() error { _, err := b.SeedMember(fake.IcePanel, "", fake.Member{}); return err },
		"nobody":       func() error { _, err := b.SeedInvite(fake.IcePanel, "", fake.Invitation{}); return err },
		"chosen token": func() error {
			_, err := b.SeedInvite(fake.ElasticCloud, "", fake.Invitation{Email: "a@example.com", ID: "x"})
			return err
		},
	} {
		if act() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestReset(t *testing.T) {
	b := newBench(t, fake.Options{})
	for _, p := range fake.Platforms {
		b.create(p, "ada@example.com")
	}
	b.Set(func(s *fake.Behaviors) { s.Snyk.MembersForbidden = true })
	b.Fail(fake.Fault{Status: 500})
	b.Reset()
	if len(b.Journal()) != 0 || len(b.Mails()) != 0 {
		t.Error("journal or mails are left")
	}
	for _, p := range fake.Platforms {
		if got := b.create(p, "ada@example.com"); got.status != created[p] {
			t.Errorf("%s: %d %s", p, got.status, got.text)
		}
	}
	b.want(200, "GET", b.snykOrg()+"/memberships"+version, "")
}

func TestManyAtOnce(t *testing.T) {
	b := newBench(t, fake.Options{Behaviors: fake.Behaviors{ElasticCloud: fake.ElasticCloudBehaviors{Reinvite: fake.ReinviteRefreshes}}})
	var all sync.WaitGroup
	for _, p := range fake.Platforms {
		for i := range 8 {
			all.Go(func() {
				email := strings.Repeat("x", i+1) + "@example.com"
				b.create(p, email)
				b.send("GET", b.invitesPath(p), "")
				_, err := b.Accept(p, "", email)
				if err != nil {
					t.Error(err)
				}
				_ = b.Secrets()
			})
		}
	}
	all.Wait()
	if n, want := b.Count(fake.CreateInvite), 8*len(fake.Platforms); n != want || len(b.Mails()) != want {
		t.Errorf("%d creates, %d mails, want %d of each", n, len(b.Mails()), want)
	}
}
