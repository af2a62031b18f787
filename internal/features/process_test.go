// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package features_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake/faketest"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
)

// process is one process of the provider, and a test that fails when something goes wrong.
type process struct {
	*prototest.Process
	t        *testing.T
	resource string // the type of the platform's invitations
	prefix   string // of the names of its actions
}

// instance is one resource in state; empty for none.
type instance struct{ *prototest.Object }

// start starts the provider for one platform.
func (p platform) start(t *testing.T, w *faketest.World) *process {
	t.Helper()
	return p.startWith(t, w.Block(p.Name))
}

// startWith starts the provider with another block for the platform; nil is no block.
func (p platform) startWith(t *testing.T, block any) *process {
	t.Helper()
	started, diags := terraform().Start(t.Context(), attrs{"max_retries": 0, string(p.Name): block})
	process := &process{
		Process: started, t: t, resource: p.Resource(), prefix: strings.TrimSuffix(p.Resource(), "invite"),
	}
	process.expect(diags)
	return process
}

// expect fails the test unless the errors contain all of these texts; no texts are no errors.
func (p *process) expect(diags prototest.Diagnostics, texts ...string) {
	p.t.Helper()
	got := diags.Errors().String()
	if got != "" && len(texts) == 0 {
		p.t.Fatal(got)
	}
	for _, text := range texts {
		if !strings.Contains(got, text) {
			p.t.Errorf("errors: got %q, want %q", got, text)
		}
	}
}

// identity is the identity of an instance.
func (p *process) identity(i *instance) attrs { return p.Identity(p.resource, i.Object.Identity) }

// value is a configuration in the form of the schema.
func (p *process) value(config attrs) tftypes.Value {
	return prototest.Value(p.Type(p.resource), config)
}

// importing imports by an id, or by an identity where there is none, and refreshes. It returns nil when the errors are
// the expected ones.
func (p *process) importing(id string, identity attrs, wrong ...string) *instance {
	p.t.Helper()
	object, diags := p.Import(p.t.Context(), p.resource, id, identity)
	p.expect(diags, wrong...)
	if len(wrong) > 0 {
		return nil
	}
	return &instance{object}
}

// refresh refreshes an instance.
func (p *process) refresh(i *instance) {
	p.t.Helper()
	loaded, diags := p.Load(p.t.Context(), p.resource, i.Object)
	p.expect(diags)
	i.Object, diags = p.Refresh(p.t.Context(), p.resource, loaded)
	p.expect(diags)
}

// unchanged wants an empty plan.
func (p *process) unchanged(i *instance, config tftypes.Value) {
	p.t.Helper()
	change, diags := p.Plan(p.t.Context(), p.resource, i.Object, config, false)
	p.expect(diags)
	if change.Action != prototest.NoOp {
		p.t.Errorf("%s is planned, because of %v:\nstate   %s\nplanned %s", change.Action, change.RequiresReplace, i, prototest.Brief(change.Planned))
	}
}

// apply creates or updates an instance as a configuration declares it.
func (p *process) apply(i *instance, config attrs) {
	p.t.Helper()
	change, diags := p.Plan(p.t.Context(), p.resource, i.Object, p.value(config), false)
	p.expect(diags)
	i.Object, diags = p.Apply(p.t.Context(), change)
	p.expect(diags)
}

// invoke invokes one of the platform's actions. It returns the messages of its progress.
func (p *process) invoke(name string, config attrs, wrong ...string) []string {
	p.t.Helper()
	progress, diags := p.Invoke(p.t.Context(), p.prefix+name, config)
	p.expect(diags, wrong...)
	return progress
}

// query runs a query to its end.
func (p *process) query(query prototest.Query) []prototest.Found {
	p.t.Helper()
	all, diags := p.List(p.t.Context(), p.resource, query)
	if len(diags) > 0 {
		p.t.Fatal(diags)
	}
	return all
}

// generated is the configuration that Terraform writes for a resource that was found.
func (p *process) generated(one prototest.Found) tftypes.Value {
	p.t.Helper()
	config, diags := p.GenerateConfig(p.t.Context(), p.resource, one.Value)
	p.expect(diags)
	return config
}

// adopted imports what was found with the configuration that was generated for it, and wants nothing else to be planned.
func (p *process) adopted(one prototest.Found) *instance {
	p.t.Helper()
	i := p.importing("", one.Identity)
	p.unchanged(i, p.generated(one))
	return i
}

// names are the display names of what was found.
func names(all []prototest.Found) (names []string) {
	for _, one := range all {
		names = append(names, one.Name)
	}
	return names
}

// expectProgress wants as many messages, each with its text.
func expectProgress(t *testing.T, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("progress: got %q, want %q", got, want)
	}
	for n, text := range want {
		if !strings.Contains(got[n], text) {
			t.Errorf("progress: got %q, want %q", got[n], text)
		}
	}
}
