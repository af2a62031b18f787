// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package prototest

import (
	"context"
	"iter"
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ReadDataSource reads a data source.
func (p *Process) ReadDataSource(
	ctx context.Context, source string, arguments Attributes,
) (Attributes, Diagnostics) {
	schema := p.Schemas.DataSourceSchemas[source]
	if schema == nil {
		panic("there is no data source " + source)
	}
	config := Value(schema.ValueType(), arguments)
	valid, err := p.Server.ValidateDataResourceConfig(ctx, &tfprotov6.ValidateDataResourceConfigRequest{
		TypeName: source, Config: encode(config),
	})
	if err != nil {
		return nil, answered("ValidateDataResourceConfig", err, nil)
	}
	if Diagnostics(valid.Diagnostics).HasErrors() {
		return nil, valid.Diagnostics
	}
	answer, err := p.Server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: source, Config: encode(config)})
	if err != nil {
		return nil, answered("ReadDataSource", err, nil)
	}
	diags := append(Diagnostics(valid.Diagnostics), answer.Diagnostics...)
	if diags.HasErrors() {
		return nil, diags
	}
	state := decode(schema.ValueType(), answer.State)
	if !state.IsFullyKnown() {
		diags = append(diags, defect(invalidRefresh, "unknown values in a data source: %s", Brief(state)))
	}
	for _, attribute := range schema.Block.Attributes {
		configured := fields(config)[attribute.Name]
		if !configured.IsNull() && !fields(state)[attribute.Name].Equal(configured) {
			diags = append(diags, defect(invalidRefresh, "%s is not as configured: %s", attribute.Name, Brief(state)))
		}
	}
	all, _ := Plain(state).(Attributes)
	return all, diags
}

// Invoke invokes an action: it is validated, planned and run. It returns the messages of its progress.
func (p *Process) Invoke(
	ctx context.Context, action string, arguments Attributes,
) (progress []string, diags Diagnostics) {
	schema, server := p.Schemas.ActionSchemas[action], p.Server.(tfprotov6.ActionServer)
	if schema == nil {
		panic("there is no action " + action)
	}
	config := encode(Value(schema.Schema.ValueType(), arguments))
	valid, err := server.ValidateActionConfig(ctx, &tfprotov6.ValidateActionConfigRequest{
		ActionType: action, Config: config,
	})
	if err != nil {
		return nil, answered("ValidateActionConfig", err, nil)
	}
	if diags = valid.Diagnostics; diags.HasErrors() {
		return nil, diags
	}
	planned, err := server.PlanAction(ctx, &tfprotov6.PlanActionRequest{ActionType: action, Config: config})
	if err != nil {
		return nil, answered("PlanAction", err, nil)
	}
	if diags = append(diags, planned.Diagnostics...); diags.HasErrors() {
		return nil, diags
	}
	answer, err := server.InvokeAction(ctx, &tfprotov6.InvokeActionRequest{ActionType: action, Config: config})
	if err != nil {
		return nil, answered("InvokeAction", err, nil)
	}
	completed := false
	for event := range answer.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress = append(progress, event.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			completed = true
			diags = append(diags, event.Diagnostics...)
		}
	}
	if !completed {
		diags = append(diags, defect(pluginError, "the action %s did not complete", action))
	}
	return progress, diags
}

// Query is a list block of `terraform query`.
type Query struct {
	Config  Attributes
	Limit   int64
	Include bool // include_resource
}

// Found is one result of a query.
type Found struct {
	Name     string
	Identity Attributes
	// Value is the resource, null unless the query asks to include it.
	Value tftypes.Value
}

// ValidateQuery checks a list block.
func (p *Process) ValidateQuery(ctx context.Context, resource string, query Query) Diagnostics {
	answer, err := p.Server.(tfprotov6.ListResourceServer).ValidateListResourceConfig(ctx,
		&tfprotov6.ValidateListResourceConfigRequest{
			TypeName: resource, Config: p.queryConfig(resource, query),
			IncludeResourceObject: encode(tftypes.NewValue(tftypes.Bool, query.Include)),
			Limit:                 encode(tftypes.NewValue(tftypes.Number, new(big.Float).SetInt64(query.Limit))),
		})
	if err != nil {
		return answered("ValidateListResourceConfig", err, nil)
	}
	return answer.Diagnostics
}

func (p *Process) queryConfig(resource string, query Query) *tfprotov6.DynamicValue {
	schema := p.Schemas.ListResourceSchemas[resource]
	if schema == nil {
		panic("there is no list resource " + resource)
	}
	return encode(Value(schema.ValueType(), query.Config))
}

// Stream runs a query as far as the caller reads.
func (p *Process) Stream(ctx context.Context, resource string, query Query) iter.Seq2[Found, Diagnostics] {
	return func(yield func(Found, Diagnostics) bool) {
		if diags := p.ValidateQuery(ctx, resource, query); diags.HasErrors() {
			yield(Found{}, diags)
			return
		}
		answer, err := p.Server.(tfprotov6.ListResourceServer).ListResource(ctx, &tfprotov6.ListResourceRequest{
			TypeName: resource, Config: p.queryConfig(resource, query), IncludeResource: query.Include, Limit: query.Limit,
		})
		if err != nil {
			yield(Found{}, answered("ListResource", err, nil))
			return
		}
		for result := range answer.Results {
			one := Found{
				Name: result.DisplayName, Identity: p.Identity(resource, result.Identity),
				Value: decode(p.Type(resource), result.Resource),
			}
			if !yield(one, result.Diagnostics) {
				return
			}
		}
	}
}

// List runs a query to its end.
func (p *Process) List(ctx context.Context, resource string, query Query) (all []Found, diags Diagnostics) {
	for one, more := range p.Stream(ctx, resource, query) {
		if diags = append(diags, more...); !more.HasErrors() {
			all = append(all, one)
		}
	}
	return all, diags
}

// GenerateConfig is the configuration that Terraform writes for a resource that a query found.
func (p *Process) GenerateConfig(
	ctx context.Context, resource string, state tftypes.Value,
) (tftypes.Value, Diagnostics) {
	answer, err := p.Server.GenerateResourceConfig(ctx, &tfprotov6.GenerateResourceConfigRequest{
		TypeName: resource, State: encode(state),
	})
	if err != nil {
		return tftypes.Value{}, answered("GenerateResourceConfig", err, nil)
	}
	return decode(p.Type(resource), answer.Config), answer.Diagnostics
}
