// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package icepanel_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// subject is IcePanel.
func subject() acctest.Subject {
	return acctest.Subject{
		Platform:        testplatform.Of(fake.IcePanel),
		Credential:      "api_key",
		CredentialEnv:   "ICEPANEL_API_KEY",
		Other:           "bearer_token",
		OrganizationEnv: "ICEPANEL_ORGANIZATION_ID",
		Wrong: []acctest.Wrong{
			{Name: "permission", HCL: `permission = "owner"`, Says: []string{"code: permission", "read", "billing"}},
			{Name: "no permission", HCL: ``, Says: []string{`"permission" is required`}},
			{
				Name: "landscape", HCL: "permission = \"read\"\nlandscape_permissions = { \"\" = true }",
				Says: []string{"landscape_permissions"},
			},
			{
				Name: "landscape access", HCL: "permission = \"read\"\nlandscape_permissions = { x = \"perhaps\" }",
				Says: []string{"code: landscape_permissions"},
			},
		},
		Filter: testplatform.Grant.HCL,
	}
}

func TestAccStories(t *testing.T) {
	t.Parallel()
	acctest.Run(t, subject())
}

// TestAccBehaviors: what the documentation leaves open, in other ways than the fake's usual one.
func TestAccBehaviors(t *testing.T) {
	t.Parallel()
	for name, behave := range map[string]func(*fake.IcePanelBehaviors){
		"terse": func(s *fake.IcePanelBehaviors) {
			s.Emails, s.OmitUsedBy, s.RevokeFinished, s.LandscapePermissions = fake.LowerCased, true, 404, fake.LandscapesAbsent
		},
		"strict": func(s *fake.IcePanelBehaviors) {
			s.ExistingMember, s.RevokeFinished, s.LandscapePermissions, s.AcceptPastExpiry = fake.Refused, 409, fake.LandscapesEmptyIfUnset, true
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.RunWith(t, subject(), func(s *fake.Behaviors) { behave(&s.IcePanel) },
				"expired", "destroy", "accepted meanwhile")
		})
	}
}

const (
	at  = "orginvite_icepanel_invite.ada"
	ada = "ada@example.com"
)

// config declares one invitation with the given arguments.
func config(w *acctest.World, arguments ...string) string {
	return w.Provider(fake.IcePanel) + subject().Declare("ada", ada, arguments...)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestAccFixedEnd: expires_at is an instant, however it is written.
func TestAccFixedEnd(t *testing.T) {
	w := acctest.NewWorld(t)
	const read = `permission = "read"`
	end := time.Date(2099, 1, 31, 12, 0, 0, 0, time.UTC)
	replaces := func(mails int, expiresIn knownvalue.Check, argument string) resource.TestStep {
		return resource.TestStep{
			Config:           config(w, argument, read),
			ConfigPlanChecks: acctest.BeforeApply(acctest.Plans(at, "replace")),
			ConfigStateChecks: []statecheck.StateCheck{
				acctest.Attribute(at, "expires_in", expiresIn), w.Mailed(slices.Repeat([]string{ada}, mails)...),
			},
		}
	}
	unchanged := func(arguments ...string) resource.TestStep {
		return resource.TestStep{Config: config(w, append(arguments, read)...), PlanOnly: true}
	}
	w.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{
			Config: config(w, `expires_at = "2099-01-31T12:00:00Z"`, read),
			ConfigStateChecks: []statecheck.StateCheck{
				acctest.Attribute(at, "expires_in", knownvalue.Null()),
				acctest.Attribute(at, "expires_at", knownvalue.StringExact("2099-01-31T12:00:00Z")),
				acctest.Check(func() error {
					if sent := w.Invitations(fake.IcePanel, "")[0].ExpiresAt; !sent.Equal(end) {
						return fmt.Errorf("sent %s, want %s", sent, end)
					}
					return nil
				}),
			},
		},
		unchanged(`expires_at = "2099-01-31T13:00:00.000+01:00"`), // the same moment
		unchanged(), // the default is for the moment of sending, which is over
		replaces(2, knownvalue.Null(), `expires_at = "2099-02-01T12:00:00Z"`),
		{ // only recorded, as from null always
			Config:           config(w, `expires_in = "14d"`, read),
			ConfigPlanChecks: acctest.BeforeApply(acctest.Plans(at, "update")),
		},
		replaces(3, knownvalue.StringExact("15d"), `expires_in = "15d"`),
		replaces(4, knownvalue.Null(), `expires_at = "2099-02-01T12:00:00Z"`),
		{ // sent again outside, it ends at another time, which shows as the difference it is
			PreConfig: func() {
				_, err := w.ResendOutside(fake.IcePanel, "", ada)
				must(t, err)
			},
			Config:             config(w, `expires_at = "2099-02-01T12:00:00Z"`, read),
			PlanOnly:           true,
			ExpectNonEmptyPlan: true,
		},
	}})
}

// TestAccFixedEndIsOver: for an invitation that expired, a fixed end in the past is an error that asks for another one.
func TestAccFixedEndIsOver(t *testing.T) {
	w := acctest.NewWorld(t)
	const read, again = `permission = "read"`, "reinvite_expired = true"
	_, err := w.SeedInvite(fake.IcePanel, "", fake.Invitation{Email: ada, Grant: fake.Grant{Permission: "read"}})
	must(t, err)
	must(t, w.Expire(fake.IcePanel, "", ada))
	past := w.Invitations(fake.IcePanel, "")[0].ExpiresAt.UTC().Format(time.RFC3339Nano)
	w.Test(t, resource.TestCase{Steps: []resource.TestStep{
		{
			PreConfig:    func() { w.MayWarn("expired") },
			Config:       config(w, `expires_at = "`+past+`"`, again, read),
			ResourceName: at, ImportState: true, ImportStateId: ada, ImportStatePersist: true,
		},
		{
			PreConfig:   func() { w.MayWarn("expired") },
			Config:      config(w, `expires_at = "`+past+`"`, again, read),
			ExpectError: acctest.Error("lies in the past", "code: expires_at"),
		},
		{
			Config:            config(w, `expires_at = "2099-03-01T00:00:00Z"`, again, read),
			ConfigPlanChecks:  acctest.BeforeApply(acctest.Plans(at, "replace"), w.Warned("expired")),
			ConfigStateChecks: []statecheck.StateCheck{w.Mailed(ada)},
		},
	}})
}

// TestAccLandscapes: what is written is sent as it is, and unset is not empty.
func TestAccLandscapes(t *testing.T) {
	for _, answers := range []fake.Landscapes{
		fake.LandscapesAsSent, fake.LandscapesAbsent, fake.LandscapesEmptyIfUnset, fake.LandscapesNotForAdmins,
	} {
		t.Run(string(answers), func(t *testing.T) {
			w := acctest.NewWorld(t)
			w.Set(func(s *fake.Behaviors) { s.IcePanel.LandscapePermissions = answers })
			step := func(action, landscapes string, want map[string]bool) resource.TestStep {
				return resource.TestStep{
					Config:           config(w, `permission = "admin"`, landscapes),
					ConfigPlanChecks: acctest.BeforeApply(acctest.Plans(at, action)),
					ConfigStateChecks: []statecheck.StateCheck{acctest.Check(func() error {
						all := w.Invitations(fake.IcePanel, "")
						if sent := all[len(all)-1].Grant.LandscapePermissions; !reflect.DeepEqual(sent, want) {
							return fmt.Errorf("sent %v, want %v", sent, want)
						}
						return nil
					})},
				}
			}
			const last = "landscape_permissions = { l1 = true, l2 = true }"
			w.Test(t, resource.TestCase{Steps: []resource.TestStep{
				step("create", "", nil),
				step("replace", "landscape_permissions = {}", map[string]bool{}),
				step("replace", "landscape_permissions = { l1 = true, l2 = false }", map[string]bool{"l1": true, "l2": false}),
				step("replace", last, map[string]bool{"l1": true, "l2": true}),
				{
					PreConfig: func() {
						_, err := w.Accept(fake.IcePanel, "", ada)
						must(t, err)
					},
					Config:           config(w, `permission = "admin"`, last),
					ConfigPlanChecks: acctest.BeforeApply(acctest.Plans()),
				},
				{
					Config:      config(w, `permission = "admin"`, "landscape_permissions = { l1 = false }"),
					ExpectError: acctest.Error("accepted already", "code: landscape_permissions"),
				},
			}})
		})
	}
}

// TestAccSeats: without a paid seat the error is at permission, and people who need none are invited. How many errors
// there are, and what a failed apply leaves, is what commands show.
func TestAccSeats(t *testing.T) {
	t.Parallel()
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	w.Set(func(s *fake.Behaviors) { s.IcePanel.Seats = 1 })
	declare := func(name, permission string) string {
		return subject().Declare(name, name+"@example.com", fmt.Sprintf("permission = %q", permission))
	}
	dir.Write(w.Provider(fake.IcePanel), declare("writer", "write"))
	dir.Apply().Succeeds()
	dir.Write(w.Provider(fake.IcePanel), declare("writer", "write"), declare("admin", "admin"),
		declare("reader", "read"), declare("payer", "billing"))
	refused := dir.Apply().Fails("All organization seats have been assigned", "No paid seat is left", "code: permission")
	if refused.Errors() != 1 {
		t.Errorf("errors: %v", refused.Diagnostics)
	}
	if len(dir.State()) != 3 {
		t.Errorf("state: %v", dir.State())
	}

	// A replacement frees the seat before it takes one.
	dir.Write(w.Provider(fake.IcePanel), declare("writer", "admin"))
	dir.Apply().Succeeds()
	w.ExpectMails(t, "writer@example.com", "reader@example.com", "payer@example.com", "writer@example.com")
}

// TestAccDetails: what only IcePanel returns.
func TestAccDetails(t *testing.T) {
	w := acctest.NewWorld(t)
	config := fmt.Sprintf(`provider "orginvite" {
  icepanel = {
    bearer_token    = %q
    organization_id = %q
    base_url        = %q
  }
}
data "orginvite_icepanel_invites" "all" {
  status = ["accepted"]
}
`, w.Credentials().IcePanelBearerToken, w.Organization(fake.IcePanel), w.URL+"/v1/") +
		subject().Declare("ada", ada, `permission = "read"`)
	const list = "data.orginvite_icepanel_invites.all"
	w.Test(t, resource.TestCase{Steps: []resource.TestStep{{
		Config: config,
		ConfigStateChecks: []statecheck.StateCheck{
			acctest.Attribute(at, "created_by", knownvalue.NotNull()),
			acctest.Attribute(at, "created_at", knownvalue.NotNull()),
			acctest.Attribute(at, "accepted_at", knownvalue.Null()),
		},
	}, {
		PreConfig: func() {
			_, err := w.Accept(fake.IcePanel, "", ada)
			must(t, err)
		},
		Config: config,
		ConfigStateChecks: []statecheck.StateCheck{
			acctest.Attribute(at, "accepted_at", knownvalue.NotNull()),
			// The list shows the same as the resource.
			acctest.StateCheck(func(state *tfjson.State) error {
				found := map[string]map[string]any{}
				for _, one := range state.Values.RootModule.Resources {
					found[one.Address] = one.AttributeValues
				}
				listed, _ := found[list]["invites"].([]any)
				if len(listed) != 1 {
					return fmt.Errorf("listed %v", listed)
				}
				for name, value := range listed[0].(map[string]any) {
					if name != "email" && !reflect.DeepEqual(value, found[at][name]) {
						return fmt.Errorf("%s: listed %v, in state %v", name, value, found[at][name])
					}
				}
				return nil
			}),
		},
	}}})
}
