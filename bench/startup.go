// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"slices"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
)

// startUps is how often a provider is started. The median counts.
const startUps = 11

// start is what it takes before the first answer of a provider.
type start struct {
	Name string `json:"name"`
	// SchemaMS is the time from starting the process to its schema.
	SchemaMS int64 `json:"schema_ms"`
	// SizeMiB is the size of the program, stripped as in a release.
	SizeMiB float64 `json:"size_mib"`
}

// startUp measures how long each provider takes to return its schema.
func startUp(ctx context.Context, own, other *binary) ([]start, error) {
	var all []start
	for name, provider := range map[string]*binary{"orginvite": own, otherName: other} {
		if provider == nil {
			continue
		}
		one := start{Name: name}
		info, err := os.Stat(provider.file)
		if err != nil {
			return nil, err
		}
		one.SizeMiB = math.Round(float64(info.Size())/(1<<20)*10) / 10
		var times []time.Duration
		for range startUps {
			took, err := askSchema(ctx, provider.file)
			if err != nil {
				return nil, fmt.Errorf("the schema of %s: %w", name, err)
			}
			times = append(times, took)
		}
		one.SchemaMS = median(times).Milliseconds()
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b start) int { return cmp.Compare(b.SizeMiB, a.SizeMiB) })
	return all, nil
}

// handshake is what Terraform and its providers agree on.
var handshake = plugin.HandshakeConfig{
	MagicCookieKey:   "TF_PLUGIN_MAGIC_COOKIE",
	MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
}

// askSchema starts a provider as Terraform does and reads its schema.
func askSchema(ctx context.Context, file string) (time.Duration, error) {
	command := exec.Command(file) //nolint:noctx // the client ends it
	command.Env = environment()
	begun := time.Now()
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  handshake,
		VersionedPlugins: map[int]plugin.PluginSet{5: {"provider": connection{}}, 6: {"provider": connection{}}},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		Cmd:              command,
		SkipHostEnv:      true,
		AutoMTLS:         true,
		Logger:           hclog.NewNullLogger(),
	})
	defer client.Kill()
	protocol, err := client.Client()
	if err != nil {
		return 0, err
	}
	raw, err := protocol.Dispense("provider")
	if err != nil {
		return 0, err
	}
	conn, ok := raw.(*grpc.ClientConn)
	if !ok {
		return 0, fmt.Errorf("unexpected type of connection %T", raw)
	}
	method := map[int]string{
		5: "/tfplugin5.Provider/GetSchema", 6: "/tfplugin6.Provider/GetProviderSchema",
	}[client.NegotiatedVersion()]
	var request, answer []byte
	err = conn.Invoke(ctx, method, &request, &answer, grpc.ForceCodec(asIs{}), grpc.MaxCallRecvMsgSize(64<<20))
	took := time.Since(begun)
	if err == nil && len(answer) == 0 {
		err = errors.New("the answer is empty")
	}
	return took, err
}

// connection is a plugin of which only the connection is used.
type connection struct{ plugin.NetRPCUnsupportedPlugin }

// GRPCClient returns the connection.
func (connection) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return conn, nil
}

// GRPCServer is never called: the benchmark serves nothing.
func (connection) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error {
	return errors.New("not a server")
}

// asIs passes messages on as bytes: the schema is not decoded here, and an empty request has no bytes.
type asIs struct{}

// Marshal implements encoding.Codec.
func (asIs) Marshal(v any) ([]byte, error) { return *v.(*[]byte), nil } //nolint:errcheck,forcetypeassert // our own calls only

// Unmarshal implements encoding.Codec.
func (asIs) Unmarshal(data []byte, v any) error {
	*v.(*[]byte) = slices.Clone(data) //nolint:errcheck,forcetypeassert // our own calls only
	return nil
}

// Name implements encoding.Codec. The server then uses its own codec.
func (asIs) Name() string { return "proto" }

// median returns the middle value.
func median[T ~int64 | ~float64](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
