package acctest

import (
	"fmt"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// revokedOutside: an invitation that somebody withdrew is gone, and the plan sends another.
func revokedOutside(s *story) {
	s.write(s.ada(s.a))
	s.dir.Apply().Succeeds()
	s.must(s.world.RevokeOutside(s.Platform, "", ada))
	s.dir.Apply().Succeeds().Plans(s.at(), "create")
	s.expect(fake.Pending)
	s.expectInvitations(ada, fake.Revoked, fake.Pending)
	s.world.ExpectMails(s.t, ada, ada)
	s.dir.Plan().Succeeds().Plans()
}

// resentOutside: an invitation that somebody sent again is followed under its
// new id, also when the old one had ended, and nothing is sent.
func resentOutside(s *story) {
	s.write(s.ada(s.a))
	s.dir.Apply().Succeeds()
	before := s.expect(fake.Pending).Text("id")
	if s.Lifetime != "" {
		s.must(s.world.Expire(s.Platform, "", ada))
	}
	again, err := s.world.ResendOutside(s.Platform, "", ada)
	s.must(err)
	s.dir.Apply().Succeeds().Plans()
	state := s.expect(fake.Pending)
	if want := again.ID; !s.SecretIDs && (state.Text("id") != want || before == want) {
		s.t.Errorf("id: got %s, want %s", state.Text("id"), want)
	}
	s.dir.Plan().Succeeds().Plans()
	s.world.ExpectMails(s.t, ada)

	// The one that is followed now is accepted, or revoked on destroy, as any other.
	s.dir.Destroy().Succeeds()
	s.expectInvitations(ada, fake.Revoked, fake.Revoked)
}

// errorsKeepState: what could not be asked is not gone.
func errorsKeepState(s *story) {
	s.write(s.ada(s.a))
	s.dir.Apply().Succeeds()
	before := s.dir.StateFile()
	s.dir.Write(s.world.ProviderWith("max_retries = 0\n  request_timeout = \"1s\"", s.Platform), s.ada(s.a))
	refuse := func(name string, fault fake.Fault, says ...string) {
		s.t.Helper()
		fault.Platform = s.Platform
		s.world.Fail(fault)
		result := s.dir.Apply()
		s.world.ClearFaults()
		result.Fails(append(says, "Could not refresh the invitation of "+ada)...)
		if s.dir.StateFile() != before {
			s.t.Errorf("%s: the state changed", name)
		}
	}
	for _, status := range []int{401, 403, 404, 500, 503} {
		refuse(fmt.Sprint(status), fake.Fault{Operation: fake.ListInvites, Status: status}, fmt.Sprint(status))
	}
	for _, kind := range []fake.Kind{fake.Dropped, fake.Hanging, fake.Truncated, fake.HTML, fake.WrongType, fake.Empty, fake.Null, fake.MissingFields, fake.Redirect} {
		refuse(string(kind), fake.Fault{Operation: fake.ListInvites, Kind: kind})
	}

	// The same once it is gone from the list, and whether the person is a member cannot be asked.
	s.must(s.world.RevokeOutside(s.Platform, "", ada))
	refuse("members 403", fake.Fault{Operation: fake.ListMembers, Status: 403}, "403")
	refuse("members dropped", fake.Fault{Operation: fake.ListMembers, Kind: fake.Dropped})
	s.dir.Plan().Succeeds().Plans(s.at(), "create")
	s.world.ExpectMails(s.t, ada)
}
