// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

const (
	// exclusivePlans is how many plans are compared. They are short, so the median of several counts.
	exclusivePlans = 9
	// mostOfList is the most that a plan of an exclusive resource may take, times a terraform_data with the same list.
	mostOfList = 1.5
)

// In the forms, %[1]s is the list of addresses and %[3]s the platform.
const (
	listForm = `resource "terraform_data" "this" {
  input = [
%[1]s  ]
}
`
	exclusiveForm = `terraform {
  required_providers {
    orginvite = { source = "orginvite/orginvite" }
  }
}
resource "orginvite_%[3]s_invites_exclusive" "this" {
  emails = [
%[1]s  ]
}
`
)

// addresses lists N addresses as they stand in HCL.
func addresses(n int) string {
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, "    \"person%05d@example.com\",\n", i)
	}
	return text.String()
}

// benchExclusive compares the plan of an exclusive resource that allows N addresses with that of a terraform_data which
// has the same list.
func benchExclusive(ctx context.Context, c config, out io.Writer) (err error) {
	c.references = false
	own, _, err := build(ctx, c)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "orginvite-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	for _, n := range c.sizes {
		if err := compareExclusive(ctx, c, n, folder, own, out); err != nil {
			return err
		}
	}
	return nil
}

func compareExclusive(ctx context.Context, c config, n int, folder string, own *binary, out io.Writer) error {
	floor := reference("terraform_data", listForm, n, nil)
	exclusive := onPlatform(c.platforms[0], n, 0, own)
	defer exclusive.close()
	exclusive.form = exclusiveForm
	medians := map[*workspace]time.Duration{}
	for _, w := range []*workspace{floor, exclusive} {
		var err error
		if w.folder, err = os.MkdirTemp(folder, ""); err != nil {
			return err
		}
		if medians[w], err = w.medianPlan(ctx, c.terraform); err != nil {
			return err
		}
	}
	ratio := medians[exclusive].Seconds() / medians[floor].Seconds()
	_, _ = fmt.Fprintf(out, "%d addresses: a plan of the exclusive resource takes %.2f s, of terraform_data %.2f s: "+
		"%.2f times (at most %.1f)\n", n, medians[exclusive].Seconds(), medians[floor].Seconds(), ratio, mostOfList)
	return nil
}

// medianPlan applies the configuration once, and returns the median time of plans that find nothing to do.
func (w *workspace) medianPlan(ctx context.Context, program string) (time.Duration, error) {
	if err := w.open(ctx, program); err != nil {
		return 0, err
	}
	text := fmt.Sprintf(w.form, addresses(w.n), "", w.name)
	if w.target == nil {
		text = fmt.Sprintf(w.form, addresses(w.n))
	}
	if err := w.write(text); err != nil {
		return 0, err
	}
	if err := w.cli.Apply(ctx); err != nil {
		return 0, err
	}
	var times []time.Duration
	for range exclusivePlans {
		took, err := w.measure(func() error {
			changes, err := w.cli.Plan(ctx)
			if err == nil && changes {
				return errors.New("the plan is not empty")
			}
			return err
		})
		if err != nil {
			return 0, err
		}
		times = append(times, took.wall)
	}
	slices.Sort(times)
	return times[len(times)/2], nil
}
