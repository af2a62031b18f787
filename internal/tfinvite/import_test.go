// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// Whatever form an import takes, the plan after it is empty.
func TestImport(t *testing.T) {
	t.Parallel()
	pending := func(m *invitetest.Platform) { m.InviteOutside(invitetest.Ada, "viewer") }
	for name, c := range map[string]struct {
		there    func(*invitetest.Platform)
		id       string
		identity attrs
		status   string
		want     string // the id in state
	}{
		"by id":                     {pending, "inv-a", nil, "pending", "inv-a"},
		"by address":                {pending, "ada@example.com", nil, "pending", "inv-a"},
		"by organization, id":       {pending, "acme/inv-a", nil, "pending", "inv-a"},
		"by organization, address":  {pending, "acme/ada@example.com", nil, "pending", "inv-a"},
		"by identity":               {pending, "", attrs{"email": invitetest.Ada, "organization_id": invitetest.Acme}, "pending", "inv-a"},
		"by identity, default":      {pending, "", attrs{"email": invitetest.Ada}, "pending", "inv-a"},
		"secret ids":                {func(m *invitetest.Platform) { m.SecretIDs = true; pending(m) }, "acme/ADA@example.com", nil, "pending", invitetest.Ada},
		"expired":                   {func(m *invitetest.Platform) { pending(m); m.Expire(invitetest.Ada) }, "inv-a", nil, "expired", "inv-a"},
		"accepted":                  {func(m *invitetest.Platform) { pending(m); m.Accept(invitetest.Ada) }, invitetest.Ada, nil, "accepted", "inv-a"},
		"member":                    {func(m *invitetest.Platform) { m.Join(invitetest.Ada, "viewer") }, invitetest.Ada, nil, "accepted", "user-" + invitetest.Ada},
		"endless":                   {func(m *invitetest.Platform) { m.NoExpiry = true; pending(m) }, "inv-a", nil, "pending", "inv-a"},
		"member, secret ids, upper": {func(m *invitetest.Platform) { m.SecretIDs = true; m.Join(invitetest.Ada, "viewer") }, "ADA@example.com", nil, "accepted", invitetest.Ada},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			c.there(m)
			tf := newTerraform(t, m)
			invitetest.Contains(t, "errors", tf.imported(c.id, c.identity).errors)
			invitetest.Same(t, "status", tf.state["status"], any(c.status))
			invitetest.Same(t, "id", tf.state["id"], any(c.want))
			got := tf.plan(declared())
			invitetest.Same(t, "plan", got.action, "nothing")
			invitetest.Same(t, "writes", invitetest.Writes(m.Requests()), "")
		})
	}
}

// With an expiry configured, the plan after an import records it, once and without a request.
func TestImportRecordsTheLifetime(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.InviteOutside(invitetest.Ada, "viewer")
	tf := newTerraform(t, m)
	invitetest.Contains(t, "errors", tf.imported(invitetest.Ada, nil).errors)
	invitetest.Same(t, "expires_in", tf.state["expires_in"], nil)
	config := declared(attrs{"expires_in": "3d"})
	invitetest.Same(t, "plan", tf.apply(config).action, "update")
	invitetest.Same(t, "expires_in", tf.state["expires_in"], any("3d"))
	invitetest.Same(t, "next plan", tf.plan(config).action, "nothing")
	invitetest.Same(t, "a later change", tf.plan(declared(attrs{"expires_in": "2w"})).action, "replace")
	invitetest.Same(t, "writes", invitetest.Writes(m.Requests()), "")
}

func TestImportFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		id       string
		arrange  func(*invitetest.Platform)
		provider types.String
		failure  []string
	}{
		"nobody":                {"inv-z", nil, types.StringValue(invitetest.Acme), []string{"Could not import inv-z from the Memory organization acme", "EMAIL"}},
		"revoked":               {"inv-a", func(m *invitetest.Platform) { m.RevokeOutside(invitetest.Ada) }, types.StringValue(invitetest.Acme), []string{"was revoked", "cannot be imported"}},
		"no form":               {"a/b/c", nil, types.StringValue(invitetest.Acme), []string{"Not an import id of orginvite_memory_invite", `"a/b/c"`, "ORGANIZATION_ID/EMAIL"}},
		"a secret":              {"token-inv-a", func(m *invitetest.Platform) { m.SecretIDs = true }, types.StringValue(invitetest.Acme), []string{"imported by address", "EMAIL or ORGANIZATION_ID/EMAIL"}},
		"no organization":       {invitetest.Ada, nil, types.StringNull(), []string{"No Memory organization to use"}},
		"organization unknown":  {invitetest.Ada, nil, types.StringUnknown(), []string{"known only after apply"}},
		"lists that fail":       {invitetest.Ada, func(m *invitetest.Platform) { m.FailAlways(invitetest.OnInvites, invite.ErrForbidden) }, types.StringValue(invitetest.Acme), []string{"The platform failed at invites."}},
		"nobody, members fail":  {"bob@example.com", func(m *invitetest.Platform) { m.FailAlways(invitetest.OnMembers, invite.ErrForbidden) }, types.StringValue(invitetest.Acme), []string{"The platform failed at members."}},
		"in other organization": {"other/" + invitetest.Ada, nil, types.StringValue(invitetest.Acme), []string{"organization other"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			m.InviteOutside(invitetest.Ada, "viewer")
			if c.arrange != nil {
				c.arrange(m)
			}
			tf := newTerraform(t, m)
			tf.connection = func(connection *Connection) { connection.Organization = c.provider }
			invitetest.Contains(t, "errors", tf.imported(c.id, nil).errors, c.failure...)
			invitetest.Same(t, "state", len(tf.state), 0)
		})
	}
}
