// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"
	tfjson "github.com/hashicorp/terraform-json"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// mallory is somebody whom nobody declared.
const mallory = "mallory@example.com"

func (d *demo) reportUndeclared(ctx context.Context) error {
	d.step("Somebody invites " + mallory + " by hand. An exclusive resource for each platform reports it.")
	for _, p := range fake.Platforms {
		if _, err := d.platforms.SeedInvite(p, "", fake.Invitation{Email: mallory}); err != nil {
			return fmt.Errorf("inviting by hand: %w", err)
		}
	}
	if err := d.declareExclusive(false); err != nil {
		return err
	}
	made, err := d.planExclusive(ctx)
	if err != nil {
		return err
	}
	for _, warning := range slices.Sorted(slices.Values(made.warnings)) {
		d.say("warning: %s", warning)
	}
	if len(made.warnings) != len(fake.Platforms) {
		return fmt.Errorf("%s for %s", count(len(made.warnings), "warning"), count(len(fake.Platforms), "platform"))
	}
	if revoked := d.platforms.Count(fake.RevokeInvite); revoked > 0 {
		return fmt.Errorf("%s to revoke", count(revoked, "request"))
	}
	d.proved("Nothing was revoked.")
	return nil
}

func (d *demo) revokeUndeclared(ctx context.Context) error {
	d.step("With enforce = true, the plan shows whom the apply will revoke.")
	if err := d.declareExclusive(true); err != nil {
		return err
	}
	made, err := d.planExclusive(ctx)
	if err != nil {
		return err
	}
	if len(made.warnings) > 0 {
		return fmt.Errorf("expected no warnings, got %q", made.warnings)
	}
	for _, p := range fake.Platforms {
		for _, invitation := range d.platforms.Invitations(p, "") {
			stays := !strings.EqualFold(invitation.Email, mallory)
			if revoked := invitation.Status == fake.Revoked; revoked == stays {
				return fmt.Errorf("the invitation of %s on %s is %s", invitation.Email, p.Title(), invitation.Status)
			}
		}
		d.say("the invitation of %s on %s is revoked", mallory, p.Title())
	}
	if err := d.oneMailEach(); err != nil {
		return err
	}
	d.proved("Nobody else was touched.")
	return nil
}

// planExclusive plans, saves the plan and applies it.
func (d *demo) planExclusive(ctx context.Context) (plan, error) {
	const file = "exclusive.tfplan"
	d.run("plan -out=" + file)
	made, err := d.cli.plan(ctx, file)
	if err != nil {
		return made, err
	}
	d.say("%s", made.summary)
	saved, err := d.cli.ShowPlanFile(ctx, file)
	if err != nil {
		return made, fmt.Errorf("reading the plan: %w", err)
	}
	for _, change := range saved.ResourceChanges {
		for _, email := range removed(change.Change) {
			d.say("%s: undeclared: - %q", change.Address, email)
		}
	}
	d.run("apply " + file)
	return made, d.cli.Apply(ctx, tfexec.DirOrPlan(file))
}

// removed returns the addresses that a change takes out of the attribute undeclared.
func removed(change *tfjson.Change) (emails []string) {
	undeclared := func(value any) map[string]any {
		attributes, _ := value.(map[string]any)
		entries, _ := attributes["undeclared"].(map[string]any)
		return entries
	}
	after := undeclared(change.After)
	for email := range undeclared(change.Before) {
		if _, stays := after[email]; !stays {
			emails = append(emails, email)
		}
	}
	slices.Sort(emails)
	return emails
}

// declareExclusive adds an exclusive resource for each platform to the configuration.
func (d *demo) declareExclusive(enforce bool) error {
	var config strings.Builder
	for _, p := range fake.Platforms {
		_, _ = fmt.Fprintf(&config, `resource "orginvite_%[1]s_invites_exclusive" "this" {
  emails  = [for invite in orginvite_%[1]s_invite.person : invite.email]
  enforce = %[2]t
}
`, p, enforce)
	}
	return os.WriteFile(filepath.Join(d.cli.WorkingDir(), "exclusive.tf"), []byte(config.String()), 0o600)
}
