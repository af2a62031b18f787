package acctest

import "github.com/orginvite/terraform-provider-orginvite/internal/fake"

// movedWithoutSaying: the declaration of a person gets another name, and no
// moved block says so. Whichever of the two Terraform does first, nobody gets two mails in one apply.
func movedWithoutSaying(s *story) {
	s.write(s.ada(s.a))
	s.dir.Apply().Succeeds()
	before := len(s.world.Mails())
	s.write(s.Declare("lovelace", ada, s.a))
	s.dir.Apply().Plans(s.at(), "delete", s.At("lovelace"), "create") // either order: an error, or one new mail
	if sent := len(s.world.Mails()) - before; sent > 1 {
		s.t.Errorf("%d mails", sent)
	}
	s.dir.Apply()
	s.settled("lovelace")

	// With adoption the invitation passes from one to the other.
	s.world.Reset()
	s.write()
	s.dir.Apply()
	s.write(s.ada(s.a, adopt))
	s.dir.Apply().Succeeds()
	s.write(s.Declare("lovelace", ada, s.a, adopt))
	s.dir.Apply().Plans(s.at(), "delete", s.At("lovelace"), "create")
	s.settled("lovelace")
	if sent := len(s.world.Mails()); sent > 2 {
		s.t.Errorf("%d mails", sent)
	}
}

// settled wants one pending invitation, that a resource in state stands for, and an empty plan.
func (s *story) settled(name string) {
	s.t.Helper()
	s.dir.Plan().Succeeds().Plans()
	pending := 0
	for _, invitation := range s.world.Invitations(s.Platform, "") {
		if invitation.Status == fake.Pending {
			pending++
		}
	}
	if state := s.dir.State(); pending != 1 || len(state) != 1 || state[s.At(name)].Text("status") != "pending" {
		s.t.Errorf("%d pending invitations, state %v", pending, state)
	}
}

// wrongOrder: create_before_destroy cannot work with invitations; the error says so and nothing is lost.
func wrongOrder(s *story) {
	const first = "lifecycle {\n    create_before_destroy = true\n  }"
	s.write(s.ada(s.a, first))
	s.dir.Apply().Succeeds()
	s.write(s.ada(s.b, first))
	s.dir.Apply().Fails("is already invited", "create_before_destroy")
	s.expectInvitations(ada, fake.Pending)
	s.expectGrant(s.expect(fake.Pending), s.a)
	s.world.ExpectMails(s.t, ada)
	s.write(s.ada(s.b))
	s.dir.Apply().Succeeds().Plans(s.at(), "replace")
	s.expectInvitations(ada, fake.Revoked, fake.Pending)

	// Somebody who accepted cannot be replaced either. Terraform swallows what the plan warns of in that case.
	s.accept(ada)
	s.dir.Apply().Succeeds()
	s.dir.Apply("-replace="+s.at()).Fails("is already a member", "import {")
	s.expectMember(ada, true)
	s.world.ExpectMails(s.t, ada, ada)
}
