// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package docscheck_test

import (
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// TestAccMovesInGuides: the configurations with which the guides bring people under Terraform import those who are there,
// as they are written, and mail nobody.
func TestAccMovesInGuides(t *testing.T) {
	t.Parallel()
	acctest.Needs(t, acctest.Removed)
	on := func(roles *fake.RoleAssignments) fake.Grant { return fake.Grant{RoleAssignments: roles} }
	everything := true
	for page, there := range map[string]func(*acctest.World) error{
		"templates/guides/from-curl.md": func(w *acctest.World) error {
			if _, err := w.SeedInvite(fake.IcePanel, "", fake.Invitation{Email: "Ada@example.com", Grant: fake.Grant{Permission: "write"}}); err != nil {
				return err
			}
			_, err := w.SeedMember(fake.IcePanel, "", fake.Member{Email: "grace@example.com", Grant: fake.Grant{Permission: "read"}})
			return err
		},
		"templates/guides/from-ec-organization.md": func(w *acctest.World) error {
			if _, err := w.SeedInvite(fake.ElasticCloud, "", fake.Invitation{Email: "ada@example.com", Grant: on(&fake.RoleAssignments{Deployment: []fake.RoleAssignment{
				{OrganizationID: w.Organization(fake.ElasticCloud), RoleID: "deployment-viewer", All: &everything},
				{OrganizationID: w.Organization(fake.ElasticCloud), RoleID: "deployment-editor", DeploymentIDs: []string{"cb8c6f0a1d9e4b7f8a2e3c5d6f7a8b9c"}},
			}})}); err != nil {
				return err
			}
			_, err := w.SeedMember(fake.ElasticCloud, "", fake.Member{Email: "grace@example.com", Grant: on(&fake.RoleAssignments{Organization: []fake.RoleAssignment{
				{OrganizationID: w.Organization(fake.ElasticCloud), RoleID: "organization-admin"},
			}})})
			return err
		},
	} {
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			var shown []string
			for _, one := range blocks(t, "terraform") {
				if one.page == page && strings.Contains(one.text, "\nimport {") {
					shown = append(shown, one.text)
				}
			}
			if len(shown) != 1 {
				t.Fatalf("%d configurations import", len(shown))
			}
			w := acctest.NewWorld(t)
			if err := there(w); err != nil {
				t.Fatal(err)
			}
			dir := acctest.NewBuiltWorkspace(t, w.Environment(w.URL)...)
			dir.Write(requirement, shown[0])
			plan := dir.Run("plan", "-input=false", "-no-color").Succeeds()
			if !strings.Contains(plan.Out, "Plan: 2 to import, 0 to add, 0 to change, 0 to destroy.") {
				t.Fatalf("the plan does not only import:\n%s", plan.Out)
			}
			dir.Apply().Succeeds()
			dir.Plan().Succeeds().Plans()
			w.ExpectMails(t)
		})
	}
}
