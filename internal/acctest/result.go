// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"
	tfjson "github.com/hashicorp/terraform-json"
)

// Result is what one command of Terraform did, and what it wrote.
type Result struct {
	t       testing.TB
	dir     *Workspace
	command string
	failed  bool
	planned bool

	// Out and Log are what the command wrote to standard output, and to standard error or into a log.
	Out, Log string
	// Diagnostics are the errors and warnings.
	Diagnostics []Diagnostic
}

// Diagnostic is an error or a warning.
type Diagnostic struct {
	Severity        tfjson.DiagnosticSeverity
	Summary, Detail string
	// Code is the line of the configuration to which it points.
	Code string
}

// newResult reads the diagnostics among the lines of JSON in the output.
func newResult(dir *Workspace, command string, failure error, out, log string) *Result {
	r := &Result{t: dir.t, dir: dir, command: command, failed: failure != nil, Out: out, Log: log}
	for line := range strings.Lines(out) {
		message, err := tfjson.UnmarshalLogMessage([]byte(line))
		if err != nil {
			continue // not JSON
		}
		if diagnostic, is := message.(tfjson.DiagnosticLogMessage); is {
			r.add(diagnostic.Diagnostic)
		}
	}
	return r
}

func (r *Result) add(diagnostic tfjson.Diagnostic) {
	if diagnostic.Summary == "Provider development overrides are in effect" {
		return // it is in the output of every command of [NewBuiltWorkspace]
	}
	d := Diagnostic{Severity: diagnostic.Severity, Summary: diagnostic.Summary, Detail: diagnostic.Detail}
	if diagnostic.Snippet != nil {
		d.Code = strings.TrimSpace(diagnostic.Snippet.Code)
	}
	// Terraform validates a configuration twice while it plans, and repeats what that finds.
	if !slices.Contains(r.Diagnostics, d) {
		r.Diagnostics = append(r.Diagnostics, d)
	}
}

// and is the result of both commands. An apply plans again what it applies, and repeats the warnings of the plan.
func (r *Result) and(next *Result) *Result {
	both := *r
	both.command, both.failed = next.command, next.failed
	both.Out, both.Log = r.Out+next.Out, r.Log+next.Log
	both.Diagnostics = slices.Clone(r.Diagnostics)
	for _, d := range next.Diagnostics {
		repeats := func(other Diagnostic) bool {
			return d.Severity == other.Severity && d.Summary == other.Summary && d.Detail == other.Detail
		}
		if !slices.ContainsFunc(both.Diagnostics, repeats) {
			both.Diagnostics = append(both.Diagnostics, d)
		}
	}
	return &both
}

// fail ends the test and shows what the command wrote.
func (r *Result) fail(format string, values ...any) {
	r.t.Helper()
	var wrote strings.Builder
	for _, d := range r.Diagnostics {
		detail := strings.ReplaceAll(d.Detail, "\n", "\n  ")
		fmt.Fprintf(&wrote, "\n%s: %s\n  at %q\n  %s\n", d.Severity, d.Summary, d.Code, detail)
	}
	if len(r.Diagnostics) == 0 {
		wrote.WriteString("\n" + r.Out + r.Log)
	}
	r.t.Fatalf("%s: %s\n%s", r.command, fmt.Sprintf(format, values...), wrote.String())
}

// Failed reports whether the command failed.
func (r *Result) Failed() bool { return r.failed }

// Succeeds wants the command to have succeeded without a warning.
func (r *Result) Succeeds() *Result {
	r.t.Helper()
	return r.Warns()
}

// Warns wants the command to have succeeded, with exactly as many warnings as texts are given, and each text in one.
func (r *Result) Warns(texts ...string) *Result {
	r.t.Helper()
	if r.failed {
		r.fail("it failed")
	}
	if err := wantTexts(r.texts(tfjson.DiagnosticSeverityWarning), texts); err != nil {
		r.fail("warnings: %v", err)
	}
	return r
}

// Fails wants the command to have failed, with each of the texts in an error.
// A text "code: ..." wants an error that points to such a line of the configuration.
func (r *Result) Fails(texts ...string) *Result {
	r.t.Helper()
	if !r.failed {
		r.fail("it succeeded, want an error with %q", texts)
	}
	errs := r.texts(tfjson.DiagnosticSeverityError)
	if len(r.Diagnostics) == 0 { // not JSON
		errs = []string{strings.Join(strings.Fields(strings.ReplaceAll(r.Log, "│", " ")), " ")}
	}
	if err := containTexts(errs, texts); err != nil {
		r.fail("errors: %v", err)
	}
	return r
}

// texts are the diagnostics of one kind.
func (r *Result) texts(severity tfjson.DiagnosticSeverity) (texts []string) {
	for _, d := range r.Diagnostics {
		if d.Severity == severity {
			texts = append(texts, d.Summary+"\n"+d.Detail+"\ncode: "+d.Code)
		}
	}
	return texts
}

// containTexts wants each text in one of the messages.
func containTexts(messages, texts []string) (err error) {
	for _, text := range texts {
		if !slices.ContainsFunc(messages, func(message string) bool { return strings.Contains(message, text) }) {
			err = errors.Join(err, fmt.Errorf("none has %q", text))
		}
	}
	return err
}

// wantTexts wants as many messages as texts, and each text in one of them.
func wantTexts(messages, texts []string) error {
	err := containTexts(messages, texts)
	if len(messages) != len(texts) {
		err = errors.Join(err, fmt.Errorf("got %d, want %d: %q", len(messages), len(texts), messages))
	}
	return err
}

// Errors is how many errors there were.
func (r *Result) Errors() int { return len(r.texts(tfjson.DiagnosticSeverityError)) }

// Changes are the actions of the plan, by address.
func (r *Result) Changes() map[string]string {
	r.t.Helper()
	if !r.planned {
		r.fail("there is no plan")
	}
	plan, err := r.dir.cli.ShowPlanFile(r.t.Context(), planFile, tfexec.Reattach(r.dir.attached))
	if err != nil {
		r.t.Fatal(err)
	}
	return changes(plan)
}

// Plans wants exactly these changes: pairs of an address and an action. None: an empty plan.
func (r *Result) Plans(want ...string) *Result {
	r.t.Helper()
	if got := r.Changes(); !maps.Equal(got, pairs(want)) {
		r.fail("planned %v, want %v", got, want)
	}
	return r
}

// changes are the actions of a plan, by address: create, update, replace, delete or import.
func changes(plan *tfjson.Plan) map[string]string {
	found := map[string]string{}
	for _, resource := range plan.ResourceChanges {
		switch change := resource.Change; {
		case change.Actions.Replace():
			found[resource.Address] = "replace"
		case change.Actions.NoOp() && change.Importing != nil:
			found[resource.Address] = "import"
		case !change.Actions.NoOp() && !change.Actions.Read():
			found[resource.Address] = string(change.Actions[0])
		}
	}
	return found
}

func pairs(texts []string) map[string]string {
	found := map[string]string{}
	for i := 0; i+1 < len(texts); i += 2 {
		found[texts[i]] = texts[i+1]
	}
	return found
}
