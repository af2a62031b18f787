// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"net/http"
	"strings"
)

// snyk is Snyk's REST API, https://docs.snyk.io/snyk-api, and the one endpoint of its older API that has no successor:
// the roles of a group.
type snyk struct {
	*Fake
	service   *service
	accountID string // of the service account that the credentials belong to
	tenantID  string // of the tenant that the group belongs to
}

const snykType = "application/vnd.api+json"

func newSnyk(f *Fake) *service {
	p := snyk{Fake: f, accountID: randomUUID(), tenantID: randomUUID(), service: &service{
		platform:  Snyk,
		requestID: "Snyk-Request-Id",
		complete:  f.completeRole,

		newInvitationID: randomUUID,
		newUserID:       randomUUID,
		organizations: []*organization{
			{id: randomUUID(), name: "acme-security"},
			{id: randomUUID(), name: "acme-research"},
		},
	}}
	p.service.authorize = p.authorize
	p.service.refuse = p.refuse
	p.service.decorate = p.decorate
	p.service.routes = p.routes()
	return p.service
}

func (p snyk) routes() []route {
	const (
		one         = "/rest/orgs/{organization}"
		invites     = one + "/invites"
		memberships = one + "/memberships"
	)
	version := []string{"version"}
	paging := []string{"version", "limit", "starting_after", "ending_before"}
	filters := append([]string{"email", "user_id", "username", "role_name", "sort_by", "sort_order"}, paging...)
	return []route{
		{http.MethodGet, "/rest/self", Other, version, "2024-04-22", p.getSelf},
		{http.MethodGet, one, GetOrganization, []string{"version", "expand"}, "2023-05-29", p.getOrg},
		{http.MethodGet, invites, ListInvites, paging, "2022-11-14", p.listInvites},
		{http.MethodPost, invites, CreateInvite, version, "2024-06-21", p.createInvite},
		{http.MethodDelete, invites + "/{invite}", RevokeInvite, version, "2022-11-14", p.deleteInvite},
		{http.MethodGet, memberships, ListMembers, filters, "2024-08-25", p.listMemberships},
		{http.MethodPost, memberships, AddMember, version, "2024-08-25", p.createMembership},
		{http.MethodPatch, memberships + "/{membership}", UpdateMember, version, "2024-08-25", p.updateMembership},
		{http.MethodDelete, memberships + "/{membership}", RemoveMember, version, "2024-08-25", p.deleteMembership},
		{http.MethodGet, "/v1/group/{group}/roles", ListRoles, nil, "", p.listRoles},
	}
}

// authorize checks the credential, then what every REST request needs: a version, ids that are UUIDs, and a body of the
// right type where there is one.
func (p snyk) authorize(c *call) *answer {
	if !p.knows(c.Header.Get("Authorization")) {
		refusal := p.refuse(c, problem{status: http.StatusUnauthorized})
		return &refusal
	}
	if c.route == nil || c.route.released == "" {
		return nil
	}
	if refusal := refuseVersion(c); refusal != nil {
		return refusal
	}
	for name, id := range c.path {
		if !isUUID(id) {
			return snykNonconforming(snykSource{Pointer: "/path/" + name}, "must match format \"uuid\"")
		}
	}
	if (c.Method == http.MethodPost || c.Method == http.MethodPatch) && !c.hasContentType(snykType) {
		return snykNonconforming(snykSource{}, "unsupported media type "+c.Header.Get("Content-Type"))
	}
	return nil
}

// knows accepts either credential under either scheme, in any letter case, as the platform does in practice.
func (p snyk) knows(authorization string) bool {
	scheme, token, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "token") && !strings.EqualFold(scheme, "bearer") {
		return false
	}
	return token == p.credentials.SnykToken || token == p.credentials.SnykOAuthToken
}

func (p snyk) decorate(c *call, a *answer) {
	if c.route == nil || c.route.released == "" {
		return
	}
	a.header.Set("Snyk-Version-Requested", c.URL.Query().Get("version"))
	a.header.Set("Snyk-Version-Served", c.route.released)
	a.header.Set("Snyk-Version-Lifecycle-Stage", "ga")
}

func (p snyk) getSelf(c *call) answer {
	return snykDocument(http.StatusOK, map[string]any{
		"type": "service_account",
		"id":   p.accountID,
		"attributes": map[string]any{
			"name":                "terraform",
			"default_org_context": p.service.organizations[0].id,
		},
	}, linkToSelf(c))
}

// linkToSelf are the links of a document that is one resource.
func linkToSelf(c *call) map[string]any {
	return map[string]any{"self": strings.TrimPrefix(c.URL.RequestURI(), "/rest")}
}

// getOrg answers the organization, and which tenant it belongs to where that is asked for.
func (p snyk) getOrg(c *call) answer {
	org := map[string]any{
		"type": "org",
		"id":   c.organization.id,
		"attributes": map[string]any{
			"name":        c.organization.name,
			"slug":        c.organization.name,
			"is_personal": false,
			"group_id":    p.groupID,
		},
	}
	for _, expand := range c.URL.Query()["expand"] {
		if expand != "tenant" {
			return *snykNotAllowed("expand", "tenant")
		}
		org["relationships"] = map[string]any{
			"tenant": map[string]any{"data": map[string]any{"type": "tenant", "id": p.tenantID}},
		}
	}
	return snykDocument(http.StatusOK, org, linkToSelf(c))
}
