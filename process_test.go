// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/cliconfig"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// serveInstead makes this test program the provider itself. Its value is the provider's argument, "1" if there is none.
const serveInstead = "ORGINVITE_TEST_SERVE"

func TestMain(m *testing.M) {
	if argument := os.Getenv(serveInstead); argument != "" {
		os.Args = []string{os.Args[0], argument}
		main()
		return
	}
	os.Exit(m.Run())
}

// invitation is a configuration with one.
const invitation = `terraform {
  required_providers {
    orginvite = { source = "orginvite/orginvite" }
  }
}
resource "orginvite_icepanel_invite" "ada" {
  email      = "ada@example.com"
  permission = "read"
}
`

// platforms starts a fake, and returns its address too.
func platforms(t *testing.T) (*fake.Fake, string) {
	t.Helper()
	world := fake.New(fake.Options{})
	server := httptest.NewServer(world)
	t.Cleanup(func() {
		world.Close()
		server.Close()
	})
	return world, server.URL
}

// terraform is a command of a real Terraform in a folder with one invitation. Its provider is this
// test program, which writes its standard error to a file.
func terraform(t *testing.T, log string, arguments ...string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder, work := t.TempDir(), t.TempDir()
	write(t, filepath.Join(folder, "terraform-provider-orginvite"), 0o700, "#!/bin/sh\n"+serveInstead+"=1 exec '"+program+"' 2>>'"+log+"'\n")
	write(t, filepath.Join(folder, "cli.tfrc"), 0o600, string(cliconfig.Override(folder, cliconfig.Addresses("orginvite/orginvite")...)))
	write(t, filepath.Join(work, "main.tf"), 0o600, invitation)
	command := exec.CommandContext(t.Context(), acctest.CLI(t), arguments...)
	command.Dir = work
	command.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+filepath.Join(folder, "cli.tfrc"))
	return command
}

func write(t *testing.T, file string, mode os.FileMode, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}
