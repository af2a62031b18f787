// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/orginvite/terraform-provider-orginvite/internal/cliconfig"
)

// ordinary is the plugin to compare with. It uses the same framework, and its resources make no requests.
const ordinary = "github.com/hashicorp/terraform-provider-time@v0.14.2"

// binary is a provider that was built, with the meter in front of it.
type binary struct {
	// file is the provider itself.
	file string
	// usage is the file in which the meter notes what the provider took.
	usage string
	// cliConfig is the file that makes Terraform use it.
	cliConfig string
}

// build builds the providers. Terraform finds the meter under the name of the provider.
func build(ctx context.Context, c config) (own, other *binary, err error) {
	cache, err := filepath.Abs(c.cache)
	if err != nil {
		return nil, nil, err
	}
	own, err = install(ctx, cache, "orginvite", "orginvite/orginvite",
		"build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", "terraform-provider-orginvite", ".")
	if err != nil || !c.references {
		return own, nil, err
	}
	other, err = install(ctx, cache, "time", "hashicorp/time", "install", "-trimpath", "-ldflags=-s -w", ordinary)
	return own, other, err
}

// install builds a provider into the cache and puts the meter in front of it.
func install(ctx context.Context, cache, name, source string, arguments ...string) (*binary, error) {
	folder := filepath.Join(cache, name)
	measured := filepath.Join(folder, "measured")
	if err := os.MkdirAll(measured, 0o750); err != nil {
		return nil, err
	}
	program := "terraform-provider-" + name
	for i, argument := range arguments {
		if argument == program {
			arguments[i] = filepath.Join(measured, program)
		}
	}
	if err := golang(ctx, measured, arguments...); err != nil {
		return nil, err
	}
	meter := filepath.Join(folder, program)
	if err := golang(ctx, measured, "build", "-trimpath", "-buildvcs=false", "-o", meter, "./bench/meter"); err != nil {
		return nil, err
	}
	b := &binary{
		file:      filepath.Join(measured, program),
		usage:     filepath.Join(measured, "usage.json"),
		cliConfig: filepath.Join(folder, "cli.tfrc"),
	}
	return b, os.WriteFile(b.cliConfig, cliconfig.Override(folder, cliconfig.Addresses(source)...), 0o600)
}

func golang(ctx context.Context, bin string, arguments ...string) error {
	command := exec.CommandContext(ctx, "go", arguments...) //nolint:gosec // our own arguments
	command.Env = append(os.Environ(), "GOBIN="+bin)
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("go %s: %w\n%s", arguments[0], err, out)
	}
	return nil
}
