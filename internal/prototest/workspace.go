// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package prototest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Resource is a resource block.
type Resource struct {
	Type                string
	Arguments           Attributes
	CreateBeforeDestroy bool
}

// Instance is what state holds of one resource: the current object, and deposed ones, which a replacement with
// create_before_destroy could not destroy.
type Instance struct {
	Type    string
	Current *Object // nil where only deposed objects are left
	Deposed map[string]*Object
}

// Objects are all objects of the instance.
func (i *Instance) Objects() (all []*Object) {
	if i.Current != nil {
		all = append(all, i.Current)
	}
	for _, key := range slices.Sorted(maps.Keys(i.Deposed)) {
		all = append(all, i.Deposed[key])
	}
	return all
}

// State is a state file, by resource address.
type State map[string]*Instance

// clone copies a state, but for the objects, which nobody changes.
func (s State) clone() State {
	clone := State{}
	for address, instance := range s {
		clone[address] = &Instance{instance.Type, instance.Current, maps.Clone(instance.Deposed)}
	}
	return clone
}

// set changes one object; nil removes it. An empty key is the current object.
func (s State) set(address, resource, key string, object *Object) {
	instance := s[address]
	if instance == nil {
		instance = &Instance{Type: resource}
		s[address] = instance
	}
	if instance.Deposed == nil {
		instance.Deposed = map[string]*Object{}
	}
	switch {
	case key == "":
		instance.Current = object
	case object == nil:
		delete(instance.Deposed, key)
	default:
		instance.Deposed[key] = object
	}
	if instance.Current == nil && len(instance.Deposed) == 0 {
		delete(s, address)
	}
}

// Report is a diagnostic of a walk, and the object that it is about.
type Report struct {
	Address string
	Deposed string // the key of a deposed object
	*tfprotov6.Diagnostic
}

// IsError reports whether it is an error, not a warning.
func (r Report) IsError() bool { return isError(r.Diagnostic) }

func (r Report) String() string {
	address := r.Address
	if r.Deposed != "" {
		address += " (deposed object " + r.Deposed + ")"
	}
	return fmt.Sprintf("%s: %s: %s: %s", address, r.Severity, r.Summary, r.Detail)
}

// Runner does the work of a walk, each piece once, unless the context ends.
type Runner func(ctx context.Context, work []func(context.Context))

// Parallel does so many pieces of work at once.
func Parallel(most int) Runner {
	return func(ctx context.Context, work []func(context.Context)) {
		var all sync.WaitGroup
		slots := make(chan struct{}, most)
		for _, one := range work {
			slots <- struct{}{}
			if ctx.Err() != nil {
				break
			}
			all.Go(func() {
				defer func() { <-slots }()
				one(ctx)
			})
		}
		all.Wait()
	}
}

// Workspace is a configuration and its state. Its methods are Terraform's commands.
type Workspace struct {
	*Terraform
	// Block is the provider block.
	Block Attributes
	// Declared is the configuration, by resource address.
	Declared map[string]Resource
	State    State
	// Run does the work of a walk; nil is ten pieces at once, as Terraform does.
	Run Runner
	// Started is called with each process that a walk starts.
	Started func(*Process)
	// serial makes the keys of deposed objects.
	serial int
}

// walk is one walk over the resources, in a process of its own.
type walk struct {
	*Process
	mu      sync.Mutex
	reports []Report
	work    []func(context.Context)
}

// start starts the process of a walk. It returns nil if the provider cannot be configured.
func (w *Workspace) start(ctx context.Context) (*walk, []Report) {
	process, diags := w.Start(ctx, w.Block)
	walk := &walk{Process: process}
	walk.report("provider", "", diags)
	if diags.HasErrors() {
		return nil, walk.reports
	}
	if w.Started != nil {
		w.Started(process)
	}
	return walk, nil
}

func (w *Workspace) run(ctx context.Context, walk *walk) {
	run := w.Run
	if run == nil {
		run = Parallel(10)
	}
	run(ctx, walk.work)
}

// report notes diagnostics, and reports whether there is no error among them.
func (w *walk) report(address, deposed string, diags Diagnostics) (good bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, one := range diags {
		w.reports = append(w.reports, Report{address, deposed, one})
	}
	return !diags.HasErrors()
}

// Plan is a plan: what `terraform plan` shows, and `terraform apply` of a saved plan starts from.
type Plan struct {
	// Changes are those of current objects, by address, no-ops included.
	Changes map[string]Change
	// Deposed are the deletions of deposed objects, by address and key.
	Deposed map[string]map[string]Change
	// Prior is the state as it was refreshed, the state that the plan starts from.
	Prior State
	// Gone are the addresses whose current object was found to be gone.
	Gone    []string
	Reports []Report
}

// Failed reports whether an error prevents the plan from being applied.
func (p *Plan) Failed() bool { return slices.ContainsFunc(p.Reports, Report.IsError) }

// Empty reports whether there is nothing to do.
func (p *Plan) Empty() bool {
	for _, change := range p.Changes {
		if change.Action != NoOp {
			return false
		}
	}
	return len(p.Deposed) == 0
}

// addresses are those in state and those declared, in order.
func (w *Workspace) addresses() []string {
	all := map[string]bool{}
	for address := range w.State {
		all[address] = true
	}
	for address := range w.Declared {
		all[address] = true
	}
	return slices.Sorted(maps.Keys(all))
}

// Plan refreshes what is in state and plans for it and for what is declared. Addresses that except names are left out.
// It does not change the state: see [Plan.Prior].
func (w *Workspace) Plan(ctx context.Context, except ...string) *Plan {
	plan := &Plan{Changes: map[string]Change{}, Deposed: map[string]map[string]Change{}, Prior: w.State.clone()}
	walk, failed := w.start(ctx)
	if walk == nil {
		plan.Reports = failed
		return plan
	}
	for _, address := range w.addresses() {
		if slices.Contains(except, address) {
			continue
		}
		instance := w.State[address]
		if instance == nil {
			instance = &Instance{Type: w.Declared[address].Type}
		}
		for key, deposed := range instance.Deposed {
			walk.work = append(walk.work, func(ctx context.Context) {
				walk.planDeposed(ctx, plan, address, key, instance.Type, deposed)
			})
		}
		if _, declared := w.Declared[address]; declared || instance.Current != nil {
			walk.work = append(walk.work, func(ctx context.Context) {
				w.planCurrent(ctx, walk, plan, address, instance)
			})
		}
	}
	w.run(ctx, walk)
	plan.Reports = walk.reports
	slices.Sort(plan.Gone)
	return plan
}

// refreshed loads and refreshes an object and notes what became of it; false stands for an error.
func (w *walk) refreshed(
	ctx context.Context, prior State, address, key, resource string, object *Object,
) (*Object, bool) {
	loaded, diags := w.Load(ctx, resource, object)
	if !w.report(address, key, diags) {
		return nil, false
	}
	now, diags := w.Refresh(ctx, resource, loaded)
	if !w.report(address, key, diags) {
		return nil, false
	}
	w.mu.Lock()
	prior.set(address, resource, key, now)
	w.mu.Unlock()
	return now, true
}

// Refresh is `terraform apply -refresh-only`: it refreshes what is in state and changes the state accordingly.
func (w *Workspace) Refresh(ctx context.Context) []Report {
	walk, failed := w.start(ctx)
	if walk == nil {
		return failed
	}
	refreshed := w.State.clone()
	for _, address := range w.addresses() {
		instance := w.State[address]
		if instance == nil {
			continue
		}
		objects := maps.Clone(instance.Deposed)
		if objects == nil {
			objects = map[string]*Object{}
		}
		if instance.Current != nil {
			objects[""] = instance.Current
		}
		for key, object := range objects {
			walk.work = append(walk.work, func(ctx context.Context) {
				walk.refreshed(ctx, refreshed, address, key, instance.Type, object)
			})
		}
	}
	if w.run(ctx, walk); !slices.ContainsFunc(walk.reports, Report.IsError) {
		w.State = refreshed
	}
	return walk.reports
}

func (w *walk) planDeposed(ctx context.Context, plan *Plan, address, key, resource string, object *Object) {
	now, good := w.refreshed(ctx, plan.Prior, address, key, resource, object)
	if !good || now == nil {
		return
	}
	change, diags := w.PlanDelete(ctx, resource, now)
	if !w.report(address, key, diags) {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if plan.Deposed[address] == nil {
		plan.Deposed[address] = map[string]Change{}
	}
	plan.Deposed[address][key] = change
}

func (w *Workspace) planCurrent(ctx context.Context, walk *walk, plan *Plan, address string, instance *Instance) {
	prior := instance.Current
	if prior != nil {
		var good bool
		if prior, good = walk.refreshed(ctx, plan.Prior, address, "", instance.Type, prior); !good {
			return
		}
		if prior == nil {
			walk.mu.Lock()
			plan.Gone = append(plan.Gone, address)
			walk.mu.Unlock()
		}
	}
	declared, is := w.Declared[address]
	var (
		change Change
		diags  Diagnostics
	)
	switch {
	case is:
		config := Value(w.Type(declared.Type), declared.Arguments)
		change, diags = walk.Process.Plan(ctx, declared.Type, prior, config, declared.CreateBeforeDestroy)
	case prior != nil:
		change, diags = walk.PlanDelete(ctx, instance.Type, prior)
	default:
		return
	}
	if walk.report(address, "", diags) {
		walk.mu.Lock()
		plan.Changes[address] = change
		walk.mu.Unlock()
	}
}

// Apply carries out a plan that did not fail, in a process of its own, and changes the state. It returns what it has to
// report beside the plan.
func (w *Workspace) Apply(ctx context.Context, plan *Plan) []Report {
	w.State = plan.Prior.clone()
	walk, failed := w.start(ctx)
	if walk == nil {
		return failed
	}
	for _, address := range slices.Sorted(maps.Keys(plan.Deposed)) {
		for key := range plan.Deposed[address] {
			walk.work = append(walk.work, func(ctx context.Context) { w.destroyDeposed(ctx, walk, address, key) })
		}
	}
	for _, address := range slices.Sorted(maps.Keys(plan.Changes)) {
		if change := plan.Changes[address]; change.Action != NoOp {
			walk.work = append(walk.work, func(ctx context.Context) { w.applyChange(ctx, walk, address, change) })
		}
	}
	w.run(ctx, walk)
	return walk.reports
}

// load reads an object from the state, which only one piece of work changes.
func (w *Workspace) load(ctx context.Context, walk *walk, address, key string) (*Object, bool) {
	walk.mu.Lock()
	var stored *Object
	instance := w.State[address]
	if instance != nil {
		if stored = instance.Current; key != "" {
			stored = instance.Deposed[key]
		}
	}
	walk.mu.Unlock()
	if stored == nil {
		return nil, true
	}
	object, diags := walk.Load(ctx, instance.Type, stored)
	return object, walk.report(address, key, diags)
}

// keep writes what became of an object to the state, and reports whether there was no error.
func (w *Workspace) keep(walk *walk, address, key, resource string, object *Object, diags Diagnostics) bool {
	walk.mu.Lock()
	w.State.set(address, resource, key, object)
	walk.mu.Unlock()
	return walk.report(address, key, diags)
}

// destroyDeposed plans the deletion once more, as Terraform does, and applies that.
func (w *Workspace) destroyDeposed(ctx context.Context, walk *walk, address, key string) bool {
	object, good := w.load(ctx, walk, address, key)
	if !good || object == nil {
		return good
	}
	walk.mu.Lock()
	resource := w.State[address].Type
	walk.mu.Unlock()
	change, diags := walk.PlanDelete(ctx, resource, object)
	if !walk.report(address, key, diags.Errors()) {
		return false
	}
	now, diags := walk.Process.Apply(ctx, change)
	return w.keep(walk, address, key, resource, now, diags)
}

func (w *Workspace) applyChange(ctx context.Context, walk *walk, address string, change Change) {
	switch {
	case change.Action == Replace && change.CreateFirst:
		w.replaceCreateFirst(ctx, walk, address, change)
		return
	case change.Action == Replace || change.Action == Delete:
		// The private state of a replacement's plan is handed to both of its halves.
		gone := change
		gone.Action, gone.Config = Delete, tftypes.NewValue(w.Type(change.Type), nil)
		gone.Planned = gone.Config
		if change.Action == Replace {
			gone.Identity = nil // what is planned is that of the new object
		}
		now, diags := walk.Process.Apply(ctx, gone)
		if !w.keep(walk, address, "", change.Type, now, diags) || change.Action == Delete {
			return
		}
	}
	w.createOrUpdate(ctx, walk, address, change)
}

// createOrUpdate plans a change once more with what state holds now, and applies that.
func (w *Workspace) createOrUpdate(ctx context.Context, walk *walk, address string, change Change) bool {
	prior, good := w.load(ctx, walk, address, "")
	if !good {
		return false
	}
	if declared, is := w.Declared[address]; is { // what was unknown while planning may be known by now
		change.Config = Value(w.Type(declared.Type), declared.Arguments)
	}
	again, diags := walk.replan(ctx, change, prior)
	if !walk.report(address, "", diags) {
		return false
	}
	if again.Action == NoOp {
		return true
	}
	now, diags := walk.Process.Apply(ctx, again)
	return w.keep(walk, address, "", change.Type, now, diags)
}

// replaceCreateFirst deposes the old object, creates the new one and destroys the old one. If nothing was created, the
// old object is current again. If the old one cannot be destroyed, it stays deposed.
func (w *Workspace) replaceCreateFirst(ctx context.Context, walk *walk, address string, change Change) {
	walk.mu.Lock()
	w.serial++
	key := fmt.Sprintf("%08x", w.serial)
	instance := w.State[address]
	if instance == nil || instance.Current == nil {
		walk.mu.Unlock()
		return
	}
	old := instance.Current
	w.State.set(address, change.Type, key, old)
	w.State.set(address, change.Type, "", nil)
	walk.mu.Unlock()

	if created := w.createOrUpdate(ctx, walk, address, change); created {
		w.destroyDeposed(ctx, walk, address, key)
		return
	}
	walk.mu.Lock()
	defer walk.mu.Unlock()
	if w.State[address].Current == nil {
		w.State.set(address, change.Type, "", old)
		w.State.set(address, change.Type, key, nil)
	}
}

// Import imports a resource by its id, or by its identity where the id is empty, into the state.
func (w *Workspace) Import(ctx context.Context, address, resource, id string, identity Attributes) []Report {
	walk, failed := w.start(ctx)
	if walk == nil {
		return failed
	}
	walk.work = append(walk.work, func(ctx context.Context) {
		object, diags := walk.Process.Import(ctx, resource, id, identity)
		if walk.report(address, "", diags) {
			w.State.set(address, resource, "", object)
		}
	})
	w.run(ctx, walk)
	return walk.reports
}

// Do does something else in a process of its own: an action, a query, a data source.
func (w *Workspace) Do(ctx context.Context, what string, do func(context.Context, *Process) Diagnostics) []Report {
	walk, failed := w.start(ctx)
	if walk == nil {
		return failed
	}
	walk.work = append(walk.work, func(ctx context.Context) { walk.report(what, "", do(ctx, walk.Process)) })
	w.run(ctx, walk)
	return walk.reports
}
