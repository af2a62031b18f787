// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/orginvite/terraform-provider-orginvite/internal/provider"
)

// BenchmarkPlan measures what it costs to plan one invitation, without Terraform and without requests: most plans are
// of invitations that do not change.
func BenchmarkPlan(b *testing.B) {
	for platform, granted := range map[string]map[string]any{
		"icepanel":      {"permission": "read"},
		"snyk":          {"role_id": "6525b356-ed80-4a45-8a2c-1f6d4d7f3f2f", "role": "Org Collaborator"},
		"elastic_cloud": {"role_assignments": rolesOnElasticCloud},
	} {
		config := map[string]any{"email": "ada@example.com"}
		maps.Copy(config, granted)
		state := map[string]any{
			"id": "inv-1", "organization_id": "acme", "status": "pending",
			"adopt_existing": false, "manage_membership": false, "reinvite_expired": false,
			"expires_in": "7d", "created_at": "2030-01-01T00:00:00Z", "expires_at": "2030-01-08T00:00:00Z",
		}
		maps.Copy(state, config)
		if platform == "snyk" {
			delete(config, "role")
		}
		b.Run(platform, func(b *testing.B) {
			p := newPlanner(b, platform)
			request := &tfprotov6.PlanResourceChangeRequest{
				TypeName: p.resource, PriorState: p.value(b, state), ProposedNewState: p.value(b, state), Config: p.value(b, config),
			}
			for b.Loop() {
				planned, err := p.server.PlanResourceChange(b.Context(), request)
				if err != nil || len(planned.Diagnostics) > 0 || len(planned.RequiresReplace) > 0 {
					b.Fatal(err, planned)
				}
			}
			b.ReportAllocs()
		})
	}
}

// planner is a configured provider, for one resource.
type planner struct {
	server   tfprotov6.ProviderServer
	resource string
	object   tftypes.Object
}

func newPlanner(b *testing.B, platform string) planner {
	b.Helper()
	p := planner{server: provider.NewServer("test")(), resource: "orginvite_" + platform + "_invite"}
	found, err := p.server.GetProviderSchema(b.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		b.Fatal(err)
	}
	p.object = objectType(b, found.ResourceSchemas[p.resource])
	whole := objectType(b, found.Provider)
	block, _ := whole.AttributeTypes[platform].(tftypes.Object)
	credential := "api_key"
	if platform == "snyk" {
		credential = "token"
	}
	config, err := tfprotov6.NewDynamicValue(whole, object(whole, map[string]any{
		platform: object(block, map[string]any{credential: "not-a-real-key", "organization_id": "acme"}),
	}))
	if err != nil {
		b.Fatal(err)
	}
	configured, err := p.server.ConfigureProvider(b.Context(), &tfprotov6.ConfigureProviderRequest{Config: &config})
	if err != nil || len(configured.Diagnostics) > 0 {
		b.Fatal(err, configured)
	}
	return p
}

// value is a value of the resource as Terraform sends it.
func (p planner) value(b *testing.B, values map[string]any) *tfprotov6.DynamicValue {
	b.Helper()
	wire, err := tfprotov6.NewDynamicValue(p.object, object(p.object, values))
	if err != nil {
		b.Fatal(err)
	}
	return &wire
}

func objectType(b *testing.B, schema *tfprotov6.Schema) tftypes.Object {
	b.Helper()
	object, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		b.Fatal("not an object")
	}
	return object
}

// object is an object with some values; the others are null.
func object(kind tftypes.Object, values map[string]any) tftypes.Value {
	all := map[string]tftypes.Value{}
	for name, attribute := range kind.AttributeTypes {
		switch value := values[name].(type) {
		case tftypes.Value:
			all[name] = value
		case func(tftypes.Object) tftypes.Value:
			nested, _ := attribute.(tftypes.Object)
			all[name] = value(nested)
		default:
			all[name] = tftypes.NewValue(attribute, value)
		}
	}
	return tftypes.NewValue(kind, all)
}

// rolesOnElasticCloud are a role for the organization and one for a deployment.
func rolesOnElasticCloud(kind tftypes.Object) tftypes.Value {
	one := func(scope string, values map[string]any) tftypes.Value {
		set, _ := kind.AttributeTypes[scope].(tftypes.Set)
		assignment, _ := set.ElementType.(tftypes.Object)
		return tftypes.NewValue(set, []tftypes.Value{object(assignment, values)})
	}
	return object(kind, map[string]any{
		"organization": one("organization", map[string]any{"role_id": "billing-admin"}),
		"deployment":   one("deployment", map[string]any{"role_id": "deployment-viewer", "all": true}),
	})
}
