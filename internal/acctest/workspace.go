package acctest

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Workspace is a working directory of Terraform.
type Workspace struct {
	t      testing.TB
	cli    string
	folder string
	env    []string
}

// NewWorkspace makes an empty working directory whose provider runs in this process.
func NewWorkspace(t testing.TB) *Workspace {
	t.Helper()
	return &Workspace{t: t, cli: CLI(t), folder: t.TempDir(), env: []string{"TF_REATTACH_PROVIDERS=" + serve(t)}}
}

// Folder is where the configuration is.
func (w *Workspace) Folder() string { return w.folder }

// Write replaces the configuration.
func (w *Workspace) Write(parts ...string) {
	w.t.Helper()
	var config []byte
	for _, part := range parts {
		config = append(append(config, part...), '\n')
	}
	w.WriteFile("main.tf", string(config))
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
	text, err := os.ReadFile(filepath.Join(w.folder, name)) //nolint:gosec // in the story's own folder
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

// planFile is where a plan is saved.
const planFile = "saved.tfplan"

// Plan plans, and saves the plan for [Workspace.ApplyPlan].
func (w *Workspace) Plan(arguments ...string) *Result {
	w.t.Helper()
	return w.Run(append([]string{"plan", "-json", "-input=false", "-out=" + planFile}, arguments...)...)
}

// ApplyPlan applies what was planned last, whatever happened since.
func (w *Workspace) ApplyPlan() *Result {
	w.t.Helper()
	return w.Run("apply", "-json", "-input=false", planFile)
}

// Apply plans and applies.
func (w *Workspace) Apply(arguments ...string) *Result {
	w.t.Helper()
	return w.Run(append([]string{"apply", "-json", "-input=false", "-auto-approve"}, arguments...)...)
}

// Destroy destroys everything in state.
func (w *Workspace) Destroy() *Result {
	w.t.Helper()
	return w.Apply("-destroy")
}

// Import imports with the command. Its output is not JSON.
func (w *Workspace) Import(address, id string) *Result {
	w.t.Helper()
	return w.Run("import", "-input=false", "-no-color", address, id)
}

// Run runs the program.
func (w *Workspace) Run(arguments ...string) *Result {
	w.t.Helper()
	command := exec.CommandContext(w.t.Context(), w.cli, arguments...) //nolint:gosec // the program that the caller chose
	command.Dir = w.folder
	command.Env = append(os.Environ(), w.env...)
	var out, log bytes.Buffer
	command.Stdout, command.Stderr = &out, &log
	err := command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		w.t.Fatalf("%v: %v", arguments, err)
	}
	result := &Result{t: w.t, command: arguments, failed: err != nil, Out: out.String(), Log: log.String()}
	result.read(out.Bytes())
	return result
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

// State returns the attributes of everything in state, by address. Only the
// instances of root resources count: stories need no modules.
func (w *Workspace) State() map[string]Attributes {
	w.t.Helper()
	var file struct {
		Resources []struct {
			Mode, Type, Name string
			Instances        []struct {
				IndexKey   any `json:"index_key"`
				Deposed    string
				Attributes Attributes
			}
		}
		Outputs map[string]struct{ Value any }
	}
	if text := w.StateFile(); text != "" {
		if err := json.Unmarshal([]byte(text), &file); err != nil {
			w.t.Fatal(err)
		}
	}
	found := map[string]Attributes{}
	for _, resource := range file.Resources {
		address := resource.Type + "." + resource.Name
		if resource.Mode == "data" {
			address = "data." + address
		}
		for _, instance := range resource.Instances {
			if instance.Deposed != "" {
				continue
			}
			key := address
			if name, ok := instance.IndexKey.(string); ok {
				key += `["` + name + `"]`
			}
			found[key] = instance.Attributes
		}
	}
	for name, output := range file.Outputs {
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
