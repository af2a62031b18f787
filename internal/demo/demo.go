// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/cliconfig"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// demo is one run of the demo.
type demo struct {
	*printer
	platforms *fake.Fake
	cli       terraform // in the folder of the invitations
	reporting terraform // in the folder of the report
	invited   []seat    // all invitations, as the state last had them
	accepted  []seat    // those that people accepted
}

// show prepares everything, runs all steps and cleans up.
func show(ctx context.Context, c config, p *printer) (err error) {
	platforms, origin, stop, err := serve(ctx, anyAddress)
	if err != nil {
		return err
	}
	defer stop()
	folder, err := newWorkspace(c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, folder.remove()) }()

	settings := environment(append(platforms.Environment(origin), "TF_CLI_CONFIG_FILE="+folder.cli)...)
	cli, err := newTerraform(folder.path("onboarding"), c.terraform, settings)
	if err != nil {
		return err
	}
	reporting, err := newTerraform(folder.path("pending"), c.terraform, settings)
	if err != nil {
		return err
	}
	d := &demo{printer: p, platforms: platforms, cli: cli, reporting: reporting}
	if err := d.introduce(ctx, origin); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{
		d.plan, d.apply, d.accept, d.planAgain, d.reportPending, d.tabulate,
		d.reportUndeclared, d.revokeUndeclared, d.destroy,
	} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("step %d: %w", d.steps, err)
		}
	}
	p.plain("\nEach ✓ was checked against the requests and mails that the fake recorded.")
	p.plain("`make play` is for your own turn: the fake with an inbox for a browser, and a configuration to apply.")
	return nil
}

// introduce prints what is real and what is not, and the people to invite.
func (d *demo) introduce(ctx context.Context, origin string) error {
	version, err := cliconfig.Version(ctx, d.cli.Terraform)
	if err != nil {
		return err
	}
	team, err := os.ReadFile(filepath.Join(d.cli.WorkingDir(), "team.auto.tfvars"))
	if err != nil {
		return err
	}
	d.plain("This demo runs %s and the provider built from this repository.", version)
	d.plain("A fake at %s stands in for %s.", origin, titles())
	d.plain("You need no account, and no mail leaves this machine.")
	d.plain("\nThe people to invite, from examples/onboarding/team.auto.tfvars:\n")
	for line := range strings.Lines(string(team)) {
		d.plain("   %s", strings.TrimRight(line, "\n"))
	}
	return nil
}
