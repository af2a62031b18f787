package chaos

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"
	"github.com/hashicorp/terraform-plugin-log/tfsdklogtest"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// declaration is the configuration of one resource.
type declaration struct {
	Person    int
	Shout     bool // the address in capitals
	Grant     int
	Adopt     bool
	Manage    bool
	Reinvite  bool
	ExpiresIn string
}

// workspace is a configuration, its state and the Terraform that works on them, against one fake platform.
type workspace struct {
	subject
	fake   *fake.Fake
	net    *network
	grants []grant
	ctx    context.Context
	log    *safeBuffer
	// switches are how the platform behaves where its documentation is silent.
	switches fake.Switches

	declared map[int]declaration // by resource
	state    map[int]*kept
	reports  []report
}

// report is something that Terraform would show.
type report struct {
	resource int
	email    string
	diag     *tfprotov6.Diagnostic
}

func (r report) isError() bool { return r.diag.Severity == tfprotov6.DiagnosticSeverityError }

func (r report) String() string {
	return fmt.Sprintf("[%d] %s: %s: %s", r.resource, r.diag.Severity, r.diag.Summary, r.diag.Detail)
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

// newWorkspace makes an empty workspace. With trace, the log holds what the framework says too.
func newWorkspace(ctx context.Context, s subject, switches fake.Switches, trace bool) *workspace {
	platforms := fake.New(fake.Options{Switches: switches})
	w := &workspace{
		subject: s, fake: platforms, net: newNetwork(platforms), grants: s.grants(platforms), log: &safeBuffer{}, switches: switches,
		declared: map[int]declaration{}, state: map[int]*kept{},
	}
	w.ctx = tflogtest.RootLogger(ctx, w.log)
	if trace {
		w.ctx = tfsdklogtest.RootLogger(w.ctx, w.log)
	}
	return w
}

func (w *workspace) close() {
	w.fake.Close()
	w.net.stop()
}

// start starts a provider process.
func (w *workspace) start() *process {
	return w.startWith(map[string]any{"max_retries": 2, "request_timeout": "5s"})
}

// startWith starts a provider process with arguments of its own.
func (w *workspace) startWith(arguments map[string]any) *process {
	credential, secret := w.fake.Credential(w.platform)
	block := map[string]any{credential: secret, "organization_id": w.fake.Organization(w.platform), "base_url": w.net.url()}
	arguments[string(w.platform)] = block
	return start(w.ctx, w.kind(), arguments)
}

// address is the e-mail address of a person.
func address(person int) string { return fmt.Sprintf("person%d@example.com", person) }

// config is the configuration of a resource, null if it is not declared.
func (w *workspace) config(p *process, resource int) tftypes.Value {
	declared, is := w.declared[resource]
	if !is {
		return acctest.Value(p.object, nil)
	}
	arguments := maps.Clone(w.grants[declared.Grant%len(w.grants)].arguments)
	if arguments == nil {
		arguments = map[string]any{}
	}
	arguments["email"] = address(declared.Person)
	if declared.Shout {
		arguments["email"] = strings.ToUpper(address(declared.Person))
	}
	for name, set := range map[string]bool{"adopt_existing": declared.Adopt, "manage_membership": declared.Manage, "reinvite_expired": declared.Reinvite && w.expires} {
		if set {
			arguments[name] = true
		}
	}
	if declared.ExpiresIn != "" && w.expires {
		arguments["expires_in"] = declared.ExpiresIn
	}
	return acctest.Value(p.object, arguments)
}

// emailOf is the address that a resource is about, in lower case.
func (w *workspace) emailOf(resource int) string {
	if declared, is := w.declared[resource]; is {
		return address(declared.Person)
	}
	if held := w.state[resource]; held != nil {
		return strings.ToLower(text(held.value, "email"))
	}
	return ""
}

// tell keeps what a step of a walk reports.
func (w *workspace) tell(mu *sync.Mutex, resource int, email string, diags []*tfprotov6.Diagnostic) {
	mu.Lock()
	defer mu.Unlock()
	for _, diag := range diags {
		w.reports = append(w.reports, report{resource, email, diag})
	}
}

// outcome is what came of terraform plan or apply.
type outcome struct {
	plans    map[int]planned
	removed  []int // gone from state when it was refreshed
	before   map[int]*kept
	failed   bool // while planning: nothing was applied
	wrong    string
	reported []report
}

// plan refreshes what is in state and plans for it and for what is declared, except for some resources.
func (w *workspace) plan(pace pace, except map[int]bool) outcome {
	var mu sync.Mutex
	first := len(w.reports)
	p := w.start()
	out := outcome{plans: map[int]planned{}, before: maps.Clone(w.state)}
	refreshed := maps.Clone(w.state)
	var work []func(context.Context)
	for _, resource := range w.resources() {
		if except[resource] {
			continue
		}
		prior, config, email := w.state[resource], w.config(p, resource), w.emailOf(resource)
		work = append(work, func(ctx context.Context) {
			if prior != nil {
				now, diags := p.read(ctx, prior)
				w.tell(&mu, resource, email, diags)
				if failed(diags) {
					return
				}
				mu.Lock()
				if refreshed[resource] = now; now == nil {
					delete(refreshed, resource)
					out.removed = append(out.removed, resource)
				}
				mu.Unlock()
				prior = now
			}
			if prior == nil && config.IsNull() {
				return
			}
			plan, diags := p.plan(ctx, prior, config)
			w.tell(&mu, resource, email, diags)
			if failed(diags) {
				return
			}
			mu.Lock()
			out.plans[resource] = plan
			mu.Unlock()
		})
	}
	out.wrong = pace.run(w.ctx, w.net, work)
	out.reported = w.reports[first:]
	out.failed = pace.Interrupt > 0 || slices.ContainsFunc(out.reported, report.isError)
	if !out.failed {
		w.state = refreshed
	}
	return out
}

// apply does what was planned, in a process of its own.
func (w *workspace) apply(pace pace, out *outcome) {
	var mu sync.Mutex
	first := len(w.reports)
	p := w.start()
	var work []func(context.Context)
	for _, resource := range w.resources() {
		plan, is := out.plans[resource]
		if !is || plan.action == nothing {
			continue
		}
		email := w.emailOf(resource)
		keep := func(now *kept, diags []*tfprotov6.Diagnostic) bool {
			w.tell(&mu, resource, email, diags)
			mu.Lock()
			defer mu.Unlock()
			if w.state[resource] = now; now == nil {
				delete(w.state, resource)
			}
			return !failed(diags)
		}
		work = append(work, func(ctx context.Context) {
			if plan.action == replace || plan.action == destroy {
				gone := planned{action: destroy, prior: plan.prior, config: acctest.Value(p.object, nil), value: acctest.Value(p.object, nil), private: plan.prior.private}
				if !keep(p.apply(ctx, gone)) || plan.action == destroy {
					return
				}
				plan.prior, plan.action = nil, create
			}
			again, diags := p.plan(ctx, plan.prior, plan.config)
			if !failed(diags) && !keeps(plan.value, again.value) {
				diags = append(diags, defect(fmt.Sprintf("inconsistent final plan: planned %s, then %s", brief(plan.value), brief(again.value))))
			}
			if failed(diags) {
				w.tell(&mu, resource, email, diags)
				return
			}
			if again.action != nothing {
				keep(p.apply(ctx, again))
			}
		})
	}
	if wrong := pace.run(w.ctx, w.net, work); wrong != "" {
		out.wrong = wrong
	}
	out.reported = append(slices.Clone(out.reported), w.reports[first:]...)
}

// resources are those in state and those declared, in order.
func (w *workspace) resources() []int {
	all := maps.Clone(w.state)
	for resource := range w.declared {
		if _, is := all[resource]; !is {
			all[resource] = nil
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// takeIn imports a resource by its address, as an import block does.
func (w *workspace) takeIn(pace pace, resource int) outcome {
	var mu sync.Mutex
	first := len(w.reports)
	p := w.start()
	email := w.emailOf(resource)
	wrong := pace.run(w.ctx, w.net, []func(context.Context){func(ctx context.Context) {
		answer, err := p.server.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{
			TypeName: p.kind, ID: w.fake.Organization(w.platform) + "/" + email,
		})
		if err != nil {
			answer = &tfprotov6.ImportResourceStateResponse{Diagnostics: []*tfprotov6.Diagnostic{broken("ImportResourceState", err)}}
		}
		w.tell(&mu, resource, email, answer.Diagnostics)
		if failed(answer.Diagnostics) || len(answer.ImportedResources) != 1 {
			return
		}
		found := answer.ImportedResources[0]
		now, diags := p.read(ctx, &kept{value: p.value(found.State), private: found.Private, identity: found.Identity})
		w.tell(&mu, resource, email, diags)
		if !failed(diags) && now != nil {
			w.state[resource] = now
		}
	}})
	return outcome{wrong: wrong, reported: w.reports[first:]}
}
