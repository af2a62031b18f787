package invite

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// declared is a configuration: a viewer, and what else is said.
func declared(more ...attrs) attrs {
	config := attrs{"email": ada, "role": "viewer"}
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
		happened func(*memory)
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
		"the same organization":    {then: attrs{"organization_id": acme}, action: "nothing"},
		"the provider's changes":   {provider: types.StringValue("other"), then: attrs{}, action: "replace", because: "organization_id"},
		"the provider's, but own":  {first: attrs{"organization_id": acme}, provider: types.StringValue("other"), then: attrs{"organization_id": acme}, action: "nothing"},
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
			m := newMemory()
			m.manages = true
			tf := newTerraform(t, m)
			has(t, "errors of the first apply", tf.apply(declared(c.first)).errors)
			if c.happened != nil {
				c.happened(m)
			}
			if c.provider != (types.String{}) {
				tf.connection = func(connection *Connection) { connection.Organization = c.provider }
			}
			m.spent()
			got := tf.plan(declared(c.then))
			same(t, "plan", got.action, c.action)
			same(t, "because of", strings.Join(got.because, " "), c.because)
			has(t, "warnings", got.warnings, parts(c.warning)...)
			has(t, "errors", got.errors, parts(c.failure)...)
			same(t, "writes", writes(m.spent()), "")
			if got.action == "nothing" {
				same(t, "spelling", tf.state["email"], any(ada))
			}
		})
	}
}

func accepts(m *memory) { m.accept(ada) }

// Flags change without a request, in whatever state the invitation is.
func TestFlagsCostNothing(t *testing.T) {
	t.Parallel()
	for name, happened := range map[string]func(*memory){"pending": func(*memory) {}, "expired": func(m *memory) { m.expire(ada) }, "accepted": accepts} {
		m := newMemory()
		tf := newTerraform(t, m)
		tf.apply(declared())
		happened(m)
		config := declared(attrs{"adopt_existing": true, "manage_membership": name != "accepted"})
		planned := tf.plan(config)
		m.spent()
		before := maps.Clone(tf.state)
		got := tf.carryOut(planned, config)
		same(t, name, got.action, "update")
		has(t, name, got.errors)
		m.requested(t, "")
		before["adopt_existing"], before["manage_membership"] = true, name != "accepted"
		if !maps.Equal(tf.state, before) {
			t.Errorf("%s: %v, want %v", name, tf.state, before)
		}
	}
}

// A change that fails leaves the state as it was.
func TestUpdateFails(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.manages = true
	tf := newTerraform(t, m)
	config := declared(attrs{"manage_membership": true})
	tf.apply(config)
	m.accept(ada)
	config["role"] = "editor"
	planned := tf.plan(config)
	m.fail(onChange, ErrForbidden)
	got := tf.carryOut(planned, config)
	has(t, "errors", got.errors, "Could not change what "+ada+" has in the Memory organization acme")
	same(t, "role", tf.state["role"], any("viewer"))
	same(t, "status", tf.state["status"], any("accepted"))
	same(t, "next plan", tf.plan(config).action, "update")
}

// A role that was not known while planning is judged when it is.
func TestUnknownRoleTurnsOut(t *testing.T) {
	t.Parallel()
	for role, failure := range map[string]string{"viewer": "", "editor": "accepted already"} {
		m := newMemory()
		tf := newTerraform(t, m)
		tf.apply(declared())
		m.accept(ada)
		planned := tf.plan(declared(attrs{"role": unknown}))
		has(t, "errors of the plan", planned.errors)
		got := tf.carryOut(planned, declared(attrs{"role": role}))
		has(t, role, got.errors, parts(failure)...)
		same(t, "state", tf.state["role"], any("viewer"))
	}
}

// A refresh that fails keeps the state, and an apply that fails writes none.
func TestFailuresKeepState(t *testing.T) {
	t.Parallel()
	m := newMemory()
	tf := newTerraform(t, m)
	m.fail(onSend, ErrRefused)
	has(t, "errors", tf.apply(declared()).errors, "Could not invite "+ada+" to the Memory organization acme")
	same(t, "state", len(tf.state), 0)
	tf.apply(declared())
	before := maps.Clone(tf.state)
	for _, meaning := range []error{ErrForbidden, ErrUncertain, ErrGone} {
		m.fail(onInvites, meaning)
		has(t, "errors", tf.plan(declared()).errors, "Could not refresh the invitation of "+ada)
		same(t, "kept", maps.Equal(tf.state, before), true)
		m.fail(onRevoke, ErrForbidden)
		has(t, "errors", tf.apply(nil).errors, "Could not revoke the invitation of "+ada)
		same(t, "kept", maps.Equal(tf.state, before), true)
	}
}
