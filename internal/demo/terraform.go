// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/hashicorp/terraform-exec/tfexec"
	tfjson "github.com/hashicorp/terraform-json"

	"github.com/orginvite/terraform-provider-orginvite/internal/cliconfig"
)

// terraform is Terraform or OpenTofu in one folder.
type terraform struct {
	*tfexec.Terraform
}

func newTerraform(folder, program string, environment []string) (terraform, error) {
	cli, err := cliconfig.Terraform(folder, program, environment)
	return terraform{cli}, err
}

// plan is what a run of "terraform plan" found out.
type plan struct {
	// changes reports whether there is anything to apply, which is exit code 2.
	changes bool
	// summary counts the changes in the words of Terraform.
	summary string
	// warnings are the summaries of the warnings about resources.
	warnings []string
}

// plan makes a plan, saves it in a file and reads it.
func (t terraform) plan(ctx context.Context, file string, options ...tfexec.PlanOption) (plan, error) {
	var output bytes.Buffer
	changes, err := t.PlanJSON(ctx, &output, append(options, tfexec.Out(file))...)
	// The library copies the output of every later command to the same place.
	t.SetStdout(io.Discard)
	warnings, problems := readDiagnostics(output.Bytes())
	if err != nil {
		return plan{}, errors.Join(fmt.Errorf("plan: %w", err), problems)
	}
	saved, err := t.ShowPlanFile(ctx, file)
	if err != nil {
		return plan{}, fmt.Errorf("reading the plan: %w", err)
	}
	return plan{changes: changes, summary: summarize(saved), warnings: warnings}, nil
}

// readDiagnostics returns the summaries of the warnings about a place in the configuration, and all errors, from the
// output of a command with -json. Warnings without a place are about the CLI itself, such as development overrides.
func readDiagnostics(output []byte) (warnings []string, problems error) {
	for line := range bytes.Lines(output) {
		message, err := tfjson.UnmarshalLogMessage(line)
		if err != nil {
			problems = errors.Join(problems, errors.New(string(bytes.TrimSpace(line))))
			continue
		}
		diagnostic, ok := message.(tfjson.DiagnosticLogMessage)
		switch {
		case !ok:
		case diagnostic.Severity == tfjson.DiagnosticSeverityError:
			problems = errors.Join(problems, fmt.Errorf("%s\n%s", diagnostic.Summary, diagnostic.Detail))
		case diagnostic.Range != nil:
			warnings = append(warnings, diagnostic.Summary)
		}
	}
	return warnings, problems
}

// summarize counts what a plan would do to resources.
func summarize(saved *tfjson.Plan) string {
	var add, change, destroy int
	for _, resource := range saved.ResourceChanges {
		for _, action := range resource.Change.Actions {
			switch action {
			case tfjson.ActionCreate:
				add++
			case tfjson.ActionUpdate:
				change++
			case tfjson.ActionDelete:
				destroy++
			default: // nothing happens to it
			}
		}
	}
	return fmt.Sprintf("Plan: %d to add, %d to change, %d to destroy.", add, change, destroy)
}
