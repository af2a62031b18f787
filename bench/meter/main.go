// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Command meter measures a provider. Terraform starts the meter in its place, and the meter starts the provider with the
// same files and environment. When the provider ends, the meter notes its memory and processor time.
//
// The provider must have the same file name as the meter, in the folder "measured" next to it. The meter appends a line
// of JSON to "usage.json" there.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
)

// Usage is what one process took.
type Usage struct {
	// PeakBytes is the most resident memory.
	PeakBytes int64 `json:"peak_bytes"`
	// CPU is user and system time together, in seconds.
	CPU float64 `json:"cpu_seconds"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "meter:", err)
		os.Exit(1)
	}
}

func run() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	folder := filepath.Join(filepath.Dir(self), "measured")
	provider := exec.Command(filepath.Join(folder, filepath.Base(self)), os.Args[1:]...) //nolint:gosec,noctx // the benchmark put it there; Terraform ends it
	provider.Stdin, provider.Stdout, provider.Stderr = os.Stdin, os.Stdout, os.Stderr
	// The provider gets the same interrupt, and ends.
	signal.Ignore(os.Interrupt)
	ended := provider.Run()
	state := provider.ProcessState
	if state == nil {
		return ended
	}
	line, err := json.Marshal(Usage{PeakBytes: peak(state), CPU: (state.UserTime() + state.SystemTime()).Seconds()})
	if err != nil {
		return err
	}
	file, err := os.OpenFile(filepath.Join(folder, "usage.json"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600) //nolint:gosec // beside the provider
	if err != nil {
		return err
	}
	if _, err := file.Write(append(line, '\n')); err != nil {
		return err
	}
	return file.Close()
}
