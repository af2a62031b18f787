package acctest

import (
	"fmt"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// people declares a number of them with for_each.
func (s *story) people(count int) string {
	return fmt.Sprintf("resource %q \"p\" {\n  for_each = toset([for i in range(%d) : \"p${i}@example.com\"])\n  email = each.key\n  %s\n}\n", s.Resource(), count, s.a.HCL)
}

// crowd: a refresh reads one list for all, and nothing for people who accepted.
func crowd(s *story) {
	count := s.Crowd
	s.write(s.people(count))
	pages := s.Pages(count)
	requests := s.during(func() { s.dir.Apply("-parallelism=50").Succeeds() })
	s.expectSends(requests, count)
	if mails := len(s.world.Mails()); mails != count {
		s.t.Errorf("mails: got %d, want %d", mails, count)
	}
	s.during(func() { s.dir.Plan().Succeeds().Plans() }).Expect(s.t, Counts{fake.ListInvites: pages})

	for i := range count {
		s.accept(fmt.Sprintf("p%d@example.com", i))
	}
	s.dir.Apply().Succeeds().Plans()
	s.during(func() { s.dir.Plan().Succeeds().Plans() }).Expect(s.t, Counts{})
	for address, person := range s.dir.State() {
		if person.Text("status") != "accepted" || person.Text("member_id") == "" {
			s.t.Fatalf("%s: %v", address, person)
		}
	}
}

// expectSends wants so many invitations to have been sent with no more requests than that takes.
func (s *story) expectSends(requests Requests, count int) {
	s.t.Helper()
	sends := requests.Count()[fake.CreateInvite]
	if !s.Batches && sends != count || s.Batches && sends > (count+1)/2 {
		s.t.Errorf("requests: %s for %d invitations", requests.Count(), count)
	}
}

// aFew: what each walk costs.
func aFew(s *story) {
	const count = 5
	s.write(s.people(count))
	lists := Counts{fake.ListInvites: 1, fake.ListMembers: 1}
	s.during(func() { s.dir.Plan().Succeeds() }).Expect(s.t, lists)
	apply := s.during(func() { s.dir.ApplyPlan().Succeeds() })
	if got := apply.Count(); got[fake.ListInvites] != 1 || got[fake.ListMembers] != 1 {
		s.t.Errorf("applying creates: %s", got)
	}
	s.expectSends(apply, count)

	// Gone from the list: the members are asked.
	s.must(s.world.RevokeOutside(s.Platform, "", "p0@example.com"))
	gone := s.during(func() { s.dir.Plan("-refresh-only").Succeeds() })
	gone.Expect(s.t, lists)
	s.dir.Apply().Succeeds().Plans(s.At(`p["p0@example.com"]`), "create")

	s.dir.Plan("-destroy", "-refresh=false").Succeeds()
	end := s.during(func() { s.dir.ApplyPlan().Succeeds() }).Count()
	if revokes := end[fake.RevokeInvite]; !s.Batches && (revokes != count || len(end) > 1) || s.Batches && (revokes > count || end[fake.ListInvites] > 1) {
		s.t.Errorf("destroying: %s", end)
	}
	s.expectNothing()
}
