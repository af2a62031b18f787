package acctest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// ada is the person most stories are about.
const ada = "ada@example.com"

// told is a story with its name.
type told struct {
	name    string
	tell    func(*story)
	expires bool // it needs invitations that end
}

// all are the stories of every platform.
var all = []told{
	{name: "life", tell: life},
	{name: "letter case", tell: letterCase},
	{name: "another organization", tell: anotherOrganization},
	{name: "flags", tell: flags},
	{name: "expired", tell: expired, expires: true},
	{name: "lifetimes", tell: lifetimes, expires: true},
	{name: "revoked outside", tell: revokedOutside},
	{name: "sent again outside", tell: resentOutside},
	{name: "errors keep state", tell: errorsKeepState},
	{name: "destroy", tell: destroy},
	{name: "import", tell: imports},
	{name: "import of nothing", tell: importsOfNothing},
	{name: "a crowd", tell: crowd},
	{name: "a few", tell: aFew},
	{name: "bad input", tell: badInput},
	{name: "bad provider block", tell: badProviderBlock},
	{name: "unknown values", tell: unknownValues},
	{name: "lists", tell: lists},
	{name: "own writes", tell: ownWrites},
	{name: "one address twice", tell: sameAddress},
	{name: "lost answers", tell: lostAnswers},
	{name: "nothing sent", tell: nothingSent},
	{name: "overtaken", tell: overtaken},
	{name: "adopt an invitation", tell: adoptInvitation},
	{name: "adopt a member", tell: adoptMember},
	{name: "members may not be listed", tell: membersForbidden},
	{name: "managed member", tell: managedMember},
	{name: "member not managed", tell: unmanagedMember},
	{name: "accepted meanwhile", tell: acceptedMeanwhile},
	{name: "gone meanwhile", tell: goneMeanwhile},
	{name: "moved without saying", tell: movedWithoutSaying},
	{name: "wrong order", tell: wrongOrder},
	{name: "deposed", tell: deposed},
	{name: "deposed, renewed", tell: deposedRenewed, expires: true},
}

// Stories tells, side by side, everything that holds on every platform.
func Stories(t *testing.T, subject Subject) {
	CLI(t)
	for _, one := range all {
		if !one.expires || subject.Lifetime != "" {
			one.run(t, subject)
		}
	}
}

// Retell tells some of the stories under another reading of what the platform's
// documentation leaves open.
func Retell(t *testing.T, subject Subject, reading func(*fake.Switches), names ...string) {
	CLI(t)
	for _, name := range names {
		at := slices.IndexFunc(all, func(one told) bool { return one.name == name })
		if at < 0 {
			t.Fatalf("there is no story %q", name)
		}
		all[at].run(t, subject, reading)
	}
}

func (one told) run(t *testing.T, subject Subject, readings ...func(*fake.Switches)) {
	t.Run(one.name, func(t *testing.T) {
		t.Parallel()
		one.tell(newStory(t, subject, readings...))
	})
}

// story is one story under way: its platform, its Terraform, and what it grants.
type story struct {
	t *testing.T
	Subject
	world *World
	dir   *Workspace
	a, b  Grant
}

func newStory(t *testing.T, subject Subject, readings ...func(*fake.Switches)) *story {
	t.Helper()
	world := NewWorld(t, readings...)
	a, b := subject.Grants(world)
	return &story{t: t, Subject: subject, world: world, dir: NewWorkspace(t), a: a, b: b}
}

// write replaces the configuration: the usual provider block, and these parts.
func (s *story) write(parts ...string) {
	s.t.Helper()
	s.dir.Write(append([]string{s.world.Provider(s.Platform)}, parts...)...)
}

// ada declares the invitation of Ada.
func (s *story) ada(grant Grant, arguments ...string) string {
	return s.Declare("ada", ada, grant, arguments...)
}

// at is the address of the invitation of Ada.
func (s *story) at() string { return s.At("ada") }

// state is what is in state about an address; nil when nothing is.
func (s *story) state(address string) Attributes {
	s.t.Helper()
	return s.dir.State()[address]
}

// expect wants the invitation of Ada to be in state, in a status.
func (s *story) expect(status fake.Status) Attributes {
	s.t.Helper()
	found := s.state(s.at())
	switch {
	case found == nil:
		s.t.Fatalf("%s is not in state", s.at())
	case found.Text("status") != string(status):
		s.t.Fatalf("status: got %q, want %q", found.Text("status"), status)
	case (found.Text("member_id") != "") != (status == fake.Accepted):
		s.t.Fatalf("member_id: got %q while %s", found.Text("member_id"), status)
	}
	return found
}

// expectGrant wants attributes in state to tell a grant.
func (s *story) expectGrant(found Attributes, grant Grant) {
	s.t.Helper()
	for name, want := range grant.State {
		if !reflect.DeepEqual(found[name], want) {
			s.t.Errorf("%s: got %v, want %v", name, found[name], want)
		}
	}
}

// expectNothing wants an empty state.
func (s *story) expectNothing() {
	s.t.Helper()
	if state := s.dir.State(); len(state) > 0 {
		s.t.Fatalf("state: got %v, want nothing", state)
	}
}

// expectInvitations wants the platform to have had these invitations to an
// address, in this order.
func (s *story) expectInvitations(email string, want ...fake.Status) []fake.Invitation {
	s.t.Helper()
	var got []string
	var found []fake.Invitation
	for _, invitation := range s.world.Invitations(s.Platform, "") {
		if strings.EqualFold(invitation.Email, email) {
			got, found = append(got, string(invitation.Status)), append(found, invitation)
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		s.t.Fatalf("invitations of %s: got %v, want %v", email, got, want)
	}
	return found
}

// expectMember wants somebody with this address in the organization, or nobody.
func (s *story) expectMember(email string, want bool) fake.Member {
	s.t.Helper()
	for _, member := range s.world.Members(s.Platform, "") {
		if strings.EqualFold(member.Email, email) {
			if !want {
				s.t.Fatalf("%s is a member", email)
			}
			return member
		}
	}
	if want {
		s.t.Fatalf("%s is not a member", email)
	}
	return fake.Member{}
}

// accept is a person accepting. It returns the user's id.
func (s *story) accept(email string) string {
	s.t.Helper()
	id, err := s.world.Accept(s.Platform, "", email)
	s.must(err)
	return id
}

// during does something and returns what was requested meanwhile.
func (s *story) during(do func()) Requests { return s.world.During(do) }

func (s *story) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}
