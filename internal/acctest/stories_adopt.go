// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

const (
	adopt  = "adopt_existing = true"
	manage = "manage_membership = true"
)

// applyWillFail is a warning of a plan whose apply fails.
const applyWillFail = "The apply will fail, and nothing will be sent"

// adoptInvitation: a pending invitation is an error of a create. With the flag it is taken over when it grants the
// same, and replaced when it does not.
func adoptInvitation(s *story) {
	seeded := s.seed("ADA@example.com", s.a)
	none := s.world.NoneRequested(fake.CreateInvite, fake.RevokeInvite)
	taken := []statecheck.StateCheck{
		s.status(s.at(), fake.Pending), s.granted(s.at(), s.a), none, s.world.Mailed(),
		Attribute(s.at(), "id", knownvalue.StringFunc(func(got string) error {
			if s.IDIsEmail {
				return same(got, ada)
			}
			return same(got, seeded.ID)
		})),
	}
	if s.ExpiresIn != "" {
		taken = append(taken, Attribute(s.at(), "expires_in", knownvalue.Null()))
	}
	config := s.ada(s.a, adopt)
	steps := []resource.TestStep{{
		Config:           s.config(s.ada(s.a)),
		ConfigPlanChecks: BeforeApply(Plans(s.at(), "create"), s.world.Warned(applyWillFail)),
		ExpectError:      Error("ADA@example.com is already invited", "code: email", "adopt_existing = true"),
	}, {
		// The same grant: taken over as it is. Nothing was left in state by the step before.
		Config: s.config(config),
		ConfigPlanChecks: BeforeApply(
			Plans(s.at(), "create"), none, s.world.Warned("taken over as it is, without a mail"),
		),
		ConfigStateChecks: taken,
	}}
	// Another grant, and another lifetime: revoked, and another one is sent.
	replaced := func(name string, mails ...string) resource.TestStep {
		email := name + "@example.com"
		return resource.TestStep{
			Config: s.config(config),
			ConfigPlanChecks: BeforeApply(
				Plans(s.At(name), "create"), s.world.Warned("it will be revoked, and a new one sent"),
			),
			ConfigStateChecks: []statecheck.StateCheck{
				s.granted(s.At(name), s.a), s.invited(email, fake.Revoked, fake.Pending), s.world.Mailed(mails...),
			},
		}
	}
	config += s.Declare("bob", "bob@example.com", s.a.HCL(), adopt)
	bob := replaced("bob", "bob@example.com")
	bob.PreConfig = func() { s.seed("bob@example.com", s.b) }
	steps = append(steps, bob)
	mails := []string{"bob@example.com"}
	if s.ExpiresIn != "" {
		mails = append(mails, "carl@example.com")
		config += s.Declare("carl", "carl@example.com", s.a.HCL(), adopt, `expires_in = "30d"`)
		carl := replaced("carl", mails...)
		carl.PreConfig = func() { s.seed("carl@example.com", s.a) }
		steps = append(steps, carl)
	}
	if s.Lifetime != 0 { // one that expired is not in the way
		config += s.Declare("eve", "eve@example.com", s.a.HCL())
		steps = append(steps, resource.TestStep{
			PreConfig: func() {
				s.seed("eve@example.com", s.a)
				s.expire("eve@example.com")
			},
			Config:           s.config(config),
			ConfigPlanChecks: BeforeApply(Plans(s.At("eve"), "create")),
			ConfigStateChecks: []statecheck.StateCheck{
				s.status(s.At("eve"), fake.Pending), s.world.Mailed(append(mails, "eve@example.com")...),
			},
		})
	}
	s.test(steps...)
}

// adoptMember: somebody who is a member needs no invitation. With the flag what is declared is recorded, and the
// member stays as it is.
func adoptMember(s *story) {
	member := s.seedMember(fake.Member{Email: "Ada@Example.com", Grant: s.b.Fake})
	id := member.ID
	if s.IDIsEmail {
		id = ada
	}
	s.testUntil([]Check{
		s.member(ada, true), s.has(ada, s.b), s.world.Mailed(),
	}, resource.TestStep{
		Config: s.config(s.ada(s.a)),
		ConfigPlanChecks: BeforeApply(
			Plans(s.at(), "create"), s.world.Warned(applyWillFail), s.world.NoneRequested(fake.CreateInvite),
		),
		ExpectError: Error("is already a member", member.ID, "adopt_existing = true"),
	}, resource.TestStep{
		Config: s.config(s.ada(s.a, adopt)),
		ConfigPlanChecks: BeforeApply(
			Plans(s.at(), "create"), s.world.Warned("recorded as accepted, without a mail"),
		),
		ConfigStateChecks: []statecheck.StateCheck{
			s.status(s.at(), fake.Accepted),
			Attribute(s.at(), "id", knownvalue.StringExact(id)),
			Attribute(s.at(), "member_id", knownvalue.StringExact(member.ID)),
			s.world.NoneRequested(fake.CreateInvite),
		},
	}, resource.TestStep{
		PreConfig:        s.world.ResetJournal,
		Config:           s.config(s.ada(s.a, adopt)),
		ConfigPlanChecks: BeforeApply(Plans()),
	}, resource.TestStep{
		Config:            s.config(s.ada(s.a, adopt)),
		Destroy:           true,
		ConfigPlanChecks:  BeforeApply(Plans(s.at(), "delete"), s.world.Warned("stays a member")),
		ConfigStateChecks: []statecheck.StateCheck{InState(0), s.world.Requested(Counts{})},
	})
}

// adoptManagedMember: a member that is adopted and managed gets what is declared.
func adoptManagedMember(s *story) {
	s.seedMember(fake.Member{Email: "Ada@Example.com", Grant: s.b.Fake})
	config := s.config(s.ada(s.a, adopt, manage))
	s.test(resource.TestStep{
		Config:             config,
		ConfigPlanChecks:   BeforeApply(s.world.Warned("recorded as accepted, without a mail")),
		ExpectNonEmptyPlan: true,
	}, resource.TestStep{
		Config:            config,
		ConfigStateChecks: []statecheck.StateCheck{s.has(ada, s.a), s.world.Mailed()},
	})
}

// importBlockOfError: the error of a create that finds somebody has an import block, and that block works.
func importBlockOfError(s *story) {
	d := s.terminal()
	d.configure(s.ada(s.a))
	works := func() {
		s.t.Helper()
		s.world.ResetJournal()
		d.Plan().Warns(applyWillFail).Plans(s.at(), "create")
		refused := d.ApplyPlan().Fails("is already")
		d.expectNothing()
		other := NewWorkspace(s.t)
		other.Write(s.config(s.ada(s.a), importBlock(refused, s.Resource()+".NAME", s.at())))
		other.Apply().Succeeds().Plans(s.at(), "import")
		d.check(s.world.NoneRequested(fake.CreateInvite, fake.RevokeInvite), s.world.Mailed())
	}
	s.seed("ADA@example.com", s.a)
	works()
	s.accept(ada)
	works()
}

// importBlock finds the block that an error has, and puts an address into it.
func importBlock(result *Result, placeholder, address string) string {
	result.t.Helper()
	for _, d := range result.Diagnostics {
		if block := regexp.MustCompile(`(?s)import \{.*?\}`).FindString(d.Detail); block != "" && d.Severity == "error" {
			return strings.Replace(block, placeholder, address, 1)
		}
	}
	result.fail("no error has an import block")
	return ""
}

// membersForbidden: members are not looked up where they may not be listed.
func membersForbidden(s *story) {
	s.fail(fake.Fault{Operation: fake.ListMembers, Status: 403})
	create := func(arguments ...string) resource.TestStep {
		return resource.TestStep{
			Config:            s.config(s.ada(s.a, arguments...)),
			ConfigPlanChecks:  BeforeApply(Plans(s.at(), "create")),
			ConfigStateChecks: []statecheck.StateCheck{s.status(s.at(), fake.Pending)},
		}
	}
	s.testUntil([]Check{s.world.Mailed(ada, ada)},
		create(), resource.TestStep{Config: s.config(s.ada(s.a)), Destroy: true}, create(adopt))
}

// equal compares what the platform has, however it is built.
func equal(a, b fake.Grant) bool { return bytes.Equal(encoded(a), encoded(b)) }

// encoded is a grant in a form to compare.
func encoded(grant fake.Grant) []byte {
	text, err := json.Marshal(grant)
	if err != nil {
		panic(err)
	}
	return text
}
