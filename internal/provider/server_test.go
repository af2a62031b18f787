// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"weak"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// forEachResource are the requests that Terraform makes for each resource, none of them with anything in it.
func forEachResource(s tfprotov6.ProviderServer) map[string]func(context.Context) error {
	const name = "orginvite_elastic_cloud_invite"
	return map[string]func(context.Context) error{
		"ValidateResourceConfig": asking(s.ValidateResourceConfig, &tfprotov6.ValidateResourceConfigRequest{TypeName: name}),
		"UpgradeResourceState":   asking(s.UpgradeResourceState, &tfprotov6.UpgradeResourceStateRequest{TypeName: name}),
		"ReadResource":           asking(s.ReadResource, &tfprotov6.ReadResourceRequest{TypeName: name}),
		"PlanResourceChange":     asking(s.PlanResourceChange, &tfprotov6.PlanResourceChangeRequest{TypeName: name}),
		"ApplyResourceChange":    asking(s.ApplyResourceChange, &tfprotov6.ApplyResourceChangeRequest{TypeName: name}),
	}
}

// asking makes a request whose answer does not matter.
func asking[Q, A any](answer func(context.Context, Q) (A, error), request Q) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := answer(ctx, request)
		return err
	}
}

// The context of a request can be collected once it is answered. The framework alone keeps it: when it no longer does, [contextFreeServer] can be deleted.
func TestWithoutContexts(t *testing.T) {
	framework := providerserver.NewProtocol6(newProvider("test"))
	for title, c := range map[string]struct {
		server tfprotov6.ProviderServer
		keeps  bool
	}{
		"without contexts": {withoutContexts(framework()), false},
		"the framework":    {framework(), true},
	} {
		for name, request := range forEachResource(c.server) {
			t.Run(title+"/"+name, func(t *testing.T) {
				carried := ask(t, request)
				runtime.GC()
				if kept := carried.Value() != nil; kept != c.keeps {
					t.Errorf("the context is kept: %v, want %v", kept, c.keeps)
				}
			})
		}
	}
}

// ask makes a request with a context that carries something, and returns where that was.
func ask(t *testing.T, request func(context.Context) error) weak.Pointer[[64]string] {
	t.Helper()
	type key struct{}
	carried := new([64]string)
	if err := request(context.WithValue(t.Context(), key{}, carried)); err != nil {
		t.Fatal(err)
	}
	return weak.Make(carried)
}

// A request in a context of its own ends when Terraform cancels, and when it is answered.
func TestDetached(t *testing.T) {
	given, cancel := context.WithCancel(t.Context())
	answer, err := detached(given, "question", func(ctx context.Context, question string) (string, error) {
		if err := ctx.Err(); err != nil {
			t.Errorf("over before it began: %v", err)
		}
		cancel()
		<-ctx.Done()
		return question + ", answered", ctx.Err()
	})
	if answer != "question, answered" || !errors.Is(err, context.Canceled) {
		t.Errorf("got %q, %v", answer, err)
	}
	over, err := detached(t.Context(), "question", func(ctx context.Context, _ string) (<-chan struct{}, error) { return ctx.Done(), nil })
	if err != nil {
		t.Fatal(err)
	}
	select {
	case <-over:
	default:
		t.Error("the context goes on after the answer")
	}
}
