package snyk_test

import (
	"fmt"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// subject is Snyk. One of the two roles is declared by its id and the other by
// its name, so that the stories change between the two.
func subject() acctest.Subject {
	return acctest.Subject{
		Platform: fake.Snyk,
		Grants: func(w *acctest.World) (a, b acctest.Grant) {
			return byID(w, "Org Collaborator"), byName(w, "Security Champion")
		},
		Pages:             func(invitations int) int { return (invitations + 99) / 100 },
		Crowd:             120,
		RefusesDuplicates: true,
		Credential:        "token",
		CredentialEnv:     "SNYK_TOKEN",
		Other:             "oauth_token",
		OrganizationEnv:   "SNYK_ORG_ID",
		Wrong: []acctest.Wrong{
			{Name: "both", HCL: "role = \"Org Admin\"\nrole_id = \"3a1f1b1e-0f5c-4a2e-9d6c-1f2e3d4c5b6a\"", Says: []string{"role_id", "role"}},
			{Name: "neither", HCL: "", Says: []string{"role_id", "role"}},
			{Name: "a name for an id", HCL: `role_id = "Org Admin"`, Says: []string{"UUID", "code: role_id"}},
			{Name: "empty", HCL: `role = ""`, Says: []string{"code: role"}},
			{Name: "expiry", HCL: "role = \"Org Admin\"\nexpires_in = \"7d\"", Says: []string{"expires_in"}},
		},
		Filter: func(a acctest.Grant) string { return fmt.Sprintf("role = %q", a.Fake.Role) },
	}
}

func byID(w *acctest.World, name string) acctest.Grant {
	id := w.SnykRoleID(name)
	return acctest.Grant{
		HCL:   fmt.Sprintf("role_id = %q", id),
		Fake:  fake.Grant{RoleID: id, Role: name},
		State: map[string]any{"role_id": id},
		Text:  "role ",
	}
}

func byName(w *acctest.World, name string) acctest.Grant {
	grant := byID(w, name)
	grant.HCL = fmt.Sprintf("role = %q", name)
	grant.State["role"] = name
	return grant
}

func TestAccStories(t *testing.T) {
	t.Parallel()
	acctest.Stories(t, subject())
}

const (
	at  = "orginvite_snyk_invite.ada"
	ada = "ada@example.com"
)

// The uncertain facts, in readings that differ from the fake's usual ones.
func TestAccReadings(t *testing.T) {
	t.Parallel()
	for name, reading := range map[string]func(*fake.SnykSwitches){
		"lenient": func(s *fake.SnykSwitches) {
			s.Emails, s.ExistingMember, s.EmailFilterSubstring, s.NextLink, s.Duplicate = fake.LowerCased, fake.Allowed, true, fake.NextWithRest, fake.DuplicateSameID
		},
		"other": func(s *fake.SnykSwitches) {
			s.NextLink, s.NullNextAtEnd, s.Duplicate = fake.NextObject, true, fake.DuplicateNewID
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.Retell(t, subject(), func(s *fake.Switches) { reading(&s.Snyk) },
				"destroy", "one address twice", "lost answers", "adopt a member", "accepted meanwhile")
		})
	}
	// Each runs those stories in which nothing is needed that the answers leave out.
	common := []string{"life", "sent again outside", "one address twice", "lost answers", "a few"}
	for name, reading := range map[string]struct {
		set     func(*fake.Switches)
		stories []string
	}{
		"no roles":          {omitRoles, append([]string{"accepted meanwhile"}, common...)},
		"no membership ids": {func(s *fake.Switches) { s.Snyk.OmitMembershipIDs = true }, append([]string{"import"}, common...)},
		"created by name": {
			func(s *fake.Switches) { s.Snyk.CreatedRole = fake.RoleName },
			append([]string{"import", "adopt a member", "accepted meanwhile"}, common...),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.Retell(t, subject(), reading.set, reading.stories...)
		})
	}
}

// TestAccPages: everybody on every page is found, whatever the links look like.
func TestAccPages(t *testing.T) {
	t.Parallel()
	const count = 1050
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	grant := byID(w, "Developer")
	for i := range count {
		if _, err := w.SeedInvite(fake.Snyk, "", fake.Invitation{Email: fmt.Sprintf("p%04d@example.com", i), Grant: grant.Fake}); err != nil {
			t.Fatal(err)
		}
	}
	declared := ""
	for _, i := range []int{0, 99, 100, 555, count - 1} { // both ends of pages
		declared += subject().Declare(fmt.Sprintf("p%d", i), fmt.Sprintf("p%04d@example.com", i), grant, "adopt_existing = true")
	}
	list := "data \"orginvite_snyk_invites\" \"all\" {}\noutput \"count\" {\n  value = length(data.orginvite_snyk_invites.all.invites)\n}\n"
	dir.Write(w.Provider(fake.Snyk), declared, list)
	dir.Apply()
	w.ExpectMails(t)
	for _, form := range []fake.NextLink{fake.NextRelative, fake.NextWithRest, fake.NextAbsolute, fake.NextObject} {
		w.Set(func(s *fake.Switches) { s.Snyk.NextLink = form })
		w.During(func() { dir.Apply().Succeeds().Plans() }).Expect(t, acctest.Counts{fake.ListInvites: 11 * 1})
		if got := dir.State()["output.count"]["value"]; got != float64(count) {
			t.Errorf("%s: %v invitations", form, got)
		}
	}
	before := dir.StateFile()
	for _, form := range []fake.NextLink{fake.NextOtherOrigin, fake.NextSelf} {
		w.Set(func(s *fake.Switches) { s.Snyk.NextLink = form })
		dir.Apply().Fails("Could not refresh")
	}
	if dir.StateFile() != before {
		t.Error("the state changed")
	}
}

// TestAccOtherAddress: acceptance is decided from the members, by the whole address.
func TestAccOtherAddress(t *testing.T) {
	t.Parallel()
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	w.Set(func(s *fake.Switches) { s.Snyk.EmailFilterSubstring = true })
	grant := byID(w, "Developer")
	if _, err := w.SeedMember(fake.Snyk, "", fake.Member{Email: "not" + ada, Grant: grant.Fake}); err != nil {
		t.Fatal(err)
	}
	dir.Write(w.Provider(fake.Snyk), subject().Declare("ada", ada, grant))
	dir.Apply().Succeeds()
	if err := w.RevokeOutside(fake.Snyk, "", ada); err != nil {
		t.Fatal(err)
	}
	dir.Plan().Succeeds().Plans(at, "create")

	// One address, two users: the first that is found is who is remembered, and stays it.
	dir.Apply().Succeeds()
	first, err := w.Accept(fake.Snyk, "", ada)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.SeedMember(fake.Snyk, "", fake.Member{Email: "ADA@example.com", Grant: byID(w, "Auditor").Fake}); err != nil {
		t.Fatal(err)
	}
	dir.Write(w.Provider(fake.Snyk), subject().Declare("ada", ada, grant, "manage_membership = true"))
	for range 2 {
		dir.Apply().Succeeds()
		if got := dir.State()[at].Text("member_id"); got != first {
			t.Fatalf("member_id: got %s, want %s", got, first)
		}
	}
	dir.Destroy().Succeeds()
	if left := w.Members(fake.Snyk, ""); len(left) != 2 {
		t.Errorf("members: %v", left)
	}
}
