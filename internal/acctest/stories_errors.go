// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// errorsKeepState: an invitation is not gone because the platform could not be asked.
func errorsKeepState(s *story) {
	config := s.world.ProviderWith("max_retries = 0\n  request_timeout = \"1s\"", s.Name) + s.ada(s.a)
	ids := statecheck.CompareValue(compare.ValuesSame())
	kept := func() []statecheck.StateCheck {
		return []statecheck.StateCheck{
			s.status(s.at(), fake.Pending), s.granted(s.at(), s.a), ids.AddStateValue(s.at(), tfjsonpath.New("id")),
		}
	}
	refuse := func(fault fake.Fault, before func(), texts ...string) resource.TestStep {
		return resource.TestStep{
			PreConfig: func() {
				s.world.ClearFaults()
				before()
				s.fail(fault)
			},
			Config:      config,
			ExpectError: Error(append([]string{"Could not refresh the invitation of " + ada}, texts...)...),
		}
	}
	nothing := func() {}
	old := s.sentBefore("ada", ada, s.a)
	steps := []resource.TestStep{{Config: config + old, ConfigStateChecks: kept()}}
	for _, status := range []int{401, 403, 404, 500, 503} {
		steps = append(steps, refuse(fake.Fault{Operation: fake.ListInvites, Status: status}, nothing, fmt.Sprint(status)))
	}
	for _, kind := range []fake.Kind{
		fake.Dropped, fake.Hanging, fake.Truncated, fake.HTML, fake.WrongType, fake.Empty, fake.Null, fake.MissingFields,
		fake.Redirect,
	} {
		steps = append(steps, refuse(fake.Fault{Operation: fake.ListInvites, Kind: kind}, nothing))
	}
	s.test(append(steps, resource.TestStep{
		PreConfig: s.world.ClearFaults, Config: config, ConfigPlanChecks: BeforeApply(Plans()), ConfigStateChecks: kept(),
	},
		// The same once it is gone from the list, and whether the person is a member cannot be asked.
		refuse(fake.Fault{Operation: fake.ListMembers, Status: 403}, func() { s.revokeOutside(ada) }, "403"),
		refuse(fake.Fault{Operation: fake.ListMembers, Kind: fake.Dropped}, nothing),
		resource.TestStep{
			PreConfig:          s.world.ClearFaults,
			Config:             config,
			PlanOnly:           true,
			ExpectNonEmptyPlan: true,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PostApplyPostRefresh: []plancheck.PlanCheck{Plans(s.at(), "create"), s.world.Mailed()},
			},
		})...)
}
