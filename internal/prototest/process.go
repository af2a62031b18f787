// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package prototest

import (
	"context"
	"fmt"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// version is the Terraform that this package is to the provider.
const version = "1.14.0"

// Terraform is a Terraform with one provider installed.
type Terraform struct {
	newServer func() tfprotov6.ProviderServer
	// Schemas are those of everything that the provider offers.
	Schemas    *tfprotov6.GetProviderSchemaResponse
	identities map[string]*tfprotov6.ResourceIdentitySchema
}

// New asks a provider for its schemas, once. It panics if they are not to be had, or if a resource has blocks, which
// this Terraform does not know.
func New(newServer func() tfprotov6.ProviderServer) *Terraform {
	ctx := context.Background() // schemas outlive any one test
	server := newServer()
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if diags := answered("GetProviderSchema", err, schemas.Diagnostics); diags.HasErrors() {
		panic(diags.String())
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if diags := answered("GetResourceIdentitySchemas", err, identities.Diagnostics); diags.HasErrors() {
		panic(diags.String())
	}
	for name, schema := range schemas.ResourceSchemas {
		if len(schema.Block.BlockTypes) > 0 {
			panic(name + " has blocks")
		}
	}
	return &Terraform{newServer: newServer, Schemas: schemas, identities: identities.IdentitySchemas}
}

// Shared returns a function that calls [New] when it is first called, for a variable of a test package.
func Shared(newServer func() tfprotov6.ProviderServer) func() *Terraform {
	return sync.OnceValue(func() *Terraform { return New(newServer) })
}

// Type is the type of a resource's value. It panics for a resource that the provider does not have.
func (tf *Terraform) Type(resource string) tftypes.Type { return tf.schema(resource).ValueType() }

func (tf *Terraform) schema(resource string) *tfprotov6.Schema {
	schema := tf.Schemas.ResourceSchemas[resource]
	if schema == nil {
		panic("there is no resource " + resource)
	}
	return schema
}

// Process is one process of the provider. Terraform starts one for each walk.
type Process struct {
	*Terraform
	// Server is the provider itself, for calls that this package does not make.
	Server tfprotov6.ProviderServer
}

// Start starts the provider and configures it with a provider block.
func (tf *Terraform) Start(ctx context.Context, block Attributes) (*Process, Diagnostics) {
	p := &Process{Terraform: tf, Server: tf.newServer()}
	config := encode(Value(tf.Schemas.Provider.ValueType(), block))
	valid, err := p.Server.ValidateProviderConfig(ctx, &tfprotov6.ValidateProviderConfigRequest{Config: config})
	if err != nil {
		return p, answered("ValidateProviderConfig", err, nil)
	}
	if diags := Diagnostics(valid.Diagnostics); diags.HasErrors() {
		return p, diags
	}
	done, err := p.Server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: version, Config: config,
	})
	if err != nil {
		return p, answered("ConfigureProvider", err, nil)
	}
	return p, append(valid.Diagnostics, done.Diagnostics...)
}

// Stop asks the provider to end what it is doing, as Terraform does when it is interrupted.
func (p *Process) Stop(ctx context.Context) {
	answer, err := p.Server.StopProvider(ctx, &tfprotov6.StopProviderRequest{})
	must(err)
	if answer.Error != "" {
		panic(answer.Error)
	}
}

// CallFunction calls a function of the provider.
func (p *Process) CallFunction(
	ctx context.Context, name string, arguments ...tftypes.Value,
) (tftypes.Value, *tfprotov6.FunctionError) {
	encoded := make([]*tfprotov6.DynamicValue, 0, len(arguments))
	for _, argument := range arguments {
		encoded = append(encoded, encode(argument))
	}
	function := p.Schemas.Functions[name]
	if function == nil {
		panic(fmt.Sprintf("there is no function %s", name))
	}
	answer, err := p.Server.CallFunction(ctx, &tfprotov6.CallFunctionRequest{Name: name, Arguments: encoded})
	must(err)
	if answer.Error != nil {
		return tftypes.Value{}, answer.Error
	}
	return decode(function.Return.Type, answer.Result), nil
}
