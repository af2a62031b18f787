// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/live/question"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

// emailVariable names the address that is invited. Without it, nothing is written.
const emailVariable = "LIVE_EMAIL"

// config is what one run needs.
type config struct {
	getenv    func(string) string
	platforms []platform.Platform
	version   string
	report    string // file
	out       io.Writer
	pause     time.Duration // before a request is tried again
}

// check asks every platform that has a credential, prints the tables and writes the report. It fails if an invitation
// may be left.
func check(ctx context.Context, c config) error {
	email := strings.TrimSpace(c.getenv(emailVariable))
	if parsed, err := mail.ParseAddress(email); email != "" && (err != nil || parsed.Address != email) {
		return errors.New(emailVariable + " must be an address such as you@example.com; nothing was asked")
	}
	var rows []row
	var problems []error
	for _, p := range c.platforms {
		found, err := ask(ctx, c, p, email)
		if skip, ok := errors.AsType[skipped](err); ok {
			_, _ = fmt.Fprintf(c.out, "%s: skipped, because %s.\n\n", p.Title, string(skip))
			continue
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", p.Title, err))
		}
		printTable(c.out, p.Title, found)
		rows = append(rows, found...)
		if ctx.Err() != nil {
			return errors.Join(append(problems, errors.New("interrupted"))...)
		}
	}
	if len(rows) > 0 {
		if err := writeReport(c.report, report{Version: c.version, Answers: rows}); err != nil {
			problems = append(problems, err)
		} else {
			_, _ = fmt.Fprintf(c.out, "The report is in %s. It can be pasted into an issue.\n", c.report)
		}
	}
	return errors.Join(problems...)
}

// lists is a service of the provider, without the types of its platform.
type lists interface {
	invite.Summarizer
	MemberEmails(ctx context.Context, organization string) ([]string, error)
	Details(ctx context.Context, organization string) (invite.Organization, error)
}

// asking is what is known while one platform is asked.
type asking struct {
	config
	platform platform.Platform
	client   *client
	answers  question.Answers
	// listedAs is the address of the invitation in the list; empty if it was not listed. lagged: not at once.
	listedAs string
	lagged   bool
}

// skipped is why a platform is not asked.
type skipped string

func (s skipped) Error() string { return string(s) }

// ask returns the answers of one platform. It fails with [skipped] if there is no credential or no organization, and
// beside the answers if an invitation may be left.
func ask(ctx context.Context, c config, p platform.Platform, email string) ([]row, error) {
	client, err := newClient(p, c, email != "")
	if err != nil {
		return nil, err
	}
	a := &asking{config: c, platform: p, client: client}
	a.answers = question.Answers{
		ByName: map[string]question.Answer{}, Reads: p.Questions.Reads, Unsent: "it needs " + emailVariable,
	}
	if a.answers.Organization, err = a.organization(ctx); err != nil {
		return nil, err
	}
	for _, read := range p.Questions.Reads {
		if request := read.Request(a.answers); request != nil {
			a.answers.ByName[read.Name], _ = client.do(ctx, request) // without an answer, there is no status
		}
	}
	fits := a.fit(ctx)
	if email != "" {
		var again []row
		again, err = a.invite(ctx, email, fits)
		if again != nil {
			fits = again
		}
	}
	return append(append(a.access(), fits...), a.decide()...), err
}

// organization is the one in the environment, or that of the credential.
func (a *asking) organization(ctx context.Context) (string, error) {
	connection, _ := a.connect()
	if organization := connection.Organization.ValueString(); organization != "" {
		return organization, nil
	}
	if owner, ok := connection.Service.(invite.OwnOrganization); ok && a.platform.OwnOrganization {
		if own, err := owner.OwnOrganization(ctx); err == nil {
			return own.ID, nil
		}
		return "", errors.New("the organization of the credential could not be read")
	}
	return "", skipped(a.platform.OrganizationEnv + " is not set")
}

// connect returns the provider's own connection, which has read nothing yet.
func (a *asking) connect() (*tfinvite.Connection, lists) {
	connection := a.platform.Connect(types.ObjectNull(nil), platform.Settings{
		MaxRetries: 2, RequestTimeout: requestTimeout, UserAgent: userAgent(a.version), Getenv: a.getenv,
	})
	service, _ := connection.Service.(lists)
	return connection, service
}
