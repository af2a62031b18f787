package acctest

import (
	"fmt"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// sameAddress: two resources with one address send one mail, and the second says what it met.
func sameAddress(s *story) {
	s.write(s.ada(s.a), s.Declare("same", strings.ToUpper(ada), s.b))
	result := s.dir.Apply().Fails("is already invited", "Another resource with the same address", "code: email")
	if result.Errors() != 1 {
		result.fail("want one error")
	}
	s.world.ExpectMails(s.t, ada)
	state := s.dir.State()
	if len(state) != 1 {
		s.t.Fatalf("state: %v", state)
	}
	for address, kept := range state {
		if !s.SecretIDs && !strings.Contains(fmt.Sprint(result.Diagnostics), kept.Text("id")) {
			s.t.Errorf("the error does not name %s", kept.Text("id"))
		}
		// It stays so: the next run knows that the first stands for the invitation, and sends nothing.
		again := s.dir.Apply().Fails("is already invited")
		if len(again.Changes) != 1 || again.Changes[address] != "" {
			again.fail("planned %v", again.Changes)
		}
	}
	s.world.ExpectMails(s.t, ada)
	s.dir.Destroy().Succeeds()
	s.expectInvitations(ada, fake.Revoked)
}

// lostAnswers: an invitation whose answer got lost is found and taken over. No mail is sent twice.
func lostAnswers(s *story) {
	provider := s.world.ProviderWith("max_retries = 2\n  request_timeout = \"1s\"", s.Platform)
	var config string
	var people []string
	for _, fault := range []fake.Fault{
		{Kind: fake.Dropped, After: true},
		{Kind: fake.Answer, Status: 500, After: true},
		{Kind: fake.Answer, Status: 503, After: true},
		{Kind: fake.Hanging, After: true},
		{Kind: fake.Truncated},
		{Kind: fake.HTML, After: true},
		{Kind: fake.Empty, After: true},
		{Kind: fake.WrongType},
		{Kind: fake.MissingFields},
	} {
		fault.Platform, fault.Operation, fault.Times = s.Platform, fake.CreateInvite, 1
		name := fmt.Sprintf("%s%d", fault.Kind, fault.Status)
		people = append(people, name+"@example.com")
		config += s.Declare(name, name+"@example.com", s.a)
		s.dir.Write(provider, config)
		s.world.Fail(fault)
		s.t.Log(name)
		s.dir.Apply().Succeeds().Plans(s.At(name), "create")
		s.expectInvitations(name+"@example.com", fake.Pending)
		if state := s.state(s.At(name)); state.Text("status") != "pending" || state.Text("id") == "" {
			s.t.Errorf("%s: %v", name, state)
		}
	}
	s.world.ClearFaults()
	s.world.ExpectMails(s.t, people...)
	s.dir.Plan().Succeeds().Plans()
}

// nothingSent: a request that surely or apparently had no effect fails the
// apply, leaves nothing behind, and the next apply sends one mail.
func nothingSent(s *story) {
	s.dir.Write(s.world.ProviderWith("max_retries = 2\n  request_timeout = \"1s\"", s.Platform), s.ada(s.a))
	for _, fault := range []fake.Fault{{Kind: fake.Dropped}, {Status: 500}, {Status: 503}, {Kind: fake.Hanging}} {
		fault.Platform, fault.Operation, fault.Times = s.Platform, fake.CreateInvite, 1
		s.world.Fail(fault)
		requests := s.during(func() {
			s.dir.Apply().Fails("Could not invite "+ada, "nothing was sent. Apply again")
		})
		if got := requests.Count()[fake.CreateInvite]; got != 1 {
			s.t.Errorf("%s: %d requests to create", fault.Kind, got)
		}
		s.expectNothing()
	}
	for _, status := range []int{400, 401, 403, 404, 422} {
		s.world.Fail(fake.Fault{Platform: s.Platform, Operation: fake.CreateInvite, Status: status, Times: 1})
		s.dir.Apply().Fails("Could not invite "+ada, fmt.Sprint(status))
		s.expectNothing()
	}
	s.world.ExpectMails(s.t)

	// Asked to slow down, the platform surely did not act: that is waited for.
	s.world.Fail(fake.Fault{Platform: s.Platform, Operation: fake.CreateInvite, Kind: fake.RateLimited, RetryAfter: "1", Times: 2})
	s.dir.Apply().Succeeds()
	s.expect(fake.Pending)
	s.world.ExpectMails(s.t, ada)
}

// overtaken: somebody else invites the person while the request is under way.
func overtaken(s *story) {
	if !s.RefusesDuplicates {
		s.t.Skip("the platform lets one address have several invitations")
	}
	race := func() *Result {
		s.t.Helper()
		s.world.Fail(fake.Fault{Platform: s.Platform, Operation: fake.CreateInvite, Kind: fake.Pass, Times: 1, Do: func() { s.seed(ada, s.b) }})
		return s.dir.Apply().Plans(s.at(), "create")
	}
	s.write(s.ada(s.a))
	race().Fails("is already invited", "Nothing was sent")
	s.expectNothing()

	// The same by policy: what is found grants something else, or the same.
	s.must(s.world.RevokeOutside(s.Platform, "", ada))
	s.write(s.ada(s.a, adopt))
	race()
	s.expectGrant(s.expect(fake.Pending), s.a)
	s.expectInvitations(ada, fake.Revoked, fake.Revoked, fake.Pending)
	s.world.ExpectMails(s.t, ada)
	s.dir.Destroy().Succeeds()

	s.write(s.ada(s.b, adopt))
	race().Succeeds()
	s.expectGrant(s.expect(fake.Pending), s.b)
	s.dir.Plan().Succeeds().Plans()
	s.world.ExpectMails(s.t, ada)
}
