package newer_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// expectIdentity wants an instance to be identified.
func expectIdentity(t *testing.T, i *instance, organization, email string) {
	t.Helper()
	if got, want := identified(t, i.identity), (attrs{"organization_id": organization, "email": email}); !maps.Equal(got, want) {
		t.Errorf("identity: got %v, want %v", got, want)
	}
}

// TestIdentity: who is invited where stays the same through the whole life, and when somebody sends the invitation again.
func TestIdentity(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s subject) {
		w := acctest.NewWorld(t)
		home, i := w.Organization(s.platform), &instance{}

		s.start(t, w).apply(i, declared("Ada@Example.com", s.a(w)))
		expectIdentity(t, i, home, ada)
		p := s.start(t, w)
		p.refresh(i)
		expectIdentity(t, i, home, ada)
		p.apply(i, declared("Ada@Example.com", s.a(w), attrs{"adopt_existing": true}))
		expectIdentity(t, i, home, ada)

		_, err := w.ResendOutside(s.platform, "", ada)
		must(t, err)
		s.start(t, w).refresh(i)
		expectIdentity(t, i, home, ada)

		// A state of an older Terraform has none, and gets one.
		i.identity = nil
		s.start(t, w).refresh(i)
		expectIdentity(t, i, home, ada)

		_, err = w.Accept(s.platform, "", ada)
		must(t, err)
		s.start(t, w).refresh(i)
		expectIdentity(t, i, home, ada)
		if got := i.attributes(t)["status"]; got != "accepted" {
			t.Errorf("status: %v", got)
		}
	})
}

// TestIdentityOfTheGone: a refresh that finds nothing is no error, with an identity in state and without.
func TestIdentityOfTheGone(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s subject) {
		w := acctest.NewWorld(t)
		there, old := &instance{}, &instance{}
		p := s.start(t, w)
		p.apply(there, declared(ada, s.a(w)))
		p.apply(old, declared(grace, s.a(w)))
		old.identity = nil
		for _, email := range []string{ada, grace} {
			must(t, w.RevokeOutside(s.platform, "", email))
		}
		p = s.start(t, w)
		for _, i := range []*instance{there, old} {
			if p.refresh(i); i.attributes(t) != nil {
				t.Errorf("still there: %v", i.attributes(t))
			}
		}
	})
}

// TestImportByIdentity: with the organization and without, in any letter case.
func TestImportByIdentity(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s subject) {
		w := acctest.NewWorld(t)
		home, other := w.Organization(s.platform), w.SecondOrganization(s.platform)
		s.seed(t, w, "Ada@Example.com", s.a(w))
		s.seedIn(t, w, other, grace, s.b(w, other))
		for _, c := range []struct {
			identity            attrs
			organization, email string
			granted             grant
			more                attrs
		}{
			{attrs{"email": ada}, home, ada, s.a(w), nil},
			{attrs{"email": "ADA@example.com"}, home, ada, s.a(w), nil},
			{attrs{"email": ada, "organization_id": ""}, home, ada, s.a(w), nil},
			{attrs{"email": ada, "organization_id": home}, home, ada, s.a(w), attrs{"organization_id": home}},
			{attrs{"email": grace, "organization_id": other}, other, grace, s.b(w, other), attrs{"organization_id": other}},
		} {
			p := s.start(t, w)
			i := p.importing("", c.identity)
			expectIdentity(t, i, c.organization, c.email)
			if got := i.attributes(t); !strings.EqualFold(got["email"].(string), c.email) || got["organization_id"] != c.organization || got["status"] != "pending" {
				t.Errorf("%v: imported %v", c.identity, got)
			}
			p.unchanged(i, acctest.Value(p.kind, declared(c.email, c.granted, c.more)))
		}

		// And what is imported by its id is identified too.
		id := home + "/" + ada
		if !s.secretIDs {
			id = w.Invitations(s.platform, "")[0].ID
		}
		expectIdentity(t, s.start(t, w).importing(id, nil), home, ada)
		w.ExpectMails(t)
	})
}

// TestImportByWrongIdentity: what cannot be imported is told in plain words.
func TestImportByWrongIdentity(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s subject) {
		w := acctest.NewWorld(t)
		s.seedIn(t, w, w.SecondOrganization(s.platform), ada, s.a(w))
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
	onEach(t, func(t *testing.T, s subject) {
		w := acctest.NewWorld(t)
		_, err := w.SeedMember(s.platform, "", fake.Member{Email: ada, Grant: s.b(w, w.Organization(s.platform)).fake})
		must(t, err)
		s.seed(t, w, grace, s.a(w))
		_, err = w.Accept(s.platform, "", grace)
		must(t, err)
		p := s.start(t, w)
		for email, granted := range map[string]grant{ada: s.b(w, w.Organization(s.platform)), grace: s.a(w)} {
			i := p.importing("", attrs{"email": email})
			expectIdentity(t, i, w.Organization(s.platform), email)
			p.unchanged(i, acctest.Value(p.kind, declared(email, granted)))
		}
	})
}
