// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// notListedYet is the warning that an invitation is kept although the list lacks it.
const notListedYet = "is not listed yet"

// behave sets how the platform behaves from now on.
func (s *story) behave(set func(*fake.CommonBehaviors)) {
	s.world.Set(func(b *fake.Behaviors) { set(b.Common(s.Name)) })
}

// listLags: an invitation that the list does not show yet is kept, with a warning, and nothing is sent. It costs one
// more list.
func listLags(s *story) {
	config := s.config(s.ada(s.a))
	lags := func(lag time.Duration) func() {
		return func() { s.behave(func(b *fake.CommonBehaviors) { b.ListLag = fake.Duration(lag) }) }
	}
	s.testUntil([]Check{
		s.world.Mailed(ada), s.member(ada, true),
	}, resource.TestStep{
		PreConfig: lags(time.Hour),
		Config:    config,
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PreApply:             []plancheck.PlanCheck{Plans(s.at(), "create")},
			PostApplyPreRefresh:  []plancheck.PlanCheck{s.world.ResetRequests()},
			PostApplyPostRefresh: []plancheck.PlanCheck{Plans(), s.world.Warned(notListedYet), s.listings(2)},
		},
		ConfigStateChecks: []statecheck.StateCheck{s.status(s.at(), fake.Pending)},
	}, resource.TestStep{
		Config:            config,
		ConfigPlanChecks:  BeforeApply(Plans(), s.world.Warned(notListedYet)),
		ConfigStateChecks: []statecheck.StateCheck{s.status(s.at(), fake.Pending), s.invited(ada, fake.Pending)},
	}, resource.TestStep{
		PreConfig:         lags(0),
		Config:            config,
		ConfigPlanChecks:  BeforeApply(Plans()),
		ConfigStateChecks: []statecheck.StateCheck{s.status(s.at(), fake.Pending), s.world.Mailed(ada)},
	}, resource.TestStep{
		PreConfig:         func() { s.accept(ada) },
		Config:            config,
		ConfigPlanChecks:  BeforeApply(Plans()),
		ConfigStateChecks: []statecheck.StateCheck{s.status(s.at(), fake.Accepted)},
	})
}

// listings wants the invitations to have been listed so many times since the journal was reset.
func (s *story) listings(want int) Check {
	return func() error { return same(s.world.Count(fake.ListInvites), want) }
}

// otherSpellings: a platform that stores an address in another way than it was sent does not get a second request for
// it, and the invitation is followed until it was accepted.
func otherSpellings(s *story) {
	var steps []resource.TestStep
	var config string
	var checks []statecheck.StateCheck
	for i, one := range []struct {
		spelling fake.EmailSpelling
		email    string
	}{
		{fake.LowerCased, "Ada@Example.com"},
		{fake.WithoutTag, "grace+work@example.com"},
		{fake.WithoutDots, "mary.somerville@example.com"},
		{fake.Punycode, "emmy@münchen.example"},
	} {
		name := fmt.Sprintf("p%d", i)
		config += s.Declare(name, one.email, s.a.HCL())
		second := s.Declare("second", one.email, s.a.HCL(), fmt.Sprintf("depends_on = [%s]", s.At(name)))
		sent := Check(func() error { return same(len(s.world.Mails()), i+1) })
		steps = append(steps, resource.TestStep{
			PreConfig: func() {
				s.behave(func(b *fake.CommonBehaviors) { b.Emails = one.spelling })
			},
			Config:           s.config(config, second),
			ConfigPlanChecks: BeforeApply(Plans(s.At(name), "create", s.At("second"), "create")),
			ExpectError:      Error("is already invited"),
		}, resource.TestStep{
			Config:            s.config(config),
			ConfigPlanChecks:  BeforeApply(Plans()),
			ConfigStateChecks: []statecheck.StateCheck{s.status(s.At(name), fake.Pending), sent},
		})
		checks = append(checks, s.status(s.At(name), fake.Accepted))
	}
	s.test(append(steps, resource.TestStep{
		PreConfig: func() {
			for _, invitation := range s.world.Invitations(s.Name, "") {
				s.accept(invitation.Email)
			}
		},
		Config:            s.config(config),
		ConfigPlanChecks:  BeforeApply(Plans()),
		ConfigStateChecks: checks,
	})...)
}
