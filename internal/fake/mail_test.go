// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

func TestMailsAreReadable(t *testing.T) {
	now := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	var told []string
	b := newBench(t, fake.Options{Now: func() time.Time { return now }, Mailed: func(m fake.Mail) { told = append(told, m.String()) }})
	for _, platform := range fake.Platforms {
		b.create(platform, "ada@example.com")
	}
	offers := map[fake.Platform]string{
		fake.IcePanel:     "write, until 2999-01-01 00:00 UTC",
		fake.Snyk:         "role Developer",
		fake.ElasticCloud: "no role, until 2026-05-04 12:00 UTC",
		fake.GitHub:       "role member, until 2026-05-08 12:00 UTC",
		fake.Anthropic:    "role developer, until 2026-05-22 12:00 UTC",
	}
	want := make([]string, 0, len(fake.Platforms))
	for _, p := range fake.Platforms {
		want = append(want, fmt.Sprintf("mail to ada@example.com: %s invites you to organization %s: %s",
			p.Title(), b.Organization(p), offers[p]))
	}
	if got := strings.Join(told, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("told of\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
	if got := b.want(200, "GET", "/_fake/", "").text; !strings.HasSuffix(got, "\n"+strings.Join(want, "\n")+"\n") {
		t.Errorf("inbox: %q", got)
	}
	secrets := b.want(200, "GET", "/_fake/secrets", "").text
	for _, mail := range b.Mails() {
		if mail.Platform == fake.ElasticCloud && (!strings.Contains(secrets, mail.InvitationID) || strings.Contains(strings.Join(told, ""), mail.InvitationID)) {
			t.Error("the token is readable")
		}
	}
}

func TestPeopleWhoReactByThemselves(t *testing.T) {
	for _, platform := range fake.Platforms {
		b := newBench(t, fake.Options{Behaviors: fake.Behaviors{
			Accepts: fake.People{"ada@example.com", "@accepts.example.com"}, Expires: fake.People{"@expires.example.com"},
		}})
		for email, want := range map[string]fake.Status{
			"ADA@example.com": fake.Accepted, "bob@accepts.example.com": fake.Accepted, "bob@example.com": fake.Pending,
			"carol@expires.example.com": fake.Expired, "carol@notexpires.example.com": fake.Pending,
		} {
			if platform == fake.Snyk && want == fake.Expired {
				want = fake.Pending
			}
			b.create(platform, email)
			for _, invitation := range b.Invitations(platform, "") {
				if invitation.Email == email && invitation.Status != fake.Pending {
					t.Errorf("%s: %s is %s while it is being sent", platform, email, invitation.Status)
				}
			}
			listed := b.controlled("/_fake/invites?platform=" + string(platform))
			if got := listed[len(listed)-1]["status"]; got != string(want) {
				t.Errorf("%s: %s is %s, want %s", platform, email, got, want)
			}
		}
		if n := len(b.Members(platform, "")); n != 2 {
			t.Errorf("%s: %d members", platform, n)
		}
		// They do so before the next request, too, and not after a reset.
		b.create(platform, "dan@accepts.example.com")
		b.want(200, "GET", b.invitesPath(platform), "")
		if n := len(b.Members(platform, "")); n != 3 {
			t.Errorf("%s: %d members after a request", platform, n)
		}
		b.create(platform, "eve@accepts.example.com")
		b.Reset()
		b.want(200, "GET", b.invitesPath(platform), "")
		if n := len(b.Members(platform, "")); n != 0 {
			t.Errorf("%s: %d members after a reset", platform, n)
		}
	}
}
