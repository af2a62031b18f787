package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// server is everything that the framework's server answers.
type server interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// forgetfulServer lets go of the contexts of those requests that Terraform makes for each resource.
// The framework keeps the context of every request, to cancel it when Terraform wants to stop, and never gives
// one back. In each are the loggers, silent ones too, with copies of all their fields: some 70 KiB for each
// resource of a plan, which the collector walked again and again. What the framework gets to keep here is an empty
// context that ends with the request.
//
// Nothing but loggers is lost with what a context carries, so this is for when nobody asked for a log.
type forgetfulServer struct{ server }

// forgetful wraps the framework's server, if that is all that is expected of it.
func forgetful(framework tfprotov6.ProviderServer) tfprotov6.ProviderServer {
	if all, ok := framework.(server); ok {
		return forgetfulServer{all}
	}
	return framework
}

// detached answers a request in a context of its own, which carries nothing and is cancelled with the given one.
func detached[Q, A any](ctx context.Context, request Q, answer func(context.Context, Q) (A, error)) (A, error) {
	bare, cancel := context.WithCancel(context.Background()) //nolint:forbidigo // the given one cancels it, below
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	return answer(bare, request)
}

func (s forgetfulServer) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return detached(ctx, req, s.server.ValidateResourceConfig)
}

func (s forgetfulServer) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return detached(ctx, req, s.server.UpgradeResourceState)
}

func (s forgetfulServer) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return detached(ctx, req, s.server.ReadResource)
}

func (s forgetfulServer) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return detached(ctx, req, s.server.PlanResourceChange)
}

func (s forgetfulServer) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return detached(ctx, req, s.server.ApplyResourceChange)
}
