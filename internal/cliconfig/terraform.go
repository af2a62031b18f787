// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package cliconfig

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// Terraform returns the Terraform or OpenTofu program, a name on PATH or a path, as it runs in a folder. The NAME=value
// settings are its whole environment. Settings that terraform-exec manages itself, such as TF_LOG or TF_VAR_name, are
// left out.
func Terraform(folder, program string, settings []string) (*tfexec.Terraform, error) {
	path, err := exec.LookPath(program)
	if err != nil {
		return nil, err
	}
	// The program runs in the folder, which a relative path would be relative to.
	if path, err = filepath.Abs(path); err != nil {
		return nil, err
	}
	cli, err := tfexec.NewTerraform(folder, path)
	if err != nil {
		return nil, err
	}
	environment := map[string]string{}
	for _, setting := range settings {
		name, value, _ := strings.Cut(setting, "=")
		environment[name] = value
	}
	environment["CHECKPOINT_DISABLE"] = "1"
	err = cli.SetEnv(tfexec.CleanEnv(environment))
	return cli, err
}

// Version returns the name and version of the program, such as "Terraform 1.11.4" or "OpenTofu 1.12.6". Both programs
// answer "version" with the same JSON, so the name comes from the file.
func Version(ctx context.Context, cli *tfexec.Terraform) (string, error) {
	version, _, err := cli.Version(ctx, false)
	if err != nil {
		return "", err
	}
	name := "Terraform"
	if strings.Contains(filepath.Base(cli.ExecPath()), "tofu") {
		name = "OpenTofu"
	}
	return name + " " + version.String(), nil
}
