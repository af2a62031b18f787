package acctest

import "github.com/orginvite/terraform-provider-orginvite/internal/fake"

// destroy ends a declaration in every state that its invitation can be in.
func destroy(s *story) {
	names := []string{"pending", "accepted", "moment", "gone"}
	if s.Lifetime != "" {
		names = append(names, "expired")
	}
	var config string
	for _, name := range names {
		config += s.Declare(name, name+"@example.com", s.a)
	}
	s.write(config)
	s.dir.Apply().Succeeds()
	s.accept("accepted@example.com")
	s.dir.Apply().Succeeds().Plans()
	// Terraform learns of the first only; the others happen behind its back.
	s.accept("moment@example.com")
	s.must(s.world.RevokeOutside(s.Platform, "", "gone@example.com"))
	if s.Lifetime != "" {
		s.must(s.world.Expire(s.Platform, "", "expired@example.com"))
	}

	plan := s.dir.Plan("-destroy", "-refresh=false").Warns("accepted@example.com stays a member of")
	if len(plan.Changes) != len(names) {
		plan.fail("planned %v", plan.Changes)
	}
	requests := s.during(func() {
		s.dir.ApplyPlan().Warns("accepted@example.com stays a member of", "moment@example.com stays a member of")
	})
	if most := len(names) - 1; !s.Batches && requests.Count()[fake.RevokeInvite] > most {
		s.t.Errorf("requests: %s, want at most %d to revoke", requests.Count(), most)
	}
	s.expectNothing()
	s.expectInvitations("pending@example.com", fake.Revoked)
	s.expectMember("accepted@example.com", true)
	s.expectMember("moment@example.com", true)
	if len(s.world.Mails()) != len(names) {
		s.t.Errorf("mails: %v", s.world.Mails())
	}
}
