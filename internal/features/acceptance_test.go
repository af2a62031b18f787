package features_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
)

// TestAccNewerTerraform tries with a real program what only newer ones have. What
// the program at hand lacks is skipped, and this test says what that is and why:
// `make test-versions` shows it. The other tests of this package show the same behaviour everywhere.
func TestAccNewerTerraform(t *testing.T) {
	for _, c := range []struct {
		feature acctest.Feature
		try     func(*testing.T, platform)
	}{
		{acctest.Functions, tryFunction},
		{acctest.Identity, tryIdentity},
		{acctest.Queries, tryQuery},
		{acctest.Actions, tryActions},
	} {
		t.Run(c.feature.Name, func(t *testing.T) {
			acctest.Needs(t, c.feature)
			onEach(t, c.try)
		})
	}
}

// TestAccGeneratedByPlan: what `plan -generate-config-out` writes for import blocks is
// imported as it is. On Snyk it holds both names of the role, of which one has to go; the guide says so.
func TestAccGeneratedByPlan(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s platform) {
		w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
		s.seed(t, w.Fake, ada, s.a(w.Fake))
		dir.Write(s.hcl(w), fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", s.address("p0"), ada))
		result := dir.Plan("-generate-config-out=generated.tf")
		if !s.expires() {
			result.Fails("2 attributes specified", "[role_id,role]")
			return
		}
		result.Plans(s.address("p0"), "import")
		dir.Apply()
		dir.Plan().Succeeds().Plans()
		w.ExpectMails(t)
	})
}

// hcl is the configuration of the provider, and of the given people, who all have the platform's grant a.
func (s platform) hcl(w *acctest.World, people ...string) string {
	config := w.Provider(s.Name)
	for n, email := range people {
		config += fmt.Sprintf("resource \"orginvite_%s_invite\" \"p%d\" {\n  email = %q\n  %s\n}\n", s.Name, n, email, s.a(w.Fake).HCL())
	}
	return config
}

func (s platform) address(name string) string {
	return fmt.Sprintf("orginvite_%s_invite.%s", s.Name, name)
}

// tryFunction: keys of maps meet.
func tryFunction(t *testing.T, s platform) {
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	dir.Write("terraform {\n  required_providers {\n    orginvite = { source = \"orginvite/orginvite\" }\n  }\n}\n", w.Provider(s.Name), fmt.Sprintf(`
resource "orginvite_%s_invite" "all" {
  for_each = toset([for email in ["Ada@Example.com", "ada@example.com "] : provider::orginvite::normalize_email(email)])
  email    = each.key
  %s
}
`, s.Name, s.a(w.Fake).HCL()))
	dir.Apply().Succeeds()
	dir.Plan().Succeeds().Plans()
	w.ExpectMails(t, ada)
}

// tryIdentity: import blocks by identity, with the organization and without.
func tryIdentity(t *testing.T, s platform) {
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	s.seed(t, w.Fake, "Ada@Example.com", s.a(w.Fake))
	s.seed(t, w.Fake, grace, s.a(w.Fake))
	dir.Write(s.hcl(w, ada, grace), fmt.Sprintf("import {\n  to = %s\n  identity = { email = %q }\n}\nimport {\n  to = %s\n  identity = { email = %q, organization_id = %q }\n}\n",
		s.address("p0"), ada, s.address("p1"), grace, w.Organization(s.Name)))
	dir.Apply().Succeeds().Plans(s.address("p0"), "import", s.address("p1"), "import")
	dir.Plan().Succeeds().Plans()
	w.ExpectMails(t)

	dir = acctest.NewWorkspace(t)
	dir.Write(s.hcl(w, "nobody@example.com"), fmt.Sprintf("import {\n  to = %s\n  identity = { email = \"nobody@example.com\" }\n}\n", s.address("p0")))
	dir.Plan().Fails("Could not import nobody@example.com")
}

// tryQuery: what is found is imported with the configuration that Terraform generates, and nothing else is planned.
func tryQuery(t *testing.T, s platform) {
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	s.seedEveryStatus(t, w.Fake)
	list := func(arguments string) string {
		return fmt.Sprintf("list \"orginvite_%s_invite\" \"found\" {\n  provider = orginvite\n  %s\n}\n", s.Name, arguments)
	}
	dir.Write(w.Provider(s.Name))

	// The limit holds, and the names are the addresses.
	dir.WriteFile("find.tfquery.hcl", list("limit = 2\n  config {\n    email_domain = \"example.com\"\n  }"))
	result := dir.Run("query", "-json").Succeeds()
	for email, want := range map[string]bool{`"bob@example.com"`: true, `"Zoe@Example.com"`: true, "notexample": false, "expired@": false} {
		if strings.Contains(result.Out, email) != want {
			t.Errorf("found %s: %v, want %v\n%s", email, !want, want, result.Out)
		}
	}

	config := `config {
    status = ["pending", "expired", "accepted"]
  }`
	dir.WriteFile("find.tfquery.hcl", list("include_resource = true\n  "+config))
	dir.Run("query", "-json", "-generate-config-out=found.tf").Succeeds()
	generated := dir.ReadFile("found.tf")
	count := 4 + s.more()
	if got := strings.Count(generated, "import {"); got != count {
		t.Errorf("%d import blocks, want %d:\n%s", got, count, generated)
	}
	applied := dir.Apply()
	imported := 0
	for _, action := range applied.Changes {
		if action == "import" {
			imported++
		}
	}
	if imported != count || len(applied.Changes) != count || applied.Errors() > 0 {
		t.Fatalf("planned %v, want %d imports: %v\n%s", applied.Changes, count, applied.Diagnostics, generated)
	}
	dir.Plan().Plans()
	w.ExpectMails(t)
}

// tryActions: a declared invitation is sent again and revoked from the command line.
func tryActions(t *testing.T, s platform) {
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	action := func(name, email string) string {
		return fmt.Sprintf("action \"orginvite_%s_%s\" %q {\n  config {\n    email = %q\n  }\n}\n", s.Name, name, strings.Split(email, "@")[0], email)
	}
	dir.Write(s.hcl(w, ada), action("resend", ada), action("revoke", ada), action("resend", grace))
	dir.Apply().Succeeds()
	invoke := func(name, email string) *acctest.Result {
		return dir.Run("apply", "-json", "-input=false", "-auto-approve", fmt.Sprintf("-invoke=action.orginvite_%s_%s.%s", s.Name, name, strings.Split(email, "@")[0]))
	}
	told := invoke("resend", ada).Succeeds().Out
	for _, text := range []string{"going to send the invitation of " + ada, "sent: a pending invitation"} {
		if !strings.Contains(told, text) {
			t.Errorf("told nothing of %q:\n%s", text, told)
		}
	}
	w.ExpectMails(t, ada, ada) // one for the create
	dir.Apply().Succeeds().Plans()
	invoke("resend", grace).Fails("Nobody is invited under " + grace)
	invoke("revoke", ada).Succeeds()
	if told := invoke("revoke", ada).Succeeds().Out; !strings.Contains(told, "there is nothing to revoke") {
		t.Errorf("told %s", told)
	}
	dir.Plan().Succeeds().Plans(s.address("p0"), "create")
	w.ExpectMails(t, ada, ada)
}
