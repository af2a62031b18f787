// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package faults

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
	"github.com/hashicorp/terraform-plugin-log/tfsdklogtest"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake/faketest"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
	"github.com/orginvite/terraform-provider-orginvite/internal/provider"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

func TestMain(m *testing.M) {
	faketest.UseMemory()
	terraform()             // outside of every bubble
	debug.SetGCPercent(400) // most of the work is short-lived
	os.Exit(m.Run())
}

var terraform = prototest.Shared(provider.NewServer("test"))

// declaration is what is declared about one person.
type declaration struct {
	Person      int
	Capitals    bool // the address in capitals
	Grant       int
	Adopt       bool
	Manage      bool
	Reinvite    bool
	CreateFirst bool // create_before_destroy
	ExpiresIn   string
}

// organization is one platform with one organization, and a Terraform that manages its invitations.
type organization struct {
	*prototest.Workspace
	platform testplatform.Platform
	fake     *fake.Fake
	net      *faketest.Network
	grants   []testplatform.Grant
	ctx      context.Context
	log      *safeBuffer
	// behaviors are how the platform behaves where its documentation is silent.
	behaviors fake.Behaviors
	// pace is how the next walk is interleaved; wrong is what went wrong with the last ones beside what they report.
	pace  pace
	wrong string
	// shown is everything that Terraform shows beside the state: reports, what data sources and queries return.
	shown strings.Builder
}

// safeBuffer is a log that may be written from many places.
type safeBuffer struct {
	mu   sync.Mutex
	data bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.data.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.data.String()
}

// newOrganization makes an empty organization. With trace, the log holds the framework's own log too.
func newOrganization(
	ctx context.Context, platform testplatform.Platform, behaviors fake.Behaviors, trace bool,
) *organization {
	platforms := fake.New(fake.Options{Behaviors: behaviors})
	o := &organization{
		platform: platform, fake: platforms, net: faketest.NewNetwork(platforms), log: &safeBuffer{}, behaviors: behaviors,
		grants: platform.Grants(platforms, platforms.Organization(platform.Name)), pace: pace{Workers: 1},
		Workspace: &prototest.Workspace{
			Terraform: terraform(), State: prototest.State{}, Declared: map[string]prototest.Resource{},
		},
	}
	// What is declared by a name comes first: names have to be looked up, which can fail.
	o.grants[0], o.grants[1] = o.grants[1], o.grants[0]
	o.Block = o.block(prototest.Attributes{"max_retries": 2, "request_timeout": "5s"})
	o.Run = func(ctx context.Context, work []func(context.Context)) {
		if wrong := o.pace.run(ctx, o.net, work); wrong != "" {
			o.wrong = wrong
		}
	}
	o.ctx = tflogtest.RootLogger(ctx, o.log)
	if trace {
		o.ctx = tfsdklogtest.RootLogger(o.ctx, o.log)
	}
	return o
}

func (o *organization) close() {
	o.fake.Close()
	o.net.Stop()
}

// block is a provider block with arguments for all platforms.
func (o *organization) block(arguments prototest.Attributes) prototest.Attributes {
	credential, secret := o.fake.Credential(o.platform.Name)
	block := maps.Clone(arguments)
	block[string(o.platform.Name)] = prototest.Attributes{
		credential: secret, "organization_id": o.fake.Organization(o.platform.Name),
		"base_url": o.platform.Name.BaseURL(o.net.URL()),
	}
	return block
}

// start starts a process of the provider with other arguments, for tests that make its calls one by one.
func (o *organization) start(arguments prototest.Attributes) *prototest.Process {
	process, diags := o.Start(o.ctx, o.block(arguments))
	if diags.HasErrors() {
		panic(diags.String())
	}
	return process
}

// email is the address of a person.
func email(person int) string { return fmt.Sprintf("person%d@example.com", person) }

// ada is the one whom a test is about; bob is a member whom nothing is declared about.
var ada, bob = email(0), email(1)

// at is the address of a resource.
func (o *organization) at(resource int) string {
	return fmt.Sprintf("%s.r%02d", o.platform.Resource(), resource)
}

// held is the current object of a resource; nil for none.
func (o *organization) held(address string) *prototest.Object {
	if instance := o.State[address]; instance != nil {
		return instance.Current
	}
	return nil
}

func (o *organization) declare(resource int, declared declaration) {
	o.Declared[o.at(resource)] = prototest.Resource{
		Type: o.platform.Resource(), Arguments: o.arguments(declared), CreateBeforeDestroy: declared.CreateFirst,
	}
}

func (o *organization) undeclare(resource int) { delete(o.Declared, o.at(resource)) }

// arguments are those of a resource.
func (o *organization) arguments(declared declaration) prototest.Attributes {
	arguments := prototest.Attributes{"email": email(declared.Person)}
	maps.Copy(arguments, o.grants[declared.Grant%len(o.grants)].Arguments)
	if declared.Capitals {
		arguments["email"] = strings.ToUpper(email(declared.Person))
	}
	expires := o.platform.Lifetime > 0
	for name, set := range map[string]bool{
		"adopt_existing": declared.Adopt, "manage_membership": declared.Manage,
		"reinvite_expired": declared.Reinvite && expires,
	} {
		if set {
			arguments[name] = true
		}
	}
	if declared.ExpiresIn != "" && o.platform.ExpiresIn != "" {
		arguments["expires_in"] = declared.ExpiresIn
	}
	return arguments
}

// addresses are those in state and those declared, in order.
func (o *organization) addresses() []string {
	all := slices.Collect(maps.Keys(o.State))
	for address := range o.Declared {
		all = append(all, address)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// emailOf is the address that a resource is about, in lower case.
func (o *organization) emailOf(address string) string {
	if declared, is := o.Declared[address]; is {
		return strings.ToLower(declared.Arguments["email"].(string))
	}
	if instance := o.State[address]; instance != nil {
		return strings.ToLower(instance.Objects()[0].Text("email"))
	}
	return ""
}

// outcome is what came of a command.
type outcome struct {
	plan    *prototest.Plan
	before  prototest.State
	emails  map[string]string // by address, as they were before
	failed  bool              // while planning: nothing was applied
	wrong   string
	reports []prototest.Report
}

// errorFor reports whether there is an error about a person.
func (o outcome) errorFor(email string) bool {
	return slices.ContainsFunc(o.reports, func(r prototest.Report) bool { return r.IsError() && o.emails[r.Address] == email })
}

// begin begins the outcome of a command.
func (o *organization) begin() outcome {
	out := outcome{before: o.State, emails: map[string]string{}}
	for _, address := range o.addresses() {
		out.emails[address] = o.emailOf(address)
	}
	return out
}

// add adds what a walk reports.
func (o *organization) add(out *outcome, reports []prototest.Report) {
	for _, report := range reports {
		fmt.Fprintln(&o.shown, report)
	}
	out.reports = append(out.reports, reports...)
	out.wrong, o.wrong = o.wrong, ""
}

// plan refreshes what is in state and plans for it and for what is declared, except for some resources. If nothing
// fails, state is what was refreshed.
func (o *organization) plan(pace pace, except []string) outcome {
	out := o.begin()
	o.pace = pace
	out.plan = o.Plan(o.ctx, except...)
	o.add(&out, out.plan.Reports)
	if out.failed = out.plan.Failed(); !out.failed {
		o.State = out.plan.Prior
	}
	return out
}

// apply does what was planned.
func (o *organization) apply(pace pace, out *outcome) {
	o.pace = pace
	o.add(out, o.Apply(o.ctx, out.plan))
}

// importing imports a resource by its address, as an import block does.
func (o *organization) importing(resource int) outcome {
	out := o.begin()
	o.pace = pace{Workers: 1}
	address := o.at(resource)
	id := o.fake.Organization(o.platform.Name) + "/" + o.emailOf(address)
	o.add(&out, o.Import(o.ctx, address, o.platform.Resource(), id, nil))
	return out
}

// do does something else in a process of its own.
func (o *organization) do(do func(context.Context, *prototest.Process) prototest.Diagnostics) outcome {
	out := o.begin()
	o.pace = pace{Workers: 1}
	o.add(&out, o.Do(o.ctx, "command", do))
	return out
}
