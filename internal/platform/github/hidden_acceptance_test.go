// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package github_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

const (
	at  = "orginvite_github_invite.ada"
	ada = "ada@example.com"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// scene is one invitation that was sent an hour ago, so that no list may lack it, and is in state.
type scene struct {
	*testing.T
	*acctest.World
	dir *acctest.Workspace
}

// newScene seeds the invitation with a grant, and imports it with arguments.
func newScene(t *testing.T, grant fake.Grant, arguments ...string) *scene {
	t.Helper()
	s := newStage(t)
	s.invite(grant, arguments...)
	return s
}

// newStage is a scene without the invitation.
func newStage(t *testing.T) *scene {
	t.Helper()
	acctest.CLI(t)
	t.Parallel()
	return &scene{T: t, World: acctest.NewWorld(t), dir: acctest.NewWorkspace(t)}
}

func (s *scene) invite(grant fake.Grant, arguments ...string) {
	s.Helper()
	_, err := s.SeedInvite(fake.GitHub, "", fake.Invitation{Email: ada, Grant: grant, CreatedAt: time.Now().Add(-time.Hour)})
	must(s.T, err)
	s.dir.Write(s.Provider(fake.GitHub), subject().Declare("ada", ada, arguments...),
		fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", at, ada))
	s.dir.Plan().Succeeds()
	s.dir.Apply().Succeeds()
	s.declare(arguments...)
	s.dir.Plan().Succeeds().Plans()
}

// declare writes the configuration with other arguments.
func (s *scene) declare(arguments ...string) {
	s.Helper()
	s.dir.Write(s.Provider(fake.GitHub), subject().Declare("ada", ada, arguments...))
}

// expect wants these attributes in state.
func (s *scene) expect(want map[string]any) {
	s.Helper()
	found := s.dir.State()[at]
	for name, value := range want {
		if found[name] != value {
			s.Errorf("%s is %v, want %v", name, found[name], value)
		}
	}
}

// acceptHidden accepts with an account whose address nobody sees.
func (s *scene) acceptHidden(hidden fake.Hidden) string {
	s.Helper()
	id, err := s.AcceptWith("", ada, "lovelace")
	must(s.T, err)
	must(s.T, s.HideMember("", ada, hidden))
	return id
}

const unknown = "is no longer pending"

// TestAccUnknown: an invitation that is gone while members are hidden stays in state, and nothing is planned. It becomes
// accepted as soon as there is evidence, and a destroy makes no request before that.
func TestAccUnknown(t *testing.T) {
	for name, hidden := range map[string]fake.Hidden{"without an address": fake.HiddenEmail, "without an account": fake.HiddenAccount} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, fake.Grant{Role: "member"})
			id := s.acceptHidden(hidden)
			s.dir.Plan().Warns(unknown).Plans()
			s.dir.Apply().Warns(unknown)
			s.expect(map[string]any{"status": "unknown", "member_id": nil})
			s.dir.Plan().Warns(unknown).Plans()
			s.ExpectMails(t)

			must(t, s.HideMember("", ada, fake.HiddenNothing))
			s.dir.Apply().Succeeds()
			s.expect(map[string]any{"status": "accepted", "member_id": id})
		})
	}
}

// TestAccUnknownDestroyed: what may be a membership is left alone, also where the membership is managed.
func TestAccUnknownDestroyed(t *testing.T) {
	s := newScene(t, fake.Grant{Role: "member"}, "manage_membership = true")
	s.acceptHidden(fake.HiddenEmail)
	s.dir.Apply().Warns(unknown)
	s.dir.Write(s.Provider(fake.GitHub))
	s.ResetJournal()
	s.dir.Plan().Warns(unknown, "may be a member").Plans(at, "delete")
	s.dir.Apply()
	if err := s.NoneRequested(fake.RevokeInvite, fake.RemoveMember)(); err != nil {
		t.Error(err)
	}
	if members := s.Members(fake.GitHub, ""); len(members) != 1 || len(s.dir.State()) != 0 {
		t.Errorf("members %v, state %v", members, s.dir.State())
	}
}

// TestAccUsername: the membership of the declared account is the evidence. Declaring it sends nothing.
func TestAccUsername(t *testing.T) {
	s := newScene(t, fake.Grant{Role: "member"})
	id := s.acceptHidden(fake.HiddenEmail)
	must(t, s.SeedAccount("bystander", "b@example.net"))
	s.dir.Apply().Warns(unknown)

	// An account that is no member proves nothing, and neither does one that does not exist.
	for _, login := range []string{"bystander", "nobody-at-all"} {
		s.declare(fmt.Sprintf("username = %q", login))
		s.dir.Plan().Warns(unknown).Plans(at, "update")
		s.dir.Apply().Warns(unknown)
		s.dir.Plan().Warns(unknown).Plans()
		s.expect(map[string]any{"status": "unknown", "username": login})
	}
	s.declare(`username = "lovelace"`)
	s.dir.Apply().Warns(unknown) // recorded now, and used from the next refresh on
	s.dir.Apply().Succeeds()
	s.expect(map[string]any{"status": "accepted", "member_id": id, "username": "lovelace"})
	s.dir.Plan().Succeeds().Plans()
	s.ExpectMails(t)
}

// TestAccUsernameManaged: a hidden member who is known by the account can be managed.
func TestAccUsernameManaged(t *testing.T) {
	s := newScene(t, fake.Grant{Role: "member"}, `username = "lovelace"`, "manage_membership = true")
	s.acceptHidden(fake.HiddenEmail)
	s.dir.Apply().Succeeds()
	s.expect(map[string]any{"status": "accepted", "role": "member"})
	s.declare(`username = "lovelace"`, "manage_membership = true", `role = "admin"`)
	s.dir.Plan().Succeeds().Plans(at, "update")
	s.dir.Apply().Succeeds()
	if members := s.Members(fake.GitHub, ""); members[0].Grant.Role != "admin" {
		t.Errorf("members: %+v", members)
	}
	s.dir.Destroy().Succeeds()
	if members := s.Members(fake.GitHub, ""); len(members) != 0 {
		t.Errorf("members: %+v", members)
	}
}

// TestAccGoneWhereAllAreVisible: if every member shows an address, an invitation that is gone was cancelled.
func TestAccGoneWhereAllAreVisible(t *testing.T) {
	s := newScene(t, fake.Grant{Role: "member"})
	_, err := s.SeedMember(fake.GitHub, "", fake.Member{Email: "bob@example.com"})
	must(t, err)
	must(t, s.RevokeOutside(fake.GitHub, "", ada))
	s.dir.Plan().Succeeds().Plans(at, "create")
}

// TestAccQueryErrors: a member list with errors never makes anybody accepted, unknown or gone. A create follows the rule
// for lists that may not be read.
func TestAccQueryErrors(t *testing.T) {
	for errors, text := range map[fake.QueryErrors]string{
		fake.QueryForbidden: "may not read the organization's members", fake.QueryScopes: "scope user:email",
		fake.QueryPartial: "GitHub answered 200 OK, but", fake.QueryTimeout: "GitHub answered 200 OK, but",
	} {
		t.Run(string(errors), func(t *testing.T) {
			s := newScene(t, fake.Grant{Role: "member"})
			for _, email := range []string{"bob@example.com", "cy@example.com"} {
				_, err := s.SeedMember(fake.GitHub, "", fake.Member{Email: email})
				must(t, err)
			}
			s.acceptHidden(fake.HiddenNothing)
			s.Set(func(b *fake.Behaviors) { b.GitHub.QueryErrors = errors })
			s.dir.Apply().Fails(text, "Could not refresh the invitation of "+ada)
			s.expect(map[string]any{"status": "pending"})

			s.dir.Write(s.Provider(fake.GitHub), subject().Declare("di", "di@example.com"))
			s.dir.Run("state", "rm", at)
			if errors == fake.QueryForbidden || errors == fake.QueryScopes {
				s.dir.Apply().Succeeds()
				s.ExpectMails(t, "di@example.com")
			} else {
				s.dir.Apply().Fails(text)
				s.ExpectMails(t)
			}
			s.Set(func(b *fake.Behaviors) { b.GitHub.QueryErrors = fake.QuerySound })
		})
	}
}

// TestAccHiddenMemberIsRefused: a create for a hidden member ends in GitHub's own refusal, and nothing is adopted.
func TestAccHiddenMemberIsRefused(t *testing.T) {
	acctest.CLI(t)
	t.Parallel()
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	_, err := w.SeedMember(fake.GitHub, "", fake.Member{Email: ada, Hidden: fake.HiddenEmail})
	must(t, err)
	dir.Write(w.Provider(fake.GitHub), subject().Declare("ada", ada, "adopt_existing = true"))
	dir.Apply().Fails("GitHub answered 422", "no pending invitation and no visible member", "declare the account with username")
	if len(dir.State()) != 0 {
		t.Errorf("state: %v", dir.State())
	}
	w.ExpectMails(t)

	// With the account, the member is found, and recorded.
	login := w.Members(fake.GitHub, "")[0].Login
	dir.Write(w.Provider(fake.GitHub), subject().Declare("ada", ada, "adopt_existing = true", fmt.Sprintf("username = %q", login)))
	dir.Apply()
	if state := dir.State()[at]; state.Text("status") != "accepted" {
		t.Errorf("state: %v", state)
	}
	w.ExpectMails(t)
}

// TestAccAcceptedCostNothing: a refresh of people who accepted makes no request.
func TestAccAcceptedCostNothing(t *testing.T) {
	acctest.CLI(t)
	t.Parallel()
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	const count = 200
	var people strings.Builder
	fmt.Fprintf(&people, "resource \"orginvite_github_invite\" \"p\" {\n  count = %d\n  email = \"p${count.index}@example.com\"\n}\n", count)
	dir.Write(w.Provider(fake.GitHub), people.String())
	dir.Apply().Succeeds()
	for i := range count {
		_, err := w.Accept(fake.GitHub, "", fmt.Sprintf("p%d@example.com", i))
		must(t, err)
	}
	dir.Apply().Succeeds()
	w.ResetJournal()
	dir.Plan().Succeeds().Plans()
	if requests := w.Journal(); len(requests) > 0 {
		t.Errorf("%d requests", len(requests))
	}
}
