package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// usage is what one command took.
type usage struct {
	wall     time.Duration
	requests int
	sends    int
	// peak and cpu are the provider's, total is the processor time of everything.
	peak  int64
	cpu   time.Duration
	total time.Duration
}

// terraform is the CLI that is measured with.
type terraform struct {
	ctx         context.Context //nolint:containedctx // of one run of the benchmark
	program     string
	parallelism int
}

// interruption is how long Terraform may take to end once it was interrupted.
const interruption = 20 * time.Second

// run runs a command in a workspace and measures it.
func (t *terraform) run(w *workspace, arguments ...string) (usage, error) {
	full := []string{arguments[0], "-input=false", "-no-color", "-parallelism=" + strconv.Itoa(t.parallelism)}
	full = append(full, arguments[1:]...)
	if err := w.binary.forget(); err != nil {
		return usage{}, err
	}
	command := exec.CommandContext(t.ctx, t.program, full...) //nolint:gosec // the user named the program
	command.Dir = w.folder
	command.Env = append(environment(), w.environment()...)
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = interruption
	var said bytes.Buffer
	command.Stdout, command.Stderr = &said, &said
	start := time.Now()
	err := command.Run()
	took := usage{wall: time.Since(start)}
	if t.ctx.Err() != nil {
		return took, context.Cause(t.ctx)
	}
	if err != nil {
		text := said.String()
		return took, fmt.Errorf("%s, %s: terraform %s: %w\n%s", w.name, w.latency, strings.Join(arguments, " "), err, text[max(0, len(text)-3000):])
	}
	took.total = command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	err = w.binary.read(&took)
	return took, err
}

// version is how the program introduces itself.
func (t *terraform) version() (string, error) {
	command := exec.CommandContext(t.ctx, t.program, "version") //nolint:gosec // the user named the program
	command.Env = environment()
	out, err := command.Output()
	first, _, _ := strings.Cut(string(out), "\n")
	return first, err
}

// environment is that of this program, without anything that would steer
// Terraform or the provider, or reach a real organization.
func environment() []string {
	kept := fake.CleanEnvironment(os.Environ(), "TF_", "GOGC", "GOMEMLIMIT", "GODEBUG")
	return append(kept, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_CLI_CONFIG_FILE="+os.DevNull)
}

// forget empties the meter's notes.
func (b *binary) forget() error {
	if b == nil {
		return nil
	}
	if err := os.Remove(b.usage); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// read takes in what the meter noted of a command. Terraform may have started
// the provider several times: memory is that of the biggest process, processor time is that of all.
func (b *binary) read(into *usage) error {
	if b == nil {
		return nil
	}
	notes, err := os.ReadFile(b.usage)
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
