// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// run prints a command of the CLI, before it runs.
func (d *demo) run(arguments string) {
	d.command(filepath.Base(d.cli.ExecPath()), arguments)
}

func (d *demo) plan(ctx context.Context) error {
	d.step("Plan: shows whom the apply will invite. Nothing is sent.")
	d.run("plan -out=invite.tfplan")
	made, err := d.cli.plan(ctx, "invite.tfplan")
	if err != nil {
		return err
	}
	d.say("%s", made.summary)
	if !made.changes || len(made.warnings) > 0 {
		return fmt.Errorf("expected changes and no warnings, got %q and %q", made.summary, made.warnings)
	}
	if sent := d.platforms.Mails(); len(sent) > 0 {
		return fmt.Errorf("a plan sent %s", count(len(sent), "mail"))
	}
	d.proved("No mail was sent.")
	return nil
}

func (d *demo) apply(ctx context.Context) (err error) {
	d.step("Apply: each person gets one mail from each of their platforms.")
	d.run("apply invite.tfplan")
	if err := d.cli.Apply(ctx, tfexec.DirOrPlan("invite.tfplan")); err != nil {
		return err
	}
	if d.invited, err = d.cli.seats(ctx); err != nil {
		return err
	}
	for _, who := range people(d.invited) {
		d.say("mail to %-20s from %s", who.email, enumerate(d.senders(who.email)))
	}
	for _, one := range d.invited {
		if one.status != "pending" {
			return fmt.Errorf("%s on %s is %s, not pending", one.email, one.platform.Title(), one.status)
		}
	}
	if err := d.oneMailEach(); err != nil {
		return err
	}
	d.proved("%s, %s. Nobody got two.", count(len(d.invited), "invitation"), count(len(d.platforms.Mails()), "mail"))
	return nil
}

func (d *demo) accept(context.Context) error {
	d.step("Meanwhile, one person on each platform accepts.")
	d.accepted = acceptors(d.invited)
	for _, one := range d.accepted {
		if _, err := d.platforms.Accept(one.platform, "", one.email); err != nil {
			return fmt.Errorf("accepting: %w", err)
		}
		d.say("%s is now a member on %s", one.email, one.platform.Title())
	}
	return nil
}

func (d *demo) planAgain(ctx context.Context) error {
	d.step("Plan again: an accepted invitation is not a change. The next apply records it.")
	d.run("plan -detailed-exitcode")
	before := d.platforms.Count()
	changes, err := d.cli.Plan(ctx)
	if err != nil {
		return err
	}
	if changes {
		return fmt.Errorf("the plan has changes")
	}
	requests := count(d.platforms.Count()-before, "request")
	d.say("exit code 0: no changes (%s for %s)", requests, count(len(d.invited), "invitation"))
	d.run("apply -auto-approve")
	if err := d.cli.Apply(ctx); err != nil {
		return err
	}
	if d.invited, err = d.cli.seats(ctx); err != nil {
		return err
	}
	for _, one := range d.invited {
		if err := d.agrees(one); err != nil {
			return err
		}
		if one.status == "accepted" {
			d.say("in the state: %s, %s: status = %q, member_id = %q",
				one.email, one.platform.Title(), one.status, one.memberID)
		}
	}
	if err := d.oneMailEach(); err != nil {
		return err
	}
	d.proved("State and platforms agree. No further mail was sent: there are still %d.", len(d.platforms.Mails()))
	return nil
}

// pending is a row of the output of examples/pending.
type pending struct {
	Platform string `json:"platform"`
	Email    string `json:"email"`
	Grant    string `json:"grant"`
}

func (d *demo) reportPending(ctx context.Context) error {
	d.step("Report: a data source lists the people who have not accepted yet.")
	d.run("-chdir=examples/pending apply -auto-approve")
	if err := d.reporting.Apply(ctx); err != nil {
		return err
	}
	outputs, err := d.reporting.Output(ctx)
	if err != nil {
		return err
	}
	var listed []pending
	if err := json.Unmarshal(outputs["pending"].Value, &listed); err != nil {
		return fmt.Errorf("the output pending: %w", err)
	}
	rows := [][]string{{"platform", "email", "grant"}}
	for _, one := range listed {
		rows = append(rows, []string{one.Platform, one.Email, one.Grant})
	}
	d.table(rows)
	expected := slices.DeleteFunc(slices.Clone(d.invited), func(one seat) bool { return one.status != "pending" })
	for _, one := range expected {
		if !slices.ContainsFunc(listed, func(row pending) bool {
			return row.Platform == string(one.platform) && row.Email == one.email
		}) {
			return fmt.Errorf("the report does not list %s on %s", one.email, one.platform.Title())
		}
	}
	if len(expected) != len(listed) {
		return fmt.Errorf("the report lists %d, and %d are pending", len(listed), len(expected))
	}
	d.proved("The list is complete: %d are pending.", len(expected))
	return nil
}

func (d *demo) tabulate(context.Context) error {
	d.step("Overview: everybody on every platform, from the state.")
	heading := []string{""}
	for _, p := range fake.Platforms {
		heading = append(heading, p.Title())
	}
	rows := [][]string{heading}
	for _, who := range people(d.invited) {
		row := []string{who.person}
		for _, p := range fake.Platforms {
			cell := "–"
			for _, one := range d.invited {
				if one.platform == p && one.person == who.person {
					cell = one.status
				}
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	d.table(rows)
	return nil
}

func (d *demo) destroy(ctx context.Context) error {
	d.step("Destroy: revokes pending invitations. Members stay, and the plan warns about each of them.")
	d.run("plan -destroy -out=destroy.tfplan")
	made, err := d.cli.plan(ctx, "destroy.tfplan", tfexec.Destroy(true))
	if err != nil {
		return err
	}
	d.say("%s", made.summary)
	for _, warning := range slices.Sorted(slices.Values(made.warnings)) {
		d.say("warning: %s", warning)
	}
	if len(made.warnings) != len(d.accepted) {
		return fmt.Errorf("%s for %s", count(len(made.warnings), "warning"), count(len(d.accepted), "member"))
	}
	d.run("apply destroy.tfplan")
	if err := d.cli.Apply(ctx, tfexec.DirOrPlan("destroy.tfplan")); err != nil {
		return err
	}
	for _, one := range d.invited {
		want := map[string]fake.Status{"pending": fake.Revoked, "accepted": fake.Accepted}[one.status]
		if have := d.status(one); have != want {
			return fmt.Errorf("the invitation of %s on %s is %s, not %s", one.email, one.platform.Title(), have, want)
		}
		if one.status == "accepted" && !d.isMember(one) {
			return fmt.Errorf("%s is no longer a member on %s", one.email, one.platform.Title())
		}
	}
	left, err := d.cli.seats(ctx)
	if err != nil {
		return err
	}
	if len(left) > 0 || d.platforms.Count(fake.RemoveMember) > 0 {
		return fmt.Errorf("%d left in the state, %d members removed", len(left), d.platforms.Count(fake.RemoveMember))
	}
	if err := d.oneMailEach(); err != nil {
		return err
	}
	d.proved("%s revoked. %s stayed. Nobody was invited.",
		count(len(d.invited)-len(d.accepted), "invitation"), count(len(d.accepted), "member"))
	return nil
}
