package newer_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/provider"
)

// process is one process of the provider, which Terraform starts for each walk.
type process struct {
	t       *testing.T
	server  tfprotov6.ProviderServer
	schemas *tfprotov6.GetProviderSchemaResponse
	typeOf  string // the type of the platform's invitations
	kind    tftypes.Type
}

// identityKind is what an identity consists of.
var identityKind = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"organization_id": tftypes.String, "email": tftypes.String}}

// start starts the provider for one platform of a world.
func (s subject) start(t *testing.T, w *acctest.World) *process {
	t.Helper()
	block := attrs{"organization_id": w.Organization(s.platform), "base_url": w.URL}
	maps.Copy(block, s.credential(w))
	return s.startWith(t, block)
}

// startWith starts the provider with a block of one's own; nil is no block.
func (s subject) startWith(t *testing.T, block any) *process {
	t.Helper()
	p := &process{t: t, server: provider.NewServer("test")(), typeOf: fmt.Sprintf("orginvite_%s_invite", s.platform)}
	var err error
	p.schemas, err = p.server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	must(t, err)
	p.kind = p.schemas.ResourceSchemas[p.typeOf].ValueType()
	config := acctest.Value(p.schemas.Provider.ValueType(), attrs{"max_retries": 0, string(s.platform): block})
	said, err := p.server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.14.0", Config: encode(t, config)})
	must(t, err)
	p.expect(said.Diagnostics)
	return p
}

// errors are what went wrong, in words.
func errors(said []*tfprotov6.Diagnostic) string {
	var all strings.Builder
	for _, one := range said {
		if one.Severity == tfprotov6.DiagnosticSeverityError {
			all.WriteString(one.Summary + ": " + one.Detail + "\n")
		}
	}
	return all.String()
}

// expect fails the test unless the errors say all of this; no texts are no errors.
func (p *process) expect(said []*tfprotov6.Diagnostic, texts ...string) {
	p.t.Helper()
	got := errors(said)
	if got != "" && len(texts) == 0 {
		p.t.Fatal(got)
	}
	for _, text := range texts {
		if !strings.Contains(got, text) {
			p.t.Errorf("errors: got %q, want %q", got, text)
		}
	}
}

// instance is one resource, as state has it.
type instance struct {
	state    tftypes.Value
	identity *tfprotov6.ResourceIdentityData
	private  []byte
}

// attributes are those of the state; nil when it is gone.
func (i *instance) attributes(t *testing.T) attrs {
	t.Helper()
	all, _ := plain(t, i.state).(attrs)
	return all
}

// identified is the identity.
func identified(t *testing.T, identity *tfprotov6.ResourceIdentityData) attrs {
	t.Helper()
	if identity == nil || identity.IdentityData == nil {
		return nil
	}
	all, _ := plain(t, decode(t, identityKind, identity.IdentityData)).(attrs)
	return all
}

// importing is `import { identity = ... }`, or id where there is no identity, and the refresh that follows.
// It returns nil when the errors are the expected ones.
func (p *process) importing(id string, identity attrs, wrong ...string) *instance {
	p.t.Helper()
	req := &tfprotov6.ImportResourceStateRequest{TypeName: p.typeOf, ID: id}
	if identity != nil {
		req.Identity = &tfprotov6.ResourceIdentityData{IdentityData: encode(p.t, acctest.Value(identityKind, identity))}
	}
	answer, err := p.server.ImportResourceState(p.t.Context(), req)
	must(p.t, err)
	p.expect(answer.Diagnostics, wrong...)
	if len(wrong) > 0 {
		return nil
	}
	found := answer.ImportedResources[0]
	i := &instance{decode(p.t, p.kind, found.State), found.Identity, found.Private}
	p.refresh(i)
	return i
}

// refresh reads an instance.
func (p *process) refresh(i *instance) {
	p.t.Helper()
	answer, err := p.server.ReadResource(p.t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: p.typeOf, CurrentState: encode(p.t, i.state), CurrentIdentity: i.identity, Private: i.private,
	})
	must(p.t, err)
	p.expect(answer.Diagnostics)
	i.state, i.identity, i.private = decode(p.t, p.kind, answer.NewState), answer.NewIdentity, answer.Private
}

// plan plans an instance as a configuration declares it. Nothing was there: i is empty.
func (p *process) plan(i *instance, config tftypes.Value) *tfprotov6.PlanResourceChangeResponse {
	p.t.Helper()
	checked, err := p.server.ValidateResourceConfig(p.t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: p.typeOf, Config: encode(p.t, config)})
	must(p.t, err)
	p.expect(checked.Diagnostics)
	prior := i.state
	if prior.Type() == nil {
		prior = tftypes.NewValue(p.kind, nil)
	}
	answer, err := p.server.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: p.typeOf, PriorState: encode(p.t, prior), ProposedNewState: encode(p.t, p.proposed(prior, config)),
		Config: encode(p.t, config), PriorPrivate: i.private, PriorIdentity: i.identity,
	})
	must(p.t, err)
	p.expect(answer.Diagnostics)
	return answer
}

// proposed is what Terraform proposes: what is configured, and elsewhere what was there, where the provider decides.
func (p *process) proposed(prior, config tftypes.Value) tftypes.Value {
	p.t.Helper()
	if prior.IsNull() {
		return config
	}
	var was, is map[string]tftypes.Value
	must(p.t, prior.As(&was))
	must(p.t, config.As(&is))
	is = maps.Clone(is)
	for _, attribute := range p.schemas.ResourceSchemas[p.typeOf].Block.Attributes {
		if attribute.Computed && is[attribute.Name].IsNull() {
			is[attribute.Name] = was[attribute.Name]
		}
	}
	return tftypes.NewValue(p.kind, is)
}

// unchanged wants an empty plan.
func (p *process) unchanged(i *instance, config tftypes.Value) {
	p.t.Helper()
	answer := p.plan(i, config)
	planned := decode(p.t, p.kind, answer.PlannedState)
	if !planned.Equal(i.state) || len(answer.RequiresReplace) > 0 {
		p.t.Errorf("the plan is not empty:\nstate   %v\nplanned %v\nbecause %v", plain(p.t, i.state), plain(p.t, planned), answer.RequiresReplace)
	}
}

// apply brings an instance to what a configuration declares.
func (p *process) apply(i *instance, config attrs) {
	p.t.Helper()
	declared := acctest.Value(p.kind, config)
	planned := p.plan(i, declared)
	prior := i.state
	if prior.Type() == nil {
		prior = tftypes.NewValue(p.kind, nil)
	}
	answer, err := p.server.ApplyResourceChange(p.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: p.typeOf, PriorState: encode(p.t, prior), PlannedState: planned.PlannedState, Config: encode(p.t, declared),
		PlannedPrivate: planned.PlannedPrivate, PlannedIdentity: planned.PlannedIdentity,
	})
	must(p.t, err)
	p.expect(answer.Diagnostics)
	i.state, i.identity, i.private = decode(p.t, p.kind, answer.NewState), answer.NewIdentity, answer.Private
}

// declared is a configuration of one person.
func declared(email string, g grant, more ...attrs) attrs {
	config := attrs{"email": email}
	for _, part := range append(more, g.args) {
		maps.Copy(config, part)
	}
	return config
}
