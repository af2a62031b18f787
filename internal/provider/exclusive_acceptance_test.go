// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// exclusive is a test of one platform's exclusive resource.
type exclusive struct {
	*testing.T
	testplatform.Platform
	world *acctest.World
	grant testplatform.Grant
}

// eachExclusive runs a test on every platform.
func eachExclusive(t *testing.T, run func(*exclusive)) {
	t.Helper()
	exclusiveOn(t, testplatform.All, run)
}

// anExclusive runs a test that any platform can show.
func anExclusive(t *testing.T, run func(*exclusive)) {
	t.Helper()
	exclusiveOn(t, testplatform.Turn(t.Name(), testplatform.All), run)
}

func exclusiveOn(t *testing.T, platforms []testplatform.Platform, run func(*exclusive)) {
	t.Helper()
	t.Parallel()
	for _, platform := range platforms {
		t.Run(string(platform.Name), func(t *testing.T) {
			w := acctest.NewWorld(t)
			grants := platform.Grants(w.Fake, w.Organization(platform.Name))
			run(&exclusive{T: t, Platform: platform, world: w, grant: grants[0]})
		})
	}
}

const everyone = "[for r in %s.person : r.email]"

// config declares Ada and Grace, and an exclusive resource with them and further arguments.
func (e *exclusive) config(arguments ...string) string {
	return e.world.Provider(e.Name) + e.people("ada@example.com", "grace@example.com") +
		e.declare("this", append([]string{"emails = " + fmt.Sprintf(everyone, e.Resource())}, arguments...)...)
}

func (e *exclusive) people(emails ...string) string {
	return fmt.Sprintf("resource %q \"person\" {\n  count = %d\n  email = [\"%s\"][count.index]\n  %s\n}\n",
		e.Resource(), len(emails), strings.Join(emails, `", "`), e.grant.HCL())
}

func (e *exclusive) declare(name string, arguments ...string) string {
	return fmt.Sprintf("resource \"%ss_exclusive\" %q {\n  %s\n}\n", e.Resource(), name, strings.Join(arguments, "\n  "))
}

func (e *exclusive) at() string { return e.Resource() + "s_exclusive.this" }

// invite lets somebody else invite people.
func (e *exclusive) invite(emails ...string) {
	e.Helper()
	for _, email := range emails {
		if _, err := e.world.SeedInvite(e.Name, "", fake.Invitation{Email: email, Grant: e.grant.Fake}); err != nil {
			e.Fatal(err)
		}
	}
}

func (e *exclusive) must(err error) {
	e.Helper()
	if err != nil {
		e.Fatal(err)
	}
}

// pending wants exactly these people to have a pending invitation.
func (e *exclusive) pending(want ...string) acctest.Check {
	return func() error {
		var got []string
		for _, invitation := range e.world.Invitations(e.Name, "") {
			if invitation.Status == fake.Pending {
				got = append(got, strings.ToLower(invitation.Email))
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			return fmt.Errorf("pending: got %v, want %v", got, want)
		}
		return nil
	}
}

// undeclared wants exactly these addresses in state.
func (e *exclusive) undeclared(want ...string) statecheck.StateCheck {
	entries := map[string]knownvalue.Check{}
	for _, email := range want {
		entries[email] = knownvalue.NotNull()
	}
	return acctest.Attribute(e.at(), "undeclared", knownvalue.MapExact(entries))
}

// empties wants the plan to empty the attribute undeclared.
func (e *exclusive) empties() plancheck.PlanCheck {
	none := knownvalue.MapExact(map[string]knownvalue.Check{})
	return plancheck.ExpectKnownValue(e.at(), tfjsonpath.New("undeclared"), none)
}

const nobodyDeclared = "Nobody declared these invitations to"

// TestAccExclusive: reporting is a warning and no difference; enforcing shows whom the apply revokes, and revokes
// nobody else. Creating the resource revokes nobody, and destroying it does nothing.
func TestAccExclusive(t *testing.T) {
	eachExclusive(t, func(e *exclusive) {
		e.invite("Mallory@Example.com", "known@example.com", "bob@partner.example")
		except := `except = ["KNOWN@example.com", "@Partner.example"]`
		both := []string{"ada@example.com", "grace@example.com"}
		left := append([]string{"known@example.com", "bob@partner.example"}, both...)
		e.world.Test(e.T, resource.TestCase{
			Steps: []resource.TestStep{
				{
					Config:           e.config(except),
					ConfigPlanChecks: acctest.BeforeApply(e.world.NoneRequested(fake.RevokeInvite)),
					ConfigStateChecks: []statecheck.StateCheck{
						e.world.Warned("mallory@example.com"), e.undeclared("mallory@example.com"),
						e.pending(append([]string{"mallory@example.com"}, left...)...),
						acctest.Attribute(e.at(), "enforce", knownvalue.Bool(false)),
						acctest.Attribute(e.at(), "max_removals", knownvalue.Int64Exact(5)),
					},
				},
				{
					Config:            e.config(except),
					ConfigPlanChecks:  acctest.BeforeApply(plancheck.ExpectEmptyPlan()),
					ConfigStateChecks: []statecheck.StateCheck{e.world.Warned(nobodyDeclared)},
				},
				{
					PreConfig: e.world.ResetJournal,
					Config:    e.config(except, "enforce = true"),
					ConfigPlanChecks: acctest.BeforeApply(acctest.Plans(e.at(), "update"), e.empties(),
						e.world.NoneRequested(fake.RevokeInvite)),
					ConfigStateChecks: []statecheck.StateCheck{
						e.undeclared(), e.pending(left...), e.world.Mailed(both...),
						acctest.Check(func() error {
							if revoked := e.world.Count(fake.RevokeInvite); revoked != 1 {
								return fmt.Errorf("%d requests to revoke, want 1", revoked)
							}
							return nil
						}),
					},
				},
				{
					PreConfig:        func() { e.invite("trudy@example.com") },
					Config:           e.config(except, "enforce = true"),
					ConfigPlanChecks: acctest.BeforeApply(acctest.Plans(e.at(), "update"), e.empties()),
					ConfigStateChecks: []statecheck.StateCheck{
						e.undeclared(), e.pending(left...),
					},
				},
				{
					Config:           e.config(except, "enforce = true"),
					ConfigPlanChecks: acctest.BeforeApply(plancheck.ExpectEmptyPlan()),
				},
				{ // Destroying only the exclusive resource asks for nothing and ends nothing.
					PreConfig:        func() { e.invite("eve@example.com"); e.world.ResetJournal() },
					Config:           e.world.Provider(e.Name) + e.people(both...),
					ConfigPlanChecks: acctest.BeforeApply(acctest.Plans(e.at(), "delete")),
					ConfigStateChecks: []statecheck.StateCheck{
						e.world.NoneRequested(fake.RevokeInvite), e.pending(append([]string{"eve@example.com"}, left...)...),
					},
				},
			},
		})
	})
}

// TestAccExclusiveCreatedEnforcing: with enforce from the beginning, the first apply revokes nobody, because its plan
// showed nobody.
func TestAccExclusiveCreatedEnforcing(t *testing.T) {
	anExclusive(t, func(e *exclusive) {
		e.invite("mallory@example.com")
		both := []string{"ada@example.com", "grace@example.com"}
		e.world.Test(e.T, resource.TestCase{
			Steps: []resource.TestStep{
				{
					Config: e.config("enforce = true"),
					ConfigStateChecks: []statecheck.StateCheck{
						e.world.Warned("The next plan shows it"), e.undeclared("mallory@example.com"),
						e.world.NoneRequested(fake.RevokeInvite),
					},
					ExpectNonEmptyPlan: true,
				},
				{
					Config:            e.config("enforce = true"),
					ConfigPlanChecks:  acctest.BeforeApply(acctest.Plans(e.at(), "update"), e.empties()),
					ConfigStateChecks: []statecheck.StateCheck{e.undeclared(), e.pending(both...)},
				},
				{ // Declared meanwhile: nothing to revoke.
					PreConfig: func() { e.invite("carol@example.com") },
					Config: e.world.Provider(e.Name) + e.people(both...) + e.declare("this", "enforce = true",
						`emails = ["ada@example.com", "GRACE@example.com", "Carol@example.com"]`),
					ConfigStateChecks: []statecheck.StateCheck{
						e.undeclared(), e.pending(append([]string{"carol@example.com"}, both...)...),
					},
				},
				{ // Declared no more, which the plan cannot show as a removal yet.
					Config: e.config("enforce = true"),
					ConfigStateChecks: []statecheck.StateCheck{
						e.world.Warned("carol@example.com"), e.undeclared("carol@example.com"),
						e.pending(append([]string{"carol@example.com"}, both...)...),
					},
					ExpectNonEmptyPlan: true,
				},
				{ // A person who leaves the configuration is revoked by their own resource.
					PreConfig: e.world.ResetJournal,
					Config: e.world.Provider(e.Name) + e.people("ada@example.com") +
						e.declare("this", "enforce = true", "emails = "+fmt.Sprintf(everyone, e.Resource())),
					ConfigStateChecks: []statecheck.StateCheck{e.undeclared(), e.pending("ada@example.com")},
				},
			},
		})
	})
}

// TestAccExclusiveMeanwhile: what happened between plan and apply is for the next plan.
func TestAccExclusiveMeanwhile(t *testing.T) {
	acctest.CLI(t)
	eachExclusive(t, func(e *exclusive) {
		dir := acctest.NewWorkspace(e.T)
		e.invite("mallory@example.com", "eve@example.com", "oscar@example.com")
		dir.Write(e.config())
		dir.Apply().Warns(nobodyDeclared)
		dir.Write(e.config("enforce = true"))
		dir.Plan().Succeeds().Plans(e.at(), "update")
		_, err := e.world.Accept(e.Name, "", "mallory@example.com")
		e.must(err)
		_, err = e.world.ResendOutside(e.Name, "", "eve@example.com")
		e.must(err)
		e.invite("trudy@example.com")
		dir.ApplyPlan().Warns("eve@example.com, mallory@example.com. Since the plan")
		e.must(e.pending("ada@example.com", "grace@example.com", "eve@example.com", "trudy@example.com")())
		if members := e.world.Members(e.Name, ""); len(members) != 1 {
			e.Errorf("members: %v", members)
		}
		dir.Plan().Succeeds().Plans(e.at(), "update")
		dir.ApplyPlan().Succeeds()
		e.must(e.pending("ada@example.com", "grace@example.com")())
		dir.Plan().Succeeds().Plans()
		e.world.ExpectMails(e.T, "ada@example.com", "grace@example.com")
		for _, secret := range e.world.Secrets() {
			if strings.Contains(dir.StateFile(), secret) {
				e.Errorf("%.6s... is in state", secret)
			}
		}
	})
}

// TestAccExclusiveLimit: a plan that would revoke more than max_removals is an error that names them. On Elastic
// Cloud one request revokes them.
func TestAccExclusiveLimit(t *testing.T) {
	anExclusive(t, func(e *exclusive) {
		var crowd []string
		for i := range 12 {
			crowd = append(crowd, fmt.Sprintf("m%02d@example.com", i))
		}
		e.invite(crowd...)
		requests := len(crowd)
		if e.Batches {
			requests = 1
		}
		e.world.Test(e.T, resource.TestCase{
			Steps: []resource.TestStep{
				{
					Config:            e.config(),
					ConfigStateChecks: []statecheck.StateCheck{e.world.Warned("m09@example.com and 2 more")},
				},
				{
					Config: e.config("enforce = true", "max_removals = 11"),
					ExpectError: acctest.Error("This plan would revoke 12 invitations, and max_removals is 11",
						"code: max_removals", "m00@example.com", "m11@example.com", "set max_removals = 12"),
				},
				{
					Config:      e.config("enforce = true"),
					ExpectError: acctest.Error("This plan would revoke 12 invitations, and max_removals is 5"),
				},
				{
					PreConfig: e.world.ResetJournal,
					Config:    e.config("enforce = true", "max_removals = 12"),
					ConfigStateChecks: []statecheck.StateCheck{
						e.undeclared(), e.pending("ada@example.com", "grace@example.com"),
						acctest.Check(func() error {
							if revoked := e.world.Count(fake.RevokeInvite); revoked != requests {
								return fmt.Errorf("%d requests to revoke, want %d", revoked, requests)
							}
							return nil
						}),
					},
				},
			},
		})
	})
}

// TestAccExclusiveErrors: what cannot be meant is an error of the plan that names what is wrong and what would be
// right. Nothing is revoked.
func TestAccExclusiveErrors(t *testing.T) {
	anExclusive(t, func(e *exclusive) {
		e.invite("mallory@example.com")
		provider, none := e.world.Provider(e.Name), e.people("ada@example.com")
		const emails = `emails = ["ada@example.com"]`
		steps := []resource.TestStep{}
		refuse := func(config string, texts ...string) {
			steps = append(steps, resource.TestStep{
				PreConfig:   func() { e.world.MayWarn(nobodyDeclared) },
				Config:      provider + config,
				ExpectError: acctest.Error(texts...),
			})
		}
		refuse(none+e.declare("this", `emails = ["ada@example.com", "Ada@Example.com"]`),
			"Duplicate address", "code: emails", `"Ada@Example.com" is also at emails[0]`, "List it once")
		refuse(none+e.declare("this", emails, `except = ["@x.io", "b@x.io", "@X.io"]`),
			"Duplicate address", "code: except", `"@X.io" is also at except[0]`)
		refuse(none+e.declare("this", `emails = ["ada@example.com", "grace"]`),
			"Not an e-mail address", "code: emails", `"grace"`, "name@example.com")
		refuse(none+e.declare("this", `emails = ["ada@example.com", "@example.com"]`),
			"Not an e-mail address", `"@example.com"`, "belongs in except")
		refuse(none+e.declare("this", emails, `except = ["@example"]`),
			"Not an e-mail address", "code: except", `"@example"`, "@example.com")
		refuse(none+e.declare("this", emails, "max_removals = -1"), "code: max_removals", "at least 0")
		refuse(e.declare("this", "emails = []"), "emails is empty", "code: emails", "allow_empty = true")
		refuse(none+e.declare("this", emails)+e.declare("that", emails),
			"Two exclusive resources for", e.world.Organization(e.Name))
		refuse(none+e.declare("this", `emails = ["grace@example.com"]`), "ada@example.com", "emails")
		refuse(none+e.declare("this", `emails = ["grace@example.com"]`, "depends_on = ["+e.Resource()+".person]"),
			"Declared invitations are missing from emails", "code: emails", "ada@example.com")
		refuse(e.declare("this", `emails = ["grace@example.com"]`)+strings.Replace(none, "count =",
			"depends_on = ["+e.at()+"]\n  count =", 1),
			"ada@example.com is declared here, and missing from", "code: email", "Add the address")
		refuse(`resource "terraform_data" "x" {}`+"\n"+e.declare("this", "emails = [terraform_data.x.id]"),
			"emails must be known while planning", "code: emails", "known only after apply")
		steps = append(steps, resource.TestStep{ // Nobody may be invited, and nobody is declared.
			Config: provider + e.declare("this", "emails = []", "allow_empty = true"),
			ConfigStateChecks: []statecheck.StateCheck{
				e.world.Warned("mallory@example.com"), e.pending("mallory@example.com"),
				e.world.NoneRequested(fake.RevokeInvite, fake.CreateInvite),
			},
		})
		e.world.Test(e.T, resource.TestCase{Steps: steps})
	})
}

// TestAccExclusiveImport: by the organization's id. The apply after it records who is declared, and revokes nobody.
func TestAccExclusiveImport(t *testing.T) {
	anExclusive(t, func(e *exclusive) {
		e.invite("mallory@example.com")
		id := e.world.Organization(e.Name)
		e.world.Test(e.T, resource.TestCase{
			Steps: []resource.TestStep{
				{
					Config:            e.config(),
					ConfigStateChecks: []statecheck.StateCheck{e.world.Warned(nobodyDeclared)},
				},
				{
					ResourceName: e.at(), ImportState: true, ImportStateId: id,
					ImportStateVerify:                    true,
					ImportStateVerifyIdentifierAttribute: "organization_id",
					ImportStateVerifyIgnore:              []string{"emails", "undeclared"},
				},
				{
					ResourceName: e.at(), ImportState: true, ImportStateId: "no such organization",
					ExpectError: acctest.Error("Not an import id", "it must be the id of an organization"),
				},
			},
		})
		dir := acctest.NewWorkspace(e.T)
		dir.Write(e.world.Provider(e.Name), e.declare("this", `emails = ["ada@example.com"]`, "enforce = true"),
			fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", e.at(), id))
		e.world.ResetJournal()
		dir.Apply().Warns("mallory@example.com")
		if revoked := e.world.Count(fake.RevokeInvite); revoked > 0 {
			e.Errorf("%d revoked", revoked)
		}
	})
}

// TestAccExclusiveCosts: it makes no request of its own where invitations are refreshed anyway, and a list that cannot
// be read is an error that keeps state.
func TestAccExclusiveCosts(t *testing.T) {
	acctest.CLI(t)
	eachExclusive(t, func(e *exclusive) {
		dir := acctest.NewWorkspace(e.T)
		e.invite("mallory@example.com")
		dir.Write(e.config())
		dir.Apply().Warns(nobodyDeclared)
		want := e.Walk(acctest.Counts{fake.ListInvites: 1})
		e.world.During(func() { dir.Plan().Warns(nobodyDeclared).Plans() }).Expect(e.T, want)

		dir.Write(e.world.Provider(e.Name),
			e.declare("this", `emails = ["ada@example.com", "grace@example.com"]`, "enforce = true"))
		before := dir.StateFile()
		e.world.Fail(fake.Fault{Platform: e.Name, Operation: fake.ListInvites, Status: 403})
		dir.Plan().Fails("Could not look for undeclared invitations to")
		if dir.StateFile() != before {
			e.Error("the state changed")
		}
		e.world.ClearFaults()
	})
}
