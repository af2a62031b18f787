// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// github is the part of GitHub's REST API that is about invitations and members, https://docs.github.com/rest/orgs, and
// the part of its GraphQL API that shows the addresses of members.
type github struct {
	*Fake
	service *service
}

// githubLifetime is how long an invitation lasts. Nobody can choose it.
const githubLifetime = 7 * 24 * time.Hour

// githubVersions are the versions of the API that X-GitHub-Api-Version can name.
var githubVersions = []string{"2022-11-28", "2026-03-10"}

func newGitHub(f *Fake) *service {
	p := github{Fake: f, service: &service{
		platform:      GitHub,
		requestID:     "X-GitHub-Request-Id",
		lifetime:      githubLifetime,
		fixedLifetime: true,
		mailsRevoked:  true,
		anyCase:       true,
		complete:      completeGitHubRole,

		newInvitationID: randomInt64,
		newUserID:       randomInt32,
		organizations: []*organization{
			newGitHubOrganization("acme-engineering", "Acme Engineering", "Platform", "Security"),
			newGitHubOrganization("acme-research", "Acme Research", "Robots", "Telescopes"),
		},
	}}
	p.service.authorize = p.authorize
	p.service.refuse = p.refuse
	p.service.decorate = p.decorate
	p.service.limitStatus = func() int { return f.behaviors.GitHub.LimitStatus }
	p.service.listedID = p.listedID
	p.service.routes = p.routes()
	return p.service
}

func (p github) routes() []route {
	const (
		one         = "/orgs/{organization}"
		invitations = one + "/invitations"
		failed      = one + "/failed_invitations"
		invitation  = invitations + "/{invitation}"
		teams       = invitation + "/teams"
		memberships = one + "/memberships/{username}"
	)
	paging := []string{"per_page", "page"}
	filters := append([]string{"role", "invitation_source"}, paging...)
	routes := []route{
		{method: http.MethodGet, pattern: invitations, operation: ListInvites, query: filters, handle: p.listInvitations},
		{method: http.MethodGet, pattern: failed, operation: ListFailedInvites, query: paging, handle: p.listFailed},
		{method: http.MethodGet, pattern: teams, operation: ListInviteTeams, query: paging, handle: p.listTeams},
	}
	// The links between the pages of a list name the organization by its number.
	for _, list := range routes {
		handle := list.handle
		list.pattern = strings.Replace(list.pattern, one, "/organizations/{number}", 1)
		list.handle = func(c *call) answer { return p.byNumber(c, handle) }
		routes = append(routes, list)
	}
	return append(routes, []route{
		{method: http.MethodPost, pattern: invitations, operation: CreateInvite, handle: p.createInvitation},
		{method: http.MethodDelete, pattern: invitation, operation: RevokeInvite, handle: p.deleteInvitation},
		{method: http.MethodPost, pattern: "/graphql", operation: ListMembers, handle: p.graphql},
		{method: http.MethodGet, pattern: memberships, operation: GetMember, handle: p.getMembership},
		{method: http.MethodPut, pattern: memberships, operation: UpdateMember, handle: p.setMembership},
		{method: http.MethodDelete, pattern: memberships, operation: RemoveMember, handle: p.deleteMembership},
		{method: http.MethodDelete, pattern: one + "/members/{username}", operation: RemoveMember, handle: p.deleteMember},
		{method: http.MethodGet, pattern: one, operation: GetOrganization, handle: p.getOrganization},
		{method: http.MethodGet, pattern: "/users/{username}", operation: GetAccount, handle: p.getUser},
	}...)
}

func (p github) byNumber(c *call, handle func(*call) answer) answer {
	at := slices.IndexFunc(p.service.organizations, func(o *organization) bool { return o.number == c.path["number"] })
	if at < 0 {
		return p.refuse(c, problem{status: http.StatusNotFound})
	}
	c.organization = p.service.organizations[at]
	return handle(c)
}

// authorize wants to know which program is asking, then a token, then a version that exists. Accept does not matter.
func (p github) authorize(c *call) *answer {
	var refusal answer
	version := c.Header.Get("X-GitHub-Api-Version")
	switch {
	case c.UserAgent() == "":
		refusal = githubError(http.StatusForbidden, "Request forbidden by administrative rules. "+
			"Please make sure your request has a User-Agent header.")
	case c.Header.Get("Authorization") == "":
		refusal = githubError(http.StatusUnauthorized, "Requires authentication")
	case c.Header.Get("Authorization") != "Bearer "+p.credentials.GitHubToken:
		refusal = githubError(http.StatusUnauthorized, "Bad credentials")
	case version != "" && !slices.Contains(githubVersions, version):
		refusal = githubError(http.StatusBadRequest, fmt.Sprintf("API version %q is not supported", version))
	default:
		return nil
	}
	return &refusal
}

func (p github) refuse(c *call, why problem) answer {
	switch {
	case why.subject == aboutMembers:
		return graphqlFailure(graphqlForbidden)
	case why.subject == aboutLimit:
		return p.refuseBeyondLimit(why.status)
	case why.subject == aboutQuery:
		return githubInvalid("Unknown query parameter '" + why.detail + "'")
	case why.status == http.StatusNotFound, why.status == http.StatusMethodNotAllowed:
		// One answer, whether something is not there or not for the caller to know.
		return githubError(http.StatusNotFound, "Not Found")
	case why.status == http.StatusUnauthorized:
		return githubError(why.status, "Bad credentials")
	case why.status == http.StatusForbidden:
		return githubError(why.status, "Resource not accessible by personal access token")
	case why.status == http.StatusUnprocessableEntity:
		return githubInvalid("Validation Failed")
	default:
		return githubError(why.status, cmp.Or(http.StatusText(why.status), "Server Error"))
	}
}

// refuseBeyondLimit words the secondary limit, with which Retry-After comes, or the primary one. Clients tell the first by
// the page to which it refers.
func (p github) refuseBeyondLimit(status int) answer {
	const page = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api"
	failure := githubFailure{Status: strconv.Itoa(status)}
	secondary := slices.Contains([]RetryAfter{AfterSeconds, AfterDate}, p.service.common().RetryAfter)
	if secondary {
		failure.Message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
		failure.DocumentationURL = page + "#about-secondary-rate-limits"
		return githubOK(status, failure)
	}
	failure.Message, failure.DocumentationURL = "API rate limit exceeded.", page
	refusal := githubOK(status, failure)
	refusal.header.Set("X-RateLimit-Remaining", "0")
	return refusal
}

// decorate adds the headers that describe the primary limit, also to answers that have nothing to do with it.
func (p github) decorate(_ *call, a *answer) {
	set := func(name, value string) {
		if a.header.Get(name) == "" {
			a.header.Set(name, value)
		}
	}
	set("X-RateLimit-Limit", strconv.Itoa(plentiful))
	if a.header.Get("X-RateLimit-Remaining") != "0" { // else the refusal has said when, or has not
		set("X-RateLimit-Remaining", strconv.Itoa(plentiful-1))
		set("X-RateLimit-Reset", strconv.FormatInt(time.Now().Add(time.Hour).Unix(), 10))
	}
	set("X-GitHub-Media-Type", "github.v3; format=json")
}

const githubType = "application/json; charset=utf-8"

func githubOK(status int, body any) answer { return answerJSON(status, githubType, body) }

// githubFailure is what every error looks like. Errors is there with "Validation Failed" only.
type githubFailure struct {
	Message          string         `json:"message"`
	Errors           []githubDetail `json:"errors,omitempty"`
	DocumentationURL string         `json:"documentation_url"`
	Status           string         `json:"status"`
}

type githubDetail struct {
	Resource string `json:"resource"`
	Code     string `json:"code"`
	Field    string `json:"field"`
	Message  string `json:"message,omitempty"`
}

func githubError(status int, message string, details ...githubDetail) answer {
	return githubOK(status, githubFailure{
		Message: message, Errors: details, Status: strconv.Itoa(status),
		DocumentationURL: "https://docs.github.com/rest/orgs/members",
	})
}

// githubInvalid refuses what does not fit the description of the request.
func githubInvalid(why string) answer {
	return githubError(http.StatusUnprocessableEntity, "Invalid request.\n\n"+why)
}

// githubUnprocessable refuses an invitation. Only the message says why: the code is the same for a member, for somebody
// who is invited, and where no seat is free.
func githubUnprocessable(message string) answer {
	return githubError(http.StatusUnprocessableEntity, "Validation Failed", githubDetail{
		Resource: "OrganizationInvitation", Code: "unprocessable", Field: "data", Message: message,
	})
}

// githubBody reads a JSON object without fields that nobody knows. No body is an empty object.
func githubBody(c *call, known ...string) (fields, *answer) {
	var refusal answer
	if len(c.body) == 0 {
		return fields{}, nil
	}
	body, err := readFields(c.body)
	if err != nil {
		refusal = githubError(http.StatusBadRequest, "Problems parsing JSON")
		return nil, &refusal
	}
	if extra := body.beyond(known...); extra != "" {
		refusal = githubInvalid(fmt.Sprintf("%q is not a permitted key.", extra))
		return nil, &refusal
	}
	return body, nil
}

// githubDate is how invitations are dated: the offset is that of wherever the server is.
func githubDate(at time.Time) string {
	return at.In(time.FixedZone("", 60*60)).Format("2006-01-02T15:04:05.000-07:00")
}
