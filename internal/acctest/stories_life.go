// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// life: an invitation is sent and accepted, and destroying it leaves the member alone.
func life(s *story) {
	config := s.config(s.ada(s.a))
	var member string
	s.testUntil([]Check{
		s.world.Requested(Counts{}),
		s.world.Mailed(ada),
		s.member(ada, true),
	}, resource.TestStep{
		Config:           config,
		ConfigPlanChecks: BeforeApply(Plans(s.at(), "create")),
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Pending),
			Attribute(s.at(), "id", knownvalue.NotNull()),
			Attribute(s.at(), "email", knownvalue.StringExact(ada)),
			Attribute(s.at(), "organization_id", knownvalue.StringExact(s.world.Organization(s.Name))),
			Attribute(s.at(), "adopt_existing", knownvalue.Bool(false)),
			Attribute(s.at(), "manage_membership", knownvalue.Bool(false)),
			s.invited(ada, fake.Pending),
			s.world.Mailed(ada),
		},
	}, resource.TestStep{
		PreConfig:        func() { member = s.accept(ada) },
		Config:           config,
		ConfigPlanChecks: BeforeApply(Plans()),
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Accepted),
			Attribute(s.at(), "member_id", knownvalue.StringFunc(func(got string) error { return same(got, member) })),
		},
	}, resource.TestStep{
		PreConfig: s.world.ResetJournal,
		Config:    config,
		PlanOnly:  true,
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PostApplyPostRefresh: []plancheck.PlanCheck{Plans(), s.world.Requested(Counts{})},
		},
	})
}

// letterCase: an address is the same in any letter case, and state keeps the original spelling.
func letterCase(s *story) {
	upper, lower := "Ada.Lovelace@Example.COM", "ada.lovelace@example.com"
	s.world.Set(func(behaviors *fake.Behaviors) { // the hardest case: the platform has a spelling of its own
		behaviors.Common(s.Name).Emails = fake.LowerCased
	})
	config := func(email string) string { return s.config(s.Declare("ada", email, s.a.HCL())) }
	spelling := Attribute(s.at(), "email", knownvalue.StringExact(upper))
	s.testUntil([]Check{
		s.world.Mailed(lower, "grace@example.com"),
	}, resource.TestStep{
		Config:            config(upper),
		ConfigStateChecks: []statecheck.StateCheck{spelling},
	}, resource.TestStep{
		Config:            config(lower),
		ConfigPlanChecks:  BeforeApply(Plans()),
		ConfigStateChecks: []statecheck.StateCheck{spelling},
	}, resource.TestStep{
		PreConfig:         func() { s.accept(lower) },
		Config:            config(upper),
		ConfigPlanChecks:  BeforeApply(Plans()),
		ConfigStateChecks: []statecheck.StateCheck{spelling, s.status(s.at(), fake.Accepted)},
	}, resource.TestStep{
		Config:           config("grace@example.com"),
		ConfigPlanChecks: BeforeApply(Plans(s.at(), "replace"), s.world.Warned("stays a member")),
	})
}

// anotherOrganization: the argument wins over the provider's, and a change moves the invitation.
func anotherOrganization(s *story) {
	second := s.world.SecondOrganization(s.Name)
	there := func(want fake.Status) Check {
		return func() error {
			all := s.world.Invitations(s.Name, second)
			if len(all) != 1 {
				return same(len(all), 1)
			}
			return same(all[0].Status, want)
		}
	}
	s.test(resource.TestStep{
		Config:           s.config(s.ada(s.a, `organization_id = "`+second+`"`)),
		ConfigPlanChecks: BeforeApply(Plans(s.at(), "create")),
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Pending),
			Attribute(s.at(), "organization_id", knownvalue.StringExact(second)),
			there(fake.Pending),
		},
	}, resource.TestStep{
		Config:            s.config(s.ada(s.a)),
		ConfigPlanChecks:  BeforeApply(Plans(s.at(), "replace")),
		ConfigStateChecks: []statecheck.StateCheck{s.invited(ada, fake.Pending), there(fake.Revoked)},
	})
}

// flags: a change of a flag is an update that makes no request of its own, and what is granted is part of what an
// invitation is.
func flags(s *story) {
	flags := []string{"adopt_existing = true", "manage_membership = true"}
	if s.Lifetime != 0 {
		flags = append(flags, "reinvite_expired = true")
	}
	var first string
	s.test(resource.TestStep{
		Config: s.config(s.ada(s.a)),
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Pending), s.granted(s.at(), s.a), s.invited(ada, fake.Pending),
		},
	}, resource.TestStep{
		PreConfig:         func() { first = s.invitations(ada)[0].ID },
		Config:            s.config(s.ada(s.a, flags...)),
		ConfigPlanChecks:  BeforeApply(Plans(s.at(), "update"), s.world.ResetRequests()),
		ConfigStateChecks: []statecheck.StateCheck{s.world.Requested(Counts{})},
	}, resource.TestStep{
		Config:           s.config(s.ada(s.b, flags...)),
		ConfigPlanChecks: BeforeApply(Plans(s.at(), "replace")),
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Pending), s.granted(s.at(), s.b),
			s.invited(ada, fake.Revoked, fake.Pending),
			Check(func() error { return same(s.invitations(ada)[0].ID, first) }),
			s.world.Mailed(ada, ada),
		},
	})
}

// revokedOutside: an invitation that somebody revoked is gone, and the plan sends another one. Where lists do not show
// that it was revoked, it is kept for the minute in which a list may lag behind, with a warning.
func revokedOutside(s *story) {
	config := s.config(s.ada(s.a))
	old := s.sentBefore("ada", ada, s.a)
	young := resource.TestStep{
		PreConfig:        func() { s.revokeOutside(ada) },
		Config:           config,
		ConfigPlanChecks: BeforeApply(Plans(s.at(), "create")),
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Pending), s.invited(ada, fake.Revoked, fake.Revoked, fake.Pending),
			s.world.Mailed(ada, ada),
		},
	}
	if s.hidesRevoked() {
		young.ConfigPlanChecks = resource.ConfigPlanChecks{
			PreApply:             []plancheck.PlanCheck{Plans(), s.world.Warned(notListedYet)},
			PostApplyPreRefresh:  []plancheck.PlanCheck{s.world.ResetRequests()},
			PostApplyPostRefresh: []plancheck.PlanCheck{Plans(), s.listings(2)},
		}
		young.ConfigStateChecks = []statecheck.StateCheck{
			s.status(s.at(), fake.Pending), s.invited(ada, fake.Revoked, fake.Revoked), s.world.Mailed(ada),
		}
	}
	s.test(resource.TestStep{
		Config:           config + old,
		ConfigPlanChecks: BeforeApply(Plans(s.at(), "import")),
	}, resource.TestStep{
		PreConfig:        func() { s.revokeOutside(ada) },
		Config:           config,
		ConfigPlanChecks: BeforeApply(Plans(s.at(), "create")),
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Pending), s.invited(ada, fake.Revoked, fake.Pending), s.world.Mailed(ada),
		},
	}, young)
}

// resentOutside: an invitation that somebody sent again is followed under its new id, also when the old one had
// expired, and nothing is sent. The one that is followed is revoked by a destroy as any other.
func resentOutside(s *story) {
	config := s.config(s.ada(s.a))
	var again fake.Invitation
	var comparer compare.ValueComparer = compare.ValuesDiffer()
	if s.IDIsEmail {
		comparer = compare.ValuesSame()
	}
	ids := statecheck.CompareValue(comparer)
	s.testUntil([]Check{
		s.world.Mailed(ada),
		s.invited(ada, fake.Revoked, fake.Revoked),
	}, resource.TestStep{
		Config: config,
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Pending), ids.AddStateValue(s.at(), tfjsonpath.New("id")),
		},
	}, resource.TestStep{
		PreConfig: func() {
			if s.Lifetime != 0 {
				s.expire(ada)
			}
			var err error
			again, err = s.world.ResendOutside(s.Name, "", ada)
			s.must(err)
		},
		Config:           config,
		ConfigPlanChecks: BeforeApply(Plans()),
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Pending), ids.AddStateValue(s.at(), tfjsonpath.New("id")),
			Attribute(s.at(), "id", knownvalue.StringFunc(func(got string) error {
				if s.IDIsEmail {
					return same(got, ada)
				}
				return same(got, again.ID)
			})),
		},
	})
}
