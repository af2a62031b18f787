// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// anthropic is Anthropic's Admin API, https://platform.claude.com/docs/en/api/admin. No path names an organization: the
// key decides, and so there is only one.
type anthropic struct {
	*Fake
	service *service
	*organization
}

func newAnthropic(f *Fake) *service {
	acme := &organization{id: randomUUID(), name: "Acme Labs"}
	p := anthropic{Fake: f, organization: acme, service: &service{
		platform:  Anthropic,
		requestID: "request-id",
		lifetime:  21 * 24 * time.Hour,
		complete: func(grant Grant) (Grant, error) {
			grant.Role = cmp.Or(grant.Role, "user")
			return grant, nil
		},

		newInvitationID: func() string { return "invite_01" + randomText(letters, 22) },
		newUserID:       func() string { return "user_01" + randomText(letters, 22) },
		organizations:   []*organization{acme},
	}}
	p.service.authorize = p.authorize
	p.service.refuse = p.refuse
	const (
		invites = "/v1/organizations/invites"
		users   = "/v1/organizations/users"
	)
	filters := []string{"limit", "after_id", "before_id", "email", "roles[]", "statuses[]"}
	p.service.routes = []route{
		{http.MethodGet, "/v1/organizations/me", GetOrganization, nil, "", p.getMe},
		{http.MethodGet, invites, ListInvites, filters, "", p.listInvites},
		{http.MethodPost, invites, CreateInvite, nil, "", p.createInvite},
		{http.MethodGet, invites + "/{id}", GetInvite, nil, "", p.getInvite},
		{http.MethodDelete, invites + "/{id}", RevokeInvite, nil, "", p.deleteInvite},
		{http.MethodGet, users, ListMembers, filters[:5], "", p.listUsers},
		{http.MethodPost, users + "/{id}", UpdateMember, nil, "", p.updateUser},
		{http.MethodDelete, users + "/{id}", RemoveMember, nil, "", p.deleteUser},
	}
	return p.service
}

// authorize checks the headers that every request needs, and the limit of all endpoints together.
func (p anthropic) authorize(c *call) *answer {
	key := c.Header.Get("X-Api-Key")
	var why problem
	switch {
	case strings.HasPrefix(key, "sk-ant-api") && p.behaviors.Anthropic.ModelKey == ModelKeyForbidden:
		why = problem{status: http.StatusForbidden, detail: "this endpoint requires an Admin API key"}
	case key != p.credentials.AnthropicAdminKey || c.Header.Get("Authorization") != "":
		why = problem{status: http.StatusUnauthorized, detail: "invalid x-api-key"}
	case c.Header.Get("Anthropic-Version") != "2023-06-01":
		why = problem{status: http.StatusBadRequest, detail: "anthropic-version: header is required"}
	case c.Method == http.MethodPost && !c.hasContentType(jsonType):
		why = problem{status: http.StatusBadRequest, detail: "Content-Type must be application/json"}
	default:
		return p.service.refuseRate(c, &p.service.invitations, true, p.behaviors.Anthropic.RequestsPerMinute)
	}
	refusal := p.refuse(c, why)
	return &refusal
}

// anthropicErrors are the types of errors; any other status below 500 is an invalid_request_error.
var anthropicErrors = map[int]string{
	401: "authentication_error", 403: "permission_error", 404: "not_found_error", 413: "request_too_large",
	429: "rate_limit_error", 500: "api_error", 502: "api_error", 503: "api_error", 504: "timeout_error", 529: "overloaded_error",
}

func (p anthropic) refuse(c *call, why problem) answer {
	if why.subject == aboutQuery {
		why.detail += ": Extra inputs are not permitted"
	}
	return answerJSON(why.status, jsonType, map[string]any{"type": "error", "request_id": c.id, "error": map[string]string{
		"type":    cmp.Or(anthropicErrors[why.status], "invalid_request_error"),
		"message": cmp.Or(why.detail, http.StatusText(why.status), "Overloaded"),
	}})
}

// invalid is the one answer to everything that is wrong with what a request asks for.
func (p anthropic) invalid(c *call, why string) answer {
	return p.refuse(c, problem{status: http.StatusBadRequest, detail: why})
}

func anthropicOK(body any) answer { return answerJSON(http.StatusOK, jsonType, body) }

func (p anthropic) getMe(*call) answer {
	return anthropicOK(map[string]string{"id": p.id, "type": "organization", "name": p.name})
}

// answerPage answers the part that the query asks for of all items, which are in the order of sending. Pages begin with
// the newest one.
func (p anthropic) answerPage(c *call, all []map[string]any) answer {
	slices.Reverse(all)
	query := c.URL.Query()
	limit, err := strconv.Atoi(cmp.Or(query.Get("limit"), "20"))
	after, before := query.Get("after_id"), query.Get("before_id")
	place := slices.IndexFunc(all, func(item map[string]any) bool { return item["id"] == after+before })
	switch {
	case err != nil || limit < 1 || limit > 1000:
		return p.invalid(c, "limit: must be from 1 to 1000")
	case after+before != "" && place < 0: // both together name nothing
		return p.invalid(c, "after_id or before_id: there is no such item")
	case after != "":
		all = all[place+1:]
	case before != "":
		all = all[:place]
	}
	all = slices.DeleteFunc(all, func(item map[string]any) bool { return !filtered(query, item) })
	more := len(all) > limit
	if before != "" {
		all = all[max(len(all)-limit, 0):]
	}
	all = all[:min(len(all), limit)]
	page := map[string]any{"data": all, "has_more": more, "first_id": nil, "last_id": nil}
	if len(all) > 0 {
		page["first_id"], page["last_id"] = all[0]["id"], all[len(all)-1]["id"]
	}
	return anthropicOK(page)
}

// filtered reports whether the filters let the item through. An address is found by its variants as well.
func filtered(query url.Values, item map[string]any) bool {
	for filter, wanted := range map[string][]string{"role": query["roles[]"], "status": query["statuses[]"]} {
		if len(wanted) > 0 && !slices.Contains(wanted, fmt.Sprint(item[filter])) {
			return false
		}
	}
	return !query.Has("email") || variant(query.Get("email")) == variant(fmt.Sprint(item["email"]))
}

// variant is the same for all variants of an address.
func variant(email string) string {
	return (&CommonBehaviors{Emails: WithoutTag}).stored(strings.ToLower(email))
}
