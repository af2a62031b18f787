// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// Letting go of a membership records what is declared. The member keeps what they have, although that drifted.
func TestLetGoOfAMembership(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.ManagesMembers = true
	tf := newTerraform(t, m)
	managed := attrs{"email": invitetest.Ada, "role": "viewer", "manage_membership": true}
	tf.apply(managed)
	m.Accept(invitetest.Ada)
	tf.apply(managed)
	m.Leave(invitetest.Ada)
	m.Join(invitetest.Ada, "editor")

	got := tf.apply(attrs{"email": invitetest.Ada, "role": "viewer"})

	invitetest.Same(t, "plan", got.action, "update")
	invitetest.Contains(t, "errors", got.errors)
	invitetest.Same(t, "change requests", m.Calls[invitetest.OnChange], 0)
	invitetest.Same(t, "next plan", tf.plan(attrs{"email": invitetest.Ada, "role": "viewer"}).action, "nothing")
}

// Two resources that manage one invitation would replace each other's for ever, so the second one refreshed says so.
func TestSharedInvitationWarns(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	first, second := newTerraform(t, m), newTerraform(t, m)
	first.apply(attrs{"email": invitetest.Ada, "role": "viewer"})
	second.imported(invitetest.Ada, nil)
	w := first.process()

	w.refresh()
	invitetest.Contains(t, "warnings of the first", w.step.warnings)
	w.refresh()
	invitetest.Contains(t, "warnings of the first, read twice", w.step.warnings)
	w.terraform = second
	w.refresh()
	invitetest.Contains(t, "warnings of the second", w.step.warnings, "Two resources manage the same invitation")
}

// Dropping manage_membership together with a change of the grant is refused in the plan.
func TestLetGoAndChange(t *testing.T) {
	t.Parallel()
	for name, drift := range map[string]bool{"": false, "after a drift": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			m.ManagesMembers = true
			tf := newTerraform(t, m)
			managed := attrs{"email": invitetest.Ada, "role": "viewer", "manage_membership": true}
			tf.apply(managed)
			m.Accept(invitetest.Ada)
			tf.apply(managed)
			if drift {
				m.Leave(invitetest.Ada)
				m.Join(invitetest.Ada, "owner")
			}

			got := tf.plan(attrs{"email": invitetest.Ada, "role": "editor"})

			invitetest.Contains(t, "errors", got.errors, "role: ada@example.com accepted already", "manage_membership = true")
			invitetest.Same(t, "change requests", m.Calls[invitetest.OnChange], 0)
		})
	}
}

// A member who was given something else outside keeps it, and the plan says so.
func TestLetGoAfterADrift(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.ManagesMembers = true
	tf := newTerraform(t, m)
	managed := attrs{"email": invitetest.Ada, "role": "viewer", "manage_membership": true}
	tf.apply(managed)
	m.Accept(invitetest.Ada)
	managed["role"] = "editor"
	tf.apply(managed)
	m.Leave(invitetest.Ada)
	m.Join(invitetest.Ada, "owner")

	got := tf.plan(attrs{"email": invitetest.Ada, "role": "editor"})

	invitetest.Contains(t, "errors", got.errors)
	invitetest.Contains(t, "warnings", got.warnings, "role: ada@example.com keeps role owner in")
	invitetest.Contains(t, "errors of another change", tf.plan(attrs{"email": invitetest.Ada, "role": "viewer"}).errors, "accepted already")
}
