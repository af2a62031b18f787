// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// renamed: the resource of a person gets another name, and there is no moved block. Whichever of the two Terraform
// does first, nobody gets two mails in one apply. One order is an error and the other is not, which commands can take.
func renamed(s *story) {
	d := s.terminal()
	d.configure(s.ada(s.a))
	d.Apply().Succeeds()
	before := len(s.world.Mails())
	d.configure(s.Declare("lovelace", ada, s.a.HCL()))
	d.Apply().Plans(s.at(), "delete", s.At("lovelace"), "create") // either order: an error, or one new mail
	if sent := len(s.world.Mails()) - before; sent > 1 {
		s.t.Errorf("%d mails", sent)
	}
	d.Apply()
	d.expectOne("lovelace")

	// With adoption the invitation passes from one to the other.
	s.world.Reset()
	d.configure()
	d.Apply()
	d.configure(s.ada(s.a, adopt))
	d.Apply().Succeeds()
	d.configure(s.Declare("lovelace", ada, s.a.HCL(), adopt))
	d.Apply().Plans(s.at(), "delete", s.At("lovelace"), "create")
	d.expectOne("lovelace")
	if sent := len(s.world.Mails()); sent > 2 {
		s.t.Errorf("%d mails", sent)
	}
}

// expectOne wants one pending invitation, one resource in state that manages it, and an empty plan.
func (d *terminal) expectOne(name string) {
	d.t.Helper()
	d.Plan().Succeeds().Plans()
	pending := 0
	for _, invitation := range d.story.world.Invitations(d.story.Name, "") {
		if invitation.Status == fake.Pending {
			pending++
		}
	}
	if state := d.State(); pending != 1 || len(state) != 1 || state[d.story.At(name)].Text("status") != "pending" {
		d.t.Errorf("%d pending invitations, state %v", pending, state)
	}
}

// createBeforeDestroy cannot work with invitations: the error says so, and nothing is lost.
func createBeforeDestroy(s *story) {
	const first = "lifecycle {\n    create_before_destroy = true\n  }"
	s.testUntil([]Check{
		s.member(ada, true), s.world.Mailed(ada, ada),
	}, resource.TestStep{
		Config: s.config(s.ada(s.a, first)),
	}, resource.TestStep{
		PreConfig:        func() { s.world.MayWarn(applyWillFail) },
		Config:           s.config(s.ada(s.b, first)),
		ConfigPlanChecks: BeforeApply(Plans(s.at(), "replace")),
		ExpectError:      Error("is already invited", "create_before_destroy"),
	}, resource.TestStep{
		Config:           s.config(s.ada(s.a, first)), // what is in state is still the first one
		ConfigPlanChecks: BeforeApply(Plans()),
		ConfigStateChecks: []statecheck.StateCheck{
			s.invited(ada, fake.Pending), s.status(s.at(), fake.Pending), s.granted(s.at(), s.a), s.world.Mailed(ada),
		},
	}, resource.TestStep{
		Config:            s.config(s.ada(s.b)),
		ConfigPlanChecks:  BeforeApply(Plans(s.at(), "replace")),
		ConfigStateChecks: []statecheck.StateCheck{s.invited(ada, fake.Revoked, fake.Pending)},
	}, resource.TestStep{
		PreConfig: func() { s.accept(ada) },
		Config:    s.config(s.ada(s.b)),
	}, resource.TestStep{
		// Somebody who accepted cannot be replaced either. Terraform does not show what the plan warns of in that case.
		PreConfig:        func() { s.world.MayWarn(applyWillFail) },
		Taint:            []string{s.at()},
		Config:           s.config(s.ada(s.b)),
		ConfigPlanChecks: BeforeApply(Plans(s.at(), "replace")),
		ExpectError:      Error("is already a member", "import {"),
	})
}
