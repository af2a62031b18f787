// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// recorder keeps the warnings that the provider returns during one step of a [resource.TestCase]: the testing package
// does not show them.
type recorder struct {
	mu       sync.Mutex
	warnings []string
	expected []string
}

// reset begins a step.
func (r *recorder) reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.warnings, r.expected = nil, nil
}

// allow takes warnings with the texts for expected until the step ends.
func (r *recorder) allow(texts []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.expected = append(r.expected, texts...)
}

// expect wants exactly as many warnings as texts so far, and allows the same ones until the step ends.
func (r *recorder) expect(texts []string) error {
	r.allow(texts)
	r.mu.Lock()
	defer r.mu.Unlock()
	return wantTexts(r.warnings, texts)
}

// unexpected returns the warnings that nothing in the step has asked for.
func (r *recorder) unexpected() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(r.warnings), func(warning string) bool {
		return slices.ContainsFunc(r.expected, func(text string) bool { return strings.Contains(warning, text) })
	})
}

func (r *recorder) add(diagnostics []*tfprotov6.Diagnostic) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, d := range diagnostics {
		text := d.Summary + "\n" + d.Detail
		if d.Severity == tfprotov6.DiagnosticSeverityWarning && !slices.Contains(r.warnings, text) {
			r.warnings = append(r.warnings, text)
		}
	}
}

// server is every part of the plugin protocol that the provider answers.
type server interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// schema is the provider's answer with all schemas. It is the same for every command, and building it takes longer than
// anything else that a command asks of the provider.
var schema = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
	return newServer().GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
})

// testServer is the server that main serves, with the schemas built once for all tests.
type testServer struct{ server }

func newTestServer() testServer {
	return testServer{newServer().(server)} //nolint:forcetypeassert // the framework's is one
}

func (testServer) GetProviderSchema(
	context.Context, *tfprotov6.GetProviderSchemaRequest,
) (*tfprotov6.GetProviderSchemaResponse, error) {
	return schema()
}

// recordingServer also keeps the warnings in the answers.
type recordingServer struct {
	testServer
	recorder *recorder
}

// factories serve the provider to the testing package, in this process.
func (r *recorder) factories() map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"orginvite": func() (tfprotov6.ProviderServer, error) {
			return recordingServer{newTestServer(), r}, nil
		},
	}
}

func (s recordingServer) ValidateResourceConfig(
	ctx context.Context, request *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	answer, err := s.server.ValidateResourceConfig(ctx, request)
	if err == nil {
		s.recorder.add(answer.Diagnostics)
	}
	return answer, err
}

func (s recordingServer) ConfigureProvider(
	ctx context.Context, request *tfprotov6.ConfigureProviderRequest,
) (*tfprotov6.ConfigureProviderResponse, error) {
	answer, err := s.server.ConfigureProvider(ctx, request)
	if err == nil {
		s.recorder.add(answer.Diagnostics)
	}
	return answer, err
}

func (s recordingServer) ReadResource(
	ctx context.Context, request *tfprotov6.ReadResourceRequest,
) (*tfprotov6.ReadResourceResponse, error) {
	answer, err := s.server.ReadResource(ctx, request)
	if err == nil {
		s.recorder.add(answer.Diagnostics)
	}
	return answer, err
}

func (s recordingServer) PlanResourceChange(
	ctx context.Context, request *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	answer, err := s.server.PlanResourceChange(ctx, request)
	if err == nil {
		s.recorder.add(answer.Diagnostics)
	}
	return answer, err
}

func (s recordingServer) ApplyResourceChange(
	ctx context.Context, request *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	answer, err := s.server.ApplyResourceChange(ctx, request)
	if err == nil {
		s.recorder.add(answer.Diagnostics)
	}
	return answer, err
}

func (s recordingServer) ImportResourceState(
	ctx context.Context, request *tfprotov6.ImportResourceStateRequest,
) (*tfprotov6.ImportResourceStateResponse, error) {
	answer, err := s.server.ImportResourceState(ctx, request)
	if err == nil {
		s.recorder.add(answer.Diagnostics)
	}
	return answer, err
}

func (s recordingServer) ReadDataSource(
	ctx context.Context, request *tfprotov6.ReadDataSourceRequest,
) (*tfprotov6.ReadDataSourceResponse, error) {
	answer, err := s.server.ReadDataSource(ctx, request)
	if err == nil {
		s.recorder.add(answer.Diagnostics)
	}
	return answer, err
}
