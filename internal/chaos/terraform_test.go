package chaos

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/provider"
)

// newServer makes what one provider process serves. The schemas are built once for all tests.
var newServer = provider.NewServer("chaos")

// process is one provider process: Terraform starts one for each walk.
type process struct {
	server tfprotov6.ProviderServer
	schema *tfprotov6.Schema
	object tftypes.Object
	kind   string // the type of the resource
}

// schemas are what the provider offers.
func schemas(ctx context.Context) *tfprotov6.GetProviderSchemaResponse {
	answer, err := newServer().GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		panic(err)
	}
	return answer
}

// offered is the schema of everything, read once.
var offered = schemas(context.Background())

// start starts and configures a provider for one kind of resource. A configuration is no request, so it cannot fail.
func start(ctx context.Context, kind string, configuration map[string]any) *process {
	schema := offered.ResourceSchemas[kind]
	object, _ := schema.ValueType().(tftypes.Object)
	p := &process{server: newServer(), schema: schema, object: object, kind: kind}
	answer, err := p.server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.14.0",
		Config:           dynamic(acctest.Value(offered.Provider.ValueType(), configuration)),
	})
	if err != nil {
		panic(err)
	}
	if failed(answer.Diagnostics) {
		panic(describe(answer.Diagnostics))
	}
	return p
}

// kept is what state holds of one resource.
type kept struct {
	value    tftypes.Value
	private  []byte
	identity *tfprotov6.ResourceIdentityData
	tainted  bool
}

// read refreshes what state holds; nil when it is gone.
func (p *process) read(ctx context.Context, prior *kept) (*kept, []*tfprotov6.Diagnostic) {
	answer, err := p.server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
		TypeName: p.kind, CurrentState: dynamic(prior.value), Private: prior.private, CurrentIdentity: prior.identity,
	})
	if err != nil {
		return prior, []*tfprotov6.Diagnostic{broken("ReadResource", err)}
	}
	if failed(answer.Diagnostics) {
		return prior, answer.Diagnostics
	}
	now := p.value(answer.NewState)
	if now.IsNull() {
		return nil, answer.Diagnostics
	}
	return &kept{value: now, private: answer.Private, identity: answer.NewIdentity, tainted: prior.tainted}, answer.Diagnostics
}

// action is what a plan does with a resource.
type action string

const (
	nothing action = "nothing"
	create  action = "create"
	update  action = "update"
	replace action = "replace"
	destroy action = "destroy"
)

// planned is the plan for one resource.
type planned struct {
	action   action
	prior    *kept // nil: there is none
	config   tftypes.Value
	value    tftypes.Value
	private  []byte
	identity *tfprotov6.ResourceIdentityData
}

// plan plans what leads from what state holds to a configuration; nil stands for none.
func (p *process) plan(ctx context.Context, prior *kept, config tftypes.Value) (planned, []*tfprotov6.Diagnostic) {
	if prior != nil && prior.tainted && !config.IsNull() {
		fresh, diags := p.plan(ctx, nil, config)
		fresh.action, fresh.prior = replace, prior
		return fresh, diags
	}
	before := kept{value: acctest.Value(p.object, nil)}
	if prior != nil {
		before = *prior
	}
	answer, err := p.server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: p.kind, PriorState: dynamic(before.value), ProposedNewState: dynamic(p.proposed(before.value, config)),
		Config: dynamic(config), PriorPrivate: before.private, PriorIdentity: before.identity,
	})
	if err != nil {
		return planned{}, []*tfprotov6.Diagnostic{broken("PlanResourceChange", err)}
	}
	if failed(answer.Diagnostics) {
		return planned{}, answer.Diagnostics
	}
	plan := planned{prior: prior, config: config, value: p.value(answer.PlannedState), private: answer.PlannedPrivate, identity: answer.PlannedIdentity}
	switch {
	case config.IsNull():
		plan.action = destroy
	case prior == nil:
		plan.action = create
	case len(answer.RequiresReplace) > 0:
		fresh, more := p.plan(ctx, nil, config)
		fresh.action, fresh.prior = replace, prior
		return fresh, append(answer.Diagnostics, more...)
	case plan.value.Equal(before.value):
		plan.action = nothing
	default:
		plan.action = update
	}
	return plan, append(answer.Diagnostics, p.checkPlan(plan, before.value)...)
}

// proposed is what Terraform proposes: the configuration, and for what it leaves to the provider, the prior value.
func (p *process) proposed(prior, config tftypes.Value) tftypes.Value {
	if config.IsNull() {
		return config
	}
	before, values := attributes(prior), attributes(config)
	for _, attribute := range p.schema.Block.Attributes {
		if value := values[attribute.Name]; attribute.Computed && value.IsNull() && len(before) > 0 {
			values[attribute.Name] = before[attribute.Name]
		}
	}
	return tftypes.NewValue(p.object, values)
}

// checkPlan holds a plan against what Terraform accepts.
func (p *process) checkPlan(plan planned, prior tftypes.Value) (diags []*tfprotov6.Diagnostic) {
	if plan.config.IsNull() {
		return nil
	}
	config, value, before := attributes(plan.config), attributes(plan.value), attributes(prior)
	for _, attribute := range p.schema.Block.Attributes {
		name := attribute.Name
		switch configured := config[name]; {
		case configured.IsNull() && !attribute.Computed && !value[name].IsNull(),
			!configured.IsNull() && configured.IsKnown() && !value[name].Equal(configured) && !(len(before) > 0 && value[name].Equal(before[name])):
			diags = append(diags, defect("invalid plan for "+name))
		}
	}
	return diags
}

// apply does what a plan says with one resource; a replacement is two calls. It returns what state holds then.
func (p *process) apply(ctx context.Context, plan planned) (*kept, []*tfprotov6.Diagnostic) {
	prior := kept{value: acctest.Value(p.object, nil)}
	if plan.prior != nil {
		prior = *plan.prior
	}
	answer, err := p.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: p.kind, PriorState: dynamic(prior.value), PlannedState: dynamic(plan.value), Config: dynamic(plan.config),
		PlannedPrivate: plan.private, PlannedIdentity: plan.identity,
	})
	if err != nil {
		return plan.prior, []*tfprotov6.Diagnostic{broken("ApplyResourceChange", err)}
	}
	diags := answer.Diagnostics
	now := p.value(answer.NewState)
	bad := failed(diags)
	if !bad && !keeps(plan.value, now) {
		diags = append(diags, defect(fmt.Sprintf("inconsistent result after apply: planned %s, got %s", brief(plan.value), brief(now))))
	}
	if !now.IsFullyKnown() {
		diags = append(diags, defect("unknown values after apply"))
	}
	if now.IsNull() {
		return nil, diags
	}
	return &kept{value: now, private: answer.Private, identity: answer.NewIdentity, tainted: bad && plan.action == create}, diags
}

func dynamic(value tftypes.Value) *tfprotov6.DynamicValue {
	encoded, err := tfprotov6.NewDynamicValue(value.Type(), value)
	if err != nil {
		panic(err)
	}
	return &encoded
}

func (p *process) value(encoded *tfprotov6.DynamicValue) tftypes.Value {
	if encoded == nil {
		return acctest.Value(p.object, nil)
	}
	value, err := encoded.Unmarshal(p.object)
	if err != nil {
		panic(err)
	}
	return value
}

// defectMark begins the summary of what is wrong with the provider whatever the platform did.
const defectMark = "DEFECT: "

func defect(what string) *tfprotov6.Diagnostic {
	return &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityError, Summary: defectMark + what}
}

func broken(call string, err error) *tfprotov6.Diagnostic {
	return defect(call + " failed: " + err.Error())
}

func failed(diags []*tfprotov6.Diagnostic) bool {
	for _, diag := range diags {
		if diag.Severity == tfprotov6.DiagnosticSeverityError {
			return true
		}
	}
	return false
}

// describe is the text of diagnostics, one a line.
func describe(diags []*tfprotov6.Diagnostic) string {
	lines := make([]string, 0, len(diags))
	for _, diag := range diags {
		lines = append(lines, fmt.Sprintf("%s: %s: %s", diag.Severity, diag.Summary, diag.Detail))
	}
	return strings.Join(lines, "\n")
}
