package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/cliconfig"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// workspace is a temporary folder with copies of the examples and a CLI configuration.
type workspace struct {
	folder string
	cli    string // the CLI configuration's file
}

// newWorkspace makes the folder. Whoever asks for it removes it.
func newWorkspace(c config) (w workspace, err error) {
	w.folder, err = os.MkdirTemp("", "orginvite-demo-")
	if err != nil {
		return w, err
	}
	w.cli = filepath.Join(w.folder, "cli.tfrc")
	err = errors.Join(
		writeCLIConfig(w.cli, c.provider),
		copyExample(filepath.Join(c.examples, "onboarding"), w.path("onboarding")),
		copyExample(filepath.Join(c.examples, "pending"), w.path("pending")),
	)
	if err != nil {
		return w, errors.Join(err, w.remove())
	}
	return w, nil
}

func (w workspace) path(name string) string { return filepath.Join(w.folder, name) }

func (w workspace) remove() error { return os.RemoveAll(w.folder) }

// writeCLIConfig makes Terraform take the provider as it was built.
func writeCLIConfig(file, provider string) error {
	built, err := filepath.Abs(provider)
	if err != nil {
		return err
	}
	if _, err := os.Stat(built); err != nil {
		return fmt.Errorf("the provider is not there; build it first: %w", err)
	}
	if !strings.HasPrefix(filepath.Base(built), "terraform-provider-orginvite") {
		return fmt.Errorf("%s: Terraform looks for a file named terraform-provider-orginvite", provider)
	}
	return os.WriteFile(file, cliconfig.Override(filepath.Dir(built), cliconfig.Addresses("orginvite/orginvite")...), 0o600)
}

// copyExample copies a configuration, and nothing that was left beside it by trying it out, such as a state.
func copyExample(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return fmt.Errorf("the example: %w", err)
	}
	if err := os.Mkdir(to, 0o700); err != nil {
		return err
	}
	for _, entry := range entries {
		name := entry.Name()
		if filepath.Ext(name) != ".tf" && !strings.HasSuffix(name, ".auto.tfvars") {
			continue
		}
		content, err := os.ReadFile(filepath.Join(from, name)) //nolint:gosec // the user named the folder
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, name), content, 0o600); err != nil { //nolint:gosec // name is a file's own name
			return err
		}
	}
	return nil
}

// environment is that of this program, without anything that would steer Terraform or reach a real organization.
func environment(extra ...string) []string {
	return append(append(fake.CleanEnvironment(os.Environ(), "TF_"), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1"), extra...)
}
