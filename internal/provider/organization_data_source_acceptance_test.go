// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// TestAccOrganization: every platform shows the name of the organization that is configured, or of the one that is
// named, in one request that all data sources of a run share.
func TestAccOrganization(t *testing.T) {
	t.Parallel()
	for _, p := range everywhere {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			read := func(name, arguments string) string {
				return fmt.Sprintf("data \"orginvite_%s_organization\" %q {\n%s\n}\n", p, name, arguments)
			}
			at := "data.orginvite_" + string(p) + "_organization.one"
			known := func(name string, want knownvalue.Check) statecheck.StateCheck {
				return statecheck.ExpectKnownValue(at, tfjsonpath.New(name), want)
			}
			second := w.SecondOrganization(p)
			if second == "" {
				second = w.Organization(p) // the credential belongs to one organization
			}
			var once int
			acctest.Case(t, func() {},
				resource.TestStep{
					PreConfig: w.ResetJournal,
					Config:    w.Provider(p) + read("one", ""),
					ConfigStateChecks: []statecheck.StateCheck{
						known("organization_id", knownvalue.StringExact(w.Organization(p))),
						known("name", knownvalue.NotNull()),
					},
				},
				resource.TestStep{
					PreConfig: func() { once = organizationReads(w); w.ResetJournal() },
					Config:    w.Provider(p) + read("one", "") + read("two", "") + read("three", ""),
				},
				resource.TestStep{
					PreConfig: func() {
						if shared := organizationReads(w); shared != once {
							t.Errorf("%d requests for three data sources, %d for one", shared, once)
						}
					},
					Config:            w.Provider(p) + read("one", fmt.Sprintf("organization_id = %q", second)),
					ConfigStateChecks: []statecheck.StateCheck{known("organization_id", knownvalue.StringExact(second))},
				},
				resource.TestStep{
					PreConfig: func() {
						w.Fail(fake.Fault{Platform: p, Operation: fake.GetOrganization, Status: 403})
					},
					Config: w.Provider(p) + read("one", ""),
					ExpectError: regexp.MustCompile(`Could not read the ` + p.Title() + ` organization\s+` +
						strings.ReplaceAll(w.Organization(p), "-", `-\s*`)),
				},
			)
		})
	}
}

// organizationReads is how many requests read an organization.
func organizationReads(w *acctest.World) (reads int) {
	for _, request := range w.Journal() {
		if request.Operation == fake.GetOrganization {
			reads++
		}
	}
	return reads
}

// TestAccOrganizationDetails: what only some platforms show.
func TestAccOrganizationDetails(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t, func(s *fake.Behaviors) { s.IcePanel.Seats = 7 })
	for email, permission := range map[string]string{
		"a@x.io": "write", "b@x.io": "admin", "c@x.io": "read", "d@x.io": "billing",
	} {
		grant := fake.Grant{Permission: permission}
		if _, err := w.SeedMember(fake.IcePanel, "", fake.Member{Email: email, Grant: grant}); err != nil {
			t.Fatal(err)
		}
	}
	icepanel, snyk := "data.orginvite_icepanel_organization.this", "data.orginvite_snyk_organization.this"
	is := func(at, name string, want knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue(at, tfjsonpath.New(name), want)
	}
	acctest.Case(t, func() {}, resource.TestStep{
		Config: w.Provider(fake.IcePanel, fake.Snyk) +
			"data \"orginvite_icepanel_organization\" \"this\" {}\ndata \"orginvite_snyk_organization\" \"this\" {}\n",
		ConfigStateChecks: []statecheck.StateCheck{
			is(icepanel, "plan", knownvalue.StringExact("growth")),
			is(icepanel, "seats", knownvalue.Int64Exact(7)),
			is(icepanel, "seats_used", knownvalue.Int64Exact(2)),
			is(snyk, "slug", knownvalue.NotNull()),
			is(snyk, "group_id", knownvalue.NotNull()),
		},
	})
}
