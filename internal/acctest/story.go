// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// ada is the person most stories are about.
const ada = "ada@example.com"

// scenario is a story with its name.
type scenario struct {
	name string
	run  func(*story)
	// everywhere: what happens depends on the platform, so each has to show it. Any platform shows the other stories.
	everywhere bool
	// needs is what a platform must have for it; nil: nothing special.
	needs func(testplatform.Platform) bool
}

// What some stories need.
func expires(p testplatform.Platform) bool          { return p.Lifetime != 0 }
func lifetimeIsChosen(p testplatform.Platform) bool { return p.ExpiresIn != "" }
func refusesSecond(p testplatform.Platform) bool    { return p.RefusesDuplicates }
func hasOthers(p testplatform.Platform) bool        { return !p.OneOrganization }

// scenarios are the stories of every platform.
var scenarios = []scenario{
	{name: "life", everywhere: true, run: life},
	{name: "letter case", run: letterCase},
	{name: "another organization", run: anotherOrganization, needs: hasOthers},
	{name: "flags", run: flags},
	{name: "expired", everywhere: true, run: expired, needs: expires},
	{name: "lifetimes", everywhere: true, run: lifetimes, needs: lifetimeIsChosen},
	{name: "revoked outside", everywhere: true, run: revokedOutside},
	{name: "sent again outside", run: resentOutside},
	{name: "errors keep state", run: errorsKeepState},
	{name: "destroy", everywhere: true, run: destroy},
	{name: "import", everywhere: true, run: imports},
	{name: "import records a lifetime", everywhere: true, run: importRecordsLifetime, needs: lifetimeIsChosen},
	{name: "import of nothing", run: importsOfNothing},
	{name: "a crowd", everywhere: true, run: crowd},
	{name: "a few", run: aFew},
	{name: "refresh only", run: refreshOnly},
	{name: "bad input", everywhere: true, run: badInput},
	{name: "bad provider block", run: badProviderBlock},
	{name: "unknown provider block", run: unknownProviderBlock},
	{name: "unknown arguments", run: unknownArguments},
	{name: "lists", everywhere: true, run: lists},
	{name: "lists refuse", run: listsRefuse},
	{name: "own writes", run: ownWrites},
	{name: "one address twice", run: sameAddress},
	{name: "a list that lags", run: listLags},
	{name: "other spellings", run: otherSpellings},
	{name: "lost answers", everywhere: true, run: lostAnswers},
	{name: "nothing sent", run: nothingSent},
	{name: "overtaken", run: overtaken, needs: refusesSecond},
	{name: "adopt an invitation", everywhere: true, run: adoptInvitation},
	{name: "adopt a member", everywhere: true, run: adoptMember},
	{name: "adopt a managed member", everywhere: true, run: adoptManagedMember},
	{name: "import block of an error", run: importBlockOfError},
	{name: "members may not be listed", run: membersForbidden},
	{name: "managed member", everywhere: true, run: managedMember},
	{name: "member not managed", run: unmanagedMember},
	{name: "member let go", run: letGo},
	{name: "accepted meanwhile", everywhere: true, run: acceptedMeanwhile},
	{name: "gone meanwhile", run: goneMeanwhile},
	{name: "renamed without a moved block", run: renamed},
	{name: "create before destroy", run: createBeforeDestroy},
	{name: "deposed", run: deposed},
	{name: "deposed, renewed", run: deposedRenewed, needs: expires},
	{name: "shared", run: shared},
}

// Run runs, side by side, the stories of one platform: those that depend on the platform, and its share of the others.
func Run(t *testing.T, subject Subject) {
	CLI(t)
	for _, one := range scenarios {
		if slices.ContainsFunc(one.platforms(), subject.is) {
			one.start(t, subject)
		}
	}
}

// platforms are those that a story runs on.
func (one scenario) platforms() []testplatform.Platform {
	able := slices.Clone(testplatform.All)
	if one.needs != nil {
		able = slices.DeleteFunc(able, func(p testplatform.Platform) bool { return !one.needs(p) })
	}
	if one.everywhere {
		return able
	}
	return testplatform.Turn(one.name, able)
}

// RunWith runs some of the stories on a platform that behaves in another way than the fake's usual one, where the
// platform's documentation leaves that open.
func RunWith(t *testing.T, subject Subject, behave func(*fake.Behaviors), names ...string) {
	CLI(t)
	for _, name := range names {
		at := slices.IndexFunc(scenarios, func(one scenario) bool { return one.name == name })
		if at < 0 {
			t.Fatalf("there is no story %q", name)
		}
		scenarios[at].start(t, subject, behave)
	}
}

func (one scenario) start(t *testing.T, subject Subject, behaviors ...func(*fake.Behaviors)) {
	t.Run(one.name, func(t *testing.T) {
		world := NewWorld(t, behaviors...)
		grants := subject.Grants(world.Fake, world.Organization(subject.Name))
		one.run(&story{t: t, Subject: subject, world: world, a: grants[0], b: grants[1]})
	})
}

// story is one story while it runs: its platform, and what it grants. It either tests once or runs commands one at a
// time in workspaces.
type story struct {
	t *testing.T
	Subject
	world *World
	a, b  testplatform.Grant
}

// test runs the steps of a test case.
func (s *story) test(steps ...resource.TestStep) {
	s.t.Helper()
	s.testUntil(nil, steps...)
}

// testUntil runs the steps of a test case, and checks what there is after everything was destroyed.
func (s *story) testUntil(end []Check, steps ...resource.TestStep) {
	s.t.Helper()
	s.world.Test(s.t, resource.TestCase{Steps: steps, CheckDestroy: func(*terraform.State) (err error) {
		for _, check := range end {
			err = errors.Join(err, check())
		}
		return err
	}})
}

// terminal lets the story run commands, in parallel with other stories.
func (s *story) terminal() *terminal {
	s.t.Helper()
	s.t.Parallel()
	return &terminal{Workspace: NewWorkspace(s.t), story: s}
}

// config is a configuration with the usual provider block.
func (s *story) config(parts ...string) string {
	return s.world.Provider(s.Name) + strings.Join(parts, "\n")
}

// ada declares the invitation of Ada.
func (s *story) ada(grant testplatform.Grant, arguments ...string) string {
	return s.Declare("ada", ada, append([]string{grant.HCL()}, arguments...)...)
}

// at is the address of the invitation of Ada.
func (s *story) at() string { return s.At("ada") }

// status wants an invitation in state, with a status and, once it was accepted, a member.
func (s *story) status(address string, want fake.Status) statecheck.StateCheck {
	var member knownvalue.Check = knownvalue.Null()
	if want == fake.Accepted {
		member = knownvalue.NotNull()
	}
	return All(
		Attribute(address, "status", knownvalue.StringExact(string(want))),
		Attribute(address, "member_id", member),
	)
}

// granted wants an invitation in state to have the attributes of a grant.
func (s *story) granted(address string, grant testplatform.Grant) statecheck.StateCheck {
	var checks []statecheck.StateCheck
	for name, want := range grant.State {
		checks = append(checks, Attribute(address, name, Known(want)))
	}
	return All(checks...)
}

// invited wants the platform to have had these invitations to an address, in this order.
func (s *story) invited(email string, want ...fake.Status) Check {
	return func() error {
		var got []fake.Status
		for _, invitation := range s.invitations(email) {
			got = append(got, invitation.Status)
		}
		if !slices.Equal(got, want) {
			return fmt.Errorf("invitations of %s: got %v, want %v", email, got, want)
		}
		return nil
	}
}

func (s *story) invitations(email string) []fake.Invitation {
	return slices.DeleteFunc(s.world.Invitations(s.Name, ""), func(i fake.Invitation) bool {
		return !strings.EqualFold(i.Email, email)
	})
}

// member wants somebody with this address in the organization, or nobody.
func (s *story) member(email string, want bool) Check {
	return func() error {
		_, is := s.find(email)
		if is != want {
			return fmt.Errorf("%s is a member: %v, want %v", email, is, want)
		}
		return nil
	}
}

// has wants a member to have what a grant is.
func (s *story) has(email string, want testplatform.Grant) Check {
	return func() error {
		member, is := s.find(email)
		if !is || !equal(member.Grant, want.Fake) {
			return fmt.Errorf("the member %s has %s, want %s", email, encoded(member.Grant), encoded(want.Fake))
		}
		return nil
	}
}

func (s *story) find(email string) (fake.Member, bool) {
	for _, member := range s.world.Members(s.Name, "") {
		if strings.EqualFold(member.Email, email) {
			return member, true
		}
	}
	return fake.Member{}, false
}

// accept is a person accepting. It returns the user's id.
func (s *story) accept(email string) string {
	s.t.Helper()
	id, err := s.world.Accept(s.Name, "", email)
	s.must(err)
	return id
}

// revokeOutside, expire and the next ones are what others do while Terraform does not run.
func (s *story) revokeOutside(email string) {
	s.t.Helper()
	s.must(s.world.RevokeOutside(s.Name, "", email))
}

func (s *story) expire(email string) { s.t.Helper(); s.must(s.world.Expire(s.Name, "", email)) }

func (s *story) remove(email string) { s.t.Helper(); s.must(s.world.RemoveMember(s.Name, "", email)) }

func (s *story) setGrant(email string, grant testplatform.Grant) {
	s.t.Helper()
	s.must(s.world.SetMemberGrant(s.Name, "", email, grant.Fake))
}

// seed puts an invitation there that Terraform does not know.
func (s *story) seed(email string, grant testplatform.Grant) fake.Invitation {
	s.t.Helper()
	seeded, err := s.world.SeedInvite(s.Name, "", fake.Invitation{Email: email, Grant: grant.Fake})
	s.must(err)
	return seeded
}

// sentBefore puts an invitation there that was sent so long ago that no list lags behind it. It returns the block
// that imports it.
func (s *story) sentBefore(name, email string, grant testplatform.Grant) string {
	s.t.Helper()
	_, err := s.world.SeedInvite(s.Name, "", fake.Invitation{
		Email: email, Grant: grant.Fake, CreatedAt: time.Now().Add(-time.Hour),
	})
	s.must(err)
	return fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", s.At(name), email)
}

// hidesRevoked reports whether a revoked invitation is missing from the list, as a new one may be for a moment.
func (s *story) hidesRevoked() bool { return !slices.Contains(s.Keeps, fake.Revoked) }

func (s *story) seedMember(member fake.Member) fake.Member {
	s.t.Helper()
	seeded, err := s.world.SeedMember(s.Name, "", member)
	s.must(err)
	return seeded
}

// fail arms a fault of the platform.
func (s *story) fail(fault fake.Fault) {
	fault.Platform = s.Name
	s.world.Fail(fault)
}

func (s *story) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}
