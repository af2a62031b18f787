// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
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
	ids := []string{"pending@example.com", organization + "PENDING@example.com"}
	if !s.IDIsEmail {
		ids = append(ids, pending.ID, organization+pending.ID)
	}
	for _, id := range ids {
		steps = append(steps, command("pending", id))
	}
	block := command("pending", ids[len(ids)-1])
	block.ImportStateVerify, block.ImportStateKind = false, resource.ImportBlockWithID
	block.PreConfig = func() { s.world.MayWarn(warnings...) }
	s.test(append(steps, block)...)
}

// importRecordsLifetime: a lifetime that is configured for what was imported is only recorded.
func importRecordsLifetime(s *story) {
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
			Config:      s.config(s.ada(s.a), fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", s.at(), id)),
			PlanOnly:    true,
			ExpectError: err,
		}
	}
	const forms = "ORGANIZATION_ID/EMAIL"
	s.test(resource.TestStep{ // the command's error is the same
		Config: s.config(s.ada(s.a)), ResourceName: s.at(), ImportState: true, ImportStateId: "nosuchid",
		ExpectError: unknown,
	},
		refuse("nosuchid", unknown),
		refuse("nobody@example.com", Error("Could not import nobody@example.com", forms)),
		refuse("gone@example.com", Error(forms, "revoked cannot be imported")),
		refuse("a/b/c", Error("more than one slash", forms)),
		refuse("/"+ada, Error("nothing before the slash", forms)),
		refuse(ada+"/org", Error("the organization comes before the address", forms)),
		refuse("not an id", Error("it contains a space", forms)),
		refuse("ada@example", Error("its domain has no dot", forms)),
		refuse("org/", Error("there is no id and no address", forms)),
		resource.TestStep{ // nothing is in state
			Config:             s.config(s.ada(s.a)),
			PlanOnly:           true,
			ExpectNonEmptyPlan: true,
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PostApplyPostRefresh: []plancheck.PlanCheck{Plans(s.at(), "create")},
			},
		},
	)
}
