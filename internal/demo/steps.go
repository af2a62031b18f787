package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

func (d *demo) plan(ctx context.Context) error {
	d.step("Plan: it says whom it will invite, and sends nothing.")
	d.command(d.cli.program, "plan -out=invite.tfplan")
	told, err := d.cli.do(ctx, "plan", "-out=invite.tfplan", "-detailed-exitcode")
	if err != nil {
		return err
	}
	d.say("%s", told.summary)
	if !told.changes || len(told.warnings) > 0 {
		return fmt.Errorf("expected a plan with changes and no warnings, got %q and %q", told.summary, told.warnings)
	}
	if sent := d.platforms.Mails(); len(sent) > 0 {
		return fmt.Errorf("a plan sent %d mails", len(sent))
	}
	d.proved("No mail went out.")
	return nil
}

func (d *demo) apply(ctx context.Context) error {
	d.step("Apply: everybody gets one mail from each of their platforms.")
	d.command(d.cli.program, "apply invite.tfplan")
	told, err := d.cli.do(ctx, "apply", "invite.tfplan")
	if err != nil {
		return err
	}
	d.say("%s", told.summary)
	if d.invited, err = d.cli.seats(ctx); err != nil {
		return err
	}
	for _, who := range people(d.invited) {
		d.say("mail to %-20s from %s", who.email, enumerate(d.senders(who.email)))
	}
	for _, one := range d.invited {
		if one.status != "pending" {
			return fmt.Errorf("%s is %s on %s, not pending", one.email, one.status, one.platform.Title())
		}
	}
	if err := d.oneMailEach(); err != nil {
		return err
	}
	d.proved("%s, %s, nobody twice.", count(len(d.invited), "invitation"), count(len(d.platforms.Mails()), "mail"))
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
	d.step("Plan again: accepting is no change, so there is nothing to do. An apply records it.")
	d.command(d.cli.program, "plan -detailed-exitcode")
	before := d.platforms.Count()
	told, err := d.cli.do(ctx, "plan", "-detailed-exitcode")
	if err != nil {
		return err
	}
	if told.changes {
		return fmt.Errorf("the plan is not quiet: %s", told.summary)
	}
	d.say("exit code 0: no changes (%s for %s)", count(d.platforms.Count()-before, "request"), count(len(d.invited), "invitation"))
	d.command(d.cli.program, "apply -auto-approve")
	if told, err = d.cli.do(ctx, "apply", "-auto-approve"); err != nil {
		return err
	}
	d.say("%s", told.summary)
	now, err := d.cli.seats(ctx)
	if err != nil {
		return err
	}
	d.invited = now
	for _, one := range now {
		if err := d.agrees(one); err != nil {
			return err
		}
		if one.status == "accepted" {
			d.say("in the state: %s, %s: status = %q, member_id = %q", one.email, one.platform.Title(), one.status, one.memberID)
		}
	}
	if err := d.oneMailEach(); err != nil {
		return err
	}
	d.proved("The state says what the platforms say, and there are still %d mails.", len(d.platforms.Mails()))
	return nil
}

func (d *demo) reportPending(ctx context.Context) error {
	d.step("Report: a data source lists who has not accepted yet.")
	d.command(d.cli.program, "-chdir=examples/pending apply -auto-approve")
	if _, err := d.reporting.do(ctx, "apply", "-auto-approve"); err != nil {
		return err
	}
	var listed []struct {
		Platform string `json:"platform"`
		Email    string `json:"email"`
		Grant    string `json:"grant"`
	}
	if err := d.reporting.query(ctx, &listed, "output", "-json", "pending"); err != nil {
		return err
	}
	rows := [][]string{{"platform", "email", "grant"}}
	for _, one := range listed {
		rows = append(rows, []string{one.Platform, one.Email, one.Grant})
	}
	d.table(rows)
	expected := 0
	for _, one := range d.invited {
		if one.status != "pending" {
			continue
		}
		expected++
		found := false
		for _, row := range listed {
			found = found || row.Platform == string(one.platform) && row.Email == one.email
		}
		if !found {
			return fmt.Errorf("the report leaves out %s on %s", one.email, one.platform.Title())
		}
	}
	if expected != len(listed) {
		return fmt.Errorf("the report has %d lines, and %d people are pending", len(listed), expected)
	}
	d.proved("The list is complete: %d are pending.", expected)
	return nil
}

func (d *demo) tabulate(context.Context) error {
	d.step("Who is where, from the state.")
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
	d.step("Destroy: what is pending is revoked; members stay, and the plan says so.")
	d.command(d.cli.program, "plan -destroy -out=end.tfplan")
	told, err := d.cli.do(ctx, "plan", "-destroy", "-out=end.tfplan")
	if err != nil {
		return err
	}
	d.say("%s", told.summary)
	for _, warning := range slices.Sorted(slices.Values(told.warnings)) {
		d.say("warning: %s", warning)
	}
	if len(told.warnings) != len(d.accepted) {
		return fmt.Errorf("%d warnings for %d members", len(told.warnings), len(d.accepted))
	}
	d.command(d.cli.program, "apply end.tfplan")
	if told, err = d.cli.do(ctx, "apply", "end.tfplan"); err != nil {
		return err
	}
	d.say("%s", told.summary)
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
	d.proved("Revoked: %s. Still there: %s. No mail went out.", count(len(d.invited)-len(d.accepted), "invitation"), count(len(d.accepted), "member"))
	return nil
}
