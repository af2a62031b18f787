// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// refused are steps whose plan must fail.
func (s *story) refused(config func(Wrong) string, table []Wrong) (steps []resource.TestStep) {
	for _, one := range table {
		steps = append(steps, resource.TestStep{
			PreConfig:   func() { s.t.Log(one.Name) },
			Config:      config(one),
			PlanOnly:    true,
			ExpectError: Error(one.Says...),
		})
	}
	return steps
}

// badInput: what cannot be an invitation is refused while planning, and the platform is not asked.
func badInput(s *story) {
	var table []Wrong
	wrong := func(name, hcl string, says ...string) { table = append(table, Wrong{Name: name, HCL: hcl, Says: says}) }
	for _, email := range []string{
		"", "ada", "ada@", "ada@example", "Ada <ada@example.com>", "ada@example.com, eve@example.com",
		" ada@example.com", "ada@exa mple.com",
	} {
		wrong("e-mail "+email, fmt.Sprintf("email = %q\n%s", email, s.a.HCL()), "Not an e-mail address", "code: email")
	}
	if s.ExpiresIn != "" {
		for _, text := range []string{"", "soon", "7", "-1h", "0h", "1.5h", "7 d", "99999w"} {
			wrong("lifetime "+text, fmt.Sprintf("email = %q\n%s\nexpires_in = %q", ada, s.a.HCL(), text),
				"Not a duration", "code: expires_in")
		}
	}
	if s.HasExpiresAt {
		end := func(arguments string) string { return fmt.Sprintf("email = %q\n%s\n%s", ada, s.a.HCL(), arguments) }
		wrong("two ends", end("expires_in = \"7d\"\nexpires_at = \"2099-01-01T00:00:00Z\""), "expires_at")
		wrong("no date", end(`expires_at = "tomorrow"`), "code: expires_at", "RFC3339")
		wrong("past", end(`expires_at = "2020-01-01T00:00:00Z"`), "lies in the past", "code: expires_at", "expires_in")
	}
	for _, one := range s.Wrong {
		wrong(one.Name, fmt.Sprintf("email = %q\n%s", ada, one.HCL), one.Says...)
	}
	steps := s.refused(func(one Wrong) string {
		return s.config(fmt.Sprintf("resource %q \"ada\" {\n%s\n}\n", s.Resource(), one.HCL))
	}, table)
	s.test(append(steps, s.nothingAsked())...)
}

// nothingAsked is a step that ends a test in which the platform must not be asked.
func (s *story) nothingAsked() resource.TestStep {
	return resource.TestStep{
		Config:   `provider "orginvite" {}`, // a platform that is not used needs no configuration
		PlanOnly: true,
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PostApplyPostRefresh: []plancheck.PlanCheck{Plans(), s.world.Requested(Counts{})},
		},
	}
}

// badProviderBlock: where a connection cannot be configured, the error names what to set.
func badProviderBlock(s *story) {
	_, secret := s.world.Credential(s.Name)
	credential := fmt.Sprintf("%s = %q", s.Credential, secret)
	organization := fmt.Sprintf("organization_id = %q", s.world.Organization(s.Name))
	url := fmt.Sprintf("base_url = %q", s.Name.BaseURL(s.world.URL))
	block := func(arguments ...string) string {
		text := fmt.Sprintf("provider \"orginvite\" {\n  %s = {\n", s.Name)
		for _, argument := range arguments {
			text += "    " + argument + "\n"
		}
		return text + "  }\n}\n"
	}
	where := string(s.Name) + ".base_url"
	baseURL := func(url string) string { return block(credential, organization, fmt.Sprintf("base_url = %q", url)) }
	other := func(argument string) string { return "provider \"orginvite\" {\n  " + argument + "\n}\n" }
	table := []Wrong{
		{"nothing", `provider "orginvite" {}`, []string{s.Credential, s.CredentialEnv}},
		{"no credential", block(organization, url), []string{s.Credential, s.CredentialEnv}},
		{"empty", block(s.Credential+` = ""`, organization, url), []string{s.Credential, s.CredentialEnv}},
		{"plain http", baseURL("http://api.example.com"), []string{where, "it must use https"}},
		{"no host", baseURL("api.example.com"), []string{where, "https://"}},
		{"other scheme", baseURL("ftp://api.example.com"), []string{where, "https://"}},
		{"password", baseURL("https://me:secret@api.example.com"), []string{where, "user name or password"}},
		{"query", baseURL("https://api.example.com/?a=b"), []string{where, "a query"}},
		{"timeout", other(`request_timeout = "soon"`), []string{"code: request_timeout", "30s"}},
		{"retries", other("max_retries = -1"), []string{"code: max_retries"}},
	}
	if !s.OneOrganization {
		table = append(table, Wrong{"no organization", block(credential, url), []string{"organization_id", s.OrganizationEnv}})
	}
	if s.Other != "" {
		table = append(table, Wrong{
			"two credentials", block(credential, s.Other+` = "x"`, organization, url), []string{s.Credential, s.Other},
		})
	}
	steps := s.refused(func(one Wrong) string { return one.HCL + "\n" + s.ada(s.a) }, table)
	s.test(append(steps, s.nothingAsked())...)
}

// late is a resource whose output is known only after it was applied.
func (s *story) late() string {
	_, secret := s.world.Credential(s.Name)
	return fmt.Sprintf(`resource "terraform_data" "late" {
  input = {
    secret       = %q
    organization = %q
    url          = %q
    email        = %q
    end          = "2099-01-01T00:00:00Z"
  }
}
`, secret, s.world.Organization(s.Name), s.Name.BaseURL(s.world.URL), ada)
}

// unknownProviderBlock: a provider block that is known only while applying does not fail the plan.
func unknownProviderBlock(s *story) {
	provider := fmt.Sprintf(`provider "orginvite" {
  %s = {
    %s = terraform_data.late.output.secret
    organization_id = terraform_data.late.output.organization
    base_url = terraform_data.late.output.url
  }
}
`, s.Name, s.Credential)
	list := fmt.Sprintf("data \"orginvite_%s_invites\" \"all\" {\n  depends_on = [%s]\n}\n", s.Name, s.at())
	s.test(resource.TestStep{
		Config: provider + s.late() + s.ada(s.a) + list,
		ConfigPlanChecks: BeforeApply(
			Plans("terraform_data.late", "create", s.at(), "create"),
			s.world.Requested(Counts{}),
		),
		ConfigStateChecks: []statecheck.StateCheck{s.status(s.at(), fake.Pending), s.world.Mailed(ada)},
	})
}

// unknownArguments: arguments of the resource that are known only while applying do not fail the plan.
func unknownArguments(s *story) {
	arguments := []string{
		"email = terraform_data.late.output.email", s.a.HCL(),
		"organization_id = terraform_data.late.output.organization",
	}
	if s.HasExpiresAt {
		arguments = append(arguments, "expires_at = terraform_data.late.output.end")
	}
	declared := fmt.Sprintf("resource %q \"ada\" {\n  %s\n}\n", s.Resource(), strings.Join(arguments, "\n  "))
	s.test(resource.TestStep{
		Config:            s.config(s.late(), declared),
		ConfigStateChecks: []statecheck.StateCheck{s.status(s.at(), fake.Pending), s.world.Mailed(ada)},
	})
}
