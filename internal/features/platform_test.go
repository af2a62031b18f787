// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package features_test

import (
	"maps"
	"os"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake/faketest"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
	"github.com/orginvite/terraform-provider-orginvite/internal/provider"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

func TestMain(m *testing.M) {
	faketest.UseMemory()
	terraform() // outside of every bubble
	os.Exit(m.Run())
}

var terraform = prototest.Shared(provider.NewServer("test"))

const (
	ada   = "ada@example.com"
	grace = "grace@example.com"
)

type attrs = prototest.Attributes

// platform is one of the platforms.
type platform struct{ testplatform.Platform }

// onEach runs a test on every platform, side by side.
func onEach(t *testing.T, test func(*testing.T, platform)) {
	t.Helper()
	for _, one := range testplatform.All {
		t.Run(string(one.Name), func(t *testing.T) {
			t.Parallel()
			test(t, platform{one})
		})
	}
}

// inBubbles runs a test on every platform, each in a bubble of testing/synctest, where waiting takes no time.
func inBubbles(t *testing.T, test func(*testing.T, platform)) {
	t.Helper()
	onEach(t, func(t *testing.T, p platform) {
		synctest.Test(t, func(t *testing.T) { test(t, p) })
	})
}

// a and b are two different things to grant. The first is declared in the way in which Terraform generates it.
func (p platform) a(f *fake.Fake) testplatform.Grant { return p.Grants(f, f.Organization(p.Name))[1] }

func (p platform) b(f *fake.Fake, organization string) testplatform.Grant {
	return p.Grants(f, organization)[0]
}

// expires: invitations end.
func (p platform) expires() bool { return p.Lifetime > 0 }

// lasts is how long an invitation is valid that was sent with a lifetime, if that can be chosen.
func (p platform) lasts(chosen time.Duration) time.Duration {
	if p.ExpiresIn == "" {
		return p.Lifetime
	}
	return chosen
}

// keepsAccepted: invitations stay in the list when they were accepted.
func (p platform) keepsAccepted() bool { return slices.Contains(p.Keeps, fake.Accepted) }

// seed puts a pending invitation there that somebody else sent.
func (p platform) seed(t *testing.T, f *fake.Fake, email string, grant testplatform.Grant) {
	t.Helper()
	p.seedIn(t, f, "", email, grant)
}

func (p platform) seedIn(t *testing.T, f *fake.Fake, organization, email string, grant testplatform.Grant) {
	t.Helper()
	_, err := f.SeedInvite(p.Name, organization, fake.Invitation{Email: email, Grant: grant.Fake})
	must(t, err)
}

// seedLasting is seed for an invitation with a lifetime of its own, where they have one.
func (p platform) seedLasting(
	t *testing.T, f *fake.Fake, email string, grant testplatform.Grant, lifetime time.Duration,
) {
	t.Helper()
	invitation := fake.Invitation{Email: email, Grant: grant.Fake}
	if p.ExpiresIn != "" {
		invitation.CreatedAt = time.Now().Add(-lifetime / 2)
		invitation.ExpiresAt = invitation.CreatedAt.Add(lifetime)
	}
	_, err := f.SeedInvite(p.Name, "", invitation)
	must(t, err)
}

// seedEveryStatus puts an invitation in every status there, at several domains, and one in the second organization.
func (p platform) seedEveryStatus(t *testing.T, f *fake.Fake) {
	t.Helper()
	a := p.a(f)
	for _, email := range []string{
		"Zoe@Example.com", "bob@example.com", "sub@sub.example.com", "not@notexample.com", "accepted@example.com",
		"revoked@example.com",
	} {
		p.seed(t, f, email, a)
	}
	_, err := f.Accept(p.Name, "", "accepted@example.com")
	must(t, err)
	must(t, f.RevokeOutside(p.Name, "", "revoked@example.com"))
	if p.expires() {
		p.seed(t, f, "expired@example.com", a)
		must(t, f.Expire(p.Name, "", "expired@example.com"))
	}
	if other := f.SecondOrganization(p.Name); !p.OneOrganization {
		p.seedIn(t, f, other, "other@example.com", p.b(f, other))
	}
}

// more is how many of them are listed beside the pending ones.
func (p platform) more() (count int) {
	if p.expires() {
		count++
	}
	if p.keepsAccepted() {
		count++
	}
	return count
}

// declared is a configuration of one person.
func declared(email string, grant testplatform.Grant, more ...attrs) attrs {
	config := attrs{"email": email}
	for _, part := range append(more, grant.Arguments) {
		maps.Copy(config, part)
	}
	return config
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
