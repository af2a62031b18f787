package invite

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// With create_before_destroy, destroying what was replaced must not end what replaces it.
func TestCreateBeforeDestroy(t *testing.T) {
	t.Parallel()
	for name, shape := range platforms {
		for how, c := range map[string]struct {
			config  attrs
			change  attrs
			expire  bool
			mails   int
			failure string
		}{
			"renewed":             {attrs{"reinvite_expired": true}, attrs{}, true, 1, ""},
			"changed, refused":    {attrs{}, attrs{"role": "editor"}, false, 0, "create_before_destroy"},
			"changed, adopting":   {attrs{"adopt_existing": true}, attrs{"role": "editor"}, false, 1, ""},
			"new end, adopting":   {attrs{"adopt_existing": true, "expires_in": "3d"}, attrs{"expires_in": "7d"}, false, 0, ""},
			"renewed and changed": {attrs{"reinvite_expired": true}, attrs{"role": "editor"}, true, 1, ""},
		} {
			t.Run(name+", "+how, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					m := newMemory()
					shape(m)
					tf := newTerraform(t, m)
					tf.before = true
					config := declared(c.config)
					has(t, "errors of the first apply", tf.apply(config).errors)
					if <-time.After(time.Hour); c.expire {
						<-time.After(2 * week)
					}
					m.mails = nil

					got := tf.apply(declared(c.config, c.change))

					same(t, "plan", got.action, "replace")
					has(t, "errors", got.errors, parts(c.failure)...)
					m.mailed(t, c.mails)
					same(t, "open invitations", len(m.outstanding()), 1)
					if c.failure == "" {
						same(t, "next plan", tf.plan(declared(c.config, c.change)).action, "nothing")
					}
				})
			})
		}
	}
}

// A person who accepts while the invitation is being replaced gets no mail as a
// member, and is not removed.
func TestAcceptedWhileReplacing(t *testing.T) {
	t.Parallel()
	for _, managed := range []bool{false, true} {
		m := newMemory()
		m.manages = true
		tf := newTerraform(t, m)
		config := attrs{"email": ada, "role": "viewer", "manage_membership": managed}
		tf.apply(config)
		m.mails = nil
		config["role"] = "editor"
		planned := tf.plan(config)
		same(t, "plan", planned.action, "replace")
		m.accept(ada)

		got := tf.carryOut(planned, config)

		has(t, "errors", got.errors, "is already a member")
		has(t, "warnings", got.warnings, ada)
		same(t, "members", len(m.at(acme).Members), 1)
		m.mailed(t, 0)
	}
}

// What was revoked to make room is told when the new one cannot be sent.
func TestReplacingFails(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.invited(ada, "editor")
	tf := newTerraform(t, m)
	config := attrs{"email": ada, "role": "viewer", "adopt_existing": true}
	planned := tf.plan(config)
	m.fail(onSend, ErrRefused)
	got := tf.carryOut(planned, config)
	has(t, "errors", got.errors, "The platform failed at send.", "The earlier invitation was revoked", "inv-a", "role editor")
	same(t, "state", len(tf.state), 0)
	same(t, "open", strings.Join(m.outstanding(), ", "), "")
}

// Two resources for one person: the second fails and says what it met.
func TestTwoResources(t *testing.T) {
	t.Parallel()
	m := newMemory()
	first, second := newTerraform(t, m), newTerraform(t, m)
	config := attrs{"email": ada, "role": "viewer"}
	mine, yours := first.plan(config), second.plan(config)
	w := first.process()
	w.step = mine
	w.apply(nil, config)
	has(t, "errors of the first", w.step.errors)
	w.step = yours
	w.apply(nil, attrs{"email": "ADA@Example.com", "role": "editor", "adopt_existing": true})
	has(t, "errors of the second", w.step.errors, "already invited", "in this very run", "inv-a", "role viewer")
	m.mailed(t, 1)
}
