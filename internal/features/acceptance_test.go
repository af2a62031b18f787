// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package features_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// TestAccNewerTerraform tries with a real program what only newer ones have. What the program at hand lacks is skipped,
// and this test says what that is and why: `make test-versions` shows it. The other tests of this package show the same
// behavior over the plugin protocol, on any program.
func TestAccNewerTerraform(t *testing.T) {
	for _, c := range []struct {
		feature acctest.Feature
		try     func(*testing.T, acceptance)
	}{
		{acctest.Functions, tryFunction},
		{acctest.Identity, tryIdentity},
		{acctest.Queries, tryQuery},
		{acctest.Queries, tryGenerate},
		{acctest.Actions, tryActions},
	} {
		t.Run(c.feature.Name, func(t *testing.T) {
			acctest.Needs(t, c.feature)
			for _, platform := range testplatform.All {
				t.Run(string(platform.Name), func(t *testing.T) { c.try(t, newAcceptance(t, platform)) })
			}
		})
	}
}

// acceptance is a test on a real program: a platform, and everything that can be granted there.
type acceptance struct {
	testplatform.Platform
	world  *acctest.World
	grants []testplatform.Grant
}

func newAcceptance(t *testing.T, platform testplatform.Platform) acceptance {
	t.Helper()
	world := acctest.NewWorld(t)
	return acceptance{platform, world, platform.Grants(world.Fake, world.Organization(platform.Name))}
}

// address is that of the invitation of the nth person.
func (a acceptance) address(n int) string { return fmt.Sprintf("%s.p%d", a.Resource(), n) }

// declare is the configuration of the provider, and of people who have one grant after the other.
func (a acceptance) declare(people ...string) string {
	config := a.world.Provider(a.Name)
	for n, email := range people {
		config += fmt.Sprintf("resource %q \"p%d\" {\n  email = %q\n  %s\n}\n", a.Resource(), n, email, a.grant(n).HCL())
	}
	return config
}

func (a acceptance) grant(n int) testplatform.Grant { return a.grants[n%len(a.grants)] }

// invite has somebody else invite people, with one grant after the other.
func (a acceptance) invite(t *testing.T, people ...string) {
	t.Helper()
	for n, email := range people {
		_, err := a.world.SeedInvite(a.Name, "", fake.Invitation{Email: email, Grant: a.grant(n).Fake})
		must(t, err)
	}
}

// test runs a test case where the program has a feature.
func (a acceptance) test(t *testing.T, feature acctest.Feature, steps ...resource.TestStep) {
	t.Helper()
	a.world.Test(t, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{feature},
		Steps:                  steps,
	})
}

// TestAccGeneratedByPlan: what `plan -generate-config-out` writes for import blocks is imported as it is. On Snyk it has
// both names of the role, of which one has to go; the guide says so.
func TestAccGeneratedByPlan(t *testing.T) {
	for _, platform := range testplatform.All {
		t.Run(string(platform.Name), func(t *testing.T) {
			t.Parallel()
			a, dir := newAcceptance(t, platform), acctest.NewWorkspace(t)
			a.invite(t, ada)
			dir.Write(a.declare(), fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", a.address(0), ada))
			result := dir.Plan(tfexec.GenerateConfigOut("generated.tf"))
			if platform.Name == fake.Snyk {
				result.Fails("2 attributes specified", "[role_id,role]")
				return
			}
			result.Plans(a.address(0), "import")
			dir.Apply()
			dir.Plan().Succeeds().Plans()
			a.world.ExpectMails(t)
		})
	}
}

// tryFunction: two spellings of one address are one key of a map.
func tryFunction(t *testing.T, a acceptance) {
	config := a.world.Provider(a.Name) + fmt.Sprintf(`
terraform {
  required_providers {
    orginvite = { source = "hashicorp/orginvite" }
  }
}
resource %q "all" {
  for_each = toset([
    for email in ["Ada@Example.com", "ada@example.com "] : provider::orginvite::normalize_email(email)
  ])
  email = each.key
  %s
}
`, a.Resource(), a.grant(0).HCL())
	a.test(t, acctest.Functions, resource.TestStep{
		Config:            config,
		ConfigStateChecks: []statecheck.StateCheck{a.world.Mailed(ada)},
	}, resource.TestStep{
		Config:  config, // the testing package cannot end with for_each in state
		Destroy: true,
	})
}

// tryIdentity: import blocks by identity, with the organization and without.
func tryIdentity(t *testing.T, a acceptance) {
	a.invite(t, "Ada@Example.com", grace)
	block := func(n int, identity string) string {
		return fmt.Sprintf("import {\n  to = %s\n  identity = { %s }\n}\n", a.address(n), identity)
	}
	identity := func(email string) statecheck.StateCheck {
		return statecheck.ExpectIdentity(a.address(map[string]int{ada: 0, grace: 1}[email]), map[string]knownvalue.Check{
			"organization_id": knownvalue.StringExact(a.world.Organization(a.Name)),
			"email":           knownvalue.StringExact(email),
		})
	}
	nobody := "nobody@example.com"
	a.test(t, acctest.Identity, resource.TestStep{
		Config: a.declare(ada, grace) + block(0, fmt.Sprintf("email = %q", ada)) +
			block(1, fmt.Sprintf("email = %q, organization_id = %q", grace, a.world.Organization(a.Name))),
		ConfigPlanChecks:  acctest.BeforeApply(acctest.Plans(a.address(0), "import", a.address(1), "import")),
		ConfigStateChecks: []statecheck.StateCheck{identity(ada), identity(grace), a.world.Mailed()},
	}, resource.TestStep{
		Config:       a.declare(ada, grace),
		ResourceName: a.address(0), ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity,
	}, resource.TestStep{
		Config:      a.declare(ada, grace, nobody) + block(2, fmt.Sprintf("email = %q", nobody)),
		ExpectError: acctest.Error("Could not import " + nobody),
	})
}

// strangers are people somebody else invited: pending ones, and others.
func (a acceptance) strangers(t *testing.T) (pending, others []string) {
	t.Helper()
	pending = []string{"bob@example.com", "not@notexample.com", "sub@sub.example.com", "Zoe@Example.com"}
	a.invite(t, append(pending, "accepted@example.com", "revoked@example.com")...)
	_, err := a.world.Accept(a.Name, "", "accepted@example.com")
	must(t, err)
	must(t, a.world.RevokeOutside(a.Name, "", "revoked@example.com"))
	if a.Lifetime != 0 {
		a.invite(t, "expired@example.com")
		must(t, a.world.Expire(a.Name, "", "expired@example.com"))
	}
	for _, status := range a.Keeps {
		if status != fake.Revoked {
			others = append(others, string(status)+"@example.com")
		}
	}
	return pending, others
}

func (a acceptance) list(arguments string) string {
	return fmt.Sprintf("list %q \"found\" {\n  provider = orginvite\n  %s\n}\n", a.Resource(), arguments)
}

const everyStatus = `config {
    status = ["pending", "expired", "accepted"]
  }`

// tryQuery: a query finds pending invitations under their addresses, those of a domain, and no more than its limit.
func tryQuery(t *testing.T, a acceptance) {
	pending, others := a.strangers(t)
	address := a.Resource() + ".found"
	found := func(emails ...string) []querycheck.QueryResultCheck {
		checks := []querycheck.QueryResultCheck{querycheck.ExpectLength(address, len(emails))}
		for _, email := range emails {
			identity := map[string]knownvalue.Check{
				"organization_id": knownvalue.StringExact(a.world.Organization(a.Name)),
				"email":           knownvalue.StringExact(strings.ToLower(email)),
			}
			checks = append(checks, querycheck.ExpectIdentity(address, identity), querycheck.ExpectResourceDisplayName(
				address, queryfilter.ByResourceIdentity(identity), knownvalue.StringExact(email),
			))
		}
		return checks
	}
	query := func(arguments string, checks []querycheck.QueryResultCheck) resource.TestStep {
		return resource.TestStep{Query: true, Config: a.list(arguments), QueryResultChecks: checks}
	}
	a.test(t, acctest.Queries,
		resource.TestStep{Config: a.declare()}, // the provider block stays for the queries
		query("", found(pending...)),
		query("limit = 2\n  config {\n    email_domain = \"example.com\"\n  }", found("bob@example.com", "Zoe@Example.com")),
		query("include_resource = true\n  "+everyStatus, found(append(pending, others...)...)),
	)
	a.world.ExpectMails(t)
}

// tryGenerate: what a query finds is imported with the configuration that Terraform generates for it, and nothing else
// is planned. The testing package does not generate configurations for queries.
func tryGenerate(t *testing.T, a acceptance) {
	t.Parallel()
	dir := acctest.NewWorkspace(t)
	pending, others := a.strangers(t)
	dir.Write(a.declare())
	dir.WriteFile("find.tfquery.hcl", a.list("include_resource = true\n  "+everyStatus))
	dir.Run("query", "-json", "-generate-config-out=found.tf").Succeeds()
	generated, count := dir.ReadFile("found.tf"), len(pending)+len(others)
	if got := strings.Count(generated, "import {"); got != count {
		t.Errorf("%d import blocks, want %d:\n%s", got, count, generated)
	}
	applied := dir.Apply()
	for address, action := range applied.Changes() {
		if action != "import" {
			t.Errorf("%s: planned to %s", address, action)
		}
	}
	if len(applied.Changes()) != count || applied.Errors() > 0 {
		t.Fatalf("planned %v, want %d imports: %v\n%s", applied.Changes(), count, applied.Diagnostics, generated)
	}
	dir.Plan().Plans()
	a.world.ExpectMails(t)
}

// tryActions: a declared invitation is sent again and revoked from the command line, with an option that neither the
// testing package nor terraform-exec has.
func tryActions(t *testing.T, a acceptance) {
	t.Parallel()
	dir := acctest.NewWorkspace(t)
	name := func(email string) string { return strings.Split(email, "@")[0] }
	action := func(verb, email string) string {
		return fmt.Sprintf("action \"orginvite_%s_%s\" %q {\n  config {\n    email = %q\n  }\n}\n", a.Name, verb, name(email), email)
	}
	dir.Write(a.declare(ada), action("resend", ada), action("revoke", ada), action("resend", grace))
	dir.Apply().Succeeds()
	invoke := func(verb, email string) *acctest.Result {
		target := fmt.Sprintf("-invoke=action.orginvite_%s_%s.%s", a.Name, verb, name(email))
		return dir.Run("apply", "-json", "-input=false", "-auto-approve", target)
	}
	progress := invoke("resend", ada).Succeeds().Out
	for _, text := range []string{"going to send the invitation of " + ada, "sent: a pending invitation"} {
		if !strings.Contains(progress, text) {
			t.Errorf("no %q in the progress:\n%s", text, progress)
		}
	}
	a.world.ExpectMails(t, ada, ada) // one for the create
	dir.Apply().Succeeds().Plans()
	invoke("resend", grace).Fails("Nobody is invited under " + grace)
	invoke("revoke", ada).Succeeds()
	if progress := invoke("revoke", ada).Succeeds().Out; !strings.Contains(progress, "there is nothing to revoke") {
		t.Errorf("progress: %s", progress)
	}
	if slices.Contains(a.Keeps, fake.Revoked) {
		dir.Plan().Succeeds().Plans(a.address(0), "create")
	} else { // it was sent just now, and a list may lag
		dir.Plan().Warns("is not listed yet").Plans()
	}
	a.world.ExpectMails(t, ada, ada)
}
