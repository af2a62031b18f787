// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// TestAccNothingSecretIsTold tells a whole story on all platforms with the most
// talkative log there is, errors included, and then looks for every secret in
// everything that Terraform and the provider wrote.
func TestAccNothingSecretIsTold(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	// The credentials come from the environment: what is written in a configuration, Terraform itself shows in a plan.
	dir := acctest.NewBuiltWorkspace(t, append(w.Environment(w.URL), "TF_LOG=TRACE")...)
	var told strings.Builder
	run := func(result *acctest.Result) *acctest.Result {
		told.WriteString(result.Out + result.Log + dir.StateFile())
		return result
	}
	plan := func() {
		run(dir.Plan())
		run(dir.Run("show", "-json", "saved.tfplan"))
	}
	people := func(arguments string) string {
		config := lists()
		for p, grant := range map[fake.Platform]string{
			fake.IcePanel: `permission = "read"`, fake.Snyk: `role = "Org Admin"`, fake.ElasticCloud: `role_assignments = { organization = [{ role_id = "billing-admin" }] }`,
			fake.GitHub: ``, fake.Anthropic: `role = "user"`,
		} {
			config += fmt.Sprintf("resource \"orginvite_%s_invite\" \"ada\" {\n  email = \"ada@example.com\"\n  %s\n  %s\n}\n", p, grant, arguments)
		}
		return "provider \"orginvite\" {\n  max_retries = 1\n  request_timeout = \"2s\"\n}\n" + config
	}
	fail := func(fault fake.Fault) {
		w.Fail(fault)
		run(dir.Apply())
		w.ClearFaults()
	}

	dir.Write(people(""))
	plan()
	for _, p := range everywhere {
		w.Fail(fake.Fault{Platform: p, Operation: fake.CreateInvite, Kind: fake.Truncated, Times: 1})
	}
	run(dir.ApplyPlan()).Succeeds() // every answer is lost, and found again
	fail(fake.Fault{Operation: fake.ListInvites, Status: 401})
	fail(fake.Fault{Operation: fake.ListInvites, Kind: fake.Dropped})
	fail(fake.Fault{Operation: fake.ListInvites, Kind: fake.Redirect})
	fail(fake.Fault{Operation: fake.ListInvites, Kind: fake.MissingFields})

	// Platforms that repeat the credential in their own words, and one that repeats a token.
	for _, p := range everywhere {
		_, secret := w.Credential(p)
		body := strings.ReplaceAll(`{"message":"bad key SECRET","errors":[{"code":"x","message":"SECRET is bad","detail":"not SECRET"}]}`, "SECRET", secret)
		fail(fake.Fault{Platform: p, Operation: fake.ListInvites, Status: 500, Body: body})
	}
	token := w.Invitations(fake.ElasticCloud, "")[0].ID
	dir.Write(people(`adopt_existing = true`), "")
	plan()
	w.Fail(fake.Fault{
		Platform: fake.ElasticCloud, Operation: fake.RevokeInvite, Status: 400, Times: 1,
		Body: `{"errors":[{"code":"root.invalid","message":"no such token ` + token + `","fields":["` + token + `"]}]}`,
	})
	run(dir.Destroy()).Fails("no such token ***")
	w.ClearFaults()
	run(dir.Apply()).Succeeds()
	for _, p := range everywhere {
		if _, err := w.Accept(p, "", "ada@example.com"); err != nil {
			t.Fatal(err)
		}
	}
	run(dir.Apply())
	run(dir.Run("show", "-json"))
	dir.Write(people(`manage_membership = true`))
	plan()
	run(dir.ApplyPlan())
	run(dir.Destroy()).Succeeds()
	run(dir.Run("import", "-input=false", "orginvite_elastic_cloud_invite.ada", "nobody@example.com"))

	said := told.String()
	for _, platform := range []string{"IcePanel", "Snyk", "Elastic Cloud", "/v1/organizations/", "/rest/orgs/", "/api/v1/organizations/"} {
		if !strings.Contains(said, platform) {
			t.Errorf("%q is not in %d bytes of output: the log is not what this test takes it for", platform, len(said))
		}
	}
	secrets := w.Secrets()
	if len(secrets) < 7 {
		t.Fatalf("only %d secrets", len(secrets))
	}
	for _, secret := range secrets {
		if at := strings.Index(said, secret); at >= 0 {
			t.Errorf("a secret was told: ...%s", strings.ReplaceAll(said[max(0, at-300):min(len(said), at+len(secret)+50)], secret, "<SECRET>"))
		}
	}
}
