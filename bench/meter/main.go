// Command meter stands in for a provider and measures it. Terraform starts the
// meter, the meter starts the provider with the same files and environment,
// and when that ends it writes down the memory and processor time it took.
//
// It expects the provider under its own name in the folder "measured" beside
// itself, and appends a line of JSON to "usage.json" there.
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
	// PeakBytes is the most memory that was resident.
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
	provider := exec.Command(filepath.Join(folder, filepath.Base(self)), os.Args[1:]...) //nolint:gosec,noctx // the benchmark put it there; it ends when Terraform tells it to
	provider.Stdin, provider.Stdout, provider.Stderr = os.Stdin, os.Stdout, os.Stderr
	// An interrupt reaches the provider too, which knows what to do.
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
