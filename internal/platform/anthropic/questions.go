// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package anthropic

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/live/question"
)

// questions are what Anthropic's documentation leaves open.
func questions() question.Set {
	const (
		path    = "/v1/organizations/"
		invites = path + "invites"
	)
	return question.Set{
		Reads: []question.Read{
			{
				Name: question.Invitations, Request: question.Get(invites + "?limit=" + pageSize),
				List: []string{"data"}, Email: []string{"email"},
			},
			{
				Name: question.Members, Request: question.Get(path + "users?limit=" + pageSize),
				List: []string{"data"}, Email: []string{"email"},
			},
			{Name: "organization", Request: question.Get(path + "me")},
		},
		Invitation: question.Invitation{
			Send: func(_ question.Answers, email string) *question.Request {
				return &question.Request{
					Method: http.MethodPost, Path: invites, Body: wireRequest{Email: email, Role: "user"},
				}
			},
			ID: []string{"id"}, ListedID: []string{"id"},
			Revoke: func(_ question.Answers, id string) *question.Request {
				return &question.Request{Method: http.MethodDelete, Path: invites + "/" + url.PathEscape(id)}
			},
			Gone: func(_ question.Answers, id string) *question.Request {
				return &question.Request{Path: invites + "/" + url.PathEscape(id)}
			},
		},
		Questions: []question.Question{
			{Name: "enterprise", Asks: "Is it an organization of Claude Enterprise?", Decide: isEnterprise},
			{
				Name: "drop_ended", Fact: "U-A1", Asks: "Does the list drop accepted and expired invitations?",
				Decide: endedDropped,
			},
			{
				Name: "hide_deleted", Fact: "U-A2", Asks: "Is a revoked invitation not found when it is read?",
				Decide: question.IfSent(func(a question.Answers) question.Finding {
					switch gone := a.Get(question.Gone); {
					case gone.OK():
						return question.Bool(question.FromInvitation, false)
					case gone.Status == http.StatusNotFound:
						return question.Bool(question.FromInvitation, true)
					default:
						return question.Undecided("reading it failed")
					}
				}),
			},
			{
				Name: "accept_elsewhere", Fact: "U-A3", Asks: "Can somebody accept under another address?",
				Unasked: "it needs somebody who does",
			},
			{
				Name: "create_exactly", Fact: "U-A4",
				Asks:   "Can an address be invited that is a variant of a member's?",
				Decide: createdExactly,
			},
			{
				Name: "model_key", Fact: "U-A5", Asks: "Which status refuses a model key?",
				Unasked: "it needs a model key, and ANTHROPIC_API_KEY is not read",
			},
			{
				Name: "overloaded", Fact: "U-A6", Asks: "Was nothing done after a 529?",
				Unasked: "it needs a platform that is overloaded",
			},
			{
				Name: "omit_new_fields", Asks: "Do invitations lack accepted_at and rbac_group_ids?",
				Decide: question.Omitted(question.Invitations, nil, "accepted_at"),
			},
			{Name: "seats", Asks: "Do pending invitations take a seat?", Unasked: "it would take all seats"},
			{
				Name: "requests_per_minute", Asks: "How many requests can be made in a minute?",
				Unasked: "it would take as many requests",
			},
		},
	}
}

// isEnterprise looks for roles that only one kind of organization has.
func isEnterprise(a question.Answers) question.Finding {
	for _, list := range []string{question.Members, question.Invitations} {
		for _, item := range a.Items(list) {
			switch role := item.Text("role"); {
			case slices.Contains([]string{"owner", "primary_owner", "membership_admin", "managed"}, role):
				return question.Bool(question.FromLists, true)
			case slices.Contains([]string{"admin", "developer", "billing", "claude_code_user"}, role):
				return question.Bool(question.FromLists, false)
			}
		}
	}
	return question.Undecided("nobody has a role of only one kind of organization")
}

// endedDropped: where several people are members, somebody has probably accepted an invitation.
func endedDropped(a question.Answers) question.Finding {
	for _, invitation := range a.Items(question.Invitations) {
		if status := invitation.Text("status"); status == "accepted" || status == "expired" {
			return question.Bool(question.FromLists, false)
		}
	}
	if len(a.Items(question.Members)) < 2 {
		return question.Undecided("nobody seems to have accepted an invitation")
	}
	return question.Bool(question.FromAbsence, true)
}

// createdExactly: the invitation goes to an address with a tag. It counts if the address without the tag is a
// member's.
func createdExactly(a question.Answers) question.Finding {
	local, domain, _ := strings.Cut(a.Email, "@")
	local, _, _ = strings.Cut(local, "+")
	sent := a.Get(question.Sent)
	switch isMember := slices.ContainsFunc(a.Items(question.Members), func(i question.Item) bool {
		return strings.EqualFold(i.Text("email"), local+"@"+domain)
	}); {
	case a.Unsent != "":
		return question.NotAsked(a.Unsent)
	case !isMember:
		return question.Undecided("the address without its tag is not a member's")
	case sent.OK():
		return question.Bool(question.FromInvitation, true)
	case sent.Status == http.StatusBadRequest:
		return question.Bool(question.FromInvitation, false)
	default:
		return question.Undecided("the invitation failed for another reason")
	}
}
