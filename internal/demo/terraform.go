package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// patience is how long Terraform may take to end once it was interrupted.
const patience = 10 * time.Second

// terraform is a CLI at work in one folder.
type terraform struct {
	program     string
	folder      string
	environment []string
}

// start runs a command to its end and returns its output and exit code. It fails only if the command could not run or
// the context ended.
func (t terraform) start(ctx context.Context, arguments ...string) (output []byte, complaint string, code int, err error) {
	command := exec.CommandContext(ctx, t.program, arguments...) //nolint:gosec // the user named the program
	command.Dir, command.Env = t.folder, t.environment
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = patience
	alone(command)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	err = command.Run()
	sweep(command)
	if ctx.Err() != nil {
		return nil, "", 0, context.Cause(ctx)
	}
	if exit, ended := errors.AsType[*exec.ExitError](err); ended {
		return stdout.Bytes(), stderr.String(), exit.ExitCode(), nil
	}
	return stdout.Bytes(), stderr.String(), 0, err
}

// report is what a plan or an apply said.
type report struct {
	// changes: the exit code said that there is something to apply.
	changes bool
	summary string
	// warnings are the summaries of those about resources.
	warnings []string
}

// do runs a plan or an apply and reads what it says of itself.
func (t terraform) do(ctx context.Context, verb string, arguments ...string) (report, error) {
	arguments = append([]string{verb, "-json", "-input=false"}, arguments...)
	output, complaint, code, err := t.start(ctx, arguments...)
	if err != nil {
		return report{}, fmt.Errorf("%s: %w", verb, err)
	}
	told, problems := read(output)
	told.changes = code == 2
	if code == 0 || code == 2 {
		return told, nil
	}
	if complaint != "" {
		problems = append(problems, complaint)
	}
	return told, fmt.Errorf("%s ended with %d:\n%s", verb, code, strings.Join(problems, "\n"))
}

// message is one line of what -json prints.
type message struct {
	Type       string `json:"type"`
	Text       string `json:"@message"`
	Diagnostic struct {
		Severity string `json:"severity"`
		Summary  string `json:"summary"`
		Detail   string `json:"detail"`
		Address  string `json:"address"`
	} `json:"diagnostic"`
}

// read picks the last summary, the warnings about resources and the errors.
func read(output []byte) (told report, problems []string) {
	for line := range bytes.Lines(output) {
		var m message
		if err := json.Unmarshal(line, &m); err != nil {
			problems = append(problems, string(line))
			continue
		}
		switch {
		case m.Type == "change_summary":
			told.summary = m.Text
		case m.Type == "diagnostic" && m.Diagnostic.Severity == "error":
			problems = append(problems, m.Diagnostic.Summary+"\n"+m.Diagnostic.Detail)
		case m.Type == "diagnostic" && m.Diagnostic.Address != "":
			told.warnings = append(told.warnings, m.Diagnostic.Summary)
		}
	}
	return told, problems
}

// query runs a command that prints one JSON document.
func (t terraform) query(ctx context.Context, into any, arguments ...string) error {
	output, complaint, code, err := t.start(ctx, arguments...)
	name := strings.Join(arguments, " ")
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", name, err)
	case code != 0:
		return fmt.Errorf("%s ended with %d:\n%s", name, code, complaint)
	}
	if err := json.Unmarshal(output, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// version is how the program introduces itself, such as "Terraform v1.11.4".
func (t terraform) version(ctx context.Context) (string, error) {
	output, complaint, code, err := t.start(ctx, "version")
	if err != nil || code != 0 {
		return "", fmt.Errorf("%s version: %w", t.program, errors.Join(err, errors.New(complaint)))
	}
	first, _, _ := strings.Cut(string(output), "\n")
	return first, nil
}
