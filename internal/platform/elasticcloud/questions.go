// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"net/http"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/live/question"
)

// roleAssignments is the name of the optional part that shows what is granted.
const roleAssignments = "role_assignments"

// questions are what Elastic Cloud's documentation leaves open.
func questions() question.Set {
	const path = "/api/v1/organizations/{organization}"
	return question.Set{
		Reads: []question.Read{
			{
				Name: question.Invitations, Request: question.Get(path + "/invitations"),
				List: []string{"invitations"}, Email: []string{"email"},
			},
			{
				Name: question.Members, Request: question.Get(path + "/members"),
				List: []string{"members"}, Email: []string{"email"},
			},
			{Name: "organization", Request: question.Get(path)},
		},
		Invitation: question.Invitation{
			Send: func(a question.Answers, email string) *question.Request {
				return &question.Request{
					Method: http.MethodPost, Path: a.Path(path + "/invitations"),
					Body: map[string]any{"emails": []string{email}, "expires_in": "24h"},
				}
			},
			ID:       []string{"invitations", "0", "token"},
			ListedID: []string{"token"},
			Revoke: func(a question.Answers, id string) *question.Request {
				return &question.Request{Method: http.MethodDelete, Path: a.Path(path+"/invitations/") + id}
			},
		},
		Questions: []question.Question{
			{Name: "keep_accepted", Asks: "Does the list keep accepted invitations?", Decide: acceptedKept},
			{
				Name: "drop_expired", Asks: "Does the list drop expired invitations?",
				Decide: func(a question.Answers) question.Finding {
					for _, invitation := range a.Items(question.Invitations) {
						if invitation.Text("expired") == "true" {
							return question.Bool(question.FromLists, false)
						}
					}
					return question.Undecided("no expired invitation is listed")
				},
			},
			{
				Name: "hide_member_emails", Asks: "Do members lack their address?",
				Decide: question.Omitted(question.Members, nil, "email"),
			},
			{Name: "unset_lists", Asks: "How are lists answered that nobody set?", Decide: unsetLists},
			{
				Name: "omit_role_assignments", Asks: "Do invitations lack their role assignments?",
				Decide: rolesOmitted,
			},
			{Name: "project_roles", Asks: "How are the ids of project roles spelled?", Decide: projectRoles},
			{
				Name: "reinvite", Asks: "What does a second invitation to one address do?",
				Unasked: "it would take a second invitation",
			},
			{
				Name: "partial_batches", Asks: "Is a batch with a bad address refused as a whole?",
				Unasked: "it would take several invitations",
			},
			{
				Name: "pending_limit", Asks: "How many invitations can be pending?",
				Unasked: "it would take as many invitations",
			},
			{
				Name: "invitations_per_minute", Asks: "How many invitations can be sent in a minute?",
				Unasked: "it would take as many invitations",
			},
		},
	}
}

// acceptedKept: where several people are members, somebody has probably accepted an invitation.
func acceptedKept(a question.Answers) question.Finding {
	for _, invitation := range a.Items(question.Invitations) {
		if invitation.Time("accepted_at").Year() > 1 {
			return question.Bool(question.FromLists, true)
		}
	}
	if len(a.Items(question.Members)) < 2 {
		return question.Undecided("nobody seems to have accepted an invitation")
	}
	return question.Bool(question.FromAbsence, false)
}

// granted are the role assignments of all invitations and members that show them.
func granted(a question.Answers) []question.Item {
	var all []question.Item
	for _, name := range []string{question.Invitations, question.Members} {
		for _, item := range a.Items(name) {
			if grant := item.At(roleAssignments); grant.Value != nil {
				all = append(all, grant)
			}
		}
	}
	return all
}

func unsetLists(a question.Answers) question.Finding {
	reading := ""
	for _, grant := range granted(a) {
		for _, scope := range []string{"platform", "organization", "deployment"} {
			switch list := grant.At(scope); {
			case !grant.Has(scope):
				reading = "absent"
			case list.Value == nil:
				return question.Is(question.FromLists, "null")
			case list.Len() == 0:
				return question.Is(question.FromLists, "empty")
			}
		}
	}
	if reading == "" {
		return question.Undecided("nobody with role assignments is listed")
	}
	return question.Is(question.FromLists, reading)
}

// rolesOmitted: invitations without roles can also grant none. Where all members show theirs, that is less likely.
func rolesOmitted(a question.Answers) question.Finding {
	others := 0
	for _, invitation := range a.Items(question.Invitations) {
		if invitation.Has(roleAssignments) {
			return question.Bool(question.FromLists, false)
		}
		// That of the live check grants none.
		if invitation.Text("token") != a.Get(question.Sent).Body.Text("invitations", "0", "token") {
			others++
		}
	}
	if others == 0 || len(granted(a)) == 0 {
		return question.Undecided("no invitation that surely grants roles is listed")
	}
	return question.Bool(question.FromAbsence, true)
}

func projectRoles(a question.Answers) question.Finding {
	found := false
	for _, grant := range granted(a) {
		for _, kind := range []string{"elasticsearch", "observability", "security", "workplaceai", "vectordb"} {
			for _, role := range grant.List("project", kind) {
				if strings.HasPrefix(role.Text("role_id"), kind+"-") {
					return question.Is(question.FromLists, "as_sent")
				}
				found = true
			}
		}
	}
	if !found {
		return question.Undecided("nobody with a role for projects is listed")
	}
	return question.Is(question.FromLists, "unprefixed")
}
