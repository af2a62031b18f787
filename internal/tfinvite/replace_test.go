// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// With create_before_destroy, destroying what was replaced must not end what replaces it.
func TestCreateBeforeDestroy(t *testing.T) {
	t.Parallel()
	for name, shape := range invitetest.Platforms {
		for how, c := range map[string]struct {
			config  attrs
			change  attrs
			expires bool
			mails   int
			failure string
		}{
			"renewed":             {attrs{"reinvite_expired": true}, attrs{}, true, 1, ""},
			"changed, refused":    {attrs{}, attrs{"role": "editor"}, false, 0, "create_before_destroy"},
			"changed, adopting":   {attrs{"adopt_existing": true}, attrs{"role": "editor"}, false, 1, ""},
			"new end, adopting":   {attrs{"adopt_existing": true, "expires_in": "3d"}, attrs{"expires_in": "7d"}, false, 0, ""},
			"renewed and changed": {attrs{"reinvite_expired": true}, attrs{"role": "editor"}, true, 1, ""},
		} {
			t.Run(name+", "+how, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					m := invitetest.New()
					shape(m)
					tf := newTerraform(t, m)
					tf.createBeforeDestroy = true
					config := declared(c.config)
					invitetest.Contains(t, "errors of the first apply", tf.apply(config).errors)
					if <-time.After(time.Hour); c.expires {
						<-time.After(2 * invitetest.Week)
					}
					m.Mails = nil

					got := tf.apply(declared(c.config, c.change))

					invitetest.Same(t, "plan", got.action, "replace")
					invitetest.Contains(t, "errors", got.errors, parts(c.failure)...)
					m.ExpectMails(t, c.mails)
					invitetest.Same(t, "acceptable invitations", len(m.Acceptable()), 1)
					if c.failure == "" {
						invitetest.Same(t, "next plan", tf.plan(declared(c.config, c.change)).action, "nothing")
					}
				})
			})
		}
	}
}

// A person who accepts while the invitation is being replaced gets no mail as a
// member, and is not removed.
func TestAcceptedWhileReplacing(t *testing.T) {
	t.Parallel()
	for _, managed := range []bool{false, true} {
		m := invitetest.New()
		m.ManagesMembers = true
		tf := newTerraform(t, m)
		config := attrs{"email": invitetest.Ada, "role": "viewer", "manage_membership": managed}
		tf.apply(config)
		m.Mails = nil
		config["role"] = "editor"
		planned := tf.plan(config)
		invitetest.Same(t, "plan", planned.action, "replace")
		m.Accept(invitetest.Ada)

		got := tf.carryOut(planned, config)

		invitetest.Contains(t, "errors", got.errors, "is already a member")
		invitetest.Contains(t, "warnings", got.warnings, invitetest.Ada)
		invitetest.Same(t, "members", len(m.Organization(invitetest.Acme).Members), 1)
		m.ExpectMails(t, 0)
	}
}

// If the new invitation cannot be sent, the error names the one that was revoked to make room.
func TestReplacingFails(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.InviteOutside(invitetest.Ada, "editor")
	tf := newTerraform(t, m)
	config := attrs{"email": invitetest.Ada, "role": "viewer", "adopt_existing": true}
	planned := tf.plan(config)
	m.Fail(invitetest.OnSend, invite.ErrRefused)
	got := tf.carryOut(planned, config)
	invitetest.Contains(t, "errors", got.errors, "The platform failed at send.", "The earlier invitation was revoked", "inv-a", "role editor")
	invitetest.Same(t, "state", len(tf.state), 0)
	invitetest.Same(t, "acceptable", strings.Join(m.Acceptable(), ", "), "")
}

// Two resources for one person: the second one fails, and its error names what exists.
func TestTwoResources(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	first, second := newTerraform(t, m), newTerraform(t, m)
	config := attrs{"email": invitetest.Ada, "role": "viewer"}
	mine, yours := first.plan(config), second.plan(config)
	w := first.process()
	w.step = mine
	w.apply(nil, config)
	invitetest.Contains(t, "errors of the first", w.step.errors)
	w.step = yours
	w.apply(nil, attrs{"email": "ADA@Example.com", "role": "editor", "adopt_existing": true})
	invitetest.Contains(t, "errors of the second", w.step.errors, "already invited", "in this very run", "inv-a", "role viewer")
	m.ExpectMails(t, 1)
}
