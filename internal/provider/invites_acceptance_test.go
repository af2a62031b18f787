package provider_test

import (
	"fmt"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// TestAccInvites: one list of every configured platform.
func TestAccInvites(t *testing.T) {
	t.Parallel()
	w, dir := seeded(t), acctest.NewWorkspace(t)
	if err := w.Expire(fake.IcePanel, "", "first@example.com"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.SeedInvite(fake.IcePanel, "", fake.Invitation{Email: "Third@Other.org", Grant: fake.Grant{Permission: "admin"}}); err != nil {
		t.Fatal(err)
	}
	all := func(arguments string) string {
		return "data \"orginvite_invites\" \"all\" {\n" + arguments + "\n}\noutput \"all\" {\n  value = join(\", \", [for i in data.orginvite_invites.all.invites : \"${i.platform} ${i.email} ${i.status}\"])\n}\n"
	}
	for arguments, want := range map[string]string{
		"":                                 "elastic_cloud first@example.com pending, icepanel Third@Other.org pending, snyk first@example.com pending",
		`platforms = ["snyk", "icepanel"]`: "icepanel Third@Other.org pending, snyk first@example.com pending",
		`status = ["expired"]`:             "icepanel first@example.com expired",
		`email = "THIRD@other.org"`:        "icepanel Third@Other.org pending",
		`email_domain = "Example.com"`:     "elastic_cloud first@example.com pending, snyk first@example.com pending",
		`expiring_before = "2099-01-01T00:00:00Z"`:       "elastic_cloud first@example.com pending, icepanel Third@Other.org pending",
		`email_domain = "nobody.example"`:                "",
		"platforms = [\"snyk\"]\nstatus = [\"revoked\"]": "",
	} {
		dir.Write(w.Provider(everywhere...), all(arguments))
		dir.Apply().Succeeds()
		if got := dir.State()["output.all"].Text("value"); got != want {
			t.Errorf("%s: got %q, want %q", arguments, got, want)
		}
	}
	dir.Write(w.Provider(everywhere...), all(`email = "nobody@example.com"`))
	dir.Apply().Succeeds()
	items, _ := dir.State()["data.orginvite_invites.all"]["invites"].([]any)
	if items == nil || len(items) > 0 {
		t.Errorf("an empty list is %v", items)
	}

	// Only what is configured, and one request for each.
	dir.Write(w.Provider(fake.Snyk), all(""))
	w.During(func() { dir.Apply().Succeeds() }).Expect(t, acctest.Counts{fake.ListInvites: 1})
	dir.Write("provider \"orginvite\" {}\n", all(""))
	dir.Plan().Fails("No platform is configured")

	// One that fails is an error that names it, not a short list.
	for _, p := range everywhere {
		w.Fail(fake.Fault{Platform: p, Operation: fake.ListInvites, Status: 403})
		dir.Write(w.Provider(everywhere...), all(""))
		if result := dir.Plan().Fails(fmt.Sprintf("Could not list the invites of the %s organization %s", p.Title(), w.Organization(p))); result.Errors() != 1 {
			t.Errorf("%s: %v", p, result.Diagnostics)
		}
		w.ClearFaults()
	}
	dir.Write(w.Provider(everywhere...), all(`platforms = ["github"]`))
	dir.Plan().Fails("github", "code: platforms")
}

// TestAccFunction: an address in the form in which addresses are compared.
func TestAccFunction(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.Functions)
	dir := acctest.NewWorkspace(t)
	config := "terraform {\n  required_providers {\n    orginvite = {\n      source = \"orginvite/orginvite\"\n    }\n  }\n}\noutput \"normal\" {\n  value = provider::orginvite::normalize_email(%q)\n}\n"
	dir.Write(fmt.Sprintf(config, " Ada@Example.COM "))
	dir.Apply().Succeeds()
	if got := dir.State()["output.normal"].Text("value"); got != "ada@example.com" {
		t.Errorf("got %q", got)
	}
	dir.Write(fmt.Sprintf(config, "Ada"))
	dir.Plan().Fails("not an e-mail address")
}
