// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// TestAccWhichOrganization: data sources say which organization they read, be it the provider's or another, and so does
// each invitation.
func TestAccWhichOrganization(t *testing.T) {
	t.Parallel()
	for _, p := range fake.Platforms {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			first, second := w.Organization(p), w.SecondOrganization(p)
			if second == "" {
				second = first // the credential belongs to one organization
			}
			for _, organization := range []string{first, second} {
				if _, err := w.SeedInvite(p, organization, fake.Invitation{Email: "ada@example.com"}); err != nil {
					t.Fatal(err)
				}
			}
			lists := []string{"invites", "members"}
			if p == fake.Snyk {
				lists = append(lists, "roles")
			}
			read := func(arguments string) string {
				config := w.Provider(p)
				for _, list := range lists {
					config += fmt.Sprintf("data \"orginvite_%s_%s\" \"all\" {\n  %s\n}\n", p, list, arguments)
				}
				return config
			}
			says := func(organization string) (checks []statecheck.StateCheck) {
				want := knownvalue.StringExact(organization)
				for _, list := range lists {
					at := fmt.Sprintf("data.orginvite_%s_%s.all", p, list)
					checks = append(checks, statecheck.ExpectKnownValue(at, tfjsonpath.New("organization_id"), want))
				}
				return append(checks, statecheck.ExpectKnownValue(fmt.Sprintf("data.orginvite_%s_invites.all", p),
					tfjsonpath.New("invites").AtSliceIndex(0).AtMapKey("organization_id"), want))
			}
			acctest.Case(t, func() {},
				resource.TestStep{
					Config:      read(`organization_id = ""`),
					ExpectError: regexp.MustCompile(`organization_id string length must be at least 1`),
				},
				resource.TestStep{Config: read(""), ConfigStateChecks: says(first)},
				resource.TestStep{Config: read(fmt.Sprintf("organization_id = %q", second)), ConfigStateChecks: says(second)},
			)
		})
	}
}

// TestAccInvitesOfOrganizations: the list of every platform says which organization each invitation belongs to.
func TestAccInvitesOfOrganizations(t *testing.T) {
	t.Parallel()
	w := seeded(t)
	var checks []statecheck.StateCheck
	for at, p := range everywhere {
		item := tfjsonpath.New("invites").AtSliceIndex(at)
		checks = append(checks,
			statecheck.ExpectKnownValue("data.orginvite_invites.all", item.AtMapKey("platform"), knownvalue.StringExact(string(p))),
			statecheck.ExpectKnownValue("data.orginvite_invites.all", item.AtMapKey("organization_id"),
				knownvalue.StringExact(w.Organization(p))))
	}
	acctest.Case(t, func() {}, resource.TestStep{
		Config:            w.Provider(everywhere...) + "data \"orginvite_invites\" \"all\" {}\n",
		ConfigStateChecks: checks,
	})
}
