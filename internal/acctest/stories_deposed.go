package acctest

import (
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

const createFirst = "lifecycle { create_before_destroy = true }"

// deposed: a replacement is created, and destroying what it replaced fails once. The deposed object that Terraform
// keeps ends its own invitation in the next run, and leaves the successor's.
func deposed(s *story) {
	flags := []string{adopt, createFirst}
	s.write(s.ada(s.a, flags...))
	s.dir.Apply().Succeeds()
	s.write(s.ada(s.b, flags...))
	// The create revokes the old invitation to make room, so this is the destroy's revoke.
	s.world.Fail(fake.Fault{Platform: s.Platform, Operation: fake.RevokeInvite, Skip: 1, Times: 1, Status: 403})
	s.dir.Apply()
	if !s.SecretIDs && !strings.Contains(s.dir.StateFile(), `"deposed"`) {
		s.t.Fatal("there is no deposed object")
	}
	s.expectGrant(s.expect(fake.Pending), s.b)
	s.deposedRunEnds(ada, ada)
	s.expectGrant(s.expect(fake.Pending), s.b)
}

// deposedRenewed: the same when an expired invitation is replaced, with a person who accepts the new one.
func deposedRenewed(s *story) {
	flags := []string{"reinvite_expired = true", "manage_membership = true", createFirst}
	s.write(s.ada(s.a, flags...))
	s.dir.Apply().Succeeds()
	s.must(s.world.Expire(s.Platform, "", ada))
	s.world.Fail(fake.Fault{Platform: s.Platform, Operation: fake.RevokeInvite, Times: 1, Status: 403})
	s.dir.Apply()
	if !strings.Contains(s.dir.StateFile(), `"deposed"`) {
		s.t.Fatal("there is no deposed object")
	}
	s.world.ClearFaults()
	s.accept(ada)
	s.deposedRunEnds(ada, ada)
	s.expect(fake.Accepted)
	s.expectMember(ada, true)
}

// deposedRunEnds applies until no deposed object is left, and wants these mails.
func (s *story) deposedRunEnds(mails ...string) {
	s.t.Helper()
	s.dir.Apply().Succeeds()
	if strings.Contains(s.dir.StateFile(), `"deposed"`) {
		s.t.Fatal("a deposed object is left")
	}
	s.dir.Plan().Succeeds().Plans()
	s.world.ExpectMails(s.t, mails...)
}
