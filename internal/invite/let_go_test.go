package invite

import "testing"

// Letting go of a membership records what is declared. The member keeps what they have, although that drifted.
func TestLetGoOfAMembership(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.manages = true
	tf := newTerraform(t, m)
	managed := attrs{"email": ada, "role": "viewer", "manage_membership": true}
	tf.apply(managed)
	m.accept(ada)
	tf.apply(managed)
	m.leave(ada)
	m.join(ada, "editor")

	got := tf.apply(attrs{"email": ada, "role": "viewer"})

	same(t, "plan", got.action, "update")
	has(t, "errors", got.errors)
	same(t, "change requests", m.calls[onChange], 0)
	same(t, "next plan", tf.plan(attrs{"email": ada, "role": "viewer"}).action, "nothing")
}

// Two resources that stand for one invitation would replace each other's for ever, so the second one refreshed says so.
func TestSharedInvitationIsTold(t *testing.T) {
	t.Parallel()
	m := newMemory()
	tf := newTerraform(t, m)
	config := attrs{"email": ada, "role": "viewer"}
	tf.apply(config)
	w := tf.process()

	w.refresh()
	has(t, "warnings of the first", w.step.warnings)
	w.refresh()
	has(t, "warnings of the second", w.step.warnings, "Two resources stand for the invitation")
}
