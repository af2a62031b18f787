package acctest

import (
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// imports takes over people by every form of import id, with blocks and with the command, in every state. The plan is
// empty afterwards, and nobody gets a mail.
func imports(s *story) {
	pending := s.seed("Pending@Example.com", s.a)
	s.seedMember(fake.Member{Email: "member@example.com", Grant: s.a.Fake})
	people := map[string]fake.Status{"pending": fake.Pending, "member": fake.Accepted}
	var warnings []string
	if s.Lifetime != 0 {
		s.seed("expired@example.com", s.a)
		s.expire("expired@example.com")
		people["expired"] = fake.Expired
		warnings = []string{"reinvite_expired = true"}
	}
	organization := s.world.Organization(s.Name) + "/"
	var config, blocks string
	var planned []string
	checks := []statecheck.StateCheck{s.world.Mailed()}
	for name, status := range people {
		config += s.Declare(name, name+"@example.com", s.a.HCL())
		blocks += fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", s.At(name), organization+name+"@EXAMPLE.com")
		planned = append(planned, s.At(name), "import")
		checks = append(checks, s.status(s.At(name), status), s.granted(s.At(name), s.a))
		if s.ExpiresIn != "" {
			checks = append(checks, Attribute(s.At(name), "expires_in", knownvalue.Null()))
		}
	}
	steps := []resource.TestStep{{
		// All at once, by block: nothing but imports is planned.
		Config:            s.config(config, blocks),
		ConfigPlanChecks:  BeforeApply(Plans(planned...), s.world.Warned(warnings...)),
		ConfigStateChecks: checks,
	}}
	// The command reads the same as is in state, of which the plan was empty.
	command := func(name, id string) resource.TestStep {
		return resource.TestStep{
			Config:       s.config(config), // without the blocks
			ResourceName: s.At(name), ImportState: true, ImportStateId: id, ImportStateVerify: true,
			// The address is as the id or the platform spells it. Its letter case has no effect.
			ImportStateVerifyIgnore: []string{"email"},
		}
	}
	steps = append(steps, command("member", "member@example.com"), command("member", organization+"member@example.com"))
	for _, id := range s.forms(pending, "pending@example.com", organization+"PENDING@example.com") {
		// A block plans the import alone, in an empty state: nothing else is in that plan.
		block := command("pending", id)
		block.PreConfig = func() { s.world.MayWarn(warnings...) }
		block.ImportStateVerify, block.ImportStateKind = false, resource.ImportBlockWithID
		steps = append(steps, command("pending", id), block)
	}
	s.test(steps...)
}

// forms are import ids, and those that hold an invitation's own id where that can be used.
func (s *story) forms(invitation fake.Invitation, ids ...string) []string {
	if !s.IDIsEmail {
		ids = append(ids, invitation.ID, s.world.Organization(s.Name)+"/"+invitation.ID)
	}
	return ids
}

// importRecordsLifetime: a lifetime that is configured for what was imported is only recorded.
func importRecordsLifetime(s *story) {
	if s.ExpiresIn == "" {
		s.t.Skip("the platform has one lifetime for all invitations")
	}
	s.seed(ada, s.a)
	config := s.config(s.ada(s.a, fmt.Sprintf("expires_in = %q", s.ExpiresIn)))
	s.test(resource.TestStep{
		Config: config, ResourceName: s.at(), ImportState: true, ImportStateId: ada, ImportStatePersist: true,
	}, resource.TestStep{
		Config:           config,
		ConfigPlanChecks: BeforeApply(Plans(s.at(), "update"), s.world.ResetRequests()),
		ConfigStateChecks: []statecheck.StateCheck{
			s.world.Requested(Counts{}), s.expiresIn(s.ExpiresIn), s.invited(ada, fake.Pending), s.world.Mailed(),
		},
	})
}

// importsOfNothing: the error of a wrong id says what is wrong, and what ids there are.
func importsOfNothing(s *story) {
	s.seed("gone@example.com", s.a)
	s.revokeOutside("gone@example.com")
	unknown := Error("Could not import nosuchid", "ORGANIZATION_ID/ID")
	if s.IDIsEmail {
		unknown = Error("their ids are secrets")
	}
	refuse := func(id string, err *regexp.Regexp) resource.TestStep {
		return resource.TestStep{
			Config: s.config(s.ada(s.a)), ResourceName: s.at(), ImportState: true, ImportStateId: id, ExpectError: err,
		}
	}
	const forms = "ORGANIZATION_ID/EMAIL"
	s.test(refuse("nosuchid", unknown),
		refuse("nobody@example.com", Error("Could not import nobody@example.com", forms)),
		refuse("gone@example.com", Error(forms, "revoked cannot be imported")),
		refuse("a/b/c", Error("more than one slash", forms)),
		refuse("/"+ada, Error("nothing before the slash", forms)),
		refuse(ada+"/org", Error("the organization comes before the address", forms)),
		refuse("not an id", Error("it contains a space", forms)),
		refuse("ada@example", Error("its domain has no dot", forms)),
		refuse("org/", Error("there is no id and no address", forms)),
		resource.TestStep{ // nothing is in state
			Config:            s.config(s.ada(s.a)),
			ConfigPlanChecks:  BeforeApply(Plans(s.at(), "create")),
			ConfigStateChecks: []statecheck.StateCheck{InState(1)},
		},
	)
}
