package acctest

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/orginvite/terraform-provider-orginvite/internal/cliconfig"
	"github.com/orginvite/terraform-provider-orginvite/internal/provider"
)

// newServer makes the server that main serves.
var newServer = provider.NewServer("0.0.0-test")

// Factories serve the provider to the testing framework, in this process.
func Factories() map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"orginvite": func() (tfprotov6.ProviderServer, error) { return newServer(), nil },
	}
}

// addresses are the names under which configurations look for the provider:
// without a source, and with the real one, at either registry.
var addresses = append(cliconfig.Addresses("hashicorp/orginvite"), cliconfig.Addresses("orginvite/orginvite")...)

// serve serves the provider in this process until the test ends, where the race
// detector watches it. It returns the value of TF_REATTACH_PROVIDERS.
func serve(t testing.TB) string {
	t.Helper()
	server := newServer() // one for all walks, as with -debug
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

	type address struct{ Network, String string }
	type attachment struct {
		Protocol        string
		ProtocolVersion int
		Pid             int
		Test            bool
		Addr            address
	}
	attachments := map[string]attachment{}
	for _, name := range addresses {
		attachments[name] = attachment{
			Protocol: string(config.Protocol), ProtocolVersion: config.ProtocolVersion, Pid: config.Pid, Test: true,
			Addr: address{Network: config.Addr.Network(), String: config.Addr.String()},
		}
	}
	text, err := json.Marshal(attachments)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
