// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// sameAddress: two resources with one address send one mail, and the error of the second says which invitation is
// there. Which of the two is first is not known, and what is left is what a failed apply left: commands show that.
func sameAddress(s *story) {
	d := s.terminal()
	d.configure(s.ada(s.a), s.Declare("same", strings.ToUpper(ada), s.b.HCL()))
	result := d.Apply().Fails("is already invited", "Another resource with the same address", "code: email")
	if result.Errors() != 1 {
		result.fail("want one error")
	}
	d.check(s.world.Mailed(ada))
	state := d.State()
	if len(state) != 1 {
		s.t.Fatalf("state: %v", state)
	}
	for address, kept := range state {
		if !s.IDIsEmail && !strings.Contains(fmt.Sprint(result.Diagnostics), kept.Text("id")) {
			s.t.Errorf("the error does not name %s", kept.Text("id"))
		}
		// The next run knows that the first manages the invitation, and sends nothing.
		again := d.Apply().Fails("is already invited")
		if planned := again.Changes(); len(planned) != 1 || planned[address] != "" {
			again.fail("planned %v", planned)
		}
	}
	d.check(s.world.Mailed(ada))
	d.Destroy().Succeeds()
	d.check(s.invited(ada, fake.Revoked))
}

// lostAnswers: invitations whose answers were lost, each in another way, are found, and are in state. No mail is sent
// twice.
func lostAnswers(s *story) {
	faults := []fake.Fault{
		{Kind: fake.Dropped, After: true},
		{Kind: fake.Answer, Status: 500, After: true},
		{Kind: fake.Answer, Status: 503, After: true},
		{Kind: fake.Hanging, After: true},
		{Kind: fake.Truncated},
		{Kind: fake.HTML, After: true},
		{Kind: fake.Empty, After: true},
		{Kind: fake.WrongType},
		{Kind: fake.MissingFields},
	}
	config := s.world.ProviderWith("max_retries = 2\n  request_timeout = \"1s\"", s.Name)
	var people, planned []string
	var checks []statecheck.StateCheck
	for n := range faults {
		name := fmt.Sprintf("p%d", n)
		email := name + "@example.com"
		arguments := []string{s.a.HCL()}
		if s.Batches { // one request for each: what ends at another time is not sent together
			arguments = append(arguments, fmt.Sprintf("expires_in = \"%dd\"", n+1))
		}
		config += s.Declare(name, email, arguments...)
		people = append(people, email)
		planned = append(planned, s.At(name), "create")
		checks = append(checks, s.status(s.At(name), fake.Pending), s.invited(email, fake.Pending),
			Attribute(s.At(name), "id", knownvalue.NotNull()))
	}
	s.test(resource.TestStep{
		PreConfig: func() {
			for _, fault := range faults {
				fault.Operation, fault.Times = fake.CreateInvite, 1
				s.fail(fault)
			}
		},
		Config:           config,
		ConfigPlanChecks: BeforeApply(Plans(planned...)),
		ConfigStateChecks: append(checks, s.world.Mailed(people...), Check(func() error {
			return same(s.world.Count(fake.CreateInvite), len(faults)) // each fault was met by one request
		})),
	})
}

// nothingSent: a request that surely or apparently had no effect fails the apply and leaves nothing in state, and the
// next apply sends one mail.
func nothingSent(s *story) {
	config := s.world.ProviderWith("max_retries = 2\n  request_timeout = \"1s\"", s.Name) + s.ada(s.a)
	var steps []resource.TestStep
	refuse := func(fault fake.Fault, texts ...string) {
		fault.Operation, fault.Times = fake.CreateInvite, 1
		applied := len(steps)
		steps = append(steps, resource.TestStep{
			PreConfig: func() {
				// One request for each apply so far. None revoked anything, so nothing was left in state.
				if got := s.world.Count(fake.CreateInvite); got != applied {
					s.t.Errorf("%d requests to create, want %d", got, applied)
				}
				s.must(s.world.NoneRequested(fake.RevokeInvite)())
				s.must(s.world.Mailed()())
				s.fail(fault)
			},
			Config:      config,
			ExpectError: Error(append([]string{"Could not invite " + ada}, texts...)...),
		})
	}
	for _, fault := range []fake.Fault{{Kind: fake.Dropped}, {Status: 500}, {Status: 503}, {Kind: fake.Hanging}} {
		refuse(fault, "nothing was sent. Apply again")
	}
	for _, status := range []int{400, 401, 403, 404, 422} {
		refuse(fake.Fault{Status: status}, fmt.Sprint(status))
	}
	applied := len(steps)
	s.test(append(steps, resource.TestStep{
		// A platform that asks to slow down surely did not act: the provider waits and sends again.
		PreConfig: func() {
			s.fail(fake.Fault{Operation: fake.CreateInvite, Kind: fake.RateLimited, RetryAfter: "1", Times: 2})
		},
		Config: config,
		ConfigPlanChecks: BeforeApply(
			Plans(s.at(), "create"), s.world.Mailed(), s.world.NoneRequested(fake.RevokeInvite),
			Check(func() error { return same(s.world.Count(fake.CreateInvite), applied) }),
		),
		ConfigStateChecks: []statecheck.StateCheck{s.status(s.at(), fake.Pending), s.world.Mailed(ada)},
	})...)
}

// overtaken: somebody else invites the person while the request is under way.
func overtaken(s *story) {
	race := func() {
		s.fail(fake.Fault{
			Operation: fake.CreateInvite, Kind: fake.Pass, Times: 1, Do: func() { s.seed(ada, s.b) },
		})
	}
	s.testUntil([]Check{s.world.Mailed(ada)}, resource.TestStep{
		PreConfig:        race,
		Config:           s.config(s.ada(s.a)),
		ConfigPlanChecks: BeforeApply(Plans(s.at(), "create")),
		ExpectError:      Error("is already invited", "Nothing was sent"),
	}, resource.TestStep{
		// The same by policy: what is found grants something else. Nothing was left in state by the step before.
		PreConfig: func() {
			s.revokeOutside(ada)
			race()
		},
		Config:           s.config(s.ada(s.a, adopt)),
		ConfigPlanChecks: BeforeApply(Plans(s.at(), "create")),
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Pending), s.granted(s.at(), s.a),
			s.invited(ada, fake.Revoked, fake.Revoked, fake.Pending), s.world.Mailed(ada),
		},
	}, resource.TestStep{
		Config:  s.config(s.ada(s.a, adopt)),
		Destroy: true,
	}, resource.TestStep{
		// And what is found grants the same.
		PreConfig:        race,
		Config:           s.config(s.ada(s.b, adopt)),
		ConfigPlanChecks: BeforeApply(Plans(s.at(), "create")),
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Pending), s.granted(s.at(), s.b), s.world.Mailed(ada),
		},
	})
}
