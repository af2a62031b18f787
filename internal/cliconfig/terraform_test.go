// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package cliconfig_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/cliconfig"
)

// script writes a program that answers `version -json` and records its environment.
func script(t *testing.T, name string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the program is a shell script")
	}
	program := filepath.Join(t.TempDir(), name)
	const text = "#!/bin/sh\n/usr/bin/env > environment\necho '{\"terraform_version\": \"1.2.3\"}'\n"
	if err := os.WriteFile(program, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	return program
}

func TestTerraform(t *testing.T) {
	for name, want := range map[string]string{"terraform": "Terraform 1.2.3", "tofu": "OpenTofu 1.2.3"} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("FROM_THE_SHELL", "1")
			folder := t.TempDir()
			cli, err := cliconfig.Terraform(folder, script(t, name), []string{"SETTING=a=b", "TF_LOG=TRACE", "TF_VAR_x=1"})
			if err != nil {
				t.Fatal(err)
			}
			if got, err := cliconfig.Version(t.Context(), cli); err != nil || got != want {
				t.Errorf("version %q, %v; want %q", got, err, want)
			}
			content, err := os.ReadFile(filepath.Join(folder, "environment"))
			if err != nil {
				t.Fatal(err)
			}
			environment := "\n" + string(content)
			for text, expected := range map[string]bool{
				"\nSETTING=a=b\n": true, "\nCHECKPOINT_DISABLE=1\n": true,
				"TRACE": false, "TF_VAR_x": false, "FROM_THE_SHELL": false,
			} {
				if strings.Contains(environment, text) != expected {
					t.Errorf("%q in the environment: %v, want %v", text, !expected, expected)
				}
			}
		})
	}
}

func TestTerraformNotFound(t *testing.T) {
	folder := t.TempDir()
	absent := filepath.Join(folder, "absent")
	if _, err := cliconfig.Terraform(folder, absent, nil); err == nil {
		t.Error("no error for a program that does not exist")
	}
	if _, err := cliconfig.Terraform(absent, script(t, "terraform"), nil); err == nil {
		t.Error("no error for a folder that does not exist")
	}
}
