// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// list reads a data source and returns one attribute of each item.
func (tf *terraform) list(what, attribute string, config attrs) (values []any, errors []string) {
	tf.t.Helper()
	w := tf.process()
	definition := NewInvitesDataSource(descriptor(tf.memory))()
	if what == "members" {
		definition = NewMembersDataSource(descriptor(tf.memory))()
	}
	var described datasource.SchemaResponse
	definition.Schema(tf.t.Context(), datasource.SchemaRequest{}, &described)
	object, _ := described.Schema.Type().TerraformType(tf.t.Context()).(tftypes.Object)
	whole := map[string]tftypes.Value{}
	for name, kind := range object.AttributeTypes {
		value := config[name]
		if words, ok := value.([]string); ok {
			var elements []tftypes.Value
			for _, word := range words {
				elements = append(elements, tftypes.NewValue(tftypes.String, word))
			}
			value = elements
		}
		whole[name] = tftypes.NewValue(kind, value)
	}
	wire, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, whole))
	if err != nil {
		tf.t.Fatal(err)
	}
	resp, err := w.server.ReadDataSource(tf.t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: "orginvite_memory_" + what, Config: &wire})
	w.note(err, resp.Diagnostics)
	if len(w.step.errors) > 0 {
		return nil, w.step.errors
	}
	var state map[string]tftypes.Value
	var items []tftypes.Value
	answer, err := resp.State.Unmarshal(object)
	if err == nil {
		err = answer.As(&state)
	}
	if err == nil {
		err = state[what].As(&items)
	}
	if err != nil || state[what].IsNull() {
		tf.t.Fatalf("no list: %v", err)
	}
	for _, item := range items {
		var fields map[string]tftypes.Value
		if err := item.As(&fields); err != nil {
			tf.t.Fatal(err)
		}
		values = append(values, plain(fields[attribute]))
	}
	return values, nil
}

func TestListDataSources(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.InviteOutside("carol@example.com", "viewer")
	m.InviteOutside("Bob@Example.com", "editor")
	m.InviteOutside("ada@notexample.com", "viewer")
	m.Expire("ada@notexample.com")
	m.InviteOutside(invitetest.Ada, "viewer")
	m.Accept(invitetest.Ada)
	m.Join("dan@example.com", "editor")
	tf := newTerraform(t, m)
	for name, c := range map[string]struct {
		what, attribute string
		config          attrs
		want            []any
	}{
		"pending":             {"invites", "email", attrs{}, []any{"Bob@Example.com", "carol@example.com"}},
		"every state":         {"invites", "status", attrs{"status": []string{"pending", "accepted", "expired", "revoked"}}, []any{"accepted", "expired", "pending", "pending"}},
		"address":             {"invites", "id", attrs{"email": "bob@example.com"}, []any{"inv-b"}},
		"domain":              {"invites", "email", attrs{"email_domain": "notexample.com", "status": []string{"expired"}}, []any{"ada@notexample.com"}},
		"role":                {"invites", "email", attrs{"role": "editor"}, []any{"Bob@Example.com"}},
		"what is granted":     {"invites", "role", attrs{}, []any{"editor", "viewer"}},
		"ending":              {"invites", "email", attrs{"expiring_before": "2001-01-01T00:00:00Z"}, nil},
		"other organization":  {"invites", "email", attrs{"organization_id": "other"}, nil},
		"by whom":             {"invites", "member_id", attrs{"status": []string{"accepted"}}, []any{"user-" + invitetest.Ada}},
		"members":             {"members", "email", attrs{}, []any{invitetest.Ada, "dan@example.com"}},
		"member with address": {"members", "role", attrs{"email": "DAN@example.com"}, []any{"editor"}},
		"members at":          {"members", "id", attrs{"email_domain": "Example.com"}, []any{"user-" + invitetest.Ada, "user-dan@example.com"}},
		"no members at":       {"members", "id", attrs{"email_domain": "sub.example.com"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			tf.t = t
			got, errors := tf.list(c.what, c.attribute, c.config)
			invitetest.Contains(t, "errors", errors)
			invitetest.Same(t, "how many", len(got), len(c.want))
			for i := range min(len(got), len(c.want)) {
				invitetest.Same(t, "item", got[i], c.want[i])
			}
		})
	}
}

// A failure is an error, never a short list.
func TestListDataSourcesFail(t *testing.T) {
	t.Parallel()
	for failure, arrange := range map[string]func(*invitetest.Platform, *Connection){
		"Could not list the members of the Memory organization acme": func(m *invitetest.Platform, _ *Connection) { m.FailAlways(invitetest.OnMembers, invite.ErrForbidden) },
		"No Memory organization to use":                              func(_ *invitetest.Platform, c *Connection) { c.Organization = types.StringNull() },
		"known only after apply":                                     func(_ *invitetest.Platform, c *Connection) { c.Organization = types.StringUnknown() },
		"that are known only after apply":                            func(_ *invitetest.Platform, c *Connection) { c.Service, c.Pending = nil, true },
		"No credential":                                              func(_ *invitetest.Platform, c *Connection) { c.Problems.AddError("No credential", "") },
	} {
		m := invitetest.New()
		tf := newTerraform(t, m)
		tf.connection = func(connection *Connection) { arrange(m, connection) }
		_, errors := tf.list("members", "id", attrs{})
		invitetest.Contains(t, "errors", errors, failure)
	}
}
