package acctest

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

const adopt = "adopt_existing = true"

// seed puts an invitation there that Terraform knows nothing of.
func (s *story) seed(email string, grant Grant) fake.Invitation {
	s.t.Helper()
	seeded, err := s.world.SeedInvite(s.Platform, "", fake.Invitation{Email: email, Grant: grant.Fake})
	s.must(err)
	return seeded
}

// importBlock finds the block that an error gives, and puts an address into it.
func (s *story) importBlock(result *Result, address string) string {
	s.t.Helper()
	for _, said := range result.Diagnostics {
		if block := regexp.MustCompile(`(?s)import \{.*?\}`).FindString(said.Detail); block != "" && said.Severity == "error" {
			return strings.Replace(block, s.Resource()+".NAME", address, 1)
		}
	}
	result.fail("no error gives an import block")
	return ""
}

// adoptInvitation: a pending invitation stops a create, or is taken over when it grants the
// same, or replaced when it does not.
func adoptInvitation(s *story) {
	seeded := s.seed("ADA@example.com", s.a)
	s.write(s.ada(s.a))
	s.during(func() {
		s.dir.Plan().Warns("The apply will fail, and nothing will be sent").Plans(s.at(), "create")
		refused := s.dir.ApplyPlan().Fails("ADA@example.com is already invited", "adopt_existing = true", "code: email")
		s.expectNothing()
		// The block that the error gives does what it says.
		taken := NewWorkspace(s.t)
		taken.Write(s.world.Provider(s.Platform), s.ada(s.a), s.importBlock(refused, s.at()))
		taken.Apply().Succeeds().Plans(s.at(), "import")
	}).expectNone(s.t, fake.CreateInvite, fake.RevokeInvite)

	// The same grant: taken over as it is.
	s.write(s.ada(s.a, adopt))
	s.during(func() {
		s.dir.Apply().Warns("taken over as it is, without a mail").Plans(s.at(), "create")
	}).expectNone(s.t, fake.CreateInvite, fake.RevokeInvite)
	state := s.expect(fake.Pending)
	s.expectGrant(state, s.a)
	if !s.SecretIDs && state.Text("id") != seeded.ID {
		s.t.Errorf("id: got %s, want %s", state.Text("id"), seeded.ID)
	}
	if s.Lifetime != "" && state["expires_in"] != nil {
		s.t.Errorf("expires_in: got %v, want null", state["expires_in"])
	}
	s.dir.Plan().Succeeds().Plans()
	s.world.ExpectMails(s.t)

	// Another grant, and another lifetime: revoked and sent anew.
	s.seed("bob@example.com", s.b)
	config := s.ada(s.a, adopt) + s.Declare("bob", "bob@example.com", s.a, adopt)
	s.write(config)
	s.dir.Apply().Warns("it will be revoked, and a new one sent").Plans(s.At("bob"), "create")
	s.expectInvitations("bob@example.com", fake.Revoked, fake.Pending)
	s.expectGrant(s.state(s.At("bob")), s.a)
	s.world.ExpectMails(s.t, "bob@example.com")
	if s.Lifetime == "" {
		return
	}
	s.seed("carl@example.com", s.a)
	s.write(config, s.Declare("carl", "carl@example.com", s.a, adopt, `expires_in = "30d"`))
	s.dir.Apply().Warns("it will be revoked, and a new one sent").Plans(s.At("carl"), "create")
	s.world.ExpectMails(s.t, "bob@example.com", "carl@example.com")

	// One that ended is not in the way.
	s.seed("eve@example.com", s.a)
	s.must(s.world.Expire(s.Platform, "", "eve@example.com"))
	s.write(config, s.Declare("eve", "eve@example.com", s.a))
	s.dir.Apply("-target="+s.At("eve")).Plans(s.At("eve"), "create")
	if state := s.state(s.At("eve")); state.Text("status") != "pending" {
		s.t.Errorf("status: %v", state)
	}
}

// adoptMember: somebody who is a member needs no invitation.
func adoptMember(s *story) {
	member, err := s.world.SeedMember(s.Platform, "", fake.Member{Email: "Ada@Example.com", Grant: s.b.Fake})
	s.must(err)
	s.write(s.ada(s.a))
	var refused *Result
	s.during(func() {
		s.dir.Plan().Warns("The apply will fail, and nothing will be sent").Plans(s.at(), "create")
		refused = s.dir.ApplyPlan().Fails("is already a member", member.ID, "adopt_existing = true")
		s.expectNothing()
	}).expectNone(s.t, fake.CreateInvite)

	// By the block that the error gives.
	taken := NewWorkspace(s.t)
	taken.Write(s.world.Provider(s.Platform), s.ada(s.b), s.importBlock(refused, s.at()))
	taken.Apply().Succeeds().Plans(s.at(), "import")

	// By the flag: what is declared is remembered, the member is left as it is.
	s.write(s.ada(s.a, adopt))
	s.dir.Apply().Warns("recorded as accepted, without a mail").Plans(s.at(), "create")
	state := s.expect(fake.Accepted)
	want := member.ID
	if s.SecretIDs {
		want = ada
	}
	if state.Text("id") != want || state.Text("member_id") != member.ID {
		s.t.Errorf("id %s, member_id %s, want %s and %s", state.Text("id"), state.Text("member_id"), want, member.ID)
	}
	s.during(func() {
		s.dir.Plan().Succeeds().Plans()
		s.dir.Destroy().Warns("stays a member")
	}).Expect(s.t, Counts{})
	s.expectMember(ada, true)

	// Managed, the member gets what is declared.
	s.write(s.ada(s.a, adopt, "manage_membership = true"))
	s.dir.Apply().Warns("recorded as accepted, without a mail")
	s.dir.Apply().Succeeds()
	s.dir.Plan().Succeeds().Plans()
	if got := s.expectMember(ada, true).Grant; !equal(got, s.a.Fake) {
		s.t.Errorf("the member has %v, want %v", got, s.a.Fake)
	}
	s.world.ExpectMails(s.t)
}

// membersForbidden: that half of the look-up is skipped where it is not allowed.
func membersForbidden(s *story) {
	s.world.Fail(fake.Fault{Platform: s.Platform, Operation: fake.ListMembers, Status: 403})
	s.write(s.ada(s.a))
	s.dir.Apply().Succeeds().Plans(s.at(), "create")
	s.expect(fake.Pending)
	s.dir.Plan().Succeeds().Plans()
	s.dir.Destroy().Succeeds()
	s.write(s.ada(s.a, adopt))
	s.dir.Apply().Succeeds().Plans(s.at(), "create")
	s.world.ExpectMails(s.t, ada, ada)
}

// equal compares what the platform has, however it is built.
func equal(a, b fake.Grant) bool { return bytes.Equal(encoded(a), encoded(b)) }
