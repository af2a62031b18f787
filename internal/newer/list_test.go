package newer_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// crowded is a world with an invitation in every state, and strangers.
func (s subject) crowded(t *testing.T) *acctest.World {
	t.Helper()
	w := acctest.NewWorld(t)
	a := s.a(w)
	for _, email := range []string{"Zoe@Example.com", "bob@example.com", "sub@sub.example.com", "not@notexample.com", "accepted@example.com", "revoked@example.com"} {
		s.seed(t, w, email, a)
	}
	_, err := w.Accept(s.platform, "", "accepted@example.com")
	must(t, err)
	must(t, w.RevokeOutside(s.platform, "", "revoked@example.com"))
	if s.ends {
		s.seed(t, w, "expired@example.com", a)
		must(t, w.Expire(s.platform, "", "expired@example.com"))
	}
	s.seedIn(t, w, w.SecondOrganization(s.platform), "other@example.com", s.b(w, w.SecondOrganization(s.platform)))
	return w
}

// TestQuery: what each filter lets through, by the address as the platform has it, ordered by it.
func TestQuery(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s subject) {
		w := s.crowded(t)
		pending := []string{"bob@example.com", "not@notexample.com", "sub@sub.example.com", "Zoe@Example.com"}
		expired, accepted := []string{}, []string{}
		if s.ends {
			expired = []string{"expired@example.com"}
		}
		if s.keeps {
			accepted = []string{"accepted@example.com"}
		}
		all := slices.Concat(accepted, pending[:1], expired, pending[1:])
		for _, c := range []struct {
			query query
			want  []string
		}{
			{query{}, pending},
			{query{config: attrs{"status": []any{"pending"}}}, pending},
			{query{config: attrs{"status": []any{"expired"}}}, expired},
			{query{config: attrs{"status": []any{"accepted"}}}, accepted},
			{query{config: attrs{"status": []any{"expired", "pending", "accepted"}}}, all},
			{query{config: attrs{"email_domain": "EXAMPLE.com"}}, []string{"bob@example.com", "Zoe@Example.com"}},
			{query{config: attrs{"email_domain": "sub.example.com"}}, []string{"sub@sub.example.com"}},
			{query{config: attrs{"email_domain": "example.org"}}, nil},
			{query{config: attrs{"organization_id": w.SecondOrganization(s.platform)}}, []string{"other@example.com"}},
			{query{limit: 1}, pending[:1]},
			{query{limit: 3}, pending[:3]},
			{query{limit: 100}, pending},
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
	onEach(t, func(t *testing.T, s subject) {
		w := s.crowded(t)
		for organization, email := range map[string]string{"": "bob@example.com", w.SecondOrganization(s.platform): "other@example.com"} {
			config := attrs{}
			if organization != "" {
				config["organization_id"] = organization
			} else {
				organization = w.Organization(s.platform)
			}
			for _, include := range []bool{false, true} {
				one := s.start(t, w).query(query{config: config, limit: 1, include: include})[0]
				if want := (attrs{"organization_id": organization, "email": email}); !maps.Equal(one.identity, want) {
					t.Errorf("identity: got %v, want %v", one.identity, want)
				}
				if p := s.start(t, w); include == decode(t, p.kind, one.resource).IsNull() {
					t.Errorf("include_resource = %v: got %v", include, one.resource)
				}
			}
		}
	})
}

// TestQueryStreams: Terraform may stop anywhere, and what costs the platform is one list.
func TestQueryStreams(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s subject) {
		w := acctest.NewWorld(t)
		for n := range 50 {
			s.seed(t, w, fmt.Sprintf("p%02d@example.com", n), s.a(w))
		}
		w.During(func() {
			seen := 0
			for result := range s.start(t, w).stream(query{include: true, limit: 40}) {
				if want := fmt.Sprintf("p%02d@example.com", seen); result.DisplayName != want {
					t.Errorf("got %q, want %q", result.DisplayName, want)
				}
				if seen++; seen == 3 {
					break
				}
			}
		}).Expect(t, acctest.Counts{fake.ListInvites: 1})
	})
}

// TestQueryPlansClean: list, import by the identity, plan with the generated configuration: nothing to do.
func TestQueryPlansClean(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s subject) {
		w := s.crowded(t)
		s.seed(t, w, "b@example.com", s.b(w, w.Organization(s.platform)))
		for organization, count := range map[string]int{w.Organization(s.platform): 5 + s.more(), w.SecondOrganization(s.platform): 1} {
			config := attrs{"status": []any{"pending", "expired", "accepted"}, "organization_id": organization}
			all := s.start(t, w).query(query{config: config, include: true})
			if len(all) != count {
				t.Errorf("found %v, want %d", names(all), count)
			}
			p := s.start(t, w)
			for _, one := range all {
				i := p.adopted(one)
				if got := identified(t, i.identity); !maps.Equal(got, one.identity) {
					t.Errorf("%s: the identity %v became %v", one.name, one.identity, got)
				}
			}
		}
		w.ExpectMails(t)
	})
}

// more is how many invitations are there beside the pending ones.
func (s subject) more() (count int) {
	if s.ends {
		count++
	}
	if s.keeps {
		count++
	}
	return count
}

// TestGeneratedConfiguration: it holds what a person would write, and no two arguments of which only one may be set.
func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s subject) {
		w := acctest.NewWorld(t)
		s.seed(t, w, ada, s.a(w))
		p := s.start(t, w)
		generated, _ := plain(t, p.generated(p.query(query{include: true})[0])).(attrs)
		want := declared(ada, s.a(w), attrs{"organization_id": w.Organization(s.platform), "adopt_existing": false, "manage_membership": false})
		if s.ends {
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
	onEach(t, func(t *testing.T, s subject) {
		if !s.ends {
			t.Log("this platform lists pending invitations only")
			return
		}
		w := acctest.NewWorld(t)
		b := s.b(w, w.Organization(s.platform))
		expire := func(email string) {
			s.seed(t, w, email, s.a(w))
			must(t, w.Expire(s.platform, "", email))
		}
		// Ada's invitation expired twice, Grace was invited again, Barbara is a member meanwhile, and Edsger accepted and was changed since.
		expire(ada)
		expire(ada)
		expire(grace)
		s.seed(t, w, grace, b)
		expire("barbara@example.com")
		_, err := w.SeedMember(s.platform, "", fake.Member{Email: "barbara@example.com", Grant: b.fake})
		must(t, err)
		s.seed(t, w, "edsger@example.com", s.a(w))
		_, err = w.Accept(s.platform, "", "edsger@example.com")
		must(t, err)
		must(t, w.SetMemberGrant(s.platform, "", "edsger@example.com", b.fake))
		// Alan accepted and left.
		s.seed(t, w, "alan@example.com", s.a(w))
		_, err = w.Accept(s.platform, "", "alan@example.com")
		must(t, err)
		must(t, w.RemoveMember(s.platform, "", "alan@example.com"))

		for status, want := range map[string][]string{"expired": {ada}, "pending": {grace}, "accepted": {"edsger@example.com"}} {
			if status == "accepted" && !s.keeps {
				want = nil
			}
			p := s.start(t, w)
			all := p.query(query{config: attrs{"status": []any{status}}, include: true})
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
	onEach(t, func(t *testing.T, s subject) {
		w := s.crowded(t)
		w.Fail(fake.Fault{Platform: s.platform, Operation: fake.ListInvites, Kind: fake.Answer, Status: http.StatusForbidden})
		var said []*tfprotov6.Diagnostic
		p := s.start(t, w)
		for result := range p.stream(query{}) {
			said = append(said, result.Diagnostics...)
			if result.Identity != nil {
				t.Errorf("found %s", result.DisplayName)
			}
		}
		p.expect(said, "Could not list the invitations", "403")
	})
}

// TestQueryIsChecked: arguments that no list can have are refused before anything is asked.
func TestQueryIsChecked(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s subject) {
		w := acctest.NewWorld(t)
		p := s.start(t, w)
		for _, c := range []struct {
			config attrs
			says   string
		}{
			{attrs{"status": []any{"revoked"}}, "revoked"},
			{attrs{"status": []any{}}, "at least 1"},
			{attrs{"email_domain": "@example.com"}, "domain"},
		} {
			answer, err := p.server.(tfprotov6.ListResourceServer).ValidateListResourceConfig(t.Context(), &tfprotov6.ValidateListResourceConfigRequest{
				TypeName: p.typeOf, Config: encode(t, acctest.Value(p.schemas.ListResourceSchemas[p.typeOf].ValueType(), c.config)),
			})
			must(t, err)
			p.expect(answer.Diagnostics, c.says)
		}
	})
}
