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

// demo is one showing.
type demo struct {
	*printer
	platforms *fake.Fake
	cli       terraform // in the folder of the invitations
	reporting terraform // in the folder of the report
	invited   []seat    // after the apply
	accepted  []seat
}

// show sets the stage, plays all steps and clears up, whatever happens.
func show(ctx context.Context, c config, p *printer) (err error) {
	// Terraform runs in other folders, so a relative path would lead astray.
	program, err := exec.LookPath(c.terraform)
	if err == nil {
		program, err = filepath.Abs(program)
	}
	if err != nil {
		return fmt.Errorf("no Terraform to run: %w", err)
	}
	platforms, origin, stop, err := serve(ctx)
	if err != nil {
		return err
	}
	defer stop()
	folder, err := newWorkspace(c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, folder.remove()) }()

	variables := environment(append(platforms.Environment(origin), "TF_CLI_CONFIG_FILE="+folder.cli)...)
	d := &demo{
		printer: p, platforms: platforms,
		cli:       terraform{program: program, folder: folder.path("onboarding"), environment: variables},
		reporting: terraform{program: program, folder: folder.path("pending"), environment: variables},
	}
	if err := d.introduce(ctx, origin); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{
		d.plan, d.apply, d.accept, d.planAgain, d.reportPending, d.tabulate, d.destroy,
	} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("step %d: %w", d.steps, err)
		}
	}
	p.plain("\nAll of it was checked against what the platforms saw. Nothing is left running or lying about.")
	return nil
}

// introduce tells what is real and what is not, and shows the people.
func (d *demo) introduce(ctx context.Context, origin string) error {
	version, err := d.cli.version(ctx)
	if err != nil {
		return err
	}
	team, err := os.ReadFile(filepath.Join(d.cli.folder, "team.auto.tfvars"))
	if err != nil {
		return err
	}
	d.plain("%s is real, and so is the provider.", version)
	d.plain("%s are played by a fake at %s:", titles(), origin)
	d.plain("no account is needed, and no mail leaves this machine.")
	d.plain("\nThe people, from examples/onboarding/team.auto.tfvars:\n")
	for line := range strings.Lines(string(team)) {
		d.plain("   %s", strings.TrimRight(line, "\n"))
	}
	return nil
}
