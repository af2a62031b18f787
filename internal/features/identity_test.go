// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package features_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake/faketest"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// expectIdentity wants an instance to be identified.
func (p *process) expectIdentity(i *instance, organization, email string) {
	p.t.Helper()
	if got, want := p.identity(i), (attrs{"organization_id": organization, "email": email}); !maps.Equal(got, want) {
		p.t.Errorf("identity: got %v, want %v", got, want)
	}
}

// TestIdentity: who is invited where stays the same through the whole life, and when somebody sends the invitation again.
func TestIdentity(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		home, i := w.Organization(s.Name), &instance{}

		p := s.start(t, w)
		p.apply(i, declared("Ada@Example.com", s.a(w.Fake)))
		p.expectIdentity(i, home, ada)
		p = s.start(t, w)
		p.refresh(i)
		p.expectIdentity(i, home, ada)
		p.apply(i, declared("Ada@Example.com", s.a(w.Fake), attrs{"adopt_existing": true}))
		p.expectIdentity(i, home, ada)

		_, err := w.ResendOutside(s.Name, "", ada)
		must(t, err)
		s.start(t, w).refresh(i)
		p.expectIdentity(i, home, ada)

		// A state of an older Terraform has none, and gets one.
		i.Identity = nil
		s.start(t, w).refresh(i)
		p.expectIdentity(i, home, ada)

		_, err = w.Accept(s.Name, "", ada)
		must(t, err)
		s.start(t, w).refresh(i)
		p.expectIdentity(i, home, ada)
		if got := i.Text("status"); got != "accepted" {
			t.Errorf("status: %v", got)
		}
	})
}

// TestIdentityOfTheGone: a refresh that finds nothing is no error, with an identity in state and without.
func TestIdentityOfTheGone(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		there, old := &instance{}, &instance{}
		p := s.start(t, w)
		p.apply(there, declared(ada, s.a(w.Fake)))
		p.apply(old, declared(grace, s.a(w.Fake)))
		old.Identity = nil
		for _, email := range []string{ada, grace} {
			must(t, w.RevokeOutside(s.Name, "", email))
		}
		<-time.After(2 * time.Minute) // a list may lag behind for one
		p = s.start(t, w)
		for _, i := range []*instance{there, old} {
			if p.refresh(i); i.Attributes() != nil {
				t.Errorf("still there: %v", i.Attributes())
			}
		}
	})
}

// TestImportByIdentity: with the organization and without, in any letter case.
func TestImportByIdentity(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		home, other := w.Organization(s.Name), w.SecondOrganization(s.Name)
		if s.OneOrganization {
			other = home
		}
		s.seed(t, w.Fake, "Ada@Example.com", s.a(w.Fake))
		s.seedIn(t, w.Fake, other, grace, s.b(w.Fake, other))
		for _, c := range []struct {
			identity            attrs
			organization, email string
			granted             testplatform.Grant
			more                attrs
		}{
			{attrs{"email": ada}, home, ada, s.a(w.Fake), nil},
			{attrs{"email": "ADA@example.com"}, home, ada, s.a(w.Fake), nil},
			{attrs{"email": ada, "organization_id": ""}, home, ada, s.a(w.Fake), nil},
			{attrs{"email": ada, "organization_id": home}, home, ada, s.a(w.Fake), attrs{"organization_id": home}},
			{attrs{"email": grace, "organization_id": other}, other, grace, s.b(w.Fake, other), attrs{"organization_id": other}},
		} {
			p := s.start(t, w)
			i := p.importing("", c.identity)
			p.expectIdentity(i, c.organization, c.email)
			if got := i.Attributes(); !strings.EqualFold(got["email"].(string), c.email) || got["organization_id"] != c.organization || got["status"] != "pending" {
				t.Errorf("%v: imported %v", c.identity, got)
			}
			p.unchanged(i, p.value(declared(c.email, c.granted, c.more)))
		}

		// And what is imported by its id is identified too.
		id := home + "/" + ada
		if !s.IDIsEmail {
			id = w.Invitations(s.Name, "")[0].ID
		}
		p := s.start(t, w)
		p.expectIdentity(p.importing(id, nil), home, ada)
		w.ExpectMails(t)
	})
}

// TestImportByWrongIdentity: what cannot be imported is told in plain words.
func TestImportByWrongIdentity(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		if !s.OneOrganization {
			s.seedIn(t, w.Fake, w.SecondOrganization(s.Name), ada, s.a(w.Fake))
		}
		p := s.start(t, w)
		p.importing("", attrs{"email": ada}, "Could not import "+ada)
		p.importing("", attrs{"email": "ada"}, "its email is not an e-mail address")
		p.importing("", attrs{"email": ""}, "its email is not an e-mail address")
		p.importing("", attrs{"email": "ada@example"}, "its domain has no dot")
		p.importing("", attrs{"email": ada, "organization_id": "a/b"}, "Could not import")
	})
}

// TestImportOfAMember: somebody who was never invited, or has accepted, is imported by identity as well.
func TestImportOfAMember(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		_, err := w.SeedMember(s.Name, "", fake.Member{Email: ada, Grant: s.b(w.Fake, w.Organization(s.Name)).Fake})
		must(t, err)
		s.seed(t, w.Fake, grace, s.a(w.Fake))
		_, err = w.Accept(s.Name, "", grace)
		must(t, err)
		p := s.start(t, w)
		for email, granted := range map[string]testplatform.Grant{ada: s.b(w.Fake, w.Organization(s.Name)), grace: s.a(w.Fake)} {
			i := p.importing("", attrs{"email": email})
			p.expectIdentity(i, w.Organization(s.Name), email)
			p.unchanged(i, p.value(declared(email, granted)))
		}
	})
}
