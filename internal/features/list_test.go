// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package features_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake/faketest"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// TestQuery: what each filter lets through, by the address as the platform has it, ordered by it.
func TestQuery(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		s.seedEveryStatus(t, w.Fake)
		pending := []string{"bob@example.com", "not@notexample.com", "sub@sub.example.com", "Zoe@Example.com"}
		expired, accepted := []string{}, []string{}
		other, there := w.SecondOrganization(s.Name), []string{"other@example.com"}
		if s.OneOrganization {
			other, there = w.Organization(s.Name), pending
		}
		if s.expires() {
			expired = []string{"expired@example.com"}
		}
		if s.keepsAccepted() {
			accepted = []string{"accepted@example.com"}
		}
		all := slices.Concat(accepted, pending[:1], expired, pending[1:])
		for _, c := range []struct {
			query prototest.Query
			want  []string
		}{
			{prototest.Query{}, pending},
			{prototest.Query{Config: attrs{"status": []any{"pending"}}}, pending},
			{prototest.Query{Config: attrs{"status": []any{"expired"}}}, expired},
			{prototest.Query{Config: attrs{"status": []any{"accepted"}}}, accepted},
			{prototest.Query{Config: attrs{"status": []any{"expired", "pending", "accepted"}}}, all},
			{prototest.Query{Config: attrs{"email_domain": "EXAMPLE.com"}}, []string{"bob@example.com", "Zoe@Example.com"}},
			{prototest.Query{Config: attrs{"email_domain": "sub.example.com"}}, []string{"sub@sub.example.com"}},
			{prototest.Query{Config: attrs{"email_domain": "example.org"}}, nil},
			{prototest.Query{Config: attrs{"organization_id": other}}, there},
			{prototest.Query{Limit: 1}, pending[:1]},
			{prototest.Query{Limit: 3}, pending[:3]},
			{prototest.Query{Limit: 100}, pending},
		} {
			p := s.start(t, w)
			if got := names(p.query(c.query)); !slices.Equal(got, c.want) {
				t.Errorf("%+v: found %v, want %v", c.query, got, c.want)
			}
		}
	})
}

// TestQueryIdentifies: each result has the identity of what it stands for, and the resource only where it is asked for.
func TestQueryIdentifies(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		s.seedEveryStatus(t, w.Fake)
		first := map[string]string{"": "bob@example.com", w.SecondOrganization(s.Name): "other@example.com"}
		if s.OneOrganization {
			first = map[string]string{"": "bob@example.com"}
		}
		for organization, email := range first {
			config := attrs{}
			if organization != "" {
				config["organization_id"] = organization
			} else {
				organization = w.Organization(s.Name)
			}
			for _, include := range []bool{false, true} {
				one := s.start(t, w).query(prototest.Query{Config: config, Limit: 1, Include: include})[0]
				if want := (attrs{"organization_id": organization, "email": email}); !maps.Equal(one.Identity, want) {
					t.Errorf("identity: got %v, want %v", one.Identity, want)
				}
				if include == one.Value.IsNull() {
					t.Errorf("include_resource = %v: got %v", include, one.Value)
				}
			}
		}
	})
}

// TestQueryStreams: Terraform may stop anywhere, and what costs the platform is one list.
func TestQueryStreams(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		for n := range 50 {
			s.seed(t, w.Fake, fmt.Sprintf("p%02d@example.com", n), s.a(w.Fake))
		}
		w.During(func() {
			seen := 0
			for result := range s.start(t, w).Stream(t.Context(), s.Resource(), prototest.Query{Include: true, Limit: 40}) {
				if want := fmt.Sprintf("p%02d@example.com", seen); result.Name != want {
					t.Errorf("got %q, want %q", result.Name, want)
				}
				if seen++; seen == 3 {
					break
				}
			}
		}).Expect(t, s.Walk(faketest.Counts{fake.ListInvites: 1}))
	})
}

// TestQueryPlansClean: list, import by the identity, plan with the generated configuration: nothing to do.
func TestQueryPlansClean(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		s.seedEveryStatus(t, w.Fake)
		grants := s.Grants(w.Fake, w.Organization(s.Name))
		// A query warns where the platform shows no roles, so all of these grant something.
		grants = slices.DeleteFunc(grants, func(g testplatform.Grant) bool { return g.Arguments == nil })
		for n, grant := range grants {
			s.seed(t, w.Fake, fmt.Sprintf("grant%d@example.com", n), grant)
		}
		count := 4 + s.more() + len(grants)
		counts := map[string]int{w.Organization(s.Name): count}
		if !s.OneOrganization {
			counts[w.SecondOrganization(s.Name)] = 1
		}
		for organization, count := range counts {
			config := attrs{"status": []any{"pending", "expired", "accepted"}, "organization_id": organization}
			all := s.start(t, w).query(prototest.Query{Config: config, Include: true})
			if len(all) != count {
				t.Errorf("found %v, want %d", names(all), count)
			}
			p := s.start(t, w)
			for _, one := range all {
				i := p.adopted(one)
				if got := p.identity(i); !maps.Equal(got, one.Identity) {
					t.Errorf("%s: the identity %v became %v", one.Name, one.Identity, got)
				}
			}
		}
		w.ExpectMails(t)
	})
}

// TestGeneratedConfiguration: it holds what a person would write, and no two arguments of which only one may be set.
func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		s.seed(t, w.Fake, ada, s.a(w.Fake))
		p := s.start(t, w)
		generated := prototest.Plain(p.generated(p.query(prototest.Query{Include: true})[0]))
		want := declared(ada, s.a(w.Fake), attrs{"organization_id": w.Organization(s.Name), "adopt_existing": false, "manage_membership": false})
		if s.expires() {
			want["reinvite_expired"] = false
		}
		if got, want := fmt.Sprint(generated), fmt.Sprint(want); got != want {
			t.Errorf("generated:\n%s, want\n%s", got, want)
		}
	})
}

// TestQueryNamesEachOnce: an address with a past is found once, as it stands today, because an identity can name only that.
func TestQueryNamesEachOnce(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		if !s.expires() {
			t.Log("this platform lists pending invitations only")
			return
		}
		w := faketest.New(t)
		b := s.b(w.Fake, w.Organization(s.Name))
		expire := func(email string) {
			s.seed(t, w.Fake, email, s.a(w.Fake))
			must(t, w.Expire(s.Name, "", email))
		}
		// Ada's invitation expired twice, Grace was invited again, Barbara is a member meanwhile, and Edsger accepted and was changed since.
		expire(ada)
		expire(ada)
		expire(grace)
		s.seed(t, w.Fake, grace, b)
		expire("barbara@example.com")
		_, err := w.SeedMember(s.Name, "", fake.Member{Email: "barbara@example.com", Grant: b.Fake})
		must(t, err)
		s.seed(t, w.Fake, "edsger@example.com", s.a(w.Fake))
		_, err = w.Accept(s.Name, "", "edsger@example.com")
		must(t, err)
		must(t, w.SetMemberGrant(s.Name, "", "edsger@example.com", b.Fake))
		// Alan accepted and left.
		s.seed(t, w.Fake, "alan@example.com", s.a(w.Fake))
		_, err = w.Accept(s.Name, "", "alan@example.com")
		must(t, err)
		must(t, w.RemoveMember(s.Name, "", "alan@example.com"))

		for status, want := range map[string][]string{"expired": {ada}, "pending": {grace}, "accepted": {"edsger@example.com"}} {
			if status == "accepted" && !s.keepsAccepted() {
				want = nil
			}
			p := s.start(t, w)
			all := p.query(prototest.Query{Config: attrs{"status": []any{status}}, Include: true})
			if got := names(all); !slices.Equal(got, want) {
				t.Errorf("%s: found %v, want %v", status, got, want)
			}
			for _, one := range all {
				p.adopted(one)
			}
		}
	})
}

// TestQueryFails: a failure is an error, never a short list.
func TestQueryFails(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		s.seedEveryStatus(t, w.Fake)
		w.Fail(fake.Fault{Platform: s.Name, Operation: fake.ListInvites, Kind: fake.Answer, Status: http.StatusForbidden})
		p := s.start(t, w)
		found, diags := p.List(t.Context(), s.Resource(), prototest.Query{})
		if len(found) > 0 {
			t.Errorf("found %v", names(found))
		}
		p.expect(diags, "Could not list the invitations", "403")
	})
}

// TestQueryIsChecked: arguments that no list can have are refused before anything is asked.
func TestQueryIsChecked(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		p := s.start(t, w)
		for _, c := range []struct {
			config attrs
			says   string
		}{
			{attrs{"status": []any{"revoked"}}, "revoked"},
			{attrs{"status": []any{}}, "at least 1"},
			{attrs{"email_domain": "@example.com"}, "domain"},
		} {
			p.expect(p.ValidateQuery(t.Context(), s.Resource(), prototest.Query{Config: c.config}), c.says)
		}
	})
}
