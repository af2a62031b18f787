// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// NewServer returns what makes the provider's plugin server: main serves it, and every test drives it. The servers
// it makes share their schemas. The version is told to Terraform and, in the User-Agent header, to the platforms.
func NewServer(version string) func() tfprotov6.ProviderServer {
	collectLessOften()
	silent := silenceLoggers()
	framework := providerserver.NewProtocol6(newProvider(version))
	return func() tfprotov6.ProviderServer {
		if !silent {
			return framework() // the contexts of requests carry the loggers
		}
		return withoutContexts(framework())
	}
}

// server is every part of the plugin protocol that the framework's server answers.
type server interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// contextFreeServer does not pass on the contexts of those requests that Terraform makes for each resource.
// The framework keeps the context of every request until the process ends, to cancel it when Terraform stops. Each
// holds the loggers, silent ones too, with copies of all their fields: about 70 KiB for each resource of a plan. Here
// the framework keeps an empty context instead, which ends with the request. It loses nothing but loggers, so this is
// only for runs without a log.
type contextFreeServer struct{ server }

// withoutContexts wraps the framework's server, if it has the expected parts.
func withoutContexts(framework tfprotov6.ProviderServer) tfprotov6.ProviderServer {
	if all, ok := framework.(server); ok {
		return contextFreeServer{all}
	}
	return framework
}

// detached answers a request in an empty context, which is canceled with the given one.
func detached[Q, A any](ctx context.Context, request Q, answer func(context.Context, Q) (A, error)) (A, error) {
	empty, cancel := context.WithCancel(context.Background()) //nolint:forbidigo // the given one cancels it, below
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	return answer(empty, request)
}

func (s contextFreeServer) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return detached(ctx, req, s.server.ValidateResourceConfig)
}

func (s contextFreeServer) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return detached(ctx, req, s.server.UpgradeResourceState)
}

func (s contextFreeServer) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return detached(ctx, req, s.server.ReadResource)
}

func (s contextFreeServer) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return detached(ctx, req, s.server.PlanResourceChange)
}

func (s contextFreeServer) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return detached(ctx, req, s.server.ApplyResourceChange)
}
