// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-exec/tfexec"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/orginvite/terraform-provider-orginvite/internal/cliconfig"
	"github.com/orginvite/terraform-provider-orginvite/internal/provider"
)

// newServer makes the server that main serves.
var newServer = provider.NewServer("0.0.0-test")

// addresses are the names under which configurations look for the provider:
// without a source, and with the real one, at either registry.
var addresses = append(cliconfig.Addresses("hashicorp/orginvite"), cliconfig.Addresses("orginvite/orginvite")...)

// serve serves the provider in this process until the test ends, where the race
// detector watches it. It returns how Terraform finds it.
func serve(t testing.TB) tfexec.ReattachInfo {
	t.Helper()
	server := newTestServer() // one for all walks, as with -debug
	started := make(chan *plugin.ReattachConfig)
	ended := make(chan struct{})
	options := []tf6server.ServeOpt{
		tf6server.WithDebug(t.Context(), started, ended),
		tf6server.WithGoPluginLogger(hclog.NewNullLogger()),
		tf6server.WithoutLogStderrOverride(),
	}
	if t, ok := t.(*testing.T); ok {
		options = append(options, tf6server.WithLoggingSink(t))
	}
	go func() {
		if err := tf6server.Serve(addresses[0], func() tfprotov6.ProviderServer { return server }, options...); err != nil {
			t.Error(err)
		}
	}()
	config := <-started
	t.Cleanup(func() { <-ended })

	attachments := tfexec.ReattachInfo{}
	for _, name := range addresses {
		attachments[name] = tfexec.ReattachConfig{
			Protocol: string(config.Protocol), ProtocolVersion: config.ProtocolVersion, Pid: config.Pid, Test: true,
			Addr: tfexec.ReattachConfigAddr{Network: config.Addr.Network(), String: config.Addr.String()},
		}
	}
	return attachments
}
