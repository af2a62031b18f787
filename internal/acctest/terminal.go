// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"reflect"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// terminal is where a story runs one command at a time.
type terminal struct {
	*Workspace
	story *story
}

// configure replaces the configuration: the usual provider block, and these parts.
func (d *terminal) configure(parts ...string) { d.t.Helper(); d.Write(d.story.config(parts...)) }

// expect wants the invitation of Ada in state, with a status.
func (d *terminal) expect(status fake.Status) Attributes {
	d.t.Helper()
	found, at := d.State()[d.story.at()], d.story.at()
	switch {
	case found == nil:
		d.t.Fatalf("%s is not in state", at)
	case found.Text("status") != string(status):
		d.t.Fatalf("status: got %q, want %q", found.Text("status"), status)
	case (found.Text("member_id") != "") != (status == fake.Accepted):
		d.t.Fatalf("member_id: got %q while %s", found.Text("member_id"), status)
	}
	return found
}

// expectGrant wants the attributes of a grant in state.
func (d *terminal) expectGrant(found Attributes, grant testplatform.Grant) {
	d.t.Helper()
	for name, want := range grant.State {
		if !reflect.DeepEqual(found[name], want) {
			d.t.Errorf("%s: got %v, want %v", name, found[name], want)
		}
	}
}

// expectNothing wants an empty state.
func (d *terminal) expectNothing() {
	d.t.Helper()
	if state := d.State(); len(state) > 0 {
		d.t.Fatalf("state: got %v, want nothing", state)
	}
}

// check makes checks of something else than the state.
func (d *terminal) check(checks ...Check) {
	d.t.Helper()
	for _, check := range checks {
		if err := check(); err != nil {
			d.t.Fatal(err)
		}
	}
}
