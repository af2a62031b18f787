package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// The references.
const (
	floorName = "terraform_data"
	otherName = "hashicorp/time"
)

// subject is what a figure is about.
type subject struct {
	Name    string
	Latency time.Duration
	N       int
}

// figures are all that was measured: one usage for each round.
type figures map[subject]map[step][]usage

func (f figures) add(s subject, at step, took usage) {
	if f[s] == nil {
		f[s] = map[step][]usage{}
	}
	f[s][at] = append(f[s][at], took)
}

// measure does everything, prints it, and writes the page.
func measure(ctx context.Context, c config, out io.Writer) error {
	t := &terraform{ctx: ctx, program: c.terraform, parallelism: c.parallelism}
	version, err := t.version()
	if err != nil {
		return err
	}
	own, other, err := build(ctx, c)
	if err != nil {
		return err
	}
	begun := time.Now()
	results := &results{config: c, terraform: version, figures: figures{}}
	if results.start, err = startUp(ctx, own, other); err != nil {
		return err
	}
	for _, n := range c.sizes {
		for range c.rounds(n) {
			if err := round(t, c, n, own, other, results.figures, out); err != nil {
				return err
			}
		}
	}
	results.took = time.Since(begun)
	if err := results.print(out); err != nil {
		return err
	}
	if c.write {
		if err := results.write(out); err != nil {
			return err
		}
	}
	return results.overBudget()
}

// round takes every step with N of everything. One step is taken by all before
// the next begins, so that what is compared was measured within the same minute.
func round(t *terraform, c config, n int, own, other *binary, into figures, out io.Writer) (err error) {
	folder, err := os.MkdirTemp("", "orginvite-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()

	var workspaces []*workspace
	if c.references {
		workspaces = append(workspaces, reference(floorName, floorForm, n, nil), reference(otherName, timeForm, n, other))
	}
	for _, name := range c.platforms {
		for _, latency := range c.latencies {
			workspaces = append(workspaces, onPlatform(name, n, latency, own))
		}
	}
	defer func() {
		for _, w := range workspaces {
			w.close()
		}
	}()
	for i, w := range workspaces {
		w.folder = filepath.Join(folder, fmt.Sprint(i))
		if err := os.Mkdir(w.folder, 0o700); err != nil { //nolint:gosec // in the temporary folder
			return err
		}
	}
	for _, at := range steps {
		concerned := slices.DeleteFunc(slices.Clone(workspaces), func(w *workspace) bool { return w.target == nil && at != at.likened() })
		for w := range slices.Values(concerned) {
			if err := w.prepare(t, at); err != nil {
				return fmt.Errorf("preparing the %s of %d on %s: %w", at, n, w.title, err)
			}
		}
		for range at.times() {
			for w := range slices.Values(concerned) {
				took, err := w.act(t, at)
				if err != nil {
					return fmt.Errorf("%s of %d on %s: %w", at, n, w.title, err)
				}
				into.add(subject{w.name, w.latency, n}, at, took)
				_, _ = fmt.Fprintf(out, "%5d  %-31s %-15s %5s  %8.2f s  %5d requests  %4d MiB\n",
					n, at, w.title, w.latency, took.wall.Seconds(), took.requests, took.peak>>20)
			}
		}
	}
	return nil
}
