// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/live/question"
)

// Names of answers beside those that every platform has.
const (
	readFailed   = "failed invitations"
	readOneByOne = "invitations, one to a page"
)

// questions are what GitHub's documentation leaves open.
func questions() question.Set {
	const (
		path        = "/orgs/{organization}"
		invitations = path + "/invitations"
	)
	return question.Set{
		Reads: []question.Read{
			{
				Name: question.Invitations, Request: question.Get(invitations + "?per_page=" + pageSize),
				Email: []string{"email"},
			},
			{
				Name: readFailed, Request: question.Get(path + "/failed_invitations?per_page=" + pageSize),
				Email: []string{"email"},
			},
			{
				Name: question.Members,
				Request: func(a question.Answers) *question.Request {
					return &question.Request{
						Method: http.MethodPost, Path: "/graphql", ReadOnly: true,
						Body: wireQuery{Query: membersQuery, Variables: wireQueryInput{Org: a.Organization}},
					}
				},
				List:    []string{"data", "organization", "membersWithRole", "edges"},
				Email:   []string{"node", "email"},
				Refused: func(a question.Answer) bool { return a.Body.At("errors").Len() > 0 },
			},
			{Name: "organization", Request: question.Get(path)},
			{Name: readOneByOne, Request: question.Get(invitations + "?per_page=1"), Detail: true},
		},
		Invitation: question.Invitation{
			Send: func(a question.Answers, email string) *question.Request {
				return &question.Request{
					Method: http.MethodPost, Path: a.Path(invitations),
					Body: wireRequest{Email: email, Role: directMember},
				}
			},
			ID: []string{"id"}, ListedID: []string{"id"},
			Revoke: func(a question.Answers, id string) *question.Request {
				return &question.Request{Method: http.MethodDelete, Path: a.Path(invitations+"/") + id}
			},
		},
		Questions: append(listQuestions(), []question.Question{
			{
				Name: "accepted_nodes", Fact: "U-G6", Asks: "Does GraphQL still have an invitation that was accepted?",
				Unasked: "it needs an accepted invitation whose node_id was noted before",
			},
			{
				Name: "revoke_failed", Fact: "U-G3", Asks: "Can a failed invitation be revoked?",
				Unasked: "it would touch an invitation of somebody else",
			},
			{
				Name: "quota_status", Fact: "U-G7", Asks: "Which status refuses an invitation beyond the quota?",
				Unasked: "it would take more invitations than the quota",
			},
			{
				Name: "invitation_quota", Asks: "How many invitations can be sent in a day?",
				Unasked: "it would take as many invitations",
			},
			{
				Name: "limit_status", Asks: "Which status refuses a request beyond a limit?",
				Unasked: "it would take more requests than the limit",
			},
			{Name: "seats", Asks: "Do pending invitations take a seat?", Unasked: "it would take all seats"},
		}...),
	}
}

// listQuestions are those that the lists answer.
func listQuestions() []question.Question {
	return []question.Question{
		{Name: "page_link", Asks: "How do links to other pages name the organization?", Decide: pageLinkForm},
		{
			Name: "failed_id", Fact: "U-G1", Asks: "Does an invitation keep its id when it fails?", Decide: failedIDs,
		},
		{
			Name: "failed_kept", Fact: "U-G2", Asks: "How long does the list of failed invitations keep one?",
			Decide: failedKept,
		},
		{
			Name: "failed_fields", Asks: "How is failed_at answered while an invitation is pending?",
			Decide: failedFields,
		},
		{
			Name: "omit_failed_reason", Asks: "Do failed invitations lack failed_reason?",
			Decide: question.Omitted(readFailed, nil, "failed_reason"),
		},
		{
			Name: "query_errors", Asks: "Does the query for members report errors?", Decide: queryErrors,
		},
		{
			Name: "scopes", Fact: "U-G4", Asks: "Which of the known scopes does a classic token have?", Decide: scopes,
		},
		{
			Name: "verified_domains", Fact: "U-G5", Asks: "Do members show addresses on verified domains?",
			Decide: verifiedDomains,
		},
		{Name: "hidden_members", Asks: "Which members show no address?", Decide: hiddenMembers},
		{
			Name: "hide_plan", Asks: "Does the organization lack its plan?",
			Decide: func(a question.Answers) question.Finding {
				organization := a.Get("organization")
				if !organization.OK() {
					return question.Undecided("the organization may not be read")
				}
				return question.Bool(question.FromLists, organization.Body.At("plan").Value == nil)
			},
		},
	}
}

// pageLinkForm looks at the link to the second page of a list with one invitation to a page.
func pageLinkForm(a question.Answers) question.Finding {
	for link := range strings.SplitSeq(a.Get(readOneByOne).Header.Get("Link"), ",") {
		if !strings.Contains(link, `rel="next"`) {
			continue
		}
		if strings.Contains(link, "/organizations/") {
			return question.Is(question.FromLists, "number")
		}
		return question.Is(question.FromLists, "login")
	}
	return question.Undecided("fewer than two invitations are pending")
}

// failedIDs compares ids, which grow: an invitation that failed has a new id if that is larger than the id of one that
// was sent after it. It takes one that is still pending to compare it with.
func failedIDs(a question.Answers) question.Finding {
	for _, failed := range a.Items(readFailed) {
		for _, pending := range a.Items(question.Invitations) {
			sent, later := failed.Time("created_at"), pending.Time("created_at")
			old, newer := failed.Text("id"), pending.Text("id")
			if sent.IsZero() || !sent.Before(later) || !failed.Time("failed_at").After(later) {
				continue
			}
			if len(old) > len(newer) || len(old) == len(newer) && old > newer {
				return question.Is(question.FromLists, "new_id")
			}
			return question.Is(question.FromLists, "same_id")
		}
	}
	return question.Undecided("no invitation is pending that was sent while a failed one was")
}

// failedKept is how long the oldest failed invitation has been in the list.
func failedKept(a question.Answers) question.Finding {
	failed := slices.MinFunc(append(a.Items(readFailed), question.Item{}), func(x, y question.Item) int {
		switch since, other := x.Time("failed_at"), y.Time("failed_at"); {
		case since.IsZero():
			return 1
		case other.IsZero():
			return -1
		default:
			return since.Compare(other)
		}
	})
	since := failed.Time("failed_at")
	if since.IsZero() {
		return question.Undecided("no failed invitation is listed")
	}
	days := int(time.Since(since) / (24 * time.Hour))
	return question.Is(question.FromLists, fmt.Sprintf("at least %d days", days))
}

func failedFields(a question.Answers) question.Finding {
	for _, pending := range a.Items(question.Invitations) {
		switch field := pending.At("failed_at"); {
		case !pending.Has("failed_at"):
			return question.Is(question.FromLists, "absent")
		case field.Value == nil:
			return question.Is(question.FromLists, "null")
		case field.Text() == "":
			return question.Is(question.FromLists, "empty")
		}
	}
	return question.Undecided("no invitation is pending")
}

func queryErrors(a question.Answers) question.Finding {
	answer := a.Get(question.Members)
	kind := answer.Body.Text("errors", "0", "type")
	switch {
	case !answer.OK():
		return question.Undecided("the query was not answered")
	case answer.Body.At("errors").Len() == 0:
		return question.Is(question.FromLists, "none")
	case answer.Body.At("data", "organization").Value != nil:
		return question.Is(question.FromLists, "partial")
	case kind == "FORBIDDEN":
		return question.Is(question.FromLists, "forbidden")
	case kind == "INSUFFICIENT_SCOPES":
		return question.Is(question.FromLists, "insufficient_scopes")
	default:
		return question.Is(question.FromLists, "timeout")
	}
}

// scopes are those that matter here, out of what GitHub says of a classic token.
// https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps
func scopes(a question.Answers) question.Finding {
	header, there := a.Get(question.Invitations).Header["X-Oauth-Scopes"]
	if !there {
		return question.Undecided("it is no classic token")
	}
	known := []string{"admin:org", "write:org", "read:org", "user", "read:user", "user:email"}
	var has []string
	for scope := range strings.SplitSeq(strings.Join(header, ","), ",") {
		if scope = strings.TrimSpace(scope); slices.Contains(known, scope) {
			has = append(has, scope)
		}
	}
	if len(has) == 0 {
		return question.Is(question.FromLists, "none")
	}
	return question.Is(question.FromLists, strings.Join(has, ", "))
}

func verifiedDomains(a question.Answers) question.Finding {
	members := a.Items(question.Members)
	for _, member := range members {
		if member.At("node", "organizationVerifiedDomainEmails").Len() > 0 {
			return question.Is(question.FromLists, "some")
		}
	}
	if len(members) == 0 {
		return question.Undecided("no member is listed")
	}
	return question.Is(question.FromAbsence, "none")
}

func hiddenMembers(a question.Answers) question.Finding {
	members, hidden := a.Items(question.Members), 0
	if a.Get(question.Members).Body.At("errors").Len() > 0 {
		return question.Undecided("the query reports errors")
	}
	for _, member := range members {
		if member.Text("node", "email") == "" && member.At("node", "organizationVerifiedDomainEmails").Len() == 0 {
			hidden++
		}
	}
	switch hidden {
	case 0:
		if len(members) == 0 {
			return question.Undecided("no member is listed")
		}
		return question.Is(question.FromLists, "nobody")
	case len(members):
		return question.Is(question.FromLists, "everybody")
	default:
		return question.Is(question.FromLists, "unverified")
	}
}
