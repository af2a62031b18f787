// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package snyk

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/live/question"
)

// Names of answers beside those that every platform has.
const (
	readRoles    = "roles"
	readByTen    = "invitations, ten to a page"
	readManyUser = "members, ten to a page"
	readFiltered = "members with a part of an address"
)

// leastRole is the role that the invitation of the live check grants: the smallest of the predefined ones.
const leastRole = "Org Collaborator"

// questions are what Snyk's documentation leaves open.
func questions() question.Set {
	const (
		path    = "/rest/orgs/{organization}"
		asked   = "?version=" + version
		invites = path + "/invites" + asked
		members = path + "/memberships" + asked
	)
	userEmail := []string{"relationships", "user", "data", "attributes", "email"}
	return question.Set{
		Reads: []question.Read{
			{
				Name: question.Invitations, Request: question.Get(invites + "&limit=" + pageSize),
				List: []string{"data"}, Email: []string{"attributes", "email"},
			},
			{
				Name: question.Members, Request: question.Get(members + "&limit=" + pageSize),
				List: []string{"data"}, Email: userEmail,
			},
			{Name: "organization", Request: question.Get(path + asked)},
			{Name: readRoles, Request: func(a question.Answers) *question.Request {
				group := a.Get("organization").Body.Text("data", "attributes", "group_id")
				if group == "" {
					return nil
				}
				return &question.Request{Path: "/v1/group/" + url.PathEscape(group) + "/roles"}
			}},
			{Name: readByTen, Request: question.Get(invites + "&limit=10"), Detail: true},
			{Name: readManyUser, Request: question.Get(members + "&limit=10"), Detail: true},
			{
				Name: readFiltered, List: []string{"data"}, Detail: true,
				Request: func(a question.Answers) *question.Request {
					for _, member := range a.Items(question.Members) {
						if email := member.Text(userEmail...); len(email) > 1 {
							part := url.QueryEscape(email[1:])
							return &question.Request{Path: a.Path(members) + "&limit=" + pageSize + "&email=" + part}
						}
					}
					return nil
				},
			},
		},
		Invitation: question.Invitation{
			Send: func(a question.Answers, email string) *question.Request {
				role := leastRoleID(a)
				if role == "" {
					return nil
				}
				return &question.Request{
					Method: http.MethodPost, Path: a.Path(invites), ContentType: contentType,
					Body: map[string]any{"data": map[string]any{
						"type": "org_invitation", "attributes": map[string]any{"email": email, "role": role},
					}},
				}
			},
			Missing:  "the id of the role " + leastRole + " is not known",
			ID:       []string{"data", "id"},
			ListedID: []string{"id"},
			Revoke: func(a question.Answers, id string) *question.Request {
				return &question.Request{Method: http.MethodDelete, Path: a.Path(path+"/invites/") + id + asked}
			},
		},
		Questions: []question.Question{
			{Name: "next_link", Asks: "What form does the link to the next page have?", Decide: nextLinkForm},
			{Name: "null_next_at_end", Asks: "Is the link to the next page null on the last one?", Decide: nullAtEnd},
			{
				Name: "email_filter_substring", Asks: "Does the filter for an address find parts of it?",
				Decide: func(a question.Answers) question.Finding {
					if !a.Get(readFiltered).OK() {
						return question.Undecided("no member to look for")
					}
					return question.Bool(question.FromLists, len(a.Items(readFiltered)) > 0)
				},
			},
			{
				Name: "created_role", Asks: "Is the role in the answer to an invitation an id or a name?",
				Decide: question.IfSent(func(a question.Answers) question.Finding {
					switch a.Get(question.Sent).Body.Text("data", "attributes", "role") {
					case "":
						return question.Undecided("the answer has no role")
					case leastRole:
						return question.Is(question.FromInvitation, "name")
					default:
						return question.Is(question.FromInvitation, "id")
					}
				}),
			},
			{Name: "omit_roles", Asks: "Do memberships and invitations lack their role?", Decide: rolesOmitted},
			{
				Name: "omit_membership_ids", Asks: "Do memberships lack their id?",
				Decide: question.Omitted(question.Members, nil, "id"),
			},
			{
				Name: "duplicate", Asks: "What does a second invitation to one address do?",
				Unasked: "it would take a second invitation",
			},
		},
	}
}

// leastRoleID is the id of the role leastRole, from the roles of the group or from a member who has it.
func leastRoleID(a question.Answers) string {
	for _, role := range a.Get(readRoles).Body.List() {
		if role.Text("name") == leastRole {
			return role.Text("publicId")
		}
	}
	for _, member := range a.Items(question.Members) {
		if role := member.At("relationships", "role", "data"); role.Text("attributes", "name") == leastRole {
			return role.Text("id")
		}
	}
	return ""
}

// nextLinkForm looks at the first list that has more than one page.
func nextLinkForm(a question.Answers) question.Finding {
	for _, name := range []string{readByTen, readManyUser} {
		next := a.Get(name).Body.At("links", "next")
		link := next.Text()
		switch {
		case next.Has("href"):
			return question.Is(question.FromLists, "object")
		case link == "":
			continue
		case strings.Contains(link, "://"):
			return question.Is(question.FromLists, "absolute")
		case strings.HasPrefix(link, "/rest/"):
			return question.Is(question.FromLists, "relative_with_rest")
		default:
			return question.Is(question.FromLists, "relative")
		}
	}
	return question.Undecided("no more than ten invitations and ten members")
}

// nullAtEnd looks at the first list whose first page is the last one.
func nullAtEnd(a question.Answers) question.Finding {
	for _, name := range []string{question.Invitations, question.Members} {
		if answer := a.Get(name); answer.OK() && answer.Body.At("links", "next").Value == nil {
			return question.Bool(question.FromLists, answer.Body.Has("links", "next"))
		}
	}
	return question.Undecided("no list that ends on its first page")
}

func rolesOmitted(a question.Answers) question.Finding {
	found := false
	for _, invitation := range a.Items(question.Invitations) {
		found = true
		if invitation.Text("attributes", "role") == "" {
			return question.Bool(question.FromLists, true)
		}
	}
	for _, member := range a.Items(question.Members) {
		found = true
		if !member.Has("relationships", "role", "data") {
			return question.Bool(question.FromLists, true)
		}
	}
	if !found {
		return question.Undecided("neither an invitation nor a member to look at")
	}
	return question.Bool(question.FromLists, false)
}
