package cost_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/provider"
)

// process is one provider process, which lives for one walk.
type process struct {
	t        testing.TB
	server   tfprotov6.ProviderServer
	typeName string
	kind     tftypes.Type
}

// start starts a provider that is configured for one platform of a world.
func (s subject) start(t testing.TB, w *world, more ...arguments) *process {
	t.Helper()
	server := provider.NewServer("test")()
	p := &process{t: t, server: server, typeName: fmt.Sprintf("orginvite_%s_invite", s.platform)}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if schemas.ResourceSchemas[p.typeName] == nil {
		t.Fatalf("there is no %s", p.typeName)
	}
	p.kind = schemas.ResourceSchemas[p.typeName].ValueType()

	block := arguments{"organization_id": w.Organization(s.platform), "base_url": w.url}
	credential, secret := w.Credential(s.platform)
	block[credential] = secret
	for _, arguments := range more {
		block.set(arguments)
	}
	kind := schemas.Provider.ValueType()
	config, err := tfprotov6.NewDynamicValue(kind, acctest.Value(kind, map[string]any{string(s.platform): map[string]any(block)}))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.11.4", Config: &config})
	if err != nil {
		t.Fatal(err)
	}
	if err := failure(answer.Diagnostics); err != nil {
		t.Fatal(err)
	}
	return p
}

// instance is one resource instance under Terraform's care.
type instance struct {
	email    string
	config   arguments
	state    tftypes.Value
	private  []byte
	identity *tfprotov6.ResourceIdentityData
	// warnings are those of the last walk.
	warnings []string
}

// exists: the state has it.
func (i *instance) exists() bool { return !i.state.IsNull() && i.state.Type() != nil }

// text is an attribute of the state.
func (i *instance) text(name string) (text string) {
	var attributes map[string]tftypes.Value
	if i.state.As(&attributes) == nil && !attributes[name].IsNull() {
		_ = attributes[name].As(&text)
	}
	return text
}

func (p *process) dynamic(v tftypes.Value) *tfprotov6.DynamicValue {
	p.t.Helper()
	encoded, err := tfprotov6.NewDynamicValue(p.kind, v)
	if err != nil {
		p.t.Fatal(err)
	}
	return &encoded
}

func (p *process) decoded(encoded *tfprotov6.DynamicValue) tftypes.Value {
	p.t.Helper()
	v, err := encoded.Unmarshal(p.kind)
	if err != nil {
		p.t.Fatal(err)
	}
	return v
}

func (p *process) null() tftypes.Value { return tftypes.NewValue(p.kind, nil) }

// current is the state, null where there is none.
func (p *process) current(i *instance) tftypes.Value {
	if !i.exists() {
		return p.null()
	}
	return i.state
}

// refresh reads an instance.
func (p *process) refresh(ctx context.Context, i *instance) error {
	answer, err := p.server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{
		TypeName: p.typeName, CurrentState: p.dynamic(i.state), Private: i.private, CurrentIdentity: i.identity,
	})
	if err != nil {
		return err
	}
	i.warnings = append(i.warnings, warnings(answer.Diagnostics)...)
	if err := failure(answer.Diagnostics); err != nil {
		return err
	}
	i.state, i.private, i.identity = p.decoded(answer.NewState), answer.Private, answer.NewIdentity
	return nil
}

// planned is what a plan says about an instance.
type planned struct {
	value    tftypes.Value
	private  []byte
	identity *tfprotov6.ResourceIdentityData
	replaces bool
	changes  bool
}

// plan plans an instance as it is declared; one without a configuration is to be destroyed.
func (p *process) plan(ctx context.Context, i *instance) (planned, error) {
	prior := p.current(i)
	if i.config == nil {
		return p.planFrom(ctx, i, prior, p.null(), p.null())
	}
	config := acctest.Value(p.kind, map[string]any(i.config))
	whole, err := p.planFrom(ctx, i, prior, config, proposed(prior, config))
	if err == nil && whole.replaces {
		// Terraform asks again, as if there were nothing, for what comes instead.
		_, err = p.planFrom(ctx, &instance{}, p.null(), config, config)
	}
	return whole, err
}

func (p *process) planFrom(ctx context.Context, i *instance, prior, config, proposed tftypes.Value) (planned, error) {
	answer, err := p.server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: p.typeName, PriorState: p.dynamic(prior), ProposedNewState: p.dynamic(proposed), Config: p.dynamic(config),
		PriorPrivate: i.private, PriorIdentity: i.identity,
	})
	if err != nil {
		return planned{}, err
	}
	i.warnings = append(i.warnings, warnings(answer.Diagnostics)...)
	if err := failure(answer.Diagnostics); err != nil {
		return planned{}, err
	}
	v := p.decoded(answer.PlannedState)
	return planned{v, answer.PlannedPrivate, answer.PlannedIdentity, len(answer.RequiresReplace) > 0, !v.Equal(prior)}, nil
}

// proposed is what Terraform proposes: what is configured, and elsewhere what was there.
func proposed(prior, config tftypes.Value) tftypes.Value {
	if prior.IsNull() {
		return config
	}
	var was, is map[string]tftypes.Value
	if prior.As(&was) != nil || config.As(&is) != nil {
		return config
	}
	both := map[string]tftypes.Value{}
	for name, v := range is {
		if both[name] = v; v.IsNull() {
			both[name] = was[name]
		}
	}
	return tftypes.NewValue(config.Type(), both)
}

// apply brings an instance to what is declared: it is replaced, created, changed or destroyed.
func (p *process) apply(ctx context.Context, i *instance) error {
	plan, err := p.plan(ctx, i)
	if err != nil || !plan.changes && !plan.replaces {
		return err
	}
	if plan.replaces {
		gone := planned{value: p.null()}
		if err := p.carryOut(ctx, i, gone, p.null()); err != nil {
			return err
		}
		if plan, err = p.plan(ctx, i); err != nil {
			return err
		}
	}
	config := p.null()
	if i.config != nil {
		config = acctest.Value(p.kind, map[string]any(i.config))
	}
	return p.carryOut(ctx, i, plan, config)
}

func (p *process) carryOut(ctx context.Context, i *instance, plan planned, config tftypes.Value) error {
	answer, err := p.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: p.typeName, PriorState: p.dynamic(p.current(i)), PlannedState: p.dynamic(plan.value), Config: p.dynamic(config),
		PlannedPrivate: plan.private, PlannedIdentity: plan.identity,
	})
	if err != nil {
		return err
	}
	i.state, i.private, i.identity = p.decoded(answer.NewState), answer.Private, answer.NewIdentity
	if i.state.IsNull() {
		i.private, i.identity = nil, nil
	}
	i.warnings = append(i.warnings, warnings(answer.Diagnostics)...)
	return failure(answer.Diagnostics)
}

// failure is an error with everything that the diagnostics say is wrong; nil if nothing is.
func failure(diagnostics []*tfprotov6.Diagnostic) error {
	var said []string
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			said = append(said, d.Summary+": "+d.Detail)
		}
	}
	if said == nil {
		return nil
	}
	return fmt.Errorf("%s", strings.Join(said, "\n"))
}

func warnings(diagnostics []*tfprotov6.Diagnostic) (said []string) {
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityWarning {
			said = append(said, d.Summary+": "+d.Detail)
		}
	}
	return said
}
