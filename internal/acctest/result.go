package acctest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// Result is what one command of Terraform did and said.
type Result struct {
	t       testing.TB
	command []string
	failed  bool

	// Out and Log are what the command wrote.
	Out, Log string
	// Diagnostics are the errors and warnings.
	Diagnostics []Diagnostic
	// Changes are the actions planned, by address.
	Changes map[string]string
}

// Diagnostic is an error or a warning.
type Diagnostic struct {
	Severity, Summary, Detail, Address string
	// Code is the line of the configuration to which it points.
	Code string
}

// repeats reports whether another one said the same.
func (d Diagnostic) repeats(other Diagnostic) bool {
	return d.Severity == other.Severity && d.Summary == other.Summary && d.Detail == other.Detail
}

// read takes in the lines of JSON among the output.
func (r *Result) read(out []byte) {
	r.Changes = map[string]string{}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var event struct {
			Type   string
			Change struct {
				Resource struct{ Addr string }
				Action   string
			}
			Diagnostic struct {
				Severity, Summary, Detail, Address string
				Snippet                            struct{ Code string }
			}
		}
		if json.Unmarshal(lines.Bytes(), &event) != nil {
			continue
		}
		switch event.Type {
		case "planned_change":
			r.Changes[event.Change.Resource.Addr] = event.Change.Action
		case "diagnostic":
			said := event.Diagnostic
			diagnostic := Diagnostic{said.Severity, said.Summary, said.Detail, said.Address, strings.TrimSpace(said.Snippet.Code)}
			if diagnostic.Summary == "Provider development overrides are in effect" {
				continue // said with every command of [NewBuiltWorkspace]
			}
			// An apply plans again what it applies, and with it repeats what the plan warned of.
			if !slices.ContainsFunc(r.Diagnostics, diagnostic.repeats) {
				r.Diagnostics = append(r.Diagnostics, diagnostic)
			}
		}
	}
}

// fail ends the test and shows what the command said.
func (r *Result) fail(format string, values ...any) {
	r.t.Helper()
	var said strings.Builder
	for _, d := range r.Diagnostics {
		fmt.Fprintf(&said, "\n%s: %s\n  at %s %q\n  %s\n", d.Severity, d.Summary, d.Address, d.Code, strings.ReplaceAll(d.Detail, "\n", "\n  "))
	}
	if len(r.Diagnostics) == 0 {
		said.WriteString("\n" + r.Out + r.Log)
	}
	r.t.Fatalf("%s: %s\n%s", r.command[0], fmt.Sprintf(format, values...), said.String())
}

// Failed reports whether the command failed.
func (r *Result) Failed() bool { return r.failed }

// Succeeds wants the command to have succeeded without a warning.
func (r *Result) Succeeds() *Result {
	r.t.Helper()
	return r.Warns()
}

// Warns wants the command to have succeeded, with exactly as many warnings as
// texts are given, each in a warning of its own.
func (r *Result) Warns(texts ...string) *Result {
	r.t.Helper()
	if r.failed {
		r.fail("it failed")
	}
	return r.says("warning", true, texts)
}

// Fails wants the command to have failed, with errors that say all of this.
// A text "code: ..." wants an error that points to such a line of the configuration.
func (r *Result) Fails(texts ...string) *Result {
	r.t.Helper()
	if !r.failed {
		r.fail("it succeeded, want an error with %q", texts)
	}
	if len(r.Diagnostics) == 0 { // not JSON
		for _, text := range texts {
			if !strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(r.Log, "│", " ")), " "), text) {
				r.fail("want an error with %q", text)
			}
		}
		return r
	}
	return r.says("error", false, texts)
}

func (r *Result) says(severity string, exactly bool, texts []string) *Result {
	r.t.Helper()
	var said []string
	for _, d := range r.Diagnostics {
		if d.Severity == severity {
			said = append(said, d.Summary+"\n"+d.Detail+"\ncode: "+d.Code)
		}
	}
	if exactly && len(said) != len(texts) {
		r.fail("got %d %ss, want %d: %q", len(said), severity, len(texts), texts)
	}
	for _, text := range texts {
		if !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, text) }) {
			r.fail("want a %s with %q", severity, text)
		}
	}
	return r
}

// Errors is how many errors there were.
func (r *Result) Errors() (count int) {
	for _, d := range r.Diagnostics {
		if d.Severity == "error" {
			count++
		}
	}
	return count
}

// Plans wants exactly these changes: pairs of an address and an action. None: an empty plan.
func (r *Result) Plans(want ...string) *Result {
	r.t.Helper()
	changes := map[string]string{}
	for i := 0; i+1 < len(want); i += 2 {
		changes[want[i]] = want[i+1]
	}
	got := maps.Clone(r.Changes)
	maps.DeleteFunc(got, func(_, action string) bool { return action == "noop" || action == "read" })
	if !maps.Equal(got, changes) {
		r.fail("planned %v, want %v", got, changes)
	}
	return r
}
