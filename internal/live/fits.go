// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/live/question"
)

// fit reads everything as the provider does, and returns whether the answers fit its types.
func (a *asking) fit(ctx context.Context) []row {
	_, service := a.connect()
	reads := []struct {
		name string
		read func() error
	}{
		{"fits.invitations", func() error {
			// All of them, and not only the pending ones, which can be in another list.
			_, err := service.Summaries(ctx, a.answers.Organization, invite.Filter{})
			return err
		}},
		{"fits.members", func() error {
			_, err := service.MemberEmails(ctx, a.answers.Organization)
			return err
		}},
		{"fits.organization", func() error {
			_, err := service.Details(ctx, a.answers.Organization)
			return err
		}},
	}
	var rows []row
	for _, one := range reads {
		rows = append(rows, a.row(question.Question{
			Name: one.name, Asks: "Does every answer fit the provider's types?",
		}, fitting(one.read())))
	}
	return rows
}

// fitting is the finding of a read. It has nothing of the error's text, which can contain what the platform answered.
func fitting(err error) question.Finding {
	if err == nil {
		return question.Is(question.FromLists, "yes")
	}
	failure, ok := errors.AsType[*api.Error](err)
	switch {
	case !ok:
		return question.Undecided("the provider refused to ask")
	case failure.Status == 0:
		return question.Undecided("no answer")
	case failure.Status >= 300:
		return question.Undecided(fmt.Sprintf("status %d", failure.Status))
	case len(failure.Problems) > 0:
		return question.Undecided("the answer reports a failure")
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](failure.Cause); ok {
		return question.Is(question.FromLists, "no: "+wrong.Field+" has another type")
	}
	return question.Is(question.FromLists, "no: it is not the documented JSON")
}

// isFit reports whether the provider could read all invitations and members.
func isFit(rows []row) bool {
	return rows[0].Reading == "yes" && rows[1].Reading == "yes"
}
