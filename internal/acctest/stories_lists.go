// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// list declares a data source of the platform.
func (s *story) list(kind, name string, arguments ...string) string {
	return fmt.Sprintf("data \"orginvite_%s_%s\" %q {\n  %s\n}\n", s.Name, kind, name, strings.Join(arguments, "\n  "))
}

// listed wants a data source to have exactly these addresses, in this order.
func (s *story) listed(kind, name string, emails []string) statecheck.StateCheck {
	items := []knownvalue.Check{}
	for _, email := range emails {
		items = append(items, knownvalue.ObjectPartial(map[string]knownvalue.Check{
			"email": knownvalue.StringExact(email),
		}))
	}
	return Attribute(fmt.Sprintf("data.orginvite_%s_%s.%s", s.Name, kind, name), kind, knownvalue.ListExact(items))
}

// lists: what the data sources select, and in which order.
func lists(s *story) {
	for _, email := range []string{
		"carol@example.com", "Bob@Example.com", "eve@sub.example.com", "mallory@notexample.com",
	} {
		grant := s.a
		if strings.HasPrefix(email, "carol") {
			grant = s.b
		}
		s.seed(email, grant)
	}
	for _, status := range []fake.Status{fake.Accepted, fake.Revoked, fake.Expired} {
		email := "a-" + string(status) + "@example.com"
		s.seed(email, s.a)
		switch {
		case status == fake.Accepted:
			s.accept(email)
		case status == fake.Expired && s.Lifetime != 0:
			s.expire(email)
		default:
			s.revokeOutside(email)
		}
	}
	s.seedMember(fake.Member{Email: "Member@Other.org", Name: "Mem Ber", Grant: s.b.Fake})

	pending := []string{"Bob@Example.com", "carol@example.com", "eve@sub.example.com", "mallory@notexample.com"}
	every := slices.Clone(pending)
	for _, status := range s.Keeps {
		every = append(every, "a-"+string(status)+"@example.com")
	}
	slices.SortFunc(every, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	var config string
	checks := []statecheck.StateCheck{InNoState(s.world.Secrets()...)}
	list := func(kind, name, argument string, want ...string) {
		config += s.list(kind, name, argument)
		checks = append(checks, s.listed(kind, name, want))
	}
	list("invites", "standard", "", pending...)
	list("invites", "email", `email = "BOB@example.COM"`, "Bob@Example.com")
	list("invites", "domain", `email_domain = "EXAMPLE.com"`, "Bob@Example.com", "carol@example.com")
	list("invites", "nobody", `email_domain = "example.net"`)
	list("invites", "every", `status = ["pending", "accepted", "expired", "revoked"]`, every...)
	if !s.OneOrganization {
		list("invites", "elsewhere", fmt.Sprintf("organization_id = %q", s.world.SecondOrganization(s.Name)))
	}
	if s.Filter != nil {
		list("invites", "granted", s.Filter(s.a), "Bob@Example.com", "eve@sub.example.com", "mallory@notexample.com")
	}
	if s.Lifetime != 0 {
		list("invites", "late", `expiring_before = "2099-01-01T00:00:00Z"`, pending...)
		list("invites", "early", `expiring_before = "2020-01-01T00:00:00Z"`)
	}
	list("members", "everybody", "", "a-accepted@example.com", "Member@Other.org")
	list("members", "email", `email = "member@other.ORG"`, "Member@Other.org")
	list("members", "domain", `email_domain = "example.com"`, "a-accepted@example.com")
	list("members", "nobody", `email = "nobody@example.com"`)
	s.test(resource.TestStep{Config: s.config(config), ConfigStateChecks: checks})
}

// listsRefuse: wrong filters are errors, and so is a platform that does not answer.
func listsRefuse(s *story) {
	var steps []resource.TestStep
	for _, wrong := range [][2]string{
		{`status = ["invited"]`, "status"},
		{`status = []`, "status"},
		{`email = "bob"`, "Not an e-mail address"},
		{`email_domain = "@x.com"`, "Not a domain"},
		{`email_domain = "notadot"`, "Not a domain"},
		{`email_domain = "x.com/"`, "Not a domain"},
		{`organization_id = ""`, "organization_id"},
		{`email_domain = "b@x.com"  `, "Not a domain"},
	} {
		steps = append(steps, resource.TestStep{
			Config: s.config(s.list("invites", "wrong", wrong[0])), PlanOnly: true, ExpectError: Error(wrong[1]),
		})
	}
	for kind, operation := range map[string]fake.Operation{"invites": fake.ListInvites, "members": fake.ListMembers} {
		for _, fault := range []fake.Fault{{Status: 403}, {Kind: fake.Dropped}, {Kind: fake.Truncated}} {
			fault.Operation = operation
			steps = append(steps, resource.TestStep{
				PreConfig: func() {
					s.world.ClearFaults()
					s.fail(fault)
				},
				Config:      s.config(s.list(kind, "failing")),
				PlanOnly:    true,
				ExpectError: Error("Could not list the " + kind),
			})
		}
	}
	s.test(steps...)
}

// ownWrites: a list that is read after an invitation was sent shows it.
func ownWrites(s *story) {
	s.test(resource.TestStep{
		Config: s.config(s.ada(s.a), s.list("invites", "after", "depends_on = ["+s.at()+"]")),
		// One list in either walk: the data source needs none of its own.
		ConfigPlanChecks: BeforeApply(Check(func() error {
			return same(s.world.Count(fake.ListInvites), 1)
		})),
		ConfigStateChecks: []statecheck.StateCheck{
			s.listed("invites", "after", []string{ada}),
			Check(func() error { return same(s.world.Count(fake.ListInvites), 2) }),
		},
	})
}
