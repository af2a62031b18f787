package fake_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

func TestWritesPerMinute(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.Set(func(s *fake.Switches) {
		s.IcePanel.WritesPerMinute = 2
		s.IcePanel.RateWindow = fake.Duration(300 * time.Millisecond)
	})
	b.create(fake.IcePanel, "a@example.com")
	b.create(fake.IcePanel, "b@example.com")
	got := b.create(fake.IcePanel, "c@example.com")
	if got.status != 429 || got.header.Get("Retry-After") != "1" {
		t.Errorf("in seconds: %d %v", got.status, got.header)
	}
	b.Set(func(s *fake.Switches) { s.IcePanel.RetryAfter = fake.AfterDate })
	got = b.create(fake.IcePanel, "c@example.com")
	if when, err := http.ParseTime(got.header.Get("Retry-After")); err != nil || time.Until(when) > 3*time.Second {
		t.Errorf("as a date: %v", got.header)
	}
	b.Set(func(s *fake.Switches) { s.IcePanel.RetryAfter = fake.AfterNothing })
	if got = b.create(fake.IcePanel, "c@example.com"); got.status != 429 || got.header.Get("Retry-After") != "" {
		t.Errorf("nothing: %d %v", got.status, got.header)
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

func TestMembersForbidden(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.Set(func(s *fake.Switches) {
		for _, p := range fake.Platforms {
			s.Common(p).MembersForbidden = true
		}
	})
	for _, path := range []string{b.icepanelUsers(), b.snykOrg() + "/memberships" + version, b.elasticOrg() + "/members"} {
		b.want(403, "GET", path, "")
	}
	for _, p := range fake.Platforms {
		b.want(200, "GET", b.invitesPath(p), "")
	}
}

func TestLatency(t *testing.T) {
	b := newBench(t, fake.Options{Switches: fake.Switches{Latency: fake.Duration(50 * time.Millisecond)}})
	began := time.Now()
	b.want(200, "GET", b.invitesPath(fake.Snyk), "")
	if took := time.Since(began); took < 50*time.Millisecond {
		t.Errorf("it took %s", took)
	}
}
