// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import "net/http"

// elasticCloud is the organizations part of Elastic Cloud's API, https://www.elastic.co/docs/api/doc/cloud.
type elasticCloud struct {
	*Fake
	service *service
}

func newElasticCloud(f *Fake) *service {
	p := elasticCloud{Fake: f, service: &service{
		platform:  ElasticCloud,
		requestID: "X-Request-Id",
		lifetime:  elasticDefaultLifetime,

		newInvitationID: func() string {
			token := randomElasticToken()
			f.tokens = append(f.tokens, token)
			return token
		},
		newUserID: randomNumber,
		organizations: []*organization{
			{id: randomNumber(), name: "Acme Search"},
			{id: randomNumber(), name: "Acme Research"},
		},
	}}
	p.service.authorize = p.authorize
	p.service.refuse = p.refuse
	p.service.decorate = p.service.describeQuota
	p.service.routes = p.routes()
	return p.service
}

func (p elasticCloud) routes() []route {
	const (
		organizations = "/api/v1/organizations"
		byToken       = organizations + "/invitations/{token}"
		one           = organizations + "/{organization}"
		invitations   = one + "/invitations"
		members       = one + "/members"
		roles         = "/api/v1/users/{user}/role_assignments"
	)
	force := []string{"force"}
	return []route{
		{method: http.MethodGet, pattern: organizations, operation: Other, handle: p.listOrganizations},
		{method: http.MethodGet, pattern: one, operation: GetOrganization, handle: p.getOrganization},
		{method: http.MethodGet, pattern: byToken, operation: GetInvite, handle: p.getInvitation},
		{method: http.MethodPost, pattern: byToken + "/_accept", operation: AcceptInvite, handle: p.acceptInvitation},
		{method: http.MethodGet, pattern: invitations, operation: ListInvites, handle: p.listInvitations},
		{method: http.MethodPost, pattern: invitations, operation: CreateInvite, handle: p.createInvitations},
		{method: http.MethodDelete, pattern: invitations + "/{tokens}", operation: RevokeInvite, handle: p.deleteInvitations},
		{method: http.MethodGet, pattern: members, operation: ListMembers, handle: p.listMembers},
		{method: http.MethodDelete, pattern: members + "/{users}", operation: RemoveMember, query: force, handle: p.deleteMembers},
		{method: http.MethodPost, pattern: roles, operation: UpdateMember, handle: p.addRoles},
		{method: http.MethodDelete, pattern: roles, operation: RemoveRoles, query: force, handle: p.removeRoles},
	}
}

func (p elasticCloud) authorize(c *call) *answer {
	if c.Header.Get("Authorization") != "ApiKey "+p.credentials.ElasticCloudAPIKey {
		refusal := p.refuse(c, problem{status: http.StatusUnauthorized})
		return &refusal
	}
	return nil
}
