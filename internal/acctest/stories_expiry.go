// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// expiresIn wants a lifetime in state.
func (s *story) expiresIn(want string) statecheck.StateCheck {
	return Attribute(s.at(), "expires_in", knownvalue.StringExact(want))
}

// lasts wants the last invitation of Ada to end after a lifetime from now.
func (s *story) lasts(want time.Duration) Check {
	return func() error {
		all := s.invitations(ada)
		if got := time.Until(all[len(all)-1].ExpiresAt); (got - want).Abs() > time.Minute {
			return fmt.Errorf("the invitation ends in %s, want %s", got, want)
		}
		return nil
	}
}

// expired: each refresh warns of an invitation that expired, and it is sent again only when that is asked for.
func expired(s *story) {
	config := s.config(s.ada(s.a))
	again := resource.TestStep{
		Config:           config,
		ConfigPlanChecks: BeforeApply(Plans(), s.world.Warned("reinvite_expired = true")),
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Expired), s.world.Warned("reinvite_expired = true"), s.world.Mailed(ada),
		},
	}
	first := again
	first.PreConfig = func() { s.expire(ada) }
	end := []statecheck.StateCheck{
		s.status(s.at(), fake.Pending), s.lasts(s.Lifetime), s.world.Mailed(ada, ada),
	}
	if s.ExpiresIn != "" {
		end = append(end, s.expiresIn(s.ExpiresIn))
	}
	s.test(resource.TestStep{
		Config: config,
	}, first, again, resource.TestStep{
		Config: s.config(s.ada(s.a, "reinvite_expired = true")),
		// The refresh still reads the flag in state.
		ConfigPlanChecks:  BeforeApply(Plans(s.at(), "replace"), s.world.Warned("expired")),
		ConfigStateChecks: end,
	})
}

// lifetimes: the default is sent to the platform, two spellings of one duration are equal, and another one replaces.
func lifetimes(s *story) {
	s.test(resource.TestStep{
		Config: s.config(s.ada(s.a)),
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Pending), s.expiresIn(s.ExpiresIn), s.lasts(s.Lifetime),
		},
	}, resource.TestStep{
		Config:   s.config(s.ada(s.a, fmt.Sprintf("expires_in = \"%dh\"", int(s.Lifetime.Hours())))),
		PlanOnly: true,
	}, resource.TestStep{
		Config:           s.config(s.ada(s.a, `expires_in = "48h"`)),
		ConfigPlanChecks: BeforeApply(Plans(s.at(), "replace")),
		ConfigStateChecks: []statecheck.StateCheck{
			s.lasts(48 * time.Hour), s.invited(ada, fake.Revoked, fake.Pending),
		},
	}, resource.TestStep{
		Config:           s.config(s.ada(s.a, `expires_in = "2d"`)),
		ConfigPlanChecks: BeforeApply(Plans()),
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Pending), s.expiresIn("48h"), // the original spelling
		},
	})
}
