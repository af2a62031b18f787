// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// What happens between a plan and its apply, or while an apply runs, needs a saved plan: the stories in this file run
// one command at a time.

// acceptedMeanwhile: the person accepts between plan and apply, or while the invitation is being revoked.
func acceptedMeanwhile(s *story) {
	d := s.terminal()
	invited := func() {
		s.t.Helper()
		d.configure(s.ada(s.a))
		d.Apply().Succeeds()
	}
	left := func() {
		s.t.Helper()
		s.world.ClearFaults()
		s.remove(ada)
		s.world.Reset()
	}
	during := func(operation fake.Operation) {
		s.fail(fake.Fault{
			Operation: operation, Kind: fake.Pass, Times: 1, Do: func() { _, _ = s.world.Accept(s.Name, "", ada) },
		})
	}

	// Between the plan and the apply of a destroy.
	invited()
	d.Plan(tfexec.Destroy(true)).Succeeds().Plans(s.at(), "delete")
	s.accept(ada)
	d.ApplyPlan().Warns("stays a member")
	d.expectNothing()
	left()

	// During the revoke of a destroy.
	invited()
	during(fake.RevokeInvite)
	d.Destroy().Warns("stays a member")
	d.expectNothing()
	d.check(s.member(ada, true))
	left()

	// During the revoke of a destroy, where the membership is managed: it ends too.
	d.configure(s.ada(s.a, manage))
	d.Apply().Succeeds()
	during(fake.RevokeInvite)
	d.Destroy().Succeeds()
	d.check(s.member(ada, false))
	s.world.Reset()

	// Between the plan and the apply of a replacement: no second mail.
	invited()
	d.configure(s.ada(s.b))
	d.Plan().Succeeds().Plans(s.at(), "replace")
	s.accept(ada)
	d.ApplyPlan().Fails("is already a member")
	d.check(s.world.Mailed(ada))
	// The message is where to go on: the member is taken over.
	d.configure(s.ada(s.b, adopt))
	d.Apply().Warns("recorded as accepted")
	d.Plan().Succeeds().Plans()
	d.check(s.world.Mailed(ada))
	left()
	d.Destroy()

	// During the revoke of a replacement, where existing ones are adopted.
	d.configure(s.ada(s.a, adopt))
	d.Apply().Succeeds()
	d.configure(s.ada(s.b, adopt))
	during(fake.RevokeInvite)
	d.Apply().Plans(s.at(), "replace")
	d.expect(fake.Accepted)
	d.check(s.world.Mailed(ada))
	d.Plan().Succeeds().Plans()
}

// goneMeanwhile: the invitation ends, or another appears, between plan and apply.
func goneMeanwhile(s *story) {
	d := s.terminal()
	d.configure(s.ada(s.a))
	d.Apply().Succeeds()
	d.Plan(tfexec.Destroy(true)).Succeeds()
	// Where the invitation is looked up to revoke it, a list that lags behind is warned of.
	var notFound []string
	if s.IDIsEmail {
		notFound = []string{"The invitation of " + ada + " to "}
	}
	s.revokeOutside(ada)
	d.ApplyPlan().Warns(notFound...)
	d.expectNothing()

	// Revoked before a replacement: the new one is sent all the same.
	d.Apply().Succeeds()
	d.configure(s.ada(s.b))
	d.Plan().Succeeds().Plans(s.at(), "replace")
	s.revokeOutside(ada)
	d.ApplyPlan().Warns(notFound...)
	d.expectGrant(d.expect(fake.Pending), s.b)
	d.Plan().Succeeds().Plans()

	// Sent again before a destroy: the declaration followed that one, so it ends with it,
	// where the platform says that there was nothing to revoke.
	d.Plan(tfexec.Destroy(true)).Succeeds()
	_, err := s.world.ResendOutside(s.Name, "", ada)
	s.must(err)
	d.ApplyPlan().Succeeds()
	if !s.RevokesTwice {
		d.check(s.invited(ada, fake.Revoked, fake.Revoked, fake.Revoked, fake.Revoked))
	}

	// Somebody else invites between the plan and the apply of a create: nothing is sent twice.
	s.world.Reset()
	d.Plan().Succeeds().Plans(s.at(), "create")
	s.sentBefore("ada", ada, s.b)
	d.ApplyPlan().Fails("is already invited")
	d.configure(s.ada(s.b, adopt))
	d.Apply().Warns("taken over as it is")
	d.check(s.invited(ada, fake.Pending))
	d.check(s.world.Mailed())

	// Revoked between the plan and the apply of an update: the next plan shows it.
	d.configure(s.ada(s.b))
	d.Plan().Succeeds().Plans(s.at(), "update")
	s.revokeOutside(ada)
	d.ApplyPlan().Succeeds()
	d.Plan().Succeeds().Plans(s.at(), "create")
}

// destroy ends a declaration in every state that its invitation can be in.
func destroy(s *story) {
	d := s.terminal()
	names := []string{"pending", "accepted", "moment", "gone"}
	if s.Lifetime != 0 {
		names = append(names, "expired")
	}
	var config, blocks string
	var mailed []string
	for _, name := range names {
		email := name + "@example.com"
		config += s.Declare(name, email, s.a.HCL())
		if name == "gone" || name == "expired" { // lists may not show these, and must not seem to lag
			blocks += s.sentBefore(name, email, s.a)
			continue
		}
		mailed = append(mailed, email)
	}
	d.configure(config, blocks)
	d.Apply().Succeeds()
	s.accept("accepted@example.com")
	d.Apply().Succeeds().Plans()
	// Terraform learns of the first only; the others happen behind its back.
	s.accept("moment@example.com")
	s.revokeOutside("gone@example.com")
	if s.Lifetime != 0 {
		s.expire("expired@example.com")
	}

	plan := d.Plan(tfexec.Destroy(true), tfexec.Refresh(false)).Warns("accepted@example.com stays a member of")
	if planned := plan.Changes(); len(planned) != len(names) {
		plan.fail("planned %v", planned)
	}
	requests := s.world.During(func() {
		d.ApplyPlan().Warns("accepted@example.com stays a member of", "moment@example.com stays a member of")
	})
	if most := len(names) - 1; !s.Batches && requests.Count()[fake.RevokeInvite] > most {
		s.t.Errorf("requests: %s, want at most %d to revoke", requests.Count(), most)
	}
	d.expectNothing()
	d.check(s.invited("pending@example.com", fake.Revoked))
	d.check(s.member("accepted@example.com", true))
	d.check(s.member("moment@example.com", true))
	d.check(s.world.Mailed(mailed...))
}
