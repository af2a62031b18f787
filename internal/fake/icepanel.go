// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"net/http"
	"strings"
	"time"
)

// icepanel is IcePanel's API, https://developer.icepanel.io. Every success is 200, every error an object with a message.
type icepanel struct {
	*Fake
	service *service
}

func newIcePanel(f *Fake) *service {
	p := icepanel{Fake: f, service: &service{
		platform:  IcePanel,
		requestID: "X-Request-Id",
		lifetime:  7 * 24 * time.Hour,
		complete:  completePermission,

		newInvitationID: randomShortID,
		newUserID:       randomShortID,
		organizations: []*organization{
			{id: randomShortID(), name: "Acme Architecture"},
			{id: randomShortID(), name: "Acme Research"},
		},
	}}
	p.service.authorize = p.authorize
	p.service.refuse = p.refuse
	p.service.routes = p.routes()
	return p.service
}

func (p icepanel) routes() []route {
	const (
		organizations = "/v1/organizations"
		one           = organizations + "/{organization}"
		users         = one + "/users"
		invites       = users + "/invites"
	)
	return []route{
		{method: http.MethodGet, pattern: organizations, operation: Other, query: []string{"admin"}, handle: p.listOrganizations},
		{method: http.MethodGet, pattern: one, operation: GetOrganization, handle: p.getOrganization},
		{method: http.MethodGet, pattern: invites, operation: ListInvites, handle: p.listInvites},
		{method: http.MethodPost, pattern: invites, operation: CreateInvite, handle: p.createInvite},
		{method: http.MethodPost, pattern: invites + "/{invite}", operation: RevokeInvite, handle: p.revokeInvite},
		{method: http.MethodGet, pattern: users, operation: ListMembers, handle: p.listUsers},
		{method: http.MethodPatch, pattern: users + "/{user}", operation: UpdateMember, handle: p.updateUser},
		{method: http.MethodDelete, pattern: users + "/{user}", operation: RemoveMember, handle: p.deleteUser},
	}
}

// authorize wants exactly one of the two credentials: a key with a bearer token beside it is refused like no key at all.
func (p icepanel) authorize(c *call) *answer {
	if p.caller(c) == (actor{}) {
		refusal := icepanelError(http.StatusUnauthorized, "Unauthorized")
		return &refusal
	}
	return nil
}

// caller is who the credential belongs to; nobody if it is none.
func (p icepanel) caller(c *call) actor {
	key, authorization := c.Header.Get("X-API-Key"), c.Header.Get("Authorization")
	scheme, token, _ := strings.Cut(authorization, " ")
	switch {
	case key != "" && authorization != "":
		return actor{}
	case key == p.credentials.IcePanelAPIKey:
		return actor{kind: "api-key", id: p.credentials.icepanelKeyID()}
	case strings.EqualFold(scheme, "Bearer") && token == p.credentials.IcePanelBearerToken:
		return actor{kind: "user", id: "bearerTokenOwner"}
	default:
		return actor{}
	}
}

func (p icepanel) refuse(_ *call, why problem) answer {
	if why.subject == aboutQuery {
		return icepanelError(why.status, "Unknown query parameter '"+why.detail+"'")
	}
	message := http.StatusText(why.status)
	if why.status >= http.StatusInternalServerError {
		message = "Something went wrong" // whatever the cause, as the platform never tells
	}
	return icepanelError(why.status, message)
}

type icepanelFailure struct {
	Message string   `json:"message"`
	Code    string   `json:"code,omitempty"`
	Errors  []string `json:"errors,omitempty"`
}

func icepanelError(status int, message string, details ...string) answer {
	return answerJSON(status, "application/json; charset=utf-8", icepanelFailure{Message: message, Errors: details})
}

func icepanelOK(body any) answer {
	return answerJSON(http.StatusOK, "application/json; charset=utf-8", body)
}

// icepanelBody reads a JSON object. Properties nobody knows are ignored later on, as the platform's stack does.
func icepanelBody(c *call) (fields, *answer) {
	if !c.hasContentType(jsonType) {
		refusal := icepanelError(http.StatusBadRequest, "Content-Type must be application/json")
		return nil, &refusal
	}
	body, err := readFields(c.body)
	if err != nil {
		refusal := icepanelError(http.StatusBadRequest, "request/body "+err.Error())
		return nil, &refusal
	}
	return body, nil
}

// icepanelDate always has three digits after the point; an absent date is left out.
func icepanelDate(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format("2006-01-02T15:04:05.000Z")
}
