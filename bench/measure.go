// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

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

	"github.com/orginvite/terraform-provider-orginvite/internal/cliconfig"
)

// The references. terraform_data needs no plugin, so it takes what Terraform itself takes, which is the floor.
const (
	floorName = "terraform_data"
	otherName = "hashicorp/time"
)

// subject is what a figure is about.
type subject struct {
	name    string
	latency time.Duration
	n       int
}

// figures are all that was measured: one usage for each time that a step was taken.
type figures map[subject]map[step][]usage

func (f figures) add(s subject, at step, took usage) {
	if f[s] == nil {
		f[s] = map[step][]usage{}
	}
	f[s][at] = append(f[s][at], took)
}

// measure takes all steps and returns the results. It prints each step as it is taken.
func measure(ctx context.Context, c config, out io.Writer) (results, error) {
	cli, err := cliconfig.Terraform(".", c.terraform, environment())
	if err != nil {
		return results{}, err
	}
	version, err := cliconfig.Version(ctx, cli)
	if err != nil {
		return results{}, err
	}
	own, other, err := build(ctx, c)
	if err != nil {
		return results{}, err
	}
	start, err := startUp(ctx, own, other)
	if err != nil {
		return results{}, err
	}
	measured := figures{}
	for _, n := range c.sizes {
		for range c.rounds(n) {
			if err := round(ctx, c, n, own, other, measured, out); err != nil {
				return results{}, err
			}
		}
	}
	return newResults(c, version, start, measured), nil
}

// round takes every step with N of everything. All workspaces take a step before the next step begins, so that what
// is compared is measured within the same minute.
func round(
	ctx context.Context, c config, n int, own, other *binary, into figures, out io.Writer,
) (err error) {
	folder, err := os.MkdirTemp("", "orginvite-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()

	workspaces := prepareWorkspaces(c, n, own, other)
	defer func() {
		for _, w := range workspaces {
			w.close()
		}
	}()
	for i, w := range workspaces {
		w.folder = filepath.Join(folder, fmt.Sprint(i))
		if err := os.Mkdir(w.folder, 0o700); err != nil {
			return err
		}
		if err := w.open(ctx, c.terraform); err != nil {
			return err
		}
	}
	for _, at := range steps {
		concerned := slices.DeleteFunc(slices.Clone(workspaces), func(w *workspace) bool {
			return w.target == nil && at != at.likened()
		})
		for _, w := range concerned {
			if err := w.prepare(ctx, at); err != nil {
				return fmt.Errorf("preparing the %s of %d on %s: %w", at, n, w.title, err)
			}
		}
		for range at.times() {
			for _, w := range concerned {
				took, err := w.act(ctx, at, c.parallelism)
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

// prepareWorkspaces returns a workspace for each reference, and for each platform with each latency.
func prepareWorkspaces(c config, n int, own, other *binary) (all []*workspace) {
	if c.references {
		all = append(all, reference(floorName, floorForm, n, nil), reference(otherName, timeForm, n, other))
	}
	for _, name := range c.platforms {
		for _, latency := range c.latencies {
			all = append(all, onPlatform(name, n, latency, own))
		}
	}
	return all
}
