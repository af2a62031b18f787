// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// managedMember: with manage_membership the resource manages the member that the invitation became.
func managedMember(s *story) {
	a, b := s.config(s.ada(s.a, manage)), s.config(s.ada(s.b, manage))
	var member string
	s.testUntil([]Check{
		s.member(ada, false), s.world.Mailed(ada, ada), // destroying it removed the member
	}, resource.TestStep{
		Config: a,
	}, resource.TestStep{
		PreConfig:        func() { member = s.accept(ada) },
		Config:           a,
		ConfigPlanChecks: BeforeApply(Plans()),
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Accepted),
			Attribute(s.at(), "member_id", knownvalue.StringFunc(func(got string) error { return same(got, member) })),
		},
	}, resource.TestStep{
		// Another grant is given in place.
		Config:           b,
		ConfigPlanChecks: BeforeApply(Plans(s.at(), "update")),
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Accepted), s.granted(s.at(), s.b), s.has(ada, s.b),
		},
	}, resource.TestStep{
		// What somebody else changed is shown and corrected.
		PreConfig:         func() { s.setGrant(ada, s.a) },
		Config:            b,
		ConfigPlanChecks:  BeforeApply(Plans(s.at(), "update")),
		ConfigStateChecks: []statecheck.StateCheck{s.has(ada, s.b), s.world.Mailed(ada)},
	}, resource.TestStep{
		// The member is not gone because the platform could not be asked.
		PreConfig:   func() { s.fail(fake.Fault{Operation: fake.ListMembers, Status: 403}) },
		Config:      b,
		ExpectError: Error("Could not refresh", "403"),
	}, resource.TestStep{
		PreConfig: s.world.ClearFaults,
		Config:    b,
		PlanOnly:  true,
	}, resource.TestStep{
		// A member who left is gone, and is invited again.
		PreConfig:         func() { s.remove(ada) },
		Config:            b,
		ConfigPlanChecks:  BeforeApply(Plans(s.at(), "create")),
		ConfigStateChecks: []statecheck.StateCheck{s.status(s.at(), fake.Pending)},
	}, resource.TestStep{
		PreConfig:        func() { s.accept(ada) },
		Config:           b,
		ConfigPlanChecks: BeforeApply(Plans()),
	})
}

// unmanagedMember: without the flag acceptance is final, and another grant is refused while planning.
func unmanagedMember(s *story) {
	a, b := s.config(s.ada(s.a)), s.config(s.ada(s.b))
	s.test(resource.TestStep{
		Config: a,
	}, resource.TestStep{
		PreConfig:        func() { s.accept(ada) },
		Config:           a,
		ConfigPlanChecks: BeforeApply(Plans()),
	}, resource.TestStep{
		PreConfig: func() {
			s.setGrant(ada, s.b)
			s.world.ResetJournal()
		},
		Config:            a,
		ConfigPlanChecks:  BeforeApply(Plans()),
		ConfigStateChecks: []statecheck.StateCheck{s.world.Requested(Counts{})},
	}, resource.TestStep{
		Config:      b,
		ExpectError: Error("accepted already", "manage_membership = true", s.a.Text),
	}, resource.TestStep{
		// The way out that the error names: from then on the member is what counts.
		PreConfig:         func() { s.setGrant(ada, s.a) },
		Config:            s.config(s.ada(s.b, manage)),
		ConfigPlanChecks:  BeforeApply(Plans(s.at(), "update")),
		ConfigStateChecks: []statecheck.StateCheck{s.has(ada, s.b)},
	}, resource.TestStep{
		Config:           b,
		ConfigPlanChecks: BeforeApply(Plans(s.at(), "update")),
	}, resource.TestStep{
		// A person who leaves is not invited again.
		PreConfig:         func() { s.remove(ada) },
		Config:            b,
		ConfigPlanChecks:  BeforeApply(Plans()),
		ConfigStateChecks: []statecheck.StateCheck{s.status(s.at(), fake.Accepted), s.world.Mailed(ada)},
	})
}

// letGo: dropping manage_membership together with a change of what is granted is refused while planning. Where somebody
// else changed what the member has, dropping it is no error, and a warning says what the member keeps.
func letGo(s *story) {
	managed, dropped := s.config(s.ada(s.a, manage)), s.config(s.ada(s.a))
	arguments := slices.Sorted(maps.Keys(s.b.Arguments))
	s.testUntil([]Check{
		s.member(ada, true), s.has(ada, s.b), s.world.Mailed(ada),
	}, resource.TestStep{
		Config: managed,
	}, resource.TestStep{
		PreConfig:        func() { s.accept(ada) },
		Config:           managed,
		ConfigPlanChecks: BeforeApply(Plans()),
	}, resource.TestStep{
		Config:      s.config(s.ada(s.b)),
		ExpectError: Error("accepted already", "code: "+arguments[0], "manage_membership = true"),
	}, resource.TestStep{
		PreConfig: func() { s.setGrant(ada, s.b) },
		Config:    dropped,
		ConfigPlanChecks: BeforeApply(
			Plans(s.at(), "update"), s.world.Warned(ada+" keeps"), s.world.ResetRequests(),
		),
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Accepted), s.has(ada, s.b), s.world.NoneRequested(fake.UpdateMember),
		},
	}, resource.TestStep{
		Config:            dropped,
		ConfigPlanChecks:  BeforeApply(Plans()),
		ConfigStateChecks: []statecheck.StateCheck{s.granted(s.at(), s.a)},
	})
}
