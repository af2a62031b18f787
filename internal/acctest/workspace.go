// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// Workspace is a working directory where a test runs one command of Terraform at a time. It is for what a
// [resource.TestCase] cannot say: how Terraform shows diagnostics, saved plans that are applied after something
// happened, what is left after an apply that failed, and commands and options that the testing package does not have.
type Workspace struct {
	t      testing.TB
	cli    *tfexec.Terraform
	folder string
	// attached is the provider in this process; nil where Terraform starts the provider itself.
	attached tfexec.ReattachInfo
	// env are settings for the program, as NAME=value, beside those of this process.
	env []string
	// trace is the file of Terraform's own log; empty where there is none.
	trace string
}

// NewWorkspace makes an empty working directory whose provider runs in this process.
func NewWorkspace(t testing.TB) *Workspace {
	t.Helper()
	return newWorkspace(t, t.TempDir(), serve(t), nil)
}

func newWorkspace(t testing.TB, folder string, attached tfexec.ReattachInfo, env []string) *Workspace {
	t.Helper()
	cli, err := tfexec.NewTerraform(folder, CLI(t))
	if err != nil {
		t.Fatal(err)
	}
	return &Workspace{t: t, cli: cli, folder: folder, attached: attached, env: env}
}

// Folder is where the configuration is.
func (w *Workspace) Folder() string { return w.folder }

// Write replaces the configuration.
func (w *Workspace) Write(parts ...string) {
	w.t.Helper()
	w.WriteFile("main.tf", strings.Join(parts, "\n")+"\n")
}

// WriteFile replaces a file beside the configuration.
func (w *Workspace) WriteFile(name, text string) {
	w.t.Helper()
	if err := os.WriteFile(filepath.Join(w.folder, name), []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// ReadFile is a file that the program wrote.
func (w *Workspace) ReadFile(name string) string {
	w.t.Helper()
	text, err := os.ReadFile(filepath.Join(w.folder, name))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

// planFile is where a plan is saved.
const planFile = "saved.tfplan"

// Plan plans, and saves the plan for [Workspace.ApplyPlan].
func (w *Workspace) Plan(options ...tfexec.PlanOption) *Result {
	w.t.Helper()
	options = append(options, tfexec.Out(planFile), tfexec.Reattach(w.attached))
	result := w.run("plan", func(out *bytes.Buffer) error {
		_, err := w.cli.PlanJSON(w.t.Context(), out, options...)
		return err
	})
	result.planned = !result.failed
	return result
}

// ApplyPlan applies what was planned last, whatever happened since.
func (w *Workspace) ApplyPlan() *Result {
	w.t.Helper()
	return w.run("apply", func(out *bytes.Buffer) error {
		return w.cli.ApplyJSON(w.t.Context(), out, tfexec.DirOrPlan(planFile), tfexec.Reattach(w.attached))
	})
}

// Apply plans, and applies that at once. The result is of both.
func (w *Workspace) Apply(options ...tfexec.PlanOption) *Result {
	w.t.Helper()
	plan := w.Plan(options...)
	if plan.failed {
		return plan
	}
	return plan.and(w.ApplyPlan())
}

// Destroy destroys everything in state.
func (w *Workspace) Destroy() *Result {
	w.t.Helper()
	return w.Apply(tfexec.Destroy(true))
}

// Import imports with the command. Its output is not JSON.
func (w *Workspace) Import(address, id string) *Result {
	w.t.Helper()
	return w.run("import", func(*bytes.Buffer) error {
		return w.cli.Import(w.t.Context(), address, id, tfexec.Reattach(w.attached))
	})
}

// run runs a command of terraform-exec. Only a command that ran and failed is a result; anything else ends the test.
func (w *Workspace) run(command string, run func(out *bytes.Buffer) error) *Result {
	w.t.Helper()
	var out bytes.Buffer
	err := run(&out)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		w.t.Fatalf("%s: %v", command, err)
	}
	result := newResult(w, command, err, out.String(), "")
	if err != nil {
		result.Log = err.Error()
	}
	if w.trace != "" {
		result.Log += w.ReadFile(w.trace)
	}
	return result
}

// Run runs a command, or one with an option, that terraform-exec does not have.
func (w *Workspace) Run(arguments ...string) *Result {
	w.t.Helper()
	command := exec.CommandContext(w.t.Context(), w.cli.ExecPath(), arguments...)
	command.Dir = w.folder
	command.Env = append(os.Environ(), w.env...)
	if w.attached != nil {
		reattach, err := json.Marshal(w.attached)
		if err != nil {
			w.t.Fatal(err)
		}
		command.Env = append(command.Env, "TF_REATTACH_PROVIDERS="+string(reattach))
	}
	var out, log bytes.Buffer
	command.Stdout, command.Stderr = &out, &log
	err := command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		w.t.Fatalf("%v: %v", arguments, err)
	}
	return newResult(w, arguments[0], err, out.String(), log.String())
}

// StateFile is the state as it is stored; empty where there is none.
func (w *Workspace) StateFile() string {
	w.t.Helper()
	text, err := os.ReadFile(filepath.Join(w.folder, "terraform.tfstate"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		w.t.Fatal(err)
	}
	return string(text)
}

// State returns the attributes of everything in state but deposed objects, by address, and of each output as "output.NAME". Only root
// resources count: no test needs a module.
func (w *Workspace) State() map[string]Attributes {
	w.t.Helper()
	state, err := w.cli.Show(w.t.Context(), tfexec.Reattach(w.attached))
	if err != nil {
		w.t.Fatal(err)
	}
	found := map[string]Attributes{}
	if state.Values == nil {
		return found
	}
	for _, resource := range state.Values.RootModule.Resources {
		if resource.DeposedKey != "" {
			continue // it has the address of the object that replaced it
		}
		found[resource.Address] = resource.AttributeValues
	}
	for name, output := range state.Values.Outputs {
		found["output."+name] = Attributes{"value": output.Value}
	}
	return found
}

// Attributes are those of one object in state.
type Attributes map[string]any

// Text is an attribute that is text; empty when it is null.
func (a Attributes) Text(name string) string {
	text, _ := a[name].(string)
	return text
}
