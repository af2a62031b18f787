package invite

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Whatever form an import takes, the plan after it is empty.
func TestImport(t *testing.T) {
	t.Parallel()
	pending := func(m *memory) { m.invited(ada, "viewer") }
	for name, c := range map[string]struct {
		there    func(*memory)
		id       string
		identity attrs
		status   string
		want     string // the id in state
	}{
		"by id":                     {pending, "inv-a", nil, "pending", "inv-a"},
		"by address":                {pending, "ada@example.com", nil, "pending", "inv-a"},
		"by organization, id":       {pending, "acme/inv-a", nil, "pending", "inv-a"},
		"by organization, address":  {pending, "acme/ada@example.com", nil, "pending", "inv-a"},
		"by identity":               {pending, "", attrs{"email": ada, "organization_id": acme}, "pending", "inv-a"},
		"by identity, default":      {pending, "", attrs{"email": ada}, "pending", "inv-a"},
		"secret ids":                {func(m *memory) { m.secretIDs = true; pending(m) }, "acme/ADA@example.com", nil, "pending", ada},
		"expired":                   {func(m *memory) { pending(m); m.expire(ada) }, "inv-a", nil, "expired", "inv-a"},
		"accepted":                  {func(m *memory) { pending(m); m.accept(ada) }, ada, nil, "accepted", "inv-a"},
		"member":                    {func(m *memory) { m.join(ada, "viewer") }, ada, nil, "accepted", "user-" + ada},
		"endless":                   {func(m *memory) { m.endless = true; pending(m) }, "inv-a", nil, "pending", "inv-a"},
		"member, secret ids, upper": {func(m *memory) { m.secretIDs = true; m.join(ada, "viewer") }, "ADA@example.com", nil, "accepted", ada},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			c.there(m)
			tf := newTerraform(t, m)
			has(t, "errors", tf.imported(c.id, c.identity).errors)
			same(t, "status", tf.state["status"], any(c.status))
			same(t, "id", tf.state["id"], any(c.want))
			got := tf.plan(declared())
			same(t, "plan", got.action, "nothing")
			same(t, "writes", writes(m.spent()), "")
		})
	}
}

// With an expiry configured, the plan after an import records it, once and without a request.
func TestImportRecordsTheLifetime(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.invited(ada, "viewer")
	tf := newTerraform(t, m)
	has(t, "errors", tf.imported(ada, nil).errors)
	same(t, "expires_in", tf.state["expires_in"], nil)
	config := declared(attrs{"expires_in": "3d"})
	same(t, "plan", tf.apply(config).action, "update")
	same(t, "expires_in", tf.state["expires_in"], any("3d"))
	same(t, "next plan", tf.plan(config).action, "nothing")
	same(t, "a later change", tf.plan(declared(attrs{"expires_in": "2w"})).action, "replace")
	same(t, "writes", writes(m.spent()), "")
}

func TestImportFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		id       string
		arrange  func(*memory)
		provider types.String
		failure  []string
	}{
		"nobody":                {"inv-z", nil, types.StringValue(acme), []string{"Could not import inv-z from the Memory organization acme", "EMAIL"}},
		"revoked":               {"inv-a", func(m *memory) { m.withdraw(ada) }, types.StringValue(acme), []string{"was revoked", "cannot be imported"}},
		"no form":               {"a/b/c", nil, types.StringValue(acme), []string{"Not an import id of orginvite_memory_invite", `"a/b/c"`, "ORGANIZATION_ID/EMAIL"}},
		"a secret":              {"token-inv-a", func(m *memory) { m.secretIDs = true }, types.StringValue(acme), []string{"imported by address", "EMAIL or ORGANIZATION_ID/EMAIL"}},
		"no organization":       {ada, nil, types.StringNull(), []string{"No Memory organization to use"}},
		"organization unknown":  {ada, nil, types.StringUnknown(), []string{"known only after apply"}},
		"lists that fail":       {ada, func(m *memory) { m.forbid(onInvites, ErrForbidden) }, types.StringValue(acme), []string{"The platform failed at invites."}},
		"nobody, members fail":  {"bob@example.com", func(m *memory) { m.forbid(onMembers, ErrForbidden) }, types.StringValue(acme), []string{"The platform failed at members."}},
		"in other organization": {"other/" + ada, nil, types.StringValue(acme), []string{"organization other"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			m.invited(ada, "viewer")
			if c.arrange != nil {
				c.arrange(m)
			}
			tf := newTerraform(t, m)
			tf.connection = func(connection *Connection) { connection.Organization = c.provider }
			has(t, "errors", tf.imported(c.id, nil).errors, c.failure...)
			same(t, "state", len(tf.state), 0)
		})
	}
}
