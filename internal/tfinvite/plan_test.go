// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// declared is a configuration: a viewer, and what else is said.
func declared(more ...attrs) attrs {
	config := attrs{"email": invitetest.Ada, "role": "viewer"}
	for _, one := range more {
		maps.Copy(config, one)
	}
	return config
}

// What a plan makes of a changed configuration, for an invitation that was sent.
func TestPlanChange(t *testing.T) {
	t.Parallel()
	managed := attrs{"manage_membership": true}
	for name, c := range map[string]struct {
		first    attrs
		happened func(*invitetest.Platform)
		provider types.String // its organization; the zero value is what it was
		then     attrs
		action   string
		because  string
		warning  string
		failure  string
	}{
		"nothing":                  {then: attrs{}, action: "nothing"},
		"letter case":              {then: attrs{"email": "ADA@Example.com"}, action: "nothing"},
		"another address":          {then: attrs{"email": "bob@example.com"}, action: "replace", because: "email"},
		"an unknown address":       {then: attrs{"email": unknown}, action: "replace", because: "email"},
		"another organization":     {then: attrs{"organization_id": "other"}, action: "replace", because: "organization_id"},
		"an unknown organization":  {then: attrs{"organization_id": unknown}, action: "replace", because: "organization_id"},
		"the same organization":    {then: attrs{"organization_id": invitetest.Acme}, action: "nothing"},
		"the provider's changes":   {provider: types.StringValue("other"), then: attrs{}, action: "replace", because: "organization_id"},
		"the provider's, but own":  {first: attrs{"organization_id": invitetest.Acme}, provider: types.StringValue("other"), then: attrs{"organization_id": invitetest.Acme}, action: "nothing"},
		"the provider's unknown":   {provider: types.StringUnknown(), then: attrs{}, action: "nothing"},
		"another role":             {then: attrs{"role": "editor"}, action: "replace", because: "role"},
		"an unknown role":          {then: attrs{"role": unknown}, action: "replace", because: "role"},
		"address and role":         {then: attrs{"email": "bob@example.com", "role": "editor"}, action: "replace", because: "email"},
		"flags":                    {then: attrs{"adopt_existing": true, "reinvite_expired": true, "manage_membership": true}, action: "update"},
		"flags, spelled out":       {then: attrs{"adopt_existing": false, "reinvite_expired": false, "manage_membership": false}, action: "nothing"},
		"an unknown flag":          {then: attrs{"adopt_existing": unknown}, action: "update"},
		"accepted":                 {happened: accepts, then: attrs{}, action: "nothing"},
		"accepted, letter case":    {happened: accepts, then: attrs{"email": "ADA@Example.com"}, action: "nothing"},
		"accepted, flags":          {happened: accepts, then: attrs{"manage_membership": true, "reinvite_expired": true}, action: "update"},
		"accepted, role":           {happened: accepts, then: attrs{"role": "editor"}, failure: "accepted already"},
		"accepted, unknown role":   {happened: accepts, then: attrs{"role": unknown}, action: "update"},
		"accepted, role, managed":  {first: managed, happened: accepts, then: attrs{"manage_membership": true, "role": "editor"}, action: "update"},
		"accepted, role, managing": {happened: accepts, then: attrs{"manage_membership": true, "role": "editor"}, action: "update"},
		"accepted, address":        {happened: accepts, then: attrs{"email": "bob@example.com"}, action: "replace", because: "email", warning: "stays a member"},
		"accepted, organization":   {happened: accepts, then: attrs{"organization_id": "other"}, action: "replace", because: "organization_id", warning: "stays a member"},
		"managed, address":         {first: managed, happened: accepts, then: attrs{"manage_membership": true, "email": "bob@example.com"}, action: "replace", because: "email"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			m.ManagesMembers = true
			tf := newTerraform(t, m)
			invitetest.Contains(t, "errors of the first apply", tf.apply(declared(c.first)).errors)
			if c.happened != nil {
				c.happened(m)
			}
			if c.provider != (types.String{}) {
				tf.connection = func(connection *Connection) { connection.Organization = c.provider }
			}
			m.Requests()
			got := tf.plan(declared(c.then))
			invitetest.Same(t, "plan", got.action, c.action)
			invitetest.Same(t, "because of", strings.Join(got.because, " "), c.because)
			invitetest.Contains(t, "warnings", got.warnings, parts(c.warning)...)
			invitetest.Contains(t, "errors", got.errors, parts(c.failure)...)
			invitetest.Same(t, "writes", invitetest.Writes(m.Requests()), "")
			if got.action == "nothing" {
				invitetest.Same(t, "spelling", tf.state["email"], any(invitetest.Ada))
			}
		})
	}
}

func accepts(m *invitetest.Platform) { m.Accept(invitetest.Ada) }

// Flags change without a request, in whatever state the invitation is.
func TestFlagsCostNothing(t *testing.T) {
	t.Parallel()
	for name, happened := range map[string]func(*invitetest.Platform){"pending": func(*invitetest.Platform) {}, "expired": func(m *invitetest.Platform) { m.Expire(invitetest.Ada) }, "accepted": accepts} {
		m := invitetest.New()
		tf := newTerraform(t, m)
		tf.apply(declared())
		happened(m)
		config := declared(attrs{"adopt_existing": true, "manage_membership": name != "accepted"})
		planned := tf.plan(config)
		m.Requests()
		before := maps.Clone(tf.state)
		got := tf.carryOut(planned, config)
		invitetest.Same(t, name, got.action, "update")
		invitetest.Contains(t, name, got.errors)
		m.ExpectRequests(t, "")
		before["adopt_existing"], before["manage_membership"] = true, name != "accepted"
		if !maps.Equal(tf.state, before) {
			t.Errorf("%s: %v, want %v", name, tf.state, before)
		}
	}
}

// A change that fails leaves the state as it was.
func TestUpdateFails(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.ManagesMembers = true
	tf := newTerraform(t, m)
	config := declared(attrs{"manage_membership": true})
	tf.apply(config)
	m.Accept(invitetest.Ada)
	config["role"] = "editor"
	planned := tf.plan(config)
	m.Fail(invitetest.OnChange, invite.ErrForbidden)
	got := tf.carryOut(planned, config)
	invitetest.Contains(t, "errors", got.errors, "Could not change what "+invitetest.Ada+" has in the Memory organization acme")
	invitetest.Same(t, "role", tf.state["role"], any("viewer"))
	invitetest.Same(t, "status", tf.state["status"], any("accepted"))
	invitetest.Same(t, "next plan", tf.plan(config).action, "update")
}

// What only the platform knows stays known in the plan of an update.
func TestDetailsStayKnown(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	tf := newTerraform(t, m)
	tf.apply(declared())
	planned := tf.plan(declared(attrs{"adopt_existing": true}))
	invitetest.Same(t, "plan", planned.action, "update")
	for _, name := range []string{"note", "id", "status", "member_id", "created_at", "expires_at", "expires_in"} {
		invitetest.Same(t, name, planned.planned[name], tf.state[name])
	}
	invitetest.Same(t, "note", tf.state["note"], any("about "+invitetest.Ada))
}

// A managed member gets another role in the same apply that records another end.
func TestChangeRoleAndEnd(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.ManagesMembers = true
	tf := newTerraform(t, m)
	config := declared(attrs{"manage_membership": true})
	tf.apply(config)
	m.Accept(invitetest.Ada)
	config = declared(attrs{"manage_membership": true, "role": "editor", "expires_at": "2999-01-01T00:00:00Z"})

	got := tf.apply(config)

	invitetest.Same(t, "plan", got.action, "update")
	invitetest.Contains(t, "errors", got.errors)
	invitetest.Same(t, "change requests", m.Calls[invitetest.OnChange], 1)
	invitetest.Same(t, "next plan", tf.plan(config).action, "nothing")
}

// Whether a role that was unknown while planning may change is decided when it is known.
func TestUnknownRoleTurnsOut(t *testing.T) {
	t.Parallel()
	for role, failure := range map[string]string{"viewer": "", "editor": "accepted already"} {
		m := invitetest.New()
		tf := newTerraform(t, m)
		tf.apply(declared())
		m.Accept(invitetest.Ada)
		planned := tf.plan(declared(attrs{"role": unknown}))
		invitetest.Contains(t, "errors of the plan", planned.errors)
		got := tf.carryOut(planned, declared(attrs{"role": role}))
		invitetest.Contains(t, role, got.errors, parts(failure)...)
		invitetest.Same(t, "state", tf.state["role"], any("viewer"))
	}
}

// A refresh that fails keeps the state, and an apply that fails writes none.
func TestFailuresKeepState(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	tf := newTerraform(t, m)
	m.Fail(invitetest.OnSend, invite.ErrRefused)
	invitetest.Contains(t, "errors", tf.apply(declared()).errors, "Could not invite "+invitetest.Ada+" to the Memory organization acme")
	invitetest.Same(t, "state", len(tf.state), 0)
	tf.apply(declared())
	before := maps.Clone(tf.state)
	for _, meaning := range []error{invite.ErrForbidden, invite.ErrUncertain, invite.ErrGone} {
		m.Fail(invitetest.OnInvites, meaning)
		invitetest.Contains(t, "errors", tf.plan(declared()).errors, "Could not refresh the invitation of "+invitetest.Ada)
		invitetest.Same(t, "kept", maps.Equal(tf.state, before), true)
		m.Fail(invitetest.OnRevoke, invite.ErrForbidden)
		invitetest.Contains(t, "errors", tf.apply(nil).errors, "Could not revoke the invitation of "+invitetest.Ada)
		invitetest.Same(t, "kept", maps.Equal(tf.state, before), true)
	}
}
