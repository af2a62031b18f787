// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

const (
	// playAddress is where the fake listens if nobody else does, so that an open page of the inbox finds it again.
	playAddress = "127.0.0.1:8080"
	anyAddress  = "127.0.0.1:0"
	// providerBlock separates what all examples begin with from the resources.
	providerBlock = "provider \"orginvite\" {}\n"
	// playVersions is what the examples begin with, once for all of them.
	playVersions = `terraform {
  required_providers {
    orginvite = {
      source = "orginvite/orginvite"
    }
  }
}

# Credentials, organizations and addresses come from the environment: see fake.env.
` + providerBlock
)

// play serves the fake beside a configuration that is ready to be applied, until the context ends. Then it removes
// everything.
func play(ctx context.Context, c config, p *printer) (err error) {
	platforms, origin, stop, err := serve(ctx, playAddress)
	if err != nil {
		platforms, origin, stop, err = serve(ctx, anyAddress)
	}
	if err != nil {
		return err
	}
	defer stop()
	folder, err := newPlayground(c, platforms.Environment(origin))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, folder.remove()) }()

	program := typed(c.terraform)
	p.plain("The inbox, for a browser:\n")
	p.say("%s%s/_fake/%s", p.bold, origin, p.normal)
	p.plain("\nIn another shell, invite somebody on %s. No mail leaves this machine:\n", titles())
	p.say("cd %s", folder.folder)
	p.say(". ./fake.env")
	p.say("%s apply", program)
	p.plain("\nThen press a button in the inbox, and see what `%s plan` says.", program)
	p.plain("In its first minute, a revoked invitation can still count as pending, because lists of platforms can lag.")
	p.plain("\nfake.env sets TF_CLI_CONFIG_FILE, so that no init is needed, and the credentials of the fake.")
	p.plain("\nCtrl-C stops the fake and removes the folder.")
	<-ctx.Done()
	p.plain("\nThe fake has stopped, and the folder was removed.")
	return nil
}

// typed is what to type to run a program: its name, if that is the one that a shell finds.
func typed(program string) string {
	name := filepath.Base(program)
	if found, err := exec.LookPath(name); err == nil && found == program {
		return name
	}
	return program
}

// newPlayground creates a folder with the resources of each platform's example, a CLI configuration, and a file that
// sets the environment. The caller removes it.
func newPlayground(c config, settings []string) (w workspace, err error) {
	w.folder, err = os.MkdirTemp("", "orginvite-play-")
	if err != nil {
		return w, err
	}
	w.cli = w.path("cli.tfrc")
	err = errors.Join(
		writeCLIConfig(w.cli, c.provider),
		os.WriteFile(w.path("fake.env"), exports(append(settings, "TF_CLI_CONFIG_FILE="+w.cli)), 0o600),
		os.WriteFile(w.path("versions.tf"), []byte(playVersions), 0o600),
	)
	for _, p := range fake.Platforms {
		err = errors.Join(err, copyResources(c.examples, w, p))
	}
	if err != nil {
		return w, errors.Join(err, w.remove())
	}
	return w, nil
}

// copyResources writes the resources of the platform's complete example into a file of their own.
func copyResources(examples string, w workspace, p fake.Platform) error {
	file := filepath.Join(examples, strings.ReplaceAll(string(p), "_", "-"), "main.tf")
	content, err := os.ReadFile(file) //nolint:gosec // the user named the folder
	if err != nil {
		return err
	}
	_, resources, found := strings.Cut(string(content), providerBlock)
	if !found {
		return fmt.Errorf("%s has no line %q", file, strings.TrimSpace(providerBlock))
	}
	return os.WriteFile(w.path(string(p)+".tf"), []byte(strings.TrimLeft(resources, "\n")), 0o600) //nolint:gosec // p is one of our own names
}

// exports is NAME=value settings as a file for a shell. None of the values has a quotation mark.
func exports(settings []string) []byte {
	var text []byte
	for _, setting := range settings {
		name, value, _ := strings.Cut(setting, "=")
		text = fmt.Appendf(text, "export %s='%s'\n", name, value)
	}
	return text
}
