// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// What a plan of a new invitation says, beyond the table: about what is not known yet, and what it does not mention.
func TestPlanCreate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		there    func(*invitetest.Platform)
		config   attrs
		warning  string
		failure  string
		requests string
	}{
		"an unknown address":      {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer") }, attrs{"email": unknown}, "", "", ""},
		"an unknown organization": {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer") }, attrs{"organization_id": unknown}, "", "", ""},
		"another organization":    {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer") }, attrs{"organization_id": "other"}, "", "", "invites=1 members=1"},
		"an unknown role":         {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer") }, attrs{"role": unknown, "adopt_existing": true}, "which is not known yet", "", "invites=1"},
		"another letter case":     {func(m *invitetest.Platform) { m.InviteOutside("ADA@Example.com", "viewer") }, attrs{}, `id = "acme/inv-a"`, "", "invites=1"},
		"secret ids":              {func(m *invitetest.Platform) { m.SecretIDs = true; m.InviteOutside(invitetest.Ada, "viewer") }, attrs{}, `id = "acme/ada@example.com"`, "", "invites=1"},
		"a member":                {func(m *invitetest.Platform) { m.Join("ADA@example.com", "viewer") }, attrs{}, `id = "acme/ADA@example.com"`, "", "invites=1 members=1"},
		"another lifetime":        {func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer") }, attrs{"adopt_existing": true, "expires_in": "3d"}, "a new one sent", "", "invites=1 members=1"},
		"an invited member": {func(m *invitetest.Platform) {
			m.Join(invitetest.Ada, "viewer")
			m.InviteOutside(invitetest.Ada, "editor")
		}, attrs{"adopt_existing": true}, "recorded as accepted", "", "invites=1 members=1"},
		"members may not be listed": {func(m *invitetest.Platform) { m.FailAlways(invitetest.OnMembers, invite.ErrForbidden) }, attrs{}, "", "", "invites=1 members=1"},
		"members cannot be listed":  {func(m *invitetest.Platform) { m.FailAlways(invitetest.OnMembers, invite.ErrUncertain) }, attrs{}, "", "Could not look for an existing invitation", "invites=1 members=1"},
		"nothing can be listed":     {func(m *invitetest.Platform) { m.FailAlways(invitetest.OnInvites, invite.ErrForbidden) }, attrs{}, "", "Could not look for an existing invitation", "invites=1"},
		"an expired and revoked one": {func(m *invitetest.Platform) {
			m.InviteOutside(invitetest.Ada, "viewer")
			m.Expire(invitetest.Ada)
			m.InviteOutside(invitetest.Ada, "viewer")
			m.RevokeOutside(invitetest.Ada)
		}, attrs{}, "", "", "invites=1 members=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			c.there(m)
			tf := newTerraform(t, m)
			got := tf.plan(declared(c.config))
			invitetest.Contains(t, "warnings", got.warnings, parts(c.warning)...)
			invitetest.Contains(t, "errors", got.errors, parts(c.failure)...)
			m.ExpectRequests(t, c.requests)
			m.ExpectMails(t, 0)
		})
	}
}

// A plan does not warn about an invitation that a resource in state manages.
func TestPlanIsSilentAboutManagedInvitations(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	tf := newTerraform(t, m)
	tf.apply(declared())
	w := tf.process()
	w.refresh()
	w.state = nil
	w.plan(declared(attrs{"role": "editor"}))
	invitetest.Contains(t, "warnings", w.step.warnings)
	w = tf.process()
	w.plan(declared(attrs{"role": "editor"}))
	invitetest.Contains(t, "warnings of a process that knows of no resource", w.step.warnings, "The apply will fail")
}

// Values that are unknown while planning are settled by the apply.
func TestUnknownWhilePlanning(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		unknown string
		final   attrs
		in      any
	}{
		"role":                  {"role", attrs{}, "7d"},
		"email":                 {"email", attrs{}, "7d"},
		"organization":          {"organization_id", attrs{"organization_id": invitetest.Acme}, "7d"},
		"lifetime":              {"expires_in", attrs{"expires_in": "2w"}, "2w"},
		"lifetime, then none":   {"expires_in", attrs{}, "7d"},
		"fixed end":             {"expires_at", attrs{"expires_at": "2999-01-01T00:00:00Z"}, nil},
		"fixed end, then none":  {"expires_at", attrs{}, "7d"},
		"adopt_existing":        {"adopt_existing", attrs{"adopt_existing": true}, "7d"},
		"adopt_existing is off": {"adopt_existing", attrs{"adopt_existing": false}, "7d"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			tf := newTerraform(t, m)
			planned := tf.plan(declared(attrs{c.unknown: unknown}))
			invitetest.Contains(t, "errors of the plan", planned.errors)
			got := tf.carryOut(planned, declared(c.final))
			invitetest.Contains(t, "errors", got.errors)
			m.ExpectMails(t, 1)
			invitetest.Same(t, "expires_in", tf.state["expires_in"], c.in)
			invitetest.Same(t, "next plan", tf.plan(declared(c.final)).action, "nothing")
		})
	}
}

// A provider whose configuration is not known yet plans without asking, and keeps what is.
func TestProviderNotKnownYet(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	tf := newTerraform(t, m)
	tf.apply(declared())
	m.Requests()
	tf.connection = func(connection *Connection) {
		connection.Service, connection.Pending, connection.Organization = nil, true, types.StringUnknown()
	}
	got := tf.plan(declared())
	invitetest.Same(t, "plan", got.action, "nothing")
	invitetest.Contains(t, "warnings", got.warnings, "was not refreshed")
	invitetest.Same(t, "plan of a change", tf.plan(declared(attrs{"role": "editor"})).action, "replace")

	fresh := newTerraform(t, m)
	fresh.connection = tf.connection
	planned := fresh.plan(declared(attrs{"email": "bob@example.com"}))
	invitetest.Same(t, "plan", planned.action, "create")
	invitetest.Same(t, "organization", planned.planned["organization_id"], any(unknown))
	invitetest.Contains(t, "errors", planned.errors)
	invitetest.Contains(t, "errors of an apply", fresh.carryOut(planned, declared(attrs{"email": "bob@example.com"})).errors, "The Memory configuration is not known")
	invitetest.Contains(t, "errors of an import", fresh.imported(invitetest.Ada, nil).errors, "The Memory configuration is not known")
	m.ExpectRequests(t, "")
}

// A provider that cannot work says so to whoever uses it.
func TestProviderCannotWork(t *testing.T) {
	t.Parallel()
	tf := newTerraform(t, invitetest.New())
	tf.connection = func(connection *Connection) { connection.Problems.AddError("No credential", "Set one.") }
	invitetest.Contains(t, "errors", tf.plan(declared()).errors, "No credential")
	tf.connection = func(connection *Connection) { connection.Organization = types.StringNull() }
	invitetest.Contains(t, "errors", tf.plan(declared()).errors, "organization_id: No Memory organization to use", "memory block", "MEMORY_ORGANIZATION")
	invitetest.Contains(t, "errors", tf.plan(declared(attrs{"organization_id": invitetest.Acme})).errors)
}

// What the configuration alone shows to be wrong is refused without the platform.
func TestValidation(t *testing.T) {
	t.Parallel()
	for failure, config := range map[string]attrs{
		"email: Not an e-mail address":                                                  {"email": "Ada <ada@example.com>"},
		"expires_in: Not a duration":                                                    {"expires_in": "30s"},
		"expires_at: Invalid RFC3339 String Value":                                      {"expires_at": "tomorrow"},
		"Attribute \"expires_at\" cannot be specified when \"expires_in\" is specified": {"expires_in": "7d", "expires_at": "2030-01-01T00:00:00Z"},
		"organization_id: Invalid Attribute Value Length":                               {"organization_id": ""},
	} {
		m := invitetest.New()
		w := newTerraform(t, m).process()
		resp, err := w.server.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: memoryInvite, Config: w.value(w.object, declared(config))})
		w.note(err, resp.Diagnostics)
		invitetest.Contains(t, "errors", w.step.errors, failure)
		m.ExpectRequests(t, "")
	}
}

// Where invitations do not expire there is nothing to say about an end.
func TestEndless(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.NoExpiry, m.Unlisted = true, []invite.Status{invite.Accepted, invite.Revoked}
	tf := newTerraform(t, m)
	invitetest.Contains(t, "errors", tf.apply(declared()).errors)
	for _, name := range []string{"expires_in", "expires_at", "created_at", "reinvite_expired"} {
		if _, there := tf.state[name]; there {
			t.Errorf("there is %s", name)
		}
	}
	invitetest.Same(t, "next plan", tf.plan(declared()).action, "nothing")
	m.Accept(invitetest.Ada)
	invitetest.Same(t, "after acceptance", tf.plan(declared()).action, "nothing")
	invitetest.Same(t, "status", tf.state["status"], any("accepted"))
}
