// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/live/question"
)

const (
	// tries is how often a list is read, or an invitation revoked, until it worked.
	tries = 4
	// finishTimeout is the limit for sending, and that for revoking, also after an interrupt.
	finishTimeout = 3 * time.Minute
)

// tagged is the address with a tag, so that the person can tell the platforms apart, and revoking them is safe.
func tagged(email, tag string) string {
	at := strings.LastIndexByte(email, '@')
	return email[:at] + "+" + tag + email[at:]
}

// invite sends one invitation, looks at it and revokes it. It touches no other one: nobody who is listed beforehand,
// and none with another id. The error says what is left. The rows are those of [asking.fit] while it was pending.
func (a *asking) invite(ctx context.Context, email string, fits []row) (rows []row, err error) {
	a.answers.Email = tagged(email, a.platform.Name)
	before, unsent := a.before(ctx, email, fits)
	if a.answers.Unsent = unsent; unsent != "" {
		return nil, nil
	}
	plan := a.platform.Questions.Invitation
	request := plan.Send(a.answers, a.answers.Email)
	if request == nil {
		a.answers.Unsent = plan.Missing
		return nil, nil
	}
	if ctx.Err() != nil {
		a.answers.Unsent = "the check was interrupted"
		return nil, nil
	}
	// From here on, an interrupt must not hide whether the invitation was sent.
	lasting, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTimeout)
	defer cancel()
	sent, _ := a.client.do(lasting, request)
	id := sent.Body.Text(plan.ID...)
	a.answers.ByName[question.Sent] = sent
	switch {
	case sent.Status >= 300 && sent.Status < 500 && sent.Status != http.StatusRequestTimeout:
		return nil, nil // refused
	case !sent.OK() || id == "":
		// It may have been sent: then it is in the list, under an id that was not there before.
		id = a.appeared(lasting, before)
		a.answers.Unsent = "the platform did not answer whether it sent the invitation"
	case slices.Contains(before, id):
		a.answers.Unsent = "the platform answered with an invitation that was there before, and it was left alone"
		return nil, nil
	}
	if id == "" {
		return nil, errors.New("an invitation may have been sent. " + a.leftBehind())
	}
	defer func() { err = a.revoke(ctx, id) }()
	a.await(ctx, id)
	return a.fit(ctx), nil
}

// before returns the ids of the invitations that there are, or why none is sent.
func (a *asking) before(ctx context.Context, email string, fits []row) (ids []string, unsent string) {
	if !isFit(fits) {
		return nil, "the invitations and members must be readable first"
	}
	_, service := a.connect()
	listed, err := service.Summaries(ctx, a.answers.Organization, invite.Filter{})
	if err != nil {
		return nil, "the invitations could not be read again"
	}
	members, err := service.MemberEmails(ctx, a.answers.Organization)
	if err != nil {
		return nil, "the members could not be read again"
	}
	for _, one := range listed {
		// A platform can ignore the tag: then this is the invitation of the address itself.
		mine := invite.SameEmail(one.Email, a.answers.Email) || invite.SameEmail(one.Email, email)
		if mine && one.Status == invite.Pending {
			return nil, "the address is already invited"
		}
		ids = append(ids, one.ID)
	}
	if slices.ContainsFunc(members, func(m string) bool { return invite.SameEmail(m, a.answers.Email) }) {
		return nil, "the address is already a member's"
	}
	// On a platform whose ids are secrets, the lists above have none.
	for _, item := range a.answers.Items(question.Invitations) {
		ids = append(ids, item.Text(a.platform.Questions.Invitation.ListedID...))
	}
	return ids, ""
}

// read reads the list of invitations again, and returns it if that was possible.
func (a *asking) read(ctx context.Context) []question.Item {
	for _, read := range a.platform.Questions.Reads {
		if read.Name == question.Invitations {
			a.answers.ByName[question.After], _ = a.client.do(ctx, read.Request(a.answers))
		}
	}
	if !a.answers.Get(question.After).OK() {
		return nil
	}
	return a.answers.Items(question.Invitations)
}

// emailPath is where the address is in an item of the list of invitations.
func (a *asking) emailPath() []string {
	for _, read := range a.platform.Questions.Reads {
		if read.Name == question.Invitations {
			return read.Email
		}
	}
	return nil
}

// appeared returns the id of an invitation to the address that is in the list since it was sent; empty if none is.
func (a *asking) appeared(ctx context.Context, before []string) string {
	for try := range tries {
		if try > 0 && !a.wait(ctx) {
			break
		}
		for _, item := range a.read(ctx) {
			id := item.Text(a.platform.Questions.Invitation.ListedID...)
			mine := invite.SameEmail(item.Text(a.emailPath()...), a.answers.Email)
			if mine && id != "" && !slices.Contains(before, id) {
				return id
			}
		}
	}
	return ""
}

// await reads the list until the invitation is in it, and records whether it was there at once.
func (a *asking) await(ctx context.Context, id string) {
	for try := range tries {
		if try > 0 && !a.wait(ctx) {
			return
		}
		items := a.read(ctx)
		isSent := func(i question.Item) bool { return i.Text(a.platform.Questions.Invitation.ListedID...) == id }
		if at := slices.IndexFunc(items, isSent); at >= 0 {
			a.listedAs, a.lagged = items[at].Text(a.emailPath()...), try > 0
			return
		}
		a.lagged = true
	}
}

// wait reports whether there was time to wait.
func (a *asking) wait(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(a.pause):
		return true
	}
}

// revoke revokes the invitation, also after an interrupt. Its error says what is left.
func (a *asking) revoke(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTimeout)
	defer cancel()
	plan := a.platform.Questions.Invitation
	for try := range tries {
		if try > 0 && !a.wait(ctx) {
			break
		}
		answer, _ := a.client.do(ctx, plan.Revoke(a.answers, id))
		a.answers.ByName[question.Revoked] = answer
		if !answer.OK() && answer.Status != http.StatusNotFound {
			continue
		}
		if plan.Gone != nil {
			a.answers.ByName[question.Gone], _ = a.client.do(ctx, plan.Gone(a.answers, id))
		}
		return nil
	}
	status := a.answers.Get(question.Revoked).Status
	return fmt.Errorf("the invitation could not be revoked (status %d). %s", status, a.leftBehind())
}

// leftBehind says where to look, without an address.
func (a *asking) leftBehind() string {
	const look = "Look in the organization on %s for a pending invitation to your address of %s with the tag +%s, " +
		"and revoke it."
	return fmt.Sprintf(look, a.platform.Title, emailVariable, a.platform.Name)
}
