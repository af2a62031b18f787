// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"

	"github.com/hashicorp/terraform-exec/tfexec"
	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// people declares a number of them with for_each.
func (s *story) people(count int) string {
	return fmt.Sprintf("resource %q \"p\" {\n  for_each = toset([for i in range(%d) : \"p${i}@example.com\"])\n"+
		"  email = each.key\n  %s\n}\n", s.Resource(), count, s.a.HCL())
}

// preview is what it takes to plan a few invitations. An apply plans again what it applies.
func (s *story) preview() Counts {
	return s.InvitingWalk(Counts{fake.ListInvites: 1, fake.ListMembers: 1})
}

// search is what it takes to find out what became of an invitation that is no longer listed.
func (s *story) search() Counts {
	counts := Counts{fake.ListInvites: 1, fake.ListMembers: 1}
	if s.EndedApart {
		counts[fake.ListFailedInvites] = 1
	}
	return s.Walk(counts)
}

// sends wants so many invitations to have been sent with no more requests than that takes, after one look-up.
func (s *story) sends(count int) Check {
	return func() error {
		got := Requests(s.world.Journal()).Count()
		sent := got[fake.CreateInvite]
		if !s.Batches && sent != count || s.Batches && sent > (count+1)/2 {
			return fmt.Errorf("requests: %s for %d invitations", got, count)
		}
		return nil
	}
}

// crowd: a refresh reads one list for all, and nothing for people who accepted. There are more people than fit on one
// page, unless pages are very large.
func crowd(s *story) {
	count := min(s.PageSize, 100) + 20
	config := s.config(s.people(count))
	// After an apply, the testing package plans twice: without a refresh, and with one.
	refreshCosts := func(want Counts) resource.ConfigPlanChecks {
		return resource.ConfigPlanChecks{
			PostApplyPreRefresh:  []plancheck.PlanCheck{s.world.ResetRequests()},
			PostApplyPostRefresh: []plancheck.PlanCheck{Plans(), s.world.Requested(want)},
		}
	}
	var mails, stay []string
	for i := range count {
		mails = append(mails, fmt.Sprintf("p%d@example.com", i))
		stay = append(stay, mails[i]+" stays a member")
	}
	s.test(resource.TestStep{
		Config:            config,
		ConfigPlanChecks:  refreshCosts(s.Walk(Counts{fake.ListInvites: s.Pages(count)})),
		ConfigStateChecks: []statecheck.StateCheck{s.sends(count), s.world.Mailed(mails...), InState(count)},
	}, resource.TestStep{
		PreConfig: func() {
			for _, email := range mails {
				s.accept(email)
			}
		},
		Config:           config,
		ConfigPlanChecks: refreshCosts(Counts{}),
		ConfigStateChecks: []statecheck.StateCheck{InState(count), StateCheck(func(state *tfjson.State) error {
			for _, person := range state.Values.RootModule.Resources {
				if person.AttributeValues["status"] != "accepted" || person.AttributeValues["member_id"] == nil {
					return fmt.Errorf("%s: %v", person.Address, person.AttributeValues)
				}
			}
			return nil
		})},
	}, resource.TestStep{ // the testing package cannot end with for_each in state
		Config:           config,
		Destroy:          true,
		ConfigPlanChecks: BeforeApply(s.world.Warned(stay...)),
	})
}

// aFew: what each walk costs.
func aFew(s *story) {
	const count = 5
	var people string
	for i := range count {
		people += s.Declare(fmt.Sprintf("p%d", i), fmt.Sprintf("p%d@example.com", i), s.a.HCL())
	}
	config := s.config(people)
	gone := resource.TestStep{
		PreConfig:        func() { s.revokeOutside("p0@example.com") },
		Config:           config,
		ConfigPlanChecks: BeforeApply(Plans(s.At("p0"), "create")),
	}
	again := func() {}
	if s.hidesRevoked() {
		gone.ConfigPlanChecks = BeforeApply(Plans(), s.world.Warned("p0@example.com"))
		again = func() { s.seed("p0@example.com", s.a) } // it is followed
	}
	s.test(resource.TestStep{
		Config:           config,
		ConfigPlanChecks: BeforeApply(s.world.Requested(s.preview()), s.world.ResetRequests()),
		ConfigStateChecks: []statecheck.StateCheck{s.sends(count), Check(func() error {
			counts := Requests(s.world.Journal()).Count()
			delete(counts, fake.CreateInvite)
			return same(counts.String(), s.preview().String())
		})},
	}, gone, resource.TestStep{
		PreConfig:        again,
		Config:           config,
		Destroy:          true,
		ConfigPlanChecks: BeforeApply(s.world.ResetRequests()),
		ConfigStateChecks: []statecheck.StateCheck{InState(0), Check(func() error {
			end := Requests(s.world.Journal()).Count()
			revokes := end[fake.RevokeInvite]
			if s.OneOrganization {
				delete(end, fake.GetOrganization)
			}
			if !s.Batches && (revokes != count || len(end) > 1) ||
				s.Batches && (revokes > count || end[fake.ListInvites] > 1) {
				return fmt.Errorf("destroying: %s", end)
			}
			return nil
		})},
	})
}

// refreshOnly: somebody who is gone from the invitations is looked for among the members, at the cost of one list. Only
// the plan's option -refresh-only shows that: any other plan lists the members before it creates an invitation.
func refreshOnly(s *story) {
	d := s.terminal()
	d.configure(s.people(5), s.ada(s.a), s.sentBefore("ada", ada, s.a))
	d.Apply().Succeeds()
	d.configure(s.people(5), s.ada(s.a))
	s.revokeOutside(ada)
	s.world.ResetJournal()
	d.Plan(tfexec.RefreshOnly(true)).Succeeds()
	d.check(s.world.Requested(s.search()))

	// While lists may lag behind, those that hide what was revoked are read once more.
	s.revokeOutside("p0@example.com")
	s.world.ResetJournal()
	if !s.hidesRevoked() {
		d.Plan(tfexec.RefreshOnly(true)).Succeeds()
		d.check(s.world.Requested(s.search()))
		return
	}
	d.Plan(tfexec.RefreshOnly(true)).Warns("p0@example.com")
	d.check(s.listings(2))
}
