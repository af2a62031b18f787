// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

const createFirst = "lifecycle { create_before_destroy = true }"

// deposed: a replacement is created, and destroying what it replaced fails once. The deposed object that Terraform
// keeps ends its own invitation in the next run, and leaves the successor's.
func deposed(s *story) {
	dir := s.terminal()
	dir.configure(s.ada(s.a, adopt, createFirst))
	dir.Apply().Succeeds()
	dir.configure(s.ada(s.b, adopt, createFirst))
	// The create revokes the old invitation to make room, so this is the destroy's revoke.
	s.fail(fake.Fault{Operation: fake.RevokeInvite, Skip: 1, Times: 1, Status: 403})
	dir.Apply()
	// Where ids are secrets, the destroy looks the old invitation up, finds that it is gone, and does not revoke it.
	if kept := strings.Contains(dir.StateFile(), `"deposed"`); kept == s.IDIsEmail {
		s.t.Fatalf("there is a deposed object: %v", kept)
	}
	dir.expectGrant(dir.expect(fake.Pending), s.b)
	dir.endsDeposed()
	dir.expectGrant(dir.expect(fake.Pending), s.b)
	s.world.ExpectMails(s.t, ada, ada)
}

// deposedRenewed: the same when an expired invitation is replaced, with a person who accepts the new one.
func deposedRenewed(s *story) {
	dir := s.terminal()
	dir.configure(s.ada(s.a, "reinvite_expired = true", manage, createFirst))
	dir.Apply().Succeeds()
	s.expire(ada)
	s.fail(fake.Fault{Operation: fake.RevokeInvite, Times: 1, Status: 403})
	dir.Apply()
	if !strings.Contains(dir.StateFile(), `"deposed"`) {
		s.t.Fatal("there is no deposed object")
	}
	s.world.ClearFaults()
	s.accept(ada)
	dir.endsDeposed()
	dir.expect(fake.Accepted)
	dir.check(s.member(ada, true))
	s.world.ExpectMails(s.t, ada, ada)
}

// endsDeposed applies, after which no deposed object is left and nothing is planned.
func (d *terminal) endsDeposed() {
	d.t.Helper()
	d.Apply().Succeeds()
	if strings.Contains(d.StateFile(), `"deposed"`) {
		d.t.Fatal("a deposed object is left")
	}
	d.Plan().Succeeds().Plans()
}

// shared: two resources manage one invitation. Destroying one leaves it to the other; destroying both ends it.
func shared(s *story) {
	dir := s.terminal()
	second := s.Declare("second", ada, s.a.HCL(), adopt)
	dir.configure(s.ada(s.a))
	dir.Apply().Succeeds()
	dir.configure(s.ada(s.a), second)
	dir.Apply().Warns("taken over as it is")
	dir.configure(second)
	dir.Apply()
	dir.check(s.invited(ada, fake.Pending))
	dir.configure(s.ada(s.a, adopt), second)
	dir.Apply()
	dir.Destroy()
	dir.check(s.invited(ada, fake.Revoked))
	dir.expectNothing()
	s.world.ExpectMails(s.t, ada)
}
