// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package provider puts the platforms together. It is the only package that knows all of them.
package provider

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

const (
	defaultMaxRetries     = 4
	defaultRequestTimeout = 30 * time.Second
)

// inviteProvider is the provider: its configuration, and loops over the platforms.
type inviteProvider struct {
	version   string
	platforms []platform.Platform
}

var (
	_ provider.ProviderWithFunctions     = (*inviteProvider)(nil)
	_ provider.ProviderWithListResources = (*inviteProvider)(nil)
	_ provider.ProviderWithActions       = (*inviteProvider)(nil)
)

func newProvider(version string) provider.Provider {
	return &inviteProvider{version: version, platforms: Platforms()}
}

func (p *inviteProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "orginvite"
	resp.Version = p.version
}

func (p *inviteProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"max_retries": schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: fmt.Sprintf("How often a request that is safe to repeat is repeated after a transient failure. A request that sends an invitation is not one of them. Being asked to slow down does not count. Default: `%d`.", defaultMaxRetries),
			Validators:          []validator.Int64{int64validator.Between(0, 20)},
		},
		"request_timeout": schema.StringAttribute{
			CustomType:          timeoutType{},
			Optional:            true,
			MarkdownDescription: fmt.Sprintf("How long one request may take, such as `30s` or `2m`. Default: `%s`.", defaultRequestTimeout),
		},
	}
	for _, one := range p.platforms {
		attributes[one.Name] = one.Block()
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Declares who is invited to an organization: create sends the invitation, read follows it until the person is a member, destroy revokes it.",
		Attributes:          attributes,
	}
}

// Configure connects every platform. It makes no request, and it complains about
// nothing that is not used: a connection that cannot work says so to whoever tries it.
func (p *inviteProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var maxRetries types.Int64
	var requestTimeout timeout
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("max_retries"), &maxRetries)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("request_timeout"), &requestTimeout)...)
	settings := platform.Settings{
		MaxRetries:     defaultMaxRetries,
		RequestTimeout: defaultRequestTimeout,
		UserAgent:      fmt.Sprintf("terraform-provider-orginvite/%s Terraform/%s", p.version, req.TerraformVersion),
		Getenv:         os.Getenv,
	}
	if !maxRetries.IsNull() && !maxRetries.IsUnknown() {
		settings.MaxRetries = int(maxRetries.ValueInt64())
	}
	if requestTimeout.isSet() {
		duration, problems := requestTimeout.ValueGoDuration()
		resp.Diagnostics.Append(problems...)
		settings.RequestTimeout = duration
	}
	connections := tfinvite.Connections{}
	for _, one := range p.platforms {
		var block types.Object
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(one.Name), &block)...)
		connections[one.Name] = one.Connect(block, settings)
	}
	resp.ResourceData = connections
	resp.DataSourceData = connections
	resp.ListResourceData = connections
	resp.ActionData = connections
}

func (p *inviteProvider) Resources(context.Context) []func() resource.Resource {
	return gather(p.platforms, func(one platform.Platform) []func() resource.Resource { return one.Resources })
}

func (p *inviteProvider) DataSources(context.Context) []func() datasource.DataSource {
	var names []string
	for _, one := range p.platforms {
		names = append(names, one.Name)
	}
	spanning := func() datasource.DataSource { return &invitesDataSource{names: names} }
	return append(gather(p.platforms, func(one platform.Platform) []func() datasource.DataSource { return one.DataSources }), spanning)
}

func (p *inviteProvider) ListResources(context.Context) []func() list.ListResource {
	return gather(p.platforms, func(one platform.Platform) []func() list.ListResource { return one.ListResources })
}

func (p *inviteProvider) Actions(context.Context) []func() action.Action {
	return gather(p.platforms, func(one platform.Platform) []func() action.Action { return one.Actions })
}

func (p *inviteProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{func() function.Function { return normalizeEmail{} }}
}

// gather collects what each platform offers.
func gather[T any](platforms []platform.Platform, offers func(platform.Platform) []T) []T {
	var all []T
	for _, one := range platforms {
		all = append(all, offers(one)...)
	}
	return all
}
