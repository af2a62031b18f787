package acctest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// emails is the addresses in a list in state.
func (s *story) emails(address, list string) []string {
	s.t.Helper()
	items, ok := s.state(address)[list].([]any)
	if !ok {
		s.t.Fatalf("%s: %s is %v, want a list", address, list, s.state(address)[list])
	}
	found := []string{}
	for _, item := range items {
		attributes, _ := item.(map[string]any)
		email, _ := attributes["email"].(string)
		found = append(found, email)
	}
	return found
}

// lists: what the data sources select, and in which order.
func lists(s *story) {
	for _, email := range []string{"carol@example.com", "Bob@Example.com", "eve@sub.example.com", "mallory@notexample.com"} {
		grant := s.a.Fake
		if strings.HasPrefix(email, "carol") {
			grant = s.b.Fake
		}
		_, err := s.world.SeedInvite(s.Platform, "", fake.Invitation{Email: email, Grant: grant})
		s.must(err)
	}
	for _, kept := range []fake.Status{fake.Accepted, fake.Revoked, fake.Expired} {
		email := "a-" + string(kept) + "@example.com"
		_, err := s.world.SeedInvite(s.Platform, "", fake.Invitation{Email: email, Grant: s.a.Fake})
		s.must(err)
		switch {
		case kept == fake.Accepted:
			s.accept(email)
		case kept == fake.Revoked:
			s.must(s.world.RevokeOutside(s.Platform, "", email))
		case s.Lifetime != "":
			s.must(s.world.Expire(s.Platform, "", email))
		default:
			s.must(s.world.RevokeOutside(s.Platform, "", email))
		}
	}
	_, err := s.world.SeedMember(s.Platform, "", fake.Member{Email: "Member@Other.org", Name: "Mem Ber", Grant: s.b.Fake})
	s.must(err)

	data := func(kind, name string, arguments ...string) string {
		return fmt.Sprintf("data \"orginvite_%s_%s\" %q {\n  %s\n}\n", s.Platform, kind, name, strings.Join(arguments, "\n  "))
	}
	kept := []string{"Bob@Example.com", "carol@example.com", "eve@sub.example.com", "mallory@notexample.com"}
	for _, status := range s.Keeps {
		kept = append(kept, "a-"+string(status)+"@example.com")
	}
	slices.SortFunc(kept, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	invites := map[string]struct {
		argument string
		want     []string
	}{
		"standard": {"", []string{"Bob@Example.com", "carol@example.com", "eve@sub.example.com", "mallory@notexample.com"}},
		"email":    {`email = "BOB@example.COM"`, []string{"Bob@Example.com"}},
		"domain":   {`email_domain = "EXAMPLE.com"`, []string{"Bob@Example.com", "carol@example.com"}},
		"nobody":   {`email_domain = "example.net"`, []string{}},
		"every":    {`status = ["pending", "accepted", "expired", "revoked"]`, kept},
		"elsewhere": {
			fmt.Sprintf("organization_id = %q", s.world.SecondOrganization(s.Platform)), []string{},
		},
	}
	type listed = struct {
		argument string
		want     []string
	}
	if s.Filter != nil {
		invites["granted"] = listed{s.Filter(s.a), []string{"Bob@Example.com", "eve@sub.example.com", "mallory@notexample.com"}}
	}
	if s.Lifetime != "" {
		invites["late"] = listed{`expiring_before = "2099-01-01T00:00:00Z"`, invites["standard"].want}
		invites["early"] = listed{`expiring_before = "2020-01-01T00:00:00Z"`, []string{}}
	}
	members := map[string]struct {
		argument string
		want     []string
	}{
		"everybody": {"", []string{"a-accepted@example.com", "Member@Other.org"}},
		"email":     {`email = "member@other.ORG"`, []string{"Member@Other.org"}},
		"domain":    {`email_domain = "example.com"`, []string{"a-accepted@example.com"}},
		"nobody":    {`email = "nobody@example.com"`, []string{}},
	}
	var config string
	for name, one := range invites {
		config += data("invites", name, one.argument)
	}
	for name, one := range members {
		config += data("members", name, one.argument)
	}
	s.write(config)
	s.dir.Apply().Succeeds()
	for name, one := range invites {
		if got := s.emails(fmt.Sprintf("data.orginvite_%s_invites.%s", s.Platform, name), "invites"); !slices.Equal(got, one.want) {
			s.t.Errorf("invites %s: got %v, want %v", name, got, one.want)
		}
	}
	for name, one := range members {
		if got := s.emails(fmt.Sprintf("data.orginvite_%s_members.%s", s.Platform, name), "members"); !slices.Equal(got, one.want) {
			s.t.Errorf("members %s: got %v, want %v", name, got, one.want)
		}
	}
	for _, secret := range s.world.Secrets() {
		if strings.Contains(s.dir.StateFile(), secret) {
			s.t.Errorf("the state holds the secret %.6s...", secret)
		}
	}
	s.listsRefuse(data)
}

// listsRefuse: wrong filters are errors, and so is a platform that does not answer.
func (s *story) listsRefuse(data func(kind, name string, arguments ...string) string) {
	s.t.Helper()
	for argument, says := range map[string]string{
		`status = ["invited"]`:       "status",
		`status = []`:                "status",
		`email = "bob"`:              "Not an e-mail address",
		`email_domain = "@x.com"`:    "Not a domain",
		`email_domain = "notadot"`:   "Not a domain",
		`email_domain = "x.com/"`:    "Not a domain",
		`organization_id = ""`:       "organization_id",
		`email_domain = "b@x.com"  `: "Not a domain",
	} {
		s.write(data("invites", "wrong", argument))
		s.dir.Plan().Fails(says)
	}
	for kind, operation := range map[string]fake.Operation{"invites": fake.ListInvites, "members": fake.ListMembers} {
		for _, fault := range []fake.Fault{{Status: 403}, {Kind: fake.Dropped}, {Kind: fake.Truncated}} {
			fault.Platform, fault.Operation = s.Platform, operation
			s.world.Fail(fault)
			s.write(data(kind, "failing"))
			s.dir.Plan().Fails("Could not list the " + kind)
			s.world.ClearFaults()
		}
	}
}

// ownWrites: a list that is read after an invitation was sent shows it.
func ownWrites(s *story) {
	list := func(name, dependence string) string {
		return fmt.Sprintf("data \"orginvite_%s_invites\" %q {\n  %s\n}\n", s.Platform, name, dependence)
	}
	s.write(s.ada(s.a), list("after", "depends_on = ["+s.at()+"]"))
	requests := s.during(func() { s.dir.Apply().Succeeds() })
	if got := s.emails(fmt.Sprintf("data.orginvite_%s_invites.after", s.Platform), "invites"); !slices.Equal(got, []string{ada}) {
		s.t.Errorf("listed: %v", got)
	}
	// One list in either walk: the data source needs none of its own.
	if got := requests.Count()[fake.ListInvites]; got != 2 {
		s.t.Errorf("requests: %s", requests.Count())
	}
	s.dir.Plan().Succeeds().Plans()
}
