// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/cliconfig"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// usage is what one command took.
type usage struct {
	wall     time.Duration
	requests int
	// peak and cpu are those of the provider, total is the processor time of Terraform and all providers.
	peak  int64
	cpu   time.Duration
	total time.Duration
}

// open prepares Terraform in the folder of the workspace.
func (w *workspace) open(ctx context.Context, program string) (err error) {
	w.cli, err = cliconfig.Terraform(w.folder, program, append(environment(), w.environment()...))
	if err != nil {
		return err
	}
	// terraform-exec asks for the version before its first command and remembers it. That must not be measured.
	_, err = cliconfig.Version(ctx, w.cli)
	return err
}

// measure runs a command and returns what it took.
func (w *workspace) measure(command func() error) (usage, error) {
	if err := w.binary.forget(); err != nil {
		return usage{}, err
	}
	before, start := childrenTime(), time.Now()
	err := command()
	took := usage{wall: time.Since(start), total: childrenTime() - before}
	if err == nil {
		err = w.binary.read(&took)
	}
	return took, err
}

// environment returns the environment of this program, without anything that changes what Terraform or the provider
// does, or that reaches a real organization.
func environment() []string {
	kept := fake.CleanEnvironment(os.Environ(), "TF_", "GOGC", "GOMEMLIMIT", "GODEBUG")
	return append(kept, "TF_CLI_CONFIG_FILE="+os.DevNull)
}

// forget removes the notes of the meter.
func (b *binary) forget() error {
	if b == nil {
		return nil
	}
	if err := os.Remove(b.usage); err != nil && !errors.Is(err, fs.ErrNotExist) { //nolint:gosec // a file of the benchmark
		return err
	}
	return nil
}

// read adds the notes of the meter about one command. Terraform may have started the provider several times: memory
// is that of the largest process, processor time is that of all of them.
func (b *binary) read(into *usage) error {
	if b == nil {
		return nil
	}
	notes, err := os.ReadFile(b.usage) //nolint:gosec // a file of the benchmark
	if err != nil {
		return fmt.Errorf("the provider was not measured: %w", err)
	}
	for line := range bytes.Lines(notes) {
		var note struct {
			PeakBytes int64   `json:"peak_bytes"`
			CPU       float64 `json:"cpu_seconds"`
		}
		if err := json.Unmarshal(line, &note); err != nil {
			return err
		}
		into.peak = max(into.peak, note.PeakBytes)
		into.cpu += time.Duration(note.CPU * float64(time.Second))
	}
	return nil
}
