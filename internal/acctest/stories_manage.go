package acctest

import (
	"encoding/json"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

const manage = "manage_membership = true"

// encoded is a grant in a form to compare.
func encoded(grant fake.Grant) []byte {
	text, err := json.Marshal(grant)
	if err != nil {
		panic(err)
	}
	return text
}

// expectNone wants none of these requests.
func (r Requests) expectNone(t interface {
	Helper()
	Errorf(string, ...any)
}, operations ...fake.Operation,
) {
	t.Helper()
	counts := r.Count()
	for _, operation := range operations {
		if counts[operation] > 0 {
			t.Errorf("requests: %s, want none of %s", counts, operations)
		}
	}
}

// managedMember: with manage_membership the resource stands for the member.
func managedMember(s *story) {
	s.write(s.ada(s.a, manage))
	s.dir.Apply().Succeeds()
	member := s.accept(ada)
	s.dir.Apply().Succeeds().Plans()
	if got := s.expect(fake.Accepted).Text("member_id"); got != member {
		s.t.Errorf("member_id: got %s, want %s", got, member)
	}

	// Another grant is given in place.
	s.write(s.ada(s.b, manage))
	s.dir.Apply().Succeeds().Plans(s.at(), "update")
	s.expectGrant(s.expect(fake.Accepted), s.b)
	if got := s.expectMember(ada, true).Grant; !equal(got, s.b.Fake) {
		s.t.Errorf("the member has %s, want %s", encoded(got), encoded(s.b.Fake))
	}
	s.dir.Plan().Succeeds().Plans()

	// What somebody else changed is shown and put right.
	s.must(s.world.SetMemberGrant(s.Platform, "", ada, s.a.Fake))
	s.dir.Apply().Succeeds().Plans(s.at(), "update")
	if got := s.expectMember(ada, true).Grant; !equal(got, s.b.Fake) {
		s.t.Errorf("the member has %s, want %s", encoded(got), encoded(s.b.Fake))
	}
	s.world.ExpectMails(s.t, ada)

	// An error is no departure.
	before := s.dir.StateFile()
	s.world.Fail(fake.Fault{Platform: s.Platform, Operation: fake.ListMembers, Status: 403})
	s.dir.Apply().Fails("Could not refresh", "403")
	s.world.ClearFaults()
	if s.dir.StateFile() != before {
		s.t.Error("the state changed")
	}

	// Who left is gone, and is invited again.
	s.must(s.world.RemoveMember(s.Platform, "", ada))
	s.dir.Apply().Succeeds().Plans(s.at(), "create")
	s.expect(fake.Pending)
	s.accept(ada)
	s.dir.Apply().Succeeds().Plans()

	// Destroy takes the person out.
	s.dir.Destroy().Succeeds()
	s.expectMember(ada, false)
	s.expectNothing()
	s.world.ExpectMails(s.t, ada, ada)
}

// unmanagedMember: without the flag acceptance is final, and another grant is refused while planning.
func unmanagedMember(s *story) {
	s.write(s.ada(s.a))
	s.dir.Apply().Succeeds()
	s.accept(ada)
	s.dir.Apply().Succeeds().Plans()
	s.must(s.world.SetMemberGrant(s.Platform, "", ada, s.b.Fake))
	s.during(func() { s.dir.Plan().Succeeds().Plans() }).Expect(s.t, Counts{})

	s.write(s.ada(s.b))
	s.dir.Plan().Fails("accepted already", "manage_membership = true", s.a.Text)
	// The way out that the error names: from then on the member is what counts.
	s.must(s.world.SetMemberGrant(s.Platform, "", ada, s.a.Fake))
	s.write(s.ada(s.b, manage))
	s.dir.Apply().Succeeds().Plans(s.at(), "update")
	if got := s.expectMember(ada, true).Grant; !equal(got, s.b.Fake) {
		s.t.Errorf("the member has %s, want %s", encoded(got), encoded(s.b.Fake))
	}
	s.write(s.ada(s.b))
	s.dir.Apply().Succeeds().Plans(s.at(), "update")

	// A person who leaves is not invited again.
	s.must(s.world.RemoveMember(s.Platform, "", ada))
	s.dir.Apply().Succeeds().Plans()
	s.expect(fake.Accepted)
	s.world.ExpectMails(s.t, ada)
}
