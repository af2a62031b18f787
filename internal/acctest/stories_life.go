package acctest

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// Case runs steps with the testing framework.
func Case(t *testing.T, ending func(), steps ...resource.TestStep) {
	t.Helper()
	CLI(t)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: Factories(),
		Steps:                    steps,
		CheckDestroy: func(*terraform.State) error {
			ending()
			return nil
		},
	})
}

// action wants a plan to do this to an address.
func action(address string, what plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, what)}}
}

// quiet wants an empty plan.
var quiet = resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}

// value wants an attribute in state.
func value(address, name string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(name), want)
}

// life is the whole of it: an invitation is sent and accepted, and its end leaves the member alone.
func life(s *story) {
	config := s.world.Provider(s.Platform) + s.ada(s.a)
	var member string
	Case(s.t, func() {
		Requests(s.world.Journal()).Expect(s.t, Counts{})
		s.world.ExpectMails(s.t, ada)
		s.expectMember(ada, true)
	}, resource.TestStep{
		Config:           config,
		ConfigPlanChecks: action(s.at(), plancheck.ResourceActionCreate),
		ConfigStateChecks: []statecheck.StateCheck{
			value(s.at(), "id", knownvalue.NotNull()),
			value(s.at(), "status", knownvalue.StringExact("pending")),
			value(s.at(), "member_id", knownvalue.Null()),
			value(s.at(), "email", knownvalue.StringExact(ada)),
			value(s.at(), "organization_id", knownvalue.StringExact(s.world.Organization(s.Platform))),
			value(s.at(), "adopt_existing", knownvalue.Bool(false)),
			value(s.at(), "manage_membership", knownvalue.Bool(false)),
		},
		PostApplyFunc: func() {
			s.expectInvitations(ada, fake.Pending)
			s.world.ExpectMails(s.t, ada)
		},
	}, resource.TestStep{
		PreConfig:        func() { member = s.accept(ada) },
		Config:           config,
		ConfigPlanChecks: quiet,
		ConfigStateChecks: []statecheck.StateCheck{
			value(s.at(), "status", knownvalue.StringExact("accepted")),
			value(s.at(), "member_id", knownvalue.StringFunc(func(got string) error { return same(got, member) })),
		},
	}, resource.TestStep{
		PreConfig:        s.world.ResetJournal,
		Config:           config,
		ConfigPlanChecks: quiet,
		PostApplyFunc:    func() { Requests(s.world.Journal()).Expect(s.t, Counts{}) },
	})
}

// letterCase: an address is the same in any letter case, and the spelling written first stays.
func letterCase(s *story) {
	upper, lower := "Ada.Lovelace@Example.COM", "ada.lovelace@example.com"
	s.world.Set(func(switches *fake.Switches) { // the hardest case: the platform has a spelling of its own
		switches.Common(s.Platform).Emails = fake.LowerCased
	})
	config := func(email string) string { return s.world.Provider(s.Platform) + s.Declare("ada", email, s.a) }
	spelled := []statecheck.StateCheck{value(s.at(), "email", knownvalue.StringExact(upper))}
	Case(s.t, func() {
		s.world.ExpectMails(s.t, lower, "grace@example.com")
	}, resource.TestStep{
		Config:            config(upper),
		ConfigStateChecks: spelled,
	}, resource.TestStep{
		Config:            config(lower),
		ConfigPlanChecks:  quiet,
		ConfigStateChecks: spelled,
	}, resource.TestStep{
		PreConfig:         func() { s.accept(lower) },
		Config:            config(upper),
		ConfigPlanChecks:  quiet,
		ConfigStateChecks: append(spelled, value(s.at(), "status", knownvalue.StringExact("accepted"))),
	}, resource.TestStep{
		Config:           config("grace@example.com"),
		ConfigPlanChecks: action(s.at(), plancheck.ResourceActionReplace),
	})
}

// anotherOrganization: the argument wins over the provider's, and a change moves the invitation.
func anotherOrganization(s *story) {
	second := s.world.SecondOrganization(s.Platform)
	s.write(s.ada(s.a, `organization_id = "`+second+`"`))
	s.dir.Apply().Succeeds().Plans(s.at(), "create")
	if got := s.expect(fake.Pending).Text("organization_id"); got != second {
		s.t.Errorf("organization_id: got %s, want %s", got, second)
	}
	if there := s.world.Invitations(s.Platform, second); len(there) != 1 {
		s.t.Errorf("invitations there: %v", there)
	}
	s.dir.Plan().Succeeds().Plans()

	s.write(s.ada(s.a))
	s.dir.Apply().Succeeds().Plans(s.at(), "replace")
	s.expectInvitations(ada, fake.Pending)
	if there := s.world.Invitations(s.Platform, second); there[0].Status != fake.Revoked {
		s.t.Errorf("the invitation there: %s, want revoked", there[0].Status)
	}
	s.dir.Plan().Succeeds().Plans()
}

// flags: turning one is an update that makes no request of its own, and what
// is granted is part of what an invitation is.
func flags(s *story) {
	s.write(s.ada(s.a))
	s.dir.Apply().Succeeds()
	s.expectGrant(s.expect(fake.Pending), s.a)
	id := s.expectInvitations(ada, fake.Pending)[0].ID

	turned := []string{"adopt_existing = true", "manage_membership = true"}
	if s.Lifetime != "" {
		turned = append(turned, "reinvite_expired = true")
	}
	s.write(s.ada(s.a, turned...))
	s.dir.Plan().Succeeds().Plans(s.at(), "update")
	s.during(func() { s.dir.ApplyPlan().Succeeds() }).Expect(s.t, Counts{})
	s.dir.Plan().Succeeds().Plans()

	s.write(s.ada(s.b, turned...))
	s.dir.Apply().Succeeds().Plans(s.at(), "replace")
	s.expectGrant(s.expect(fake.Pending), s.b)
	both := s.expectInvitations(ada, fake.Revoked, fake.Pending)
	if both[0].ID != id {
		s.t.Errorf("the first invitation was not the one to be revoked")
	}
	s.world.ExpectMails(s.t, ada, ada)
	s.dir.Plan().Succeeds().Plans()
}
