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

// Two resources that manage one invitation would replace each other's for ever, so the second one refreshed says so.
func TestSharedInvitationWarns(t *testing.T) {
	t.Parallel()
	m := newMemory()
	first, second := newTerraform(t, m), newTerraform(t, m)
	first.apply(attrs{"email": ada, "role": "viewer"})
	second.imported(ada, nil)
	w := first.process()

	w.refresh()
	has(t, "warnings of the first", w.step.warnings)
	w.refresh()
	has(t, "warnings of the first, read twice", w.step.warnings)
	w.terraform = second
	w.refresh()
	has(t, "warnings of the second", w.step.warnings, "Two resources manage the same invitation")
}

// Dropping manage_membership together with a change of the grant is refused in the plan.
func TestLetGoAndChange(t *testing.T) {
	t.Parallel()
	for name, drift := range map[string]bool{"": false, "after a drift": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			m.manages = true
			tf := newTerraform(t, m)
			managed := attrs{"email": ada, "role": "viewer", "manage_membership": true}
			tf.apply(managed)
			m.accept(ada)
			tf.apply(managed)
			if drift {
				m.leave(ada)
				m.join(ada, "owner")
			}

			got := tf.plan(attrs{"email": ada, "role": "editor"})

			has(t, "errors", got.errors, "role: ada@example.com accepted already", "manage_membership = true")
			same(t, "change requests", m.calls[onChange], 0)
		})
	}
}

// A member who was given something else outside keeps it, and the plan says so.
func TestLetGoAfterADrift(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.manages = true
	tf := newTerraform(t, m)
	managed := attrs{"email": ada, "role": "viewer", "manage_membership": true}
	tf.apply(managed)
	m.accept(ada)
	managed["role"] = "editor"
	tf.apply(managed)
	m.leave(ada)
	m.join(ada, "owner")

	got := tf.plan(attrs{"email": ada, "role": "editor"})

	has(t, "errors", got.errors)
	has(t, "warnings", got.warnings, "role: ada@example.com keeps role owner in")
	has(t, "errors of another change", tf.plan(attrs{"email": ada, "role": "viewer"}).errors, "accepted already")
}
