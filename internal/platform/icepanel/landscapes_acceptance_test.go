// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package icepanel_test

import (
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// TestAccOmittedLandscapes: a list of users without landscapePermissions does not say what a managed member has. What
// state remembers stays, and a change is sent.
func TestAccOmittedLandscapes(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.Set(func(s *fake.Behaviors) { s.IcePanel.OmitUserLandscapes = true })
	declare := func(arguments ...string) string {
		return config(w, append(arguments, "manage_membership = true")...)
	}
	const read, one = `permission = "read"`, "landscape_permissions = { l1 = true }"
	inPlan := func(what plancheck.ResourceActionType) resource.ConfigPlanChecks {
		return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(at, what)}}
	}
	has := func(permission string, landscapes map[string]bool) func() {
		return func() {
			t.Helper()
			got := w.Members(fake.IcePanel, "")[0].Grant
			if got.Permission != permission || !reflect.DeepEqual(got.LandscapePermissions, landscapes) {
				t.Errorf("the member has %s %v, want %s %v", got.Permission, got.LandscapePermissions, permission, landscapes)
			}
		}
	}
	l1 := knownvalue.MapExact(map[string]knownvalue.Check{"l1": knownvalue.Bool(true)})
	acctest.Case(t, func() {}, resource.TestStep{
		Config: declare(read, one),
	}, resource.TestStep{
		PreConfig: func() {
			if _, err := w.Accept(fake.IcePanel, "", ada); err != nil {
				t.Fatal(err)
			}
		},
		Config:           declare(read, one),
		ConfigPlanChecks: inPlan(plancheck.ResourceActionNoop),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(at, tfjsonpath.New("status"), knownvalue.StringExact("accepted")),
			statecheck.ExpectKnownValue(at, tfjsonpath.New("landscape_permissions"), l1),
		},
	}, resource.TestStep{
		Config:           declare(read, "landscape_permissions = { l1 = false }"),
		ConfigPlanChecks: inPlan(plancheck.ResourceActionUpdate),
		PostApplyFunc:    has("read", map[string]bool{"l1": false}),
	}, resource.TestStep{
		Config:           declare(read, one),
		ConfigPlanChecks: inPlan(plancheck.ResourceActionUpdate),
		PostApplyFunc:    has("read", map[string]bool{"l1": true}),
	}, resource.TestStep{
		PreConfig: func() { // an administrator changes the permission, which the list does say
			grant := fake.Grant{Permission: "write", LandscapePermissions: map[string]bool{"l1": true}}
			if err := w.SetMemberGrant(fake.IcePanel, "", ada, grant); err != nil {
				t.Fatal(err)
			}
		},
		RefreshState:       true,
		ExpectNonEmptyPlan: true,
		RefreshPlanChecks: resource.RefreshPlanChecks{PostRefresh: []plancheck.PlanCheck{
			plancheck.ExpectResourceAction(at, plancheck.ResourceActionUpdate),
		}},
	}, resource.TestStep{
		Config:           declare(`permission = "write"`, one),
		ConfigPlanChecks: inPlan(plancheck.ResourceActionNoop),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(at, tfjsonpath.New("landscape_permissions"), l1),
		},
	}, resource.TestStep{
		Config:           declare(`permission = "write"`),
		ConfigPlanChecks: inPlan(plancheck.ResourceActionUpdate),
		PostApplyFunc:    has("write", map[string]bool{}),
	}, resource.TestStep{
		Config:           declare(`permission = "write"`),
		ConfigPlanChecks: inPlan(plancheck.ResourceActionNoop),
	})
}

// TestAccLandscapesNeverGranted: changing the permission of somebody who was never given landscapes leaves them out. What
// an empty map does to such a user is not documented.
func TestAccLandscapesNeverGranted(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	declare := func(permission string) string {
		return config(w, `permission = "`+permission+`"`, "manage_membership = true")
	}
	acctest.Case(t, func() {}, resource.TestStep{
		Config: declare("read"),
		PostApplyFunc: func() {
			if _, err := w.Accept(fake.IcePanel, "", ada); err != nil {
				t.Fatal(err)
			}
		},
	}, resource.TestStep{
		Config: declare("write"),
		PostApplyFunc: func() {
			for _, request := range w.Journal() {
				if request.Operation == fake.UpdateMember && request.Body != `{"permission":"write"}` {
					t.Errorf("sent %s", request.Body)
				}
			}
			if got := w.Members(fake.IcePanel, "")[0].Grant; got.Permission != "write" || got.LandscapePermissions != nil {
				t.Errorf("the member has %s %v", got.Permission, got.LandscapePermissions)
			}
		},
	})
}
