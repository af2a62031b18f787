// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package icepanel_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// TestAccSeatsInPlan: a plan that asks for more paid seats than are free warns at each resource that no longer fits. It
// asks the platform once, and only when somebody takes a seat.
func TestAccSeatsInPlan(t *testing.T) {
	acctest.CLI(t)
	t.Parallel()
	w := acctest.NewWorld(t, func(s *fake.Behaviors) { s.IcePanel.Seats = 3 })
	dir := acctest.NewWorkspace(t)
	grant := fake.Grant{Permission: "write"}
	_, err := w.SeedMember(fake.IcePanel, "", fake.Member{Email: "m@example.com", Grant: grant})
	must(t, err)
	_, err = w.SeedInvite(fake.IcePanel, "", fake.Invitation{Email: "n@example.com", Grant: grant})
	must(t, err)
	people := func(permission string, count int) string {
		return fmt.Sprintf(`resource "orginvite_icepanel_invite" "p" {
  count      = %d
  email      = "p${count.index}@example.com"
  permission = %q
}
`, count, permission)
	}
	lists := acctest.Counts{fake.ListInvites: 1, fake.ListMembers: 1}
	dir.Write(w.Provider(fake.IcePanel), people("read", 5))
	w.During(func() { dir.Plan().Succeeds() }).Expect(t, lists)

	lists[fake.GetOrganization] = 1
	dir.Write(w.Provider(fake.IcePanel), people("write", 1))
	w.During(func() { dir.Plan().Succeeds() }).Expect(t, lists)
	dir.Write(w.Provider(fake.IcePanel), people("write", 3))
	w.During(func() {
		dir.Plan().Warns(
			"so far: 2. Free seats: 1 (the organization has 3, members take 1, and pending",
			"so far: 3. Free seats: 1 (")
	}).Expect(t, lists)

	// Never an error: seats that cannot be read are not compared.
	w.Fail(fake.Fault{Platform: fake.IcePanel, Operation: fake.GetOrganization, Status: 500})
	dir.Plan().Succeeds()
	w.ClearFaults()
}

// TestAccSeatsReplaced: an invitation that is replaced frees its seat for the one that takes its place.
func TestAccSeatsReplaced(t *testing.T) {
	w := acctest.NewWorld(t, func(s *fake.Behaviors) { s.IcePanel.Seats = 1 })
	w.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{Config: config(w, `permission = "write"`)},
		{
			Config:            config(w, `permission = "admin"`),
			ConfigPlanChecks:  acctest.BeforeApply(acctest.Plans(at, "replace")),
			ConfigStateChecks: []statecheck.StateCheck{w.Warned()},
		},
	}})
}
