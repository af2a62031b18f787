package invite

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// What a plan of a new invitation foretells, beyond the table: what is not known
// yet, and what is silent.
func TestPlanCreate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		there    func(*memory)
		config   attrs
		warning  string
		failure  string
		requests string
	}{
		"an unknown address":         {func(m *memory) { m.invited(ada, "viewer") }, attrs{"email": unknown}, "", "", ""},
		"an unknown organization":    {func(m *memory) { m.invited(ada, "viewer") }, attrs{"organization_id": unknown}, "", "", ""},
		"another organization":       {func(m *memory) { m.invited(ada, "viewer") }, attrs{"organization_id": "other"}, "", "", "invites=1 members=1"},
		"an unknown role":            {func(m *memory) { m.invited(ada, "viewer") }, attrs{"role": unknown, "adopt_existing": true}, "which is not known yet", "", "invites=1"},
		"another letter case":        {func(m *memory) { m.invited("ADA@Example.com", "viewer") }, attrs{}, `id = "acme/inv-a"`, "", "invites=1"},
		"secret ids":                 {func(m *memory) { m.secretIDs = true; m.invited(ada, "viewer") }, attrs{}, `id = "acme/ada@example.com"`, "", "invites=1"},
		"a member":                   {func(m *memory) { m.join("ADA@example.com", "viewer") }, attrs{}, `id = "acme/ADA@example.com"`, "", "invites=1 members=1"},
		"another lifetime":           {func(m *memory) { m.invited(ada, "viewer") }, attrs{"adopt_existing": true, "expires_in": "3d"}, "a new one sent", "", "invites=1 members=1"},
		"an invited member":          {func(m *memory) { m.join(ada, "viewer"); m.invited(ada, "editor") }, attrs{"adopt_existing": true}, "recorded as accepted", "", "invites=1 members=1"},
		"members may not be listed":  {func(m *memory) { m.forbid(onMembers, ErrForbidden) }, attrs{}, "", "", "invites=1 members=1"},
		"members cannot be listed":   {func(m *memory) { m.forbid(onMembers, ErrUncertain) }, attrs{}, "", "Could not look for an existing invitation", "invites=1 members=1"},
		"nothing can be listed":      {func(m *memory) { m.forbid(onInvites, ErrForbidden) }, attrs{}, "", "Could not look for an existing invitation", "invites=1"},
		"an expired and revoked one": {func(m *memory) { m.invited(ada, "viewer"); m.expire(ada); m.invited(ada, "viewer"); m.withdraw(ada) }, attrs{}, "", "", "invites=1 members=1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			c.there(m)
			tf := newTerraform(t, m)
			got := tf.plan(declared(c.config))
			has(t, "warnings", got.warnings, parts(c.warning)...)
			has(t, "errors", got.errors, parts(c.failure)...)
			m.requested(t, c.requests)
			m.mailed(t, 0)
		})
	}
}

// A plan is silent about an invitation that a resource in state stands for.
func TestPlanIsSilentAboutHeldInvitations(t *testing.T) {
	t.Parallel()
	m := newMemory()
	tf := newTerraform(t, m)
	tf.apply(declared())
	w := tf.process()
	w.refresh()
	w.state = nil
	w.plan(declared(attrs{"role": "editor"}))
	has(t, "warnings", w.step.warnings)
	w = tf.process()
	w.plan(declared(attrs{"role": "editor"}))
	has(t, "warnings of a process that knows of no resource", w.step.warnings, "The apply will fail")
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
		"organization":          {"organization_id", attrs{"organization_id": acme}, "7d"},
		"lifetime":              {"expires_in", attrs{"expires_in": "2w"}, "2w"},
		"lifetime, then none":   {"expires_in", attrs{}, "7d"},
		"fixed end":             {"expires_at", attrs{"expires_at": "2999-01-01T00:00:00Z"}, nil},
		"fixed end, then none":  {"expires_at", attrs{}, "7d"},
		"adopt_existing":        {"adopt_existing", attrs{"adopt_existing": true}, "7d"},
		"adopt_existing is off": {"adopt_existing", attrs{"adopt_existing": false}, "7d"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			tf := newTerraform(t, m)
			planned := tf.plan(declared(attrs{c.unknown: unknown}))
			has(t, "errors of the plan", planned.errors)
			got := tf.carryOut(planned, declared(c.final))
			has(t, "errors", got.errors)
			m.mailed(t, 1)
			same(t, "expires_in", tf.state["expires_in"], c.in)
			same(t, "next plan", tf.plan(declared(c.final)).action, "nothing")
		})
	}
}

// A provider whose configuration is not known yet plans without asking, and keeps what is.
func TestProviderNotKnownYet(t *testing.T) {
	t.Parallel()
	m := newMemory()
	tf := newTerraform(t, m)
	tf.apply(declared())
	m.spent()
	tf.connection = func(connection *Connection) {
		connection.Service, connection.Pending, connection.Organization = nil, true, types.StringUnknown()
	}
	got := tf.plan(declared())
	same(t, "plan", got.action, "nothing")
	has(t, "warnings", got.warnings, "was not refreshed")
	same(t, "plan of a change", tf.plan(declared(attrs{"role": "editor"})).action, "replace")

	fresh := newTerraform(t, m)
	fresh.connection = tf.connection
	planned := fresh.plan(declared(attrs{"email": "bob@example.com"}))
	same(t, "plan", planned.action, "create")
	same(t, "organization", planned.planned["organization_id"], any(unknown))
	has(t, "errors", planned.errors)
	has(t, "errors of an apply", fresh.carryOut(planned, declared(attrs{"email": "bob@example.com"})).errors, "The Memory configuration is not known")
	has(t, "errors of an import", fresh.imported(ada, nil).errors, "The Memory configuration is not known")
	m.requested(t, "")
}

// A provider that cannot work says so to whoever uses it.
func TestProviderCannotWork(t *testing.T) {
	t.Parallel()
	tf := newTerraform(t, newMemory())
	tf.connection = func(connection *Connection) { connection.Problems.AddError("No credential", "Set one.") }
	has(t, "errors", tf.plan(declared()).errors, "No credential")
	tf.connection = func(connection *Connection) { connection.Organization = types.StringNull() }
	has(t, "errors", tf.plan(declared()).errors, "organization_id: No Memory organization to use", "memory block", "MEMORY_ORGANIZATION")
	has(t, "errors", tf.plan(declared(attrs{"organization_id": acme})).errors)
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
		m := newMemory()
		w := newTerraform(t, m).process()
		resp, err := w.server.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: memoryInvite, Config: w.value(w.object, declared(config))})
		w.note(err, resp.Diagnostics)
		has(t, "errors", w.step.errors, failure)
		m.requested(t, "")
	}
}

// Where invitations do not expire there is nothing to say about an end.
func TestEndless(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.endless, m.drops = true, []Status{Accepted, Revoked}
	tf := newTerraform(t, m)
	has(t, "errors", tf.apply(declared()).errors)
	for _, name := range []string{"expires_in", "expires_at", "created_at", "reinvite_expired"} {
		if _, there := tf.state[name]; there {
			t.Errorf("there is %s", name)
		}
	}
	same(t, "next plan", tf.plan(declared()).action, "nothing")
	m.accept(ada)
	same(t, "after acceptance", tf.plan(declared()).action, "nothing")
	same(t, "status", tf.state["status"], any("accepted"))
}
