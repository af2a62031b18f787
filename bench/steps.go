// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// step is one command of Terraform that is measured. It starts a provider process of its own.
type step string

// The steps, in the order in which they are taken.
const (
	planCreates  step = "plan of creates"
	applyCreates step = "apply of creates"
	planPending  step = "plan, all pending"
	planChange   step = "plan of a changed grant"
	applyChange  step = "apply of a changed grant"
	seeAccepted  step = "refresh that sees all accepted"
	planAccepted step = "plan, all accepted"
	applyDestroy step = "apply of destroys"
)

var steps = []step{
	planCreates, applyCreates, planPending, planChange, applyChange, seeAccepted, planAccepted, applyDestroy,
}

// likened returns the step of the references to compare with. They know no acceptance.
func (s step) likened() step {
	if s == seeAccepted || s == planAccepted {
		return planPending
	}
	return s
}

// times is how often a step is taken in one round. A plan that finds nothing can be repeated.
func (s step) times() int {
	if s == planPending || s == planAccepted {
		return 3
	}
	return 1
}

// savedPlan is the file of a plan that is applied in a later step.
const savedPlan = "saved"

// command runs the command of a step.
func (w *workspace) command(ctx context.Context, s step, parallelism int) error {
	atOnce := tfexec.Parallelism(parallelism)
	switch s {
	case planCreates, planChange:
		_, err := w.cli.Plan(ctx, atOnce, tfexec.Out(savedPlan))
		return err
	case seeAccepted:
		_, err := w.cli.Plan(ctx, atOnce, tfexec.RefreshOnly(true), tfexec.Out(savedPlan))
		return err
	case planPending, planAccepted:
		changes, err := w.cli.Plan(ctx, atOnce)
		if err == nil && changes {
			err = errors.New("the plan has changes")
		}
		return err
	default: // an apply
		return w.cli.Apply(ctx, atOnce, tfexec.DirOrPlan(savedPlan))
	}
}

// act takes a step in a workspace that is prepared for it.
func (w *workspace) act(ctx context.Context, s step, parallelism int) (usage, error) {
	if w.fake != nil {
		w.fake.ResetJournal()
	}
	took, err := w.measure(func() error { return w.command(ctx, s, parallelism) })
	if err != nil {
		return usage{}, err
	}
	if w.fake != nil {
		took.requests = w.fake.Count()
	}
	return took, w.check(s)
}

// prepare brings a workspace to where a step begins. None of it is measured.
func (w *workspace) prepare(ctx context.Context, s step) error {
	switch s {
	case planCreates:
		return w.declare(w.a)
	case planChange:
		return w.declare(w.b)
	case seeAccepted:
		if err := w.remember(); err != nil {
			return err
		}
		return w.acceptAll()
	case planAccepted:
		return w.cli.Apply(ctx, tfexec.DirOrPlan(savedPlan))
	case applyDestroy:
		if err := w.restore(); err != nil {
			return err
		}
		_, err := w.cli.Plan(ctx, tfexec.Destroy(true), tfexec.Refresh(false), tfexec.Out(savedPlan))
		return err
	default:
		return nil
	}
}
