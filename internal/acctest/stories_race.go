package acctest

import "github.com/orginvite/terraform-provider-orginvite/internal/fake"

// acceptedMeanwhile: the person accepts between plan and apply, or while the invitation is being revoked.
func acceptedMeanwhile(s *story) {
	invited := func() {
		s.t.Helper()
		s.write(s.ada(s.a))
		s.dir.Apply().Succeeds()
	}
	left := func() {
		s.t.Helper()
		s.world.ClearFaults()
		s.must(s.world.RemoveMember(s.Platform, "", ada))
		s.world.Reset()
	}
	during := func(operation fake.Operation) {
		s.world.Fail(fake.Fault{Platform: s.Platform, Operation: operation, Kind: fake.Pass, Times: 1, Do: func() { _, _ = s.world.Accept(s.Platform, "", ada) }})
	}

	// Between the plan and the apply of a destroy.
	invited()
	s.dir.Plan("-destroy").Succeeds().Plans(s.at(), "delete")
	s.accept(ada)
	s.dir.ApplyPlan().Warns("stays a member")
	s.expectNothing()
	left()

	// During the revoke of a destroy.
	invited()
	during(fake.RevokeInvite)
	s.dir.Destroy().Warns("stays a member")
	s.expectNothing()
	s.expectMember(ada, true)
	left()

	// During the revoke of a destroy, where the membership is managed: it ends too.
	s.write(s.ada(s.a, manage))
	s.dir.Apply().Succeeds()
	during(fake.RevokeInvite)
	s.dir.Destroy().Succeeds()
	s.expectMember(ada, false)
	s.world.Reset()

	// Between the plan and the apply of a replacement: no second mail.
	invited()
	s.write(s.ada(s.b))
	s.dir.Plan().Succeeds().Plans(s.at(), "replace")
	s.accept(ada)
	s.dir.ApplyPlan().Fails("is already a member")
	s.world.ExpectMails(s.t, ada)
	// The message is where to go on: the member is taken over.
	s.write(s.ada(s.b, adopt))
	s.dir.Apply().Warns("recorded as accepted")
	s.dir.Plan().Succeeds().Plans()
	s.world.ExpectMails(s.t, ada)
	left()
	s.dir.Destroy()

	// During the revoke of a replacement, where existing ones are adopted.
	s.write(s.ada(s.a, adopt))
	s.dir.Apply().Succeeds()
	s.write(s.ada(s.b, adopt))
	during(fake.RevokeInvite)
	s.dir.Apply().Plans(s.at(), "replace")
	s.expect(fake.Accepted)
	s.world.ExpectMails(s.t, ada)
	s.dir.Plan().Succeeds().Plans()
}

// goneMeanwhile: the invitation ends, or another appears, between plan and apply.
func goneMeanwhile(s *story) {
	s.write(s.ada(s.a))
	s.dir.Apply().Succeeds()
	s.dir.Plan("-destroy").Succeeds()
	s.must(s.world.RevokeOutside(s.Platform, "", ada))
	s.dir.ApplyPlan().Succeeds()
	s.expectNothing()

	// Revoked before a replacement: the new one is sent all the same.
	s.dir.Apply().Succeeds()
	s.write(s.ada(s.b))
	s.dir.Plan().Succeeds().Plans(s.at(), "replace")
	s.must(s.world.RevokeOutside(s.Platform, "", ada))
	s.dir.ApplyPlan().Succeeds()
	s.expectGrant(s.expect(fake.Pending), s.b)
	s.dir.Plan().Succeeds().Plans()

	// Sent again before a destroy: the declaration followed that one, so it ends with it,
	// where the platform says that there was nothing to revoke.
	s.dir.Plan("-destroy").Succeeds()
	_, err := s.world.ResendOutside(s.Platform, "", ada)
	s.must(err)
	s.dir.ApplyPlan().Succeeds()
	if !s.SilentRevoke {
		s.expectInvitations(ada, fake.Revoked, fake.Revoked, fake.Revoked, fake.Revoked)
	}

	// Somebody else invites between the plan and the apply of a create: nothing is sent twice.
	s.world.Reset()
	s.dir.Plan().Succeeds().Plans(s.at(), "create")
	s.seed(ada, s.b)
	s.dir.ApplyPlan().Fails("is already invited")
	s.write(s.ada(s.b, adopt))
	s.dir.Apply().Warns("taken over as it is")
	s.expectInvitations(ada, fake.Pending)
	s.world.ExpectMails(s.t)

	// Revoked between the plan and the apply of an update: the next plan tells.
	s.write(s.ada(s.b))
	s.dir.Plan().Succeeds().Plans(s.at(), "update")
	s.must(s.world.RevokeOutside(s.Platform, "", ada))
	s.dir.ApplyPlan().Succeeds()
	s.dir.Plan().Succeeds().Plans(s.at(), "create")
}
