package acctest

import (
	"fmt"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// imports takes over people by every form of import id, with the command and
// with a block, in every state; the plan is empty afterwards.
func imports(s *story) {
	pending, err := s.world.SeedInvite(s.Platform, "", fake.Invitation{Email: "Pending@Example.com", Grant: s.a.Fake})
	s.must(err)
	_, err = s.world.SeedMember(s.Platform, "", fake.Member{Email: "member@example.com", Grant: s.a.Fake})
	s.must(err)
	people := map[string]fake.Status{"pending": fake.Pending, "member": fake.Accepted}
	if s.Lifetime != "" {
		_, err = s.world.SeedInvite(s.Platform, "", fake.Invitation{Email: "expired@example.com", Grant: s.a.Fake})
		s.must(err)
		s.must(s.world.Expire(s.Platform, "", "expired@example.com"))
		people["expired"] = fake.Expired
	}
	organization := s.world.Organization(s.Platform) + "/"
	var config, blocks string
	for name := range people {
		config += s.Declare(name, name+"@example.com", s.a)
		blocks += fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", s.At(name), organization+name+"@EXAMPLE.com")
	}

	// All three at once, by block: nothing but imports is planned.
	s.write(config, blocks)
	result := s.dir.Apply()
	if result.failed {
		result.fail("it failed")
	}
	for name := range people {
		if result.Changes[s.At(name)] != "import" {
			result.fail("%s: planned %q", name, result.Changes[s.At(name)])
		}
	}
	for name, status := range people {
		state := s.state(s.At(name))
		if state.Text("status") != string(status) || (state.Text("member_id") != "") != (status == fake.Accepted) {
			s.t.Errorf("%s: %v", name, state)
		}
		s.expectGrant(state, s.a)
	}
	s.dir.Plan().Plans()

	// One by one, with the command.
	forms := []string{"pending@example.com", organization + "PENDING@example.com", "member@example.com", organization + "member@example.com"}
	if !s.SecretIDs {
		forms = append(forms, pending.ID, organization+pending.ID)
	}
	for _, id := range forms {
		name := "pending"
		if id == forms[2] || id == forms[3] {
			name = "member"
		}
		fresh := NewWorkspace(s.t)
		fresh.Write(s.world.Provider(s.Platform), s.Declare(name, name+"@example.com", s.a))
		fresh.Import(s.At(name), id).Succeeds()
		fresh.Plan().Succeeds().Plans()
		if s.Lifetime != "" && fresh.State()[s.At(name)]["expires_in"] != nil {
			s.t.Errorf("%s: expires_in is not null", id)
		}
	}
	s.world.ExpectMails(s.t)
	if s.Lifetime != "" {
		s.recordsLifetime()
	}
}

// recordsLifetime: a lifetime that is configured for what was imported is only recorded.
func (s *story) recordsLifetime() {
	s.t.Helper()
	fresh, at := NewWorkspace(s.t), s.At("pending")
	fresh.Write(s.world.Provider(s.Platform), s.Declare("pending", "pending@example.com", s.a, fmt.Sprintf("expires_in = %q", s.Lifetime)))
	fresh.Import(at, "pending@example.com").Succeeds()
	fresh.Plan().Succeeds().Plans(at, "update")
	s.during(func() { fresh.ApplyPlan().Succeeds() }).Expect(s.t, Counts{})
	if got := fresh.State()[at].Text("expires_in"); got != s.Lifetime {
		s.t.Errorf("expires_in: got %q", got)
	}
	fresh.Plan().Succeeds().Plans()
	s.expectInvitations("pending@example.com", fake.Pending)
}

// importsOfNothing: a wrong id is told in plain words.
func importsOfNothing(s *story) {
	_, err := s.world.SeedInvite(s.Platform, "", fake.Invitation{Email: "gone@example.com", Grant: s.a.Fake})
	s.must(err)
	s.must(s.world.RevokeOutside(s.Platform, "", "gone@example.com"))
	s.write(s.ada(s.a))
	for id, says := range map[string]string{
		"nobody@example.com": "Could not import nobody@example.com",
		"gone@example.com":   "revoked cannot be imported",
		"a/b/c":              "more than one slash",
		"/" + ada:            "nothing before the slash",
		ada + "/org":         "the organization comes before the address",
		"not an id":          "it contains a space",
		"ada@example":        "its domain has no dot",
		"org/":               "there is no id and no address",
	} {
		s.dir.Import(s.at(), id).Fails(says, "ORGANIZATION_ID/EMAIL")
	}
	if !s.SecretIDs {
		s.dir.Import(s.at(), "nosuchid").Fails("Could not import nosuchid", "ORGANIZATION_ID/ID")
	} else {
		s.dir.Import(s.at(), "nosuchid").Fails("their ids are secrets")
	}
	s.expectNothing()
}
