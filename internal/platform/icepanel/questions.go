// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package icepanel

import (
	"net/http"
	"slices"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/live/question"
)

// landscapesField is the name of the optional part that shows landscape permissions.
const landscapesField = "landscapePermissions"

// questions are what IcePanel's documentation leaves open.
func questions() question.Set {
	const path = "/v1/organizations/{organization}"
	return question.Set{
		Reads: []question.Read{
			{
				Name: question.Invitations, Request: question.Get(path + "/users/invites"),
				List: []string{"organizationUserInvites"}, Email: []string{"email"},
			},
			{
				Name: question.Members, Request: question.Get(path + "/users"),
				List: []string{"organizationUsers"}, Email: []string{"email"},
			},
			{Name: "organization", Request: question.Get(path)},
		},
		Invitation: question.Invitation{
			Send: func(a question.Answers, email string) *question.Request {
				return &question.Request{
					Method: http.MethodPost, Path: a.Path(path + "/users/invites"),
					Body: map[string]any{
						"email": email, "permission": "read", landscapesField: map[string]bool{},
						"expiresAt": time.Now().UTC().Add(time.Hour).Format(time.RFC3339),
					},
				}
			},
			ID:       []string{"organizationUserInvite", "id"},
			ListedID: []string{"id"},
			Revoke: func(a question.Answers, id string) *question.Request {
				return &question.Request{Method: http.MethodPost, Path: a.Path(path+"/users/invites/") + id}
			},
		},
		Questions: []question.Question{
			{
				Name: "landscape_permissions", Asks: "How are landscape permissions answered?",
				Decide: landscapesShown,
			},
			{
				Name: "omit_user_landscapes", Asks: "Does the list of users leave out landscapePermissions?",
				Decide: userLandscapesOmitted,
			},
			{
				Name: "omit_used_by", Asks: "Do used invitations leave out usedByUserId?",
				Decide: question.Omitted(question.Invitations,
					func(i question.Item) bool { return i.Text("usedAt") != "" }, "usedByUserId"),
			},
			{
				Name: "revoke_finished", Asks: "What does revoking a used or expired invitation answer?",
				Unasked: "it would touch an invitation of somebody else",
			},
			{
				Name: "accept_past_expiry", Asks: "Is an expiresAt in the past refused?",
				Unasked: "it would take a second invitation",
			},
			{
				Name: "seats", Asks: "Do pending invitations take a paid seat?",
				Unasked: "it would take all paid seats",
			},
		},
	}
}

// userLandscapesOmitted compares the list of users with the organization, which shows what they have as well. A user
// without landscape permissions shows nothing.
func userLandscapesOmitted(a question.Answers) question.Finding {
	has := func(user question.Item) bool { return user.Has(landscapesField) }
	switch {
	case slices.ContainsFunc(a.Items(question.Members), has):
		return question.Bool(question.FromLists, false)
	case slices.ContainsFunc(a.Get("organization").Body.List("organization", "users"), has):
		return question.Bool(question.FromLists, true)
	}
	return question.Undecided("no user with landscape permissions is shown")
}

// landscapesShown narrows down how landscape permissions are answered. The invitation of the live check has an empty
// map.
func landscapesShown(a question.Answers) question.Finding {
	const (
		asSent   = "as_sent"
		absent   = "absent"
		empty    = "empty_if_unset"
		dropping = "dropped_for_admin_and_billing"
	)
	possible := map[string]bool{asSent: true, absent: true, empty: true, dropping: true}
	var evidence question.Evidence
	exclude := func(by question.Evidence, readings ...string) {
		for _, reading := range readings {
			delete(possible, reading)
		}
		evidence = by
	}
	for _, item := range a.Items(question.Invitations) {
		privileged := item.Text("permission") == "admin" || item.Text("permission") == "billing"
		switch {
		case !item.Has(landscapesField):
			exclude(question.FromLists, empty)
		case privileged:
			exclude(question.FromLists, absent, dropping)
		default:
			exclude(question.FromLists, absent)
		}
	}
	if sent := a.Get(question.Sent); sent.OK() && sent.Body.Has("organizationUserInvite", landscapesField) {
		exclude(question.FromInvitation, absent)
	} else if sent.OK() {
		exclude(question.FromInvitation, asSent, empty, dropping)
	}
	if evidence == "" {
		return question.Undecided("no invitation is listed")
	}
	var left []string
	for _, reading := range []string{asSent, absent, empty, dropping} {
		if possible[reading] {
			left = append(left, reading)
		}
	}
	return question.Is(evidence, left...)
}
