// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package faults

import (
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// TestRegressions plays schedules that broke a promise once, as short as they were found.
func TestRegressions(t *testing.T) {
	apply := step{Do: "apply", Pace: pace{Workers: 1}}
	for name, c := range map[string]struct {
		platform fake.Platform
		schedule
	}{
		// An invitation that differed from what is declared was sent again, to somebody who was a member.
		"a member was mailed": {fake.IcePanel, schedule{Steps: []step{
			{Do: "join"},
			{Do: "invite outside", Grant: 1},
			{Do: "declare", Declaration: declaration{Adopt: true}},
			apply,
		}}},
		// Where the member was recorded, the invitation that differed stayed behind, although it was our own.
		"left behind": {fake.IcePanel, schedule{Steps: []step{
			{Do: "declare", Declaration: declaration{Grant: 1, Adopt: true}},
			{Do: "apply", Pace: pace{Workers: 1, Interrupt: 7}},
			{Do: "join"},
		}}},
		// The platform leaves landscapes out of its answers, and the answer to the create was cut short: the error said that
		// nothing had been sent.
		"sent all the same": {fake.IcePanel, schedule{
			Behaviors: fake.Behaviors{IcePanel: fake.IcePanelBehaviors{LandscapePermissions: fake.LandscapesAbsent}},
			Steps: []step{
				{Do: "declare", Declaration: declaration{Grant: 2}},
				{Do: "fault", Fault: fake.Fault{Operation: fake.CreateInvite, Kind: fake.Truncated}},
				apply,
			},
		}},
		// Taking landscapes away from a member left them as they were, and every plan showed the difference.
		"landscapes that stay": {fake.IcePanel, schedule{Steps: []step{
			{Do: "declare", Declaration: declaration{Manage: true, Grant: 2}},
			apply,
			{Do: "accept"},
			apply,
			{Do: "declare", Declaration: declaration{Manage: true}},
		}}},
		// Another letter case left the role's name unknown in every plan.
		"a name that never settles": {fake.Snyk, schedule{Steps: []step{
			{Do: "declare", Resource: 1, Declaration: declaration{Person: 1, Grant: 2, Adopt: true}},
			{Do: "join", Person: 1},
			apply,
			{Do: "declare", Resource: 1, Declaration: declaration{Person: 1, Grant: 2, Capitals: true}},
		}}},
		// A page with the status 200 in the place of an answer passed for a revocation.
		"a page that revokes": {fake.Snyk, schedule{Steps: []step{
			{Do: "declare"},
			apply,
			{Do: "undeclare"},
			{Do: "fault", Fault: fake.Fault{Operation: fake.RevokeInvite, Kind: fake.HTML}},
			apply,
		}}},
	} {
		t.Run(name, func(t *testing.T) {
			if wrong := broke(t, testplatform.Of(c.platform), c.schedule); wrong != "" {
				t.Errorf("%s\n%s", wrong, c.schedule)
			}
		})
	}
}

// TestDeposed plays, on every platform, replacements with create_before_destroy in which the old object cannot be
// destroyed: Terraform keeps it as a deposed object and destroys it in the next apply. That must not end what replaced it.
func TestDeposed(t *testing.T) {
	apply := step{Do: "apply", Pace: pace{Workers: 1}}
	fails := step{Do: "fault", Fault: fake.Fault{Operation: fake.RevokeInvite, Status: 403}}
	for name, c := range map[string]schedule{
		"another grant": {Steps: []step{
			{Do: "declare", Declaration: declaration{Adopt: true, CreateFirst: true}},
			apply,
			{Do: "declare", Declaration: declaration{Adopt: true, CreateFirst: true, Grant: 1}},
			fails,
			apply,
		}},
		"another grant within a second": {Steps: []step{
			{Do: "declare", Declaration: declaration{Adopt: true, CreateFirst: true}},
			apply,
			{Do: "declare", Declaration: declaration{Adopt: true, CreateFirst: true, Grant: 1}},
			apply,
		}},
		"renewed": {Steps: []step{
			{Do: "declare", Declaration: declaration{Reinvite: true, CreateFirst: true, ExpiresIn: "90m"}},
			apply,
			{Do: "wait", After: 30 * time.Hour},
			fails,
			apply,
		}},
		"accepted meanwhile": {Steps: []step{
			{Do: "declare", Declaration: declaration{Adopt: true, Manage: true, CreateFirst: true}},
			apply,
			{Do: "declare", Declaration: declaration{Adopt: true, Manage: true, CreateFirst: true, Grant: 1}},
			fails,
			apply,
			{Do: "accept"},
		}},
	} {
		for _, platform := range testplatform.All {
			t.Run(name+", "+string(platform.Name), func(t *testing.T) {
				if wrong := broke(t, platform, c); wrong != "" {
					t.Errorf("%s\n%s", wrong, c)
				}
			})
		}
	}
}
