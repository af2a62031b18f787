// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"maps"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// hiddenTerraform is a Terraform whose one invitation was accepted or revoked, and nobody can say which.
func hiddenTerraform(t *testing.T, config attrs) (*invitetest.Platform, *terraform) {
	t.Helper()
	m := invitetest.NewHiding()
	tf := newTerraform(t, m)
	tf.apply(config)
	time.Sleep(time.Hour) // the time of a synctest bubble
	m.Accept(invitetest.Ada)
	m.Hide(invitetest.Ada)
	m.Requests()
	return m, tf
}

// What a plan says about an invitation that is unknown.
func TestUnknown(t *testing.T) {
	t.Parallel()
	config := attrs{"email": invitetest.Ada, "role": "viewer"}
	for name, c := range map[string]struct {
		change  attrs
		action  string
		warning string
		failure string
	}{
		"no change":       {attrs{}, "nothing", "is no longer pending", ""},
		"another role":    {attrs{"role": "editor"}, "", "", "role: ada@example.com may have accepted"},
		"another address": {attrs{"email": "grace@example.com"}, "replace", "may be a member", ""},
		"a flag":          {attrs{"manage_membership": true}, "update", "is no longer pending", ""},
		"the account":     {attrs{"username": "ada"}, "update", "is no longer pending", ""},
		"to be renewed":   {attrs{"reinvite_expired": true}, "update", "is no longer pending", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m, tf := hiddenTerraform(t, config)
				changed := maps.Clone(config)
				maps.Copy(changed, c.change)
				got := tf.plan(changed)
				if c.failure != "" {
					invitetest.Contains(t, "errors", got.errors, c.failure, "terraform state rm")
					return
				}
				invitetest.Contains(t, "errors", got.errors)
				invitetest.Same(t, "plan", got.action, c.action)
				invitetest.Contains(t, "warnings", got.warnings, c.warning)
				invitetest.Same(t, "writes", invitetest.Writes(m.Requests()), "ended=1")
			})
		})
	}
}

// The account makes the acceptance provable, without a request to invite.
func TestUnknownBecomesAccepted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m, tf := hiddenTerraform(t, attrs{"email": invitetest.Ada, "role": "viewer"})
		known := attrs{"email": invitetest.Ada, "role": "viewer", "username": "ada"}
		tf.apply(known)
		got := tf.plan(known)
		invitetest.Same(t, "plan", got.action, "nothing")
		invitetest.Contains(t, "warnings", got.warnings)
		m.Requests()
		invitetest.Same(t, "plan of an accepted one", tf.plan(known).action, "nothing")
		invitetest.Same(t, "mails", len(m.Mails), 1)
	})
}

// Destroying an unknown invitation makes no request, also where the membership is managed.
func TestDestroyUnknown(t *testing.T) {
	t.Parallel()
	for name, managed := range map[string]bool{"": false, "managed": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m, tf := hiddenTerraform(t, attrs{"email": invitetest.Ada, "role": "viewer", "manage_membership": managed})
				got := tf.apply(nil)
				invitetest.Contains(t, "errors", got.errors)
				invitetest.Contains(t, "warnings", got.warnings, "may be a member", "makes no request")
				invitetest.Same(t, "writes", invitetest.Writes(m.Requests()), "ended=1")
				invitetest.Same(t, "members", len(m.Organization(invitetest.Acme).Members), 1)
			})
		})
	}
}

// Where the platform decides when an invitation expires, it can still be renewed.
func TestFixedLifetimeIsRenewed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := invitetest.NewHiding()
		tf := newTerraform(t, m)
		config := attrs{"email": invitetest.Ada, "role": "viewer", "reinvite_expired": true}
		tf.apply(config)
		invitetest.Same(t, "next plan", tf.plan(config).action, "nothing")
		time.Sleep(2 * invitetest.Week)
		invitetest.Same(t, "plan of an expired one", tf.apply(config).action, "replace")
		invitetest.Same(t, "mails", len(m.Mails), 2)
		invitetest.Same(t, "plan after that", tf.plan(config).action, "nothing")
	})
}

// The warning about a failed invitation has the platform's reason.
func TestFailedReason(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tf := newTerraform(t, invitetest.NewHiding())
		config := attrs{"email": invitetest.Ada, "role": "viewer"}
		tf.apply(config)
		time.Sleep(2 * invitetest.Week)
		got := tf.plan(config)
		invitetest.Same(t, "plan", got.action, "nothing")
		invitetest.Contains(t, "warnings", got.warnings, "Memory says: not accepted in time.", "reinvite_expired = true")
	})
}

// What the platform does not let anybody do to a member is an error of the plan.
func TestMemberLimits(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.ManagesMembers = true
	tf := newTerraform(t, m)
	managed := attrs{"email": invitetest.Ada, "role": "viewer", "manage_membership": true}
	tf.apply(managed)
	m.Accept(invitetest.Ada)
	tf.apply(managed)
	m.Organization(invitetest.Acme).Members[0].Grant = invitetest.Guarded

	const refused = "A guarded member cannot be changed"
	got := tf.plan(managed)
	invitetest.Contains(t, "errors of a change", got.errors, "role: Could not change what ada@example.com has", refused, "Ask the owner")
	got = tf.plan(nil)
	invitetest.Contains(t, "errors of a destroy", got.errors, "Could not remove ada@example.com from", refused)
	invitetest.Same(t, "change requests", m.Calls[invitetest.OnChange]+m.Calls[invitetest.OnRemove], 0)
}
