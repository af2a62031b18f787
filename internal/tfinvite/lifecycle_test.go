// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// The whole of what Terraform does, as one table: what there is at the address,
// what the flags say, what is done, and what comes of it. A dot means that a
// flag makes no difference.
//
// To create starts without state. Otherwise an invitation as a viewer was sent and is
// declared; since then it became what "at" says. To change declares an editor.
type row struct {
	at, do               string
	adopt, renew, manage string
	plan                 string // what the plan says
	requests             string // what is written; reads are counted in cost_test.go
	mails                int
	status               string // in the end; "" is no state
	acceptable           string // who can accept what in the end
	next                 string // what the next plan says, if not nothing
	warning, failure     string
}

var lifecycle = []row{
	{at: "nothing", do: "create", adopt: ".", renew: ".", manage: ".", plan: "create", requests: "send=1", mails: 1, status: "pending", acceptable: invitetest.ViewerForAda},
	{at: "pending", do: "create", adopt: "n", renew: ".", manage: ".", plan: "create", acceptable: invitetest.ViewerForAda, warning: "The apply will fail", failure: "is already invited"},
	{at: "pending", do: "create", adopt: "y", renew: ".", manage: ".", plan: "create", status: "pending", acceptable: invitetest.ViewerForAda, warning: "taken over as it is"},
	{at: "pending, differs", do: "create", adopt: "n", renew: ".", manage: ".", plan: "create", acceptable: invitetest.EditorForAda, warning: "The apply will fail", failure: "is already invited"},
	{at: "pending, differs", do: "create", adopt: "y", renew: ".", manage: ".", plan: "create", requests: "send=1 revoke=1", mails: 1, status: "pending", acceptable: invitetest.ViewerForAda, warning: "a new one sent"},
	{at: "expired", do: "create", adopt: ".", renew: ".", manage: ".", plan: "create", requests: "send=1", mails: 1, status: "pending", acceptable: invitetest.ViewerForAda},
	{at: "member", do: "create", adopt: "n", renew: ".", manage: ".", plan: "create", warning: "The apply will fail", failure: "is already a member"},
	{at: "member", do: "create", adopt: "y", renew: ".", manage: ".", plan: "create", status: "accepted", warning: "recorded as accepted"},
	{at: "member, differs", do: "create", adopt: "n", renew: ".", manage: ".", plan: "create", warning: "who has role editor", failure: "is already a member"},
	{at: "member, differs", do: "create", adopt: "y", renew: ".", manage: "n", plan: "create", status: "accepted", warning: "recorded as accepted"},
	{at: "member, differs", do: "create", adopt: "y", renew: ".", manage: "y", plan: "create", status: "accepted", warning: "recorded as accepted", next: "update"},

	{at: "nothing", do: "refresh", adopt: ".", renew: ".", manage: ".", plan: "create", requests: "send=1", mails: 1, status: "pending", acceptable: invitetest.ViewerForAda},
	{at: "pending", do: "refresh", adopt: ".", renew: ".", manage: ".", plan: "nothing", status: "pending", acceptable: invitetest.ViewerForAda},
	{at: "pending, differs", do: "refresh", adopt: ".", renew: ".", manage: ".", plan: "replace", requests: "send=1 revoke=1", mails: 1, status: "pending", acceptable: invitetest.ViewerForAda},
	{at: "expired", do: "refresh", adopt: ".", renew: "n", manage: ".", plan: "nothing", status: "expired", warning: "set reinvite_expired = true"},
	{at: "expired", do: "refresh", adopt: ".", renew: "y", manage: ".", plan: "replace", requests: "send=1 revoke=1", mails: 1, status: "pending", acceptable: invitetest.ViewerForAda},
	{at: "member", do: "refresh", adopt: ".", renew: ".", manage: ".", plan: "nothing", status: "accepted"},
	{at: "member, differs", do: "refresh", adopt: ".", renew: ".", manage: "n", plan: "nothing", status: "accepted"},
	{at: "member, differs", do: "refresh", adopt: ".", renew: ".", manage: "y", plan: "update", requests: "change=1", status: "accepted"},

	{at: "nothing", do: "change", adopt: ".", renew: ".", manage: ".", plan: "create", requests: "send=1", mails: 1, status: "pending", acceptable: invitetest.EditorForAda},
	{at: "pending", do: "change", adopt: ".", renew: ".", manage: ".", plan: "replace", requests: "send=1 revoke=1", mails: 1, status: "pending", acceptable: invitetest.EditorForAda},
	{at: "pending, differs", do: "change", adopt: ".", renew: ".", manage: ".", plan: "nothing", status: "pending", acceptable: invitetest.EditorForAda},
	{at: "expired", do: "change", adopt: ".", renew: "n", manage: ".", plan: "replace", requests: "send=1 revoke=1", mails: 1, status: "pending", acceptable: invitetest.EditorForAda, warning: "expired"},
	{at: "expired", do: "change", adopt: ".", renew: "y", manage: ".", plan: "replace", requests: "send=1 revoke=1", mails: 1, status: "pending", acceptable: invitetest.EditorForAda},
	{at: "member", do: "change", adopt: ".", renew: ".", manage: "n", status: "accepted", failure: "set manage_membership = true"},
	{at: "member", do: "change", adopt: ".", renew: ".", manage: "y", plan: "update", requests: "change=1", status: "accepted"},
	{at: "member, differs", do: "change", adopt: ".", renew: ".", manage: "n", status: "accepted", failure: "set manage_membership = true"},
	{at: "member, differs", do: "change", adopt: ".", renew: ".", manage: "y", plan: "nothing", status: "accepted"},

	{at: "nothing", do: "destroy", adopt: ".", renew: ".", manage: ".", plan: "nothing"},
	{at: "pending", do: "destroy", adopt: ".", renew: ".", manage: ".", plan: "delete", requests: "revoke=1"},
	{at: "pending, differs", do: "destroy", adopt: ".", renew: ".", manage: ".", plan: "delete", requests: "revoke=1"},
	{at: "expired", do: "destroy", adopt: ".", renew: "n", manage: ".", plan: "delete", requests: "revoke=1", warning: "expired"},
	{at: "expired", do: "destroy", adopt: ".", renew: "y", manage: ".", plan: "delete", requests: "revoke=1"},
	{at: "member", do: "destroy", adopt: ".", renew: ".", manage: "n", plan: "delete", warning: "stays a member"},
	{at: "member", do: "destroy", adopt: ".", renew: ".", manage: "y", plan: "delete", requests: "remove=1"},
	{at: "member, differs", do: "destroy", adopt: ".", renew: ".", manage: "n", plan: "delete", warning: "stays a member"},
	{at: "member, differs", do: "destroy", adopt: ".", renew: ".", manage: "y", plan: "delete", requests: "remove=1"},
}

func TestLifecycle(t *testing.T) {
	t.Parallel()
	for name, shape := range invitetest.Platforms {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, c := range everyCase() {
				if name != "keeps everything" && (c.adopt != c.renew || c.renew != c.manage) {
					continue // the flags do not depend on what the lists show
				}
				t.Run(c.String(), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						m := invitetest.New()
						m.ManagesMembers = true
						shape(m)
						c.run(t, m)
					})
				})
			}
		})
	}
}

// TestLifecycleIsComplete makes sure that each case has one row, and each row a case.
func TestLifecycleIsComplete(t *testing.T) {
	t.Parallel()
	used := map[int]bool{}
	for _, c := range everyCase() {
		var matching []int
		for i, r := range lifecycle {
			if r.matches(c) {
				matching = append(matching, i)
				used[i] = true
			}
		}
		if len(matching) != 1 {
			t.Errorf("%s: rows %v, want one", c, matching)
		}
	}
	if len(used) != len(lifecycle) {
		t.Errorf("%d of %d rows are used", len(used), len(lifecycle))
	}
}

// situation is one combination of everything that the table distinguishes.
type situation struct {
	at, do               string
	adopt, renew, manage bool
}

func (c situation) String() string {
	flags := []string{}
	for name, set := range map[string]bool{"adopt": c.adopt, "renew": c.renew, "manage": c.manage} {
		if set {
			flags = append(flags, name)
		}
	}
	slices.Sort(flags)
	return fmt.Sprintf("%s, %s (%s)", c.do, c.at, strings.Join(flags, " "))
}

func everyCase() (all []situation) {
	for _, do := range []string{"create", "refresh", "change", "destroy"} {
		for _, at := range []string{"nothing", "pending", "pending, differs", "expired", "member", "member, differs"} {
			for flags := range 8 {
				all = append(all, situation{at: at, do: do, adopt: flags&1 > 0, renew: flags&2 > 0, manage: flags&4 > 0})
			}
		}
	}
	return all
}

func (r row) matches(c situation) bool {
	agrees := func(want string, is bool) bool { return want == "." || (want == "y") == is }
	return r.at == c.at && r.do == c.do && agrees(r.adopt, c.adopt) && agrees(r.renew, c.renew) && agrees(r.manage, c.manage)
}

func (c situation) run(t *testing.T, m *invitetest.Platform) {
	want := lifecycle[slices.IndexFunc(lifecycle, func(r row) bool { return r.matches(c) })]
	tf := newTerraform(t, m)
	config := attrs{"email": invitetest.Ada, "role": "viewer", "adopt_existing": c.adopt, "reinvite_expired": c.renew, "manage_membership": c.manage}
	if c.do == "create" {
		c.arrangeBefore(m)
	} else {
		invitetest.Contains(t, "errors of the first apply", tf.apply(config).errors)
		<-time.After(time.Hour)
		c.arrangeAfter(m)
	}
	m.Requests()
	m.Mails = nil
	switch c.do {
	case "change":
		config["role"] = "editor"
	case "destroy":
		config = nil
	}

	got := tf.apply(config)

	if got.action != want.plan {
		t.Errorf("plan: %q, want %q", got.action, want.plan)
	}
	if wrote := invitetest.Writes(m.Requests()); wrote != want.requests {
		t.Errorf("requests: %q, want %q", wrote, want.requests)
	}
	if len(m.Mails) != want.mails {
		t.Errorf("mails: %q, want %d", m.Mails, want.mails)
	}
	if status := fmt.Sprint(tf.state["status"]); status != want.status && (tf.state != nil || want.status != "") {
		t.Errorf("status: %q, want %q", status, want.status)
	}
	if acceptable := strings.Join(m.Acceptable(), ", "); acceptable != want.acceptable {
		t.Errorf("acceptable invitations: %q, want %q", acceptable, want.acceptable)
	}
	invitetest.Contains(t, "warnings", got.warnings, parts(want.warning)...)
	invitetest.Contains(t, "errors", got.errors, parts(want.failure)...)
	if len(got.errors) == 0 {
		if again := tf.plan(config); again.action != want.next && (again.action != "nothing" || want.next != "") {
			t.Errorf("the next plan: %s %v, want %q", again.action, again.because, want.next)
		}
	}
}

func (c situation) arrangeBefore(m *invitetest.Platform) {
	switch c.at {
	case "pending":
		m.InviteOutside(invitetest.Ada, "viewer")
	case "pending, differs":
		m.InviteOutside(invitetest.Ada, "editor")
	case "expired":
		m.InviteOutside(invitetest.Ada, "viewer")
		m.Expire(invitetest.Ada)
	case "member":
		m.Join(invitetest.Ada, "viewer")
	case "member, differs":
		m.Join(invitetest.Ada, "editor")
	}
}

func (c situation) arrangeAfter(m *invitetest.Platform) {
	switch c.at {
	case "nothing":
		m.RevokeOutside(invitetest.Ada)
	case "pending, differs":
		m.ResendOutside(invitetest.Ada, "editor")
	case "expired":
		<-time.After(2 * invitetest.Week)
	case "member":
		m.Accept(invitetest.Ada)
	case "member, differs":
		m.Accept(invitetest.Ada)
		m.Organization(invitetest.Acme).Members[0].Grant = "editor"
	}
}

func parts(one string) []string {
	if one == "" {
		return nil
	}
	return []string{one}
}
