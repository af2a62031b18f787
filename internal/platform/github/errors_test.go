// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// operations are all operations of the client, with the request that each makes. A change looks first whether the person
// is a member.
var operations = map[string]struct {
	request string
	call    func(context.Context, *backend) error
}{
	"list": {"GET /orgs/acme/invitations?per_page=100", func(ctx context.Context, b *backend) error {
		_, err := b.Invites(ctx, org)
		return err
	}},
	"failed": {"GET /orgs/acme/failed_invitations?per_page=100", func(ctx context.Context, b *backend) error {
		_, err := b.EndedInvites(ctx, org)
		return err
	}},
	"send": {"POST /orgs/acme/invitations", func(ctx context.Context, b *backend) error {
		_, err := b.Send(ctx, org, invite.Request[Grant]{Email: "ada@example.com", Grant: Grant{Role: roleMember}})
		return err
	}},
	"send_teams": {"POST /orgs/acme/invitations", func(ctx context.Context, b *backend) error {
		_, err := b.Send(ctx, org, invite.Request[Grant]{Email: "ada@example.com", Grant: Grant{Role: roleMember, Teams: []int64{7}}})
		return err
	}},
	"teams": {"GET /orgs/acme/invitations/9/teams?per_page=100", func(ctx context.Context, b *backend) error {
		_, err := b.ResolveGrant(ctx, org, Grant{Role: roleMember, unread: teamsOfInvitation, invitation: "9"})
		return err
	}},
	"revoke": {"DELETE /orgs/acme/invitations/9", func(ctx context.Context, b *backend) error {
		return b.Revoke(ctx, org, invite.Invite[Grant]{ID: "9"})
	}},
	"members": {"POST /graphql", func(ctx context.Context, b *backend) error {
		_, err := b.Members(ctx, org)
		return err
	}},
	"membership": {"GET /orgs/acme/memberships/ada", func(ctx context.Context, b *backend) error {
		_, _, err := b.FindAccount(ctx, org, "ada")
		return err
	}},
	"change": {"PUT /orgs/acme/memberships/ada", func(ctx context.Context, b *backend) error {
		return b.ChangeMember(ctx, org, invite.Member[Grant]{ID: "5", Membership: "ada"}, Grant{Role: roleAdmin})
	}},
	"remove": {"DELETE /orgs/acme/memberships/ada", func(ctx context.Context, b *backend) error {
		return b.RemoveMember(ctx, org, invite.Member[Grant]{ID: "5", Membership: "ada"})
	}},
	"organization": {"GET /orgs/acme", func(ctx context.Context, b *backend) error {
		_, err := b.ReadOrganization(ctx, org)
		return err
	}},
}

const ada = `{"state":"active","role":"member","user":{"id":5,"login":"ada"}}`

// TestFailures has the documented statuses of each operation, with their meaning, the argument to blame and a part of
// the advice.
func TestFailures(t *testing.T) {
	const all = "list failed send teams revoke members membership change remove organization"
	const taken = `"resource":"OrganizationInvitation","code":"unprocessable","field":"data"`
	for _, c := range []struct {
		operations string
		status     int
		problem    string
		meaning    error
		attribute  string
		advice     string
	}{
		{all, 401, "", nil, "", "credential was not accepted"},
		{"list failed teams", 403, "", invite.ErrForbidden, "", "may not read the organization's invitations"},
		{"send", 403, "", invite.ErrForbidden, "", "may not invite people. Use a token of an owner"},
		{"revoke", 403, "", invite.ErrForbidden, "", "may not cancel invitations"},
		{"members membership", 403, "", invite.ErrForbidden, "", "scope user:email"},
		{"change remove", 403, "", invite.ErrForbidden, "", "Members: read and write"},
		{"organization", 403, "", invite.ErrForbidden, "", "may not read the organization"},
		{"list failed send members organization", 404, "", nil, "organization_id", "no such organization"},
		{"send_teams", 404, "", nil, "organization_id", "one of team_ids may not be a team of it"},
		{"teams", 404, "", invite.ErrUnresolved, "", "cannot be compared or sent again"},
		{"revoke remove", 404, "", invite.ErrGone, "", ""},
		{"change", 404, "", nil, "", "no longer a member"},
		{"send", 422, taken, invite.ErrPerhapsExists, "", "no visible member has that address"},
		{"send", 422, `"resource":"OrganizationInvitation","code":"invalid","field":"email"`, invite.ErrPerhapsExists, "email", "did not accept the address"},
		{"send", 422, `"resource":"OrganizationInvitation","code":"invalid","field":"role"`, invite.ErrRefused, "role", "did not accept the role"},
		{"send_teams", 422, `"resource":"OrganizationInvitation","code":"invalid","field":"team_ids"`, invite.ErrRefused, "team_ids", "did not accept the teams"},
		{"send_teams", 422, `"resource":"Team","code":"missing"`, invite.ErrRefused, "team_ids", "did not accept the teams"},
		{"send", 422, `"message":"the team is missing, and so is the role"`, invite.ErrPerhapsExists, "", "no seat may be free"},
		{"teams", 422, "", invite.ErrUnresolved, "", "cannot be compared"},
		{"revoke remove", 422, "", invite.ErrRefused, "", ""},
		{"change", 422, "", invite.ErrRefused, "role", "did not accept the role"},
		{all, 500, "", invite.ErrUncertain, "", "failure of the platform"},
		{all, 503, "", invite.ErrUncertain, "", "not available"},
	} {
		for name := range strings.FieldsSeq(c.operations) {
			t.Run(name+" "+http.StatusText(c.status)+" "+c.problem, func(t *testing.T) {
				t.Parallel()
				operation := operations[name]
				body := `{"message":"in the platform's own words","documentation_url":"https://docs.example.test","status":"x","errors":[` + problem(c.problem) + `]}`
				answers := map[string][]reply{"GET /orgs/acme/memberships/ada": {{body: ada}}}
				answers[operation.request] = []reply{{status: c.status, body: body}}
				err := operation.call(t.Context(), serve(t, answers).backend)
				failure, ok := errors.AsType[*invite.Failure](err)
				if !ok {
					t.Fatalf("got %v, want a failure", err)
				}
				if failure.Meaning != c.meaning || failure.Attribute != c.attribute {
					t.Errorf("it means %v at %q, want %v at %q", failure.Meaning, failure.Attribute, c.meaning, c.attribute)
				}
				if !strings.Contains(failure.Advice, c.advice) || c.advice == "" && failure.Advice != "" {
					t.Errorf("advice %q, want it to be about %q", failure.Advice, c.advice)
				}
				for _, part := range []string{"GitHub answered", http.StatusText(c.status), `"in the platform's own words"`, "request id R1"} {
					if !strings.Contains(err.Error(), part) {
						t.Errorf("%q lacks %q", err, part)
					}
				}
			})
		}
	}
}

func problem(parts string) string {
	if parts == "" {
		return ""
	}
	return "{" + parts + "}"
}

// No operation takes another answer for a success. A create may have had an effect then.
func TestUndocumentedAnswers(t *testing.T) {
	for name, operation := range operations {
		if name == "revoke" || name == "remove" { // a 2xx says all that they ask
			continue
		}
		for _, body := range []string{`null`, `{}`, `{"id":"x"}`, `[{}]`, `[null]`, `{"data":null}`, `"text"`, ``} {
			t.Run(name+" "+body, func(t *testing.T) {
				t.Parallel()
				answers := map[string][]reply{"GET /orgs/acme/memberships/ada": {{body: ada}}}
				answers[operation.request] = []reply{{body: body}}
				err := operation.call(t.Context(), serve(t, answers).backend)
				if !errors.Is(err, invite.ErrUncertain) {
					t.Errorf("got %v", err)
				}
			})
		}
	}
}
