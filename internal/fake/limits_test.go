// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake_test

import (
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

func TestWritesPerMinute(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.Set(func(s *fake.Behaviors) {
		s.IcePanel.WritesPerMinute = 2
		s.IcePanel.RateWindow = fake.Duration(300 * time.Millisecond)
	})
	b.create(fake.IcePanel, "a@example.com")
	b.create(fake.IcePanel, "b@example.com")
	got := b.create(fake.IcePanel, "c@example.com")
	if got.status != 429 || got.header.Get("Retry-After") != "1" {
		t.Errorf("in seconds: %d %v", got.status, got.header)
	}
	b.Set(func(s *fake.Behaviors) { s.IcePanel.RetryAfter = fake.AfterDate })
	got = b.create(fake.IcePanel, "c@example.com")
	if when, err := http.ParseTime(got.header.Get("Retry-After")); err != nil || time.Until(when) > 3*time.Second {
		t.Errorf("as a date: %v", got.header)
	}
	b.Set(func(s *fake.Behaviors) { s.IcePanel.RetryAfter = fake.AfterNothing })
	if got = b.create(fake.IcePanel, "c@example.com"); got.status != 429 || got.header.Get("Retry-After") != "" {
		t.Errorf("nothing: %d %v", got.status, got.header)
	}
	b.Set(func(s *fake.Behaviors) { s.IcePanel.RetryAfter = fake.AfterReset })
	got = b.create(fake.IcePanel, "c@example.com")
	reset, err := strconv.ParseInt(got.header.Get("X-RateLimit-Reset"), 10, 64)
	if wait := time.Until(time.Unix(reset, 0)); err != nil || got.header.Get("Retry-After") != "" || wait < 0 || wait > 3*time.Second {
		t.Errorf("as a reset: %d %v", got.status, got.header)
	}
	b.want(200, "GET", b.invitesPath(fake.IcePanel), "")
	if got = b.create(fake.Snyk, "c@example.com"); got.status != 201 {
		t.Errorf("another platform: %d", got.status)
	}
	time.Sleep(350 * time.Millisecond)
	if got = b.create(fake.IcePanel, "c@example.com"); got.status != 200 {
		t.Errorf("later: %d", got.status)
	}
}

// Every answer of Elastic Cloud describes its quota, and no refusal says how long to wait unless a switch does.
func TestElasticQuotaHeaders(t *testing.T) {
	b := newBench(t, fake.Options{})
	quota := func(got reply) string {
		return fmt.Sprint(got.status, " ", got.header.Get("x-ratelimit-remaining"), " of ", got.header.Get("x-ratelimit-limit"),
			" in ", got.header.Get("x-ratelimit-interval"), ", ", got.header.Get("Retry-After"))
	}
	expect := func(want string, got reply) {
		t.Helper()
		if have := quota(got); have != want {
			t.Errorf("got %s, want %s", have, want)
		}
	}
	expect("200 10000 of 10000 in 60, ", b.send("GET", b.invitesPath(fake.ElasticCloud), ""))
	b.Set(func(s *fake.Behaviors) { s.ElasticCloud.WritesPerMinute = 2 })
	expect("201 1 of 2 in 60, ", b.create(fake.ElasticCloud, "a@example.com"))
	expect("201 0 of 2 in 60, ", b.create(fake.ElasticCloud, "b@example.com"))
	expect("429 0 of 2 in 60, ", b.create(fake.ElasticCloud, "c@example.com"))
	b.Set(func(s *fake.Behaviors) { s.ElasticCloud.RetryAfter = fake.AfterSeconds })
	expect("429 0 of 2 in 60, 60", b.create(fake.ElasticCloud, "c@example.com"))
	expect("404 0 of 2 in 60, ", b.send("GET", "/api/v1/organizations/1/members", ""))

	// Invitations have a limit of their own, of which the headers know nothing.
	b.Set(func(s *fake.Behaviors) {
		s.ElasticCloud.WritesPerMinute, s.ElasticCloud.InvitationsPerMinute, s.ElasticCloud.RetryAfter = 0, 1, fake.AfterNothing
	})
	expect("201 10000 of 10000 in 60, ", b.create(fake.ElasticCloud, "d@example.com"))
	expect("429 10000 of 10000 in 60, ", b.create(fake.ElasticCloud, "e@example.com"))

	if got := b.send("GET", b.invitesPath(fake.IcePanel), ""); got.header.Get("x-ratelimit-limit") != "" {
		t.Errorf("another platform: %v", got.header)
	}
}

func TestMembersForbidden(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.Set(func(s *fake.Behaviors) {
		s.GitHub.MembersForbidden = true
		for _, p := range fake.Platforms {
			s.Common(p).MembersForbidden = true
		}
	})
	for _, path := range []string{b.icepanelUsers(), b.snykOrg() + "/memberships" + version, b.elasticOrg() + "/members"} {
		b.want(403, "GET", path, "")
	}
	forbidden := b.want(200, "POST", "/github/graphql", `{"query":"{organization(login:\"`+b.Organization(fake.GitHub)+`\"){membersWithRole(first:1){totalCount}}}"}`)
	if at(forbidden.json, "data") != nil || at(forbidden.json, "errors", 0, "type") != "FORBIDDEN" {
		t.Errorf("the members of GitHub: %s", forbidden.text)
	}
	for _, p := range fake.Platforms {
		b.want(200, "GET", b.invitesPath(p), "")
	}
}

func TestLatency(t *testing.T) {
	b := newBench(t, fake.Options{Behaviors: fake.Behaviors{Latency: fake.Duration(50 * time.Millisecond)}})
	began := time.Now()
	b.want(200, "GET", b.invitesPath(fake.Snyk), "")
	if took := time.Since(began); took < 50*time.Millisecond {
		t.Errorf("it took %s", took)
	}
}
