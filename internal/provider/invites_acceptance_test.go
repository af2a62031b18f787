// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// allInvites is a list of every configured platform, and a text of it.
func allInvites(arguments string) string {
	return "data \"orginvite_invites\" \"all\" {\n" + arguments + `
}
output "all" {
  value = join(", ", [for i in data.orginvite_invites.all.invites : "${i.platform} ${i.email} ${i.status}"])
}
`
}

// TestAccInvites: one list of every configured platform.
func TestAccInvites(t *testing.T) {
	w := seeded(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(w.Expire(fake.IcePanel, "", "first@example.com"))
	third := fake.Invitation{Email: "Third@Other.org", Grant: fake.Grant{Permission: "admin"}}
	_, err := w.SeedInvite(fake.IcePanel, "", third)
	must(err)

	steps := []resource.TestStep{{
		Config:      "provider \"orginvite\" {}\n" + allInvites(""),
		ExpectError: acctest.Error("No platform is configured"),
	}, {
		Config:      w.Provider(everywhere...) + allInvites(`platforms = ["nowhere"]`),
		ExpectError: acctest.Error("code: platforms", "nowhere"),
	}}
	for _, list := range [][2]string{
		{"", "anthropic first@example.com pending, elastic_cloud first@example.com pending, github first@example.com pending, icepanel Third@Other.org pending, snyk first@example.com pending"},
		{`platforms = ["snyk", "icepanel"]`, "icepanel Third@Other.org pending, snyk first@example.com pending"},
		{`status = ["expired"]`, "icepanel first@example.com expired"},
		{`email = "THIRD@other.org"`, "icepanel Third@Other.org pending"},
		{`email_domain = "Example.com"`, "anthropic first@example.com pending, elastic_cloud first@example.com pending, github first@example.com pending, snyk first@example.com pending"},
		{
			`expiring_before = "2099-01-01T00:00:00Z"`,
			"anthropic first@example.com pending, elastic_cloud first@example.com pending, github first@example.com pending, icepanel Third@Other.org pending",
		},
		{`email_domain = "nobody.example"`, ""},
		{"platforms = [\"snyk\"]\nstatus = [\"revoked\"]", ""},
	} {
		steps = append(steps, resource.TestStep{
			Config: w.Provider(everywhere...) + allInvites(list[0]),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownOutputValue("all", knownvalue.StringExact(list[1])),
			},
		})
	}
	steps = append(steps, resource.TestStep{
		Config: w.Provider(everywhere...) + allInvites(`email = "nobody@example.com"`),
		ConfigStateChecks: []statecheck.StateCheck{ // empty, not null
			acctest.Attribute("data.orginvite_invites.all", "invites", knownvalue.ListSizeExact(0)),
		},
	}, resource.TestStep{
		// Only what is configured, and one request for each.
		PreConfig:        w.ResetJournal,
		Config:           w.Provider(fake.Snyk) + allInvites(""),
		ConfigPlanChecks: acctest.BeforeApply(w.Requested(acctest.Counts{fake.ListInvites: 1})),
	})
	w.Test(t, resource.TestCase{Steps: steps})
}

// TestAccInvitesFail: a platform that fails is one error that names it, not a short list.
func TestAccInvitesFail(t *testing.T) {
	t.Parallel()
	w, dir := seeded(t), acctest.NewWorkspace(t)
	dir.Write(w.Provider(everywhere...), allInvites(""))
	for _, p := range everywhere {
		w.Fail(fake.Fault{Platform: p, Operation: fake.ListInvites, Status: 403})
		says := fmt.Sprintf("Could not list the invites of the %s organization %s", p.Title(), w.Organization(p))
		if result := dir.Plan().Fails(says); result.Errors() != 1 {
			t.Errorf("%s: %v", p, result.Diagnostics)
		}
		w.ClearFaults()
	}
}

// TestAccFunction: an address in the form in which addresses are compared.
func TestAccFunction(t *testing.T) {
	config := func(email string) string {
		return fmt.Sprintf(`terraform {
  required_providers {
    orginvite = { source = "hashicorp/orginvite" }
  }
}
output "normal" {
  value = provider::orginvite::normalize_email(%q)
}
`, email)
	}
	acctest.NewWorld(t).Test(t, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{acctest.Functions},
		Steps: []resource.TestStep{{
			Config: config(" Ada@Example.COM "),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownOutputValue("normal", knownvalue.StringExact("ada@example.com")),
			},
		}, {
			Config:      config("Ada"),
			ExpectError: acctest.Error("not an e-mail address"),
		}},
	})
}
