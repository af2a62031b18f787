// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake/faketest"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
	"github.com/orginvite/terraform-provider-orginvite/internal/provider"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// TestExclusiveSchedules: whatever happens before a plan, and between a plan and its apply, nobody is revoked whom the
// plan did not show, and nobody is mailed or removed.
func TestExclusiveSchedules(t *testing.T) {
	t.Parallel()
	installed := prototest.Shared(provider.NewServer("test"))
	for _, p := range everywhere {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			revoked := 0
			for seed := range uint64(6) {
				o := newGuarded(t, installed(), testplatform.Of(p), seed)
				for range 6 {
					o.happen()
					o.configure()
					revoked += o.walk()
				}
				if t.Failed() {
					t.Fatalf("seed %d", seed)
				}
			}
			if revoked < 6 {
				t.Errorf("only %d were revoked: the schedules show little", revoked)
			}
		})
	}
}

// guarded is an organization with an exclusive resource, and with people who invite others by hand.
type guarded struct {
	*testing.T
	*prototest.Workspace
	platform testplatform.Platform
	world    *faketest.World
	grant    testplatform.Grant
	chance   *rand.Rand
	allowed  []string
}

func newGuarded(t *testing.T, terraform *prototest.Terraform, platform testplatform.Platform, seed uint64) *guarded {
	t.Helper()
	w := faketest.Serve(t)
	o := &guarded{
		T: t, platform: platform, world: w, grant: platform.Grants(w.Fake, "")[0],
		chance: rand.New(rand.NewPCG(seed, 15)),
		Workspace: &prototest.Workspace{
			Terraform: terraform, State: prototest.State{}, Declared: map[string]prototest.Resource{},
			Block: prototest.Attributes{string(platform.Name): w.Block(platform.Name)},
		},
	}
	return o
}

func (o *guarded) email(n int) string { return fmt.Sprintf("p%d@example.com", n) }

// happen lets other people do something: invite, accept, send again or revoke.
func (o *guarded) happen() {
	for range o.chance.IntN(4) {
		email := o.email(o.chance.IntN(8))
		// What is impossible, such as accepting what is not there, does nothing.
		switch o.chance.IntN(6) {
		case 0, 1, 2:
			_, _ = o.world.SeedInvite(o.platform.Name, "", fake.Invitation{Email: email, Grant: o.grant.Fake})
		case 3:
			_, _ = o.world.Accept(o.platform.Name, "", email)
		case 4:
			_, _ = o.world.ResendOutside(o.platform.Name, "", email)
		default:
			_ = o.world.RevokeOutside(o.platform.Name, "", email)
		}
	}
}

// configure declares some people, and the exclusive resource with them and some more.
func (o *guarded) configure() {
	clear(o.Declared)
	o.allowed = nil
	for n := range 8 {
		switch {
		case n < 3 && o.chance.IntN(3) > 0:
			arguments := prototest.Attributes{"email": o.email(n), "adopt_existing": true}
			maps.Copy(arguments, o.grant.Arguments)
			o.Declared[o.email(n)] = prototest.Resource{Type: o.platform.Resource(), Arguments: arguments}
			o.allowed = append(o.allowed, o.email(n))
		case o.chance.IntN(4) == 0:
			o.allowed = append(o.allowed, o.email(n))
		}
	}
	emails := []any{}
	for _, email := range o.allowed {
		emails = append(emails, email)
	}
	o.Declared["exclusive"] = prototest.Resource{Type: o.platform.Resource() + "s_exclusive", Arguments: prototest.Attributes{
		"emails": emails, "enforce": o.chance.IntN(4) > 0, "allow_empty": true, "max_removals": 3 + o.chance.IntN(5),
	}}
}

// pending are the ids of the pending invitations, and whose they are.
func (o *guarded) pending() map[string]string {
	found := map[string]string{}
	for _, invitation := range o.world.Invitations(o.platform.Name, "") {
		if invitation.Status == fake.Pending {
			found[invitation.ID] = invitation.Email
		}
	}
	return found
}

// walk plans, lets something happen, and applies. It returns how many invitations the exclusive resource revoked.
func (o *guarded) walk() (revoked int) {
	o.Helper()
	before := o.pending()
	plan := o.Plan(o.Context())
	o.sound(plan.Reports)
	if plan.Failed() {
		return 0
	}
	change := plan.Changes["exclusive"]
	shown := removedFrom(change)
	o.happen()
	pending, mails, members := o.pending(), len(o.world.Mails()), len(o.world.Members(o.platform.Name, ""))
	o.sound(o.Apply(o.Context(), plan))
	after := o.pending()
	for id, email := range pending {
		own, found := plan.Changes[email]
		_, still := after[id]
		switch _, known := before[id]; {
		case still, found && own.Action != prototest.NoOp:
		case !slices.Contains(shown, email) || !known || slices.Contains(o.allowed, email):
			o.Errorf("the invitation of %s was revoked, and the plan showed %v", email, shown)
		default:
			revoked++
		}
	}
	for _, mail := range o.world.Mails()[mails:] {
		if _, declared := o.Declared[mail.To]; !declared {
			o.Errorf("%s got a mail", mail.To)
		}
	}
	if now := len(o.world.Members(o.platform.Name, "")); now != members {
		o.Errorf("there were %d members, and now there are %d", members, now)
	}
	return revoked
}

// sound fails the test for a report that is a defect of the provider.
func (o *guarded) sound(reports []prototest.Report) {
	o.Helper()
	for _, report := range reports {
		if prototest.IsDefect(report.Diagnostic) {
			o.Error(report)
		}
	}
}

// removedFrom are the addresses that a change takes out of the attribute undeclared.
func removedFrom(change prototest.Change) (emails []string) {
	if change.Action != prototest.Update {
		return nil
	}
	for email := range undeclaredOf(change.Prior.Value) {
		if _, stays := undeclaredOf(change.Planned)[email]; !stays {
			emails = append(emails, email)
		}
	}
	return emails
}

func undeclaredOf(object tftypes.Value) map[string]tftypes.Value {
	attributes, entries := map[string]tftypes.Value{}, map[string]tftypes.Value{}
	if object.As(&attributes) == nil && attributes["undeclared"].IsKnown() {
		_ = attributes["undeclared"].As(&entries)
	}
	return entries
}
