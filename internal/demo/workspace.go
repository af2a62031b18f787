// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

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
	cli    string // the file of the CLI configuration
}

// newWorkspace creates the folder. The caller removes it.
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

// writeCLIConfig makes Terraform use the provider that was built.
func writeCLIConfig(file, provider string) error {
	built, err := filepath.Abs(provider)
	if err != nil {
		return err
	}
	if _, err := os.Stat(built); err != nil {
		return fmt.Errorf("the provider was not found; run `make build` first: %w", err)
	}
	if !strings.HasPrefix(filepath.Base(built), "terraform-provider-orginvite") {
		return fmt.Errorf("%s: the file name must begin with terraform-provider-orginvite, or Terraform does not find it", provider)
	}
	return os.WriteFile(file, cliconfig.Override(filepath.Dir(built), cliconfig.Addresses("orginvite/orginvite")...), 0o600)
}

// copyExample copies the files of a configuration. It leaves out what earlier runs left there, such as a state.
func copyExample(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return fmt.Errorf("reading the example: %w", err)
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

// environment returns the environment of this program, without anything that changes what Terraform does or that
// reaches a real organization, and with extra settings.
func environment(extra ...string) []string {
	return append(fake.CleanEnvironment(os.Environ(), "TF_"), extra...)
}
