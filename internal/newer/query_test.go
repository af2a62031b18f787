package newer_test

import (
	"iter"
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
)

// query is a list block.
type query struct {
	config  attrs
	limit   int64
	include bool
}

// found is one result of a query.
type found struct {
	name     string
	identity attrs
	resource *tfprotov6.DynamicValue
}

// stream begins a query, which Terraform checks before.
func (p *process) stream(q query) iter.Seq[tfprotov6.ListResourceResult] {
	p.t.Helper()
	config := encode(p.t, acctest.Value(p.schemas.ListResourceSchemas[p.typeOf].ValueType(), q.config))
	checked, err := p.server.(tfprotov6.ListResourceServer).ValidateListResourceConfig(p.t.Context(), &tfprotov6.ValidateListResourceConfigRequest{
		TypeName: p.typeOf, Config: config,
		IncludeResourceObject: encode(p.t, tftypes.NewValue(tftypes.Bool, q.include)),
		Limit:                 encode(p.t, tftypes.NewValue(tftypes.Number, big.NewFloat(float64(q.limit)))),
	})
	must(p.t, err)
	p.expect(checked.Diagnostics)
	answer, err := p.server.(tfprotov6.ListResourceServer).ListResource(p.t.Context(), &tfprotov6.ListResourceRequest{
		TypeName: p.typeOf, Config: config, IncludeResource: q.include, Limit: q.limit,
	})
	must(p.t, err)
	return answer.Results
}

// query runs a query to its end.
func (p *process) query(q query) (all []found) {
	p.t.Helper()
	for result := range p.stream(q) {
		if len(result.Diagnostics) > 0 {
			p.t.Fatalf("%s: %s", result.Diagnostics[0].Summary, result.Diagnostics[0].Detail)
		}
		all = append(all, found{result.DisplayName, identified(p.t, result.Identity), result.Resource})
	}
	return all
}

// names are the display names of what was found.
func names(all []found) (names []string) {
	for _, one := range all {
		names = append(names, one.name)
	}
	return names
}

// generated is the configuration that Terraform writes for a resource that was found.
func (p *process) generated(one found) tftypes.Value {
	p.t.Helper()
	answer, err := p.server.GenerateResourceConfig(p.t.Context(), &tfprotov6.GenerateResourceConfigRequest{TypeName: p.typeOf, State: one.resource})
	must(p.t, err)
	p.expect(answer.Diagnostics)
	return decode(p.t, p.kind, answer.Config)
}

// adopted imports what was found with the configuration that was generated for it, and wants nothing else to be planned.
func (p *process) adopted(one found) *instance {
	p.t.Helper()
	i := p.importing("", one.identity)
	p.unchanged(i, p.generated(one))
	return i
}
