// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"encoding/base64"
	"strconv"
)

// githubNumber writes an id as the number it is.
func githubNumber(id string) int64 {
	number, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		panic(err) // all ids here are numbers
	}
	return number
}

// githubNode is the id of an object in the GraphQL API.
func githubNode(kind, id string) string {
	return kind + "_" + base64.RawURLEncoding.EncodeToString([]byte(id))
}

// githubURL is the address of something in the API, as the caller reaches it.
func githubURL(c *call, path string) string { return GitHub.BaseURL(origin(c.Request)) + path }

// wireUser is what GitHub calls a simple user: an account without addresses.
func (p github) wireUser(c *call, login, id string) map[string]any {
	at := githubURL(c, "/users/"+login)
	user := map[string]any{
		"login": login, "id": githubNumber(id), "node_id": githubNode("U", id), "gravatar_id": "", "type": "User",
		"user_view_type": "public", "site_admin": false, "url": at, "html_url": "https://github.com/" + login,
		"avatar_url": "https://avatars.githubusercontent.com/u/" + id, "organizations_url": at + "/orgs",
	}
	for _, list := range []string{"followers", "subscriptions", "repos", "received_events"} {
		user[list+"_url"] = at + "/" + list
	}
	user["following_url"], user["events_url"] = at+"/following{/other_user}", at+"/events{/privacy}"
	user["gists_url"], user["starred_url"] = at+"/gists{/gist_id}", at+"/starred{/owner}{/repo}"
	return user
}

func (p github) wireOrganization(c *call, o *organization) map[string]any {
	at := githubURL(c, "/orgs/"+o.id)
	organization := map[string]any{
		"login": o.id, "id": githubNumber(o.number), "node_id": githubNode("O", o.number), "url": at, "description": nil,
		"avatar_url": "https://avatars.githubusercontent.com/u/" + o.number, "members_url": at + "/members{/member}",
		"public_members_url": at + "/public_members{/member}",
	}
	for _, list := range []string{"repos", "events", "hooks", "issues"} {
		organization[list+"_url"] = at + "/" + list
	}
	return organization
}

// wireInvitation is an invitation as both lists show it. One by address has no login, also if it is that of an account.
func (p github) wireInvitation(c *call, o *organization, i *invitation) map[string]any {
	wire := map[string]any{
		"id": githubNumber(p.listedID(i)), "node_id": githubNode("OI", i.id), "login": nil, "email": nil,
		"role": githubInvitationRole(i.grant.Role), "created_at": githubDate(i.created),
		"inviter": p.wireUser(c, "boss", "1"), "team_count": len(i.grant.TeamIDs), "invitation_source": "member",
		"invitation_teams_url": githubURL(c, "/organizations/"+o.number+"/invitations/"+p.listedID(i)+"/teams"),
	}
	if i.login != "" {
		wire["login"] = i.login
	} else {
		wire["email"] = i.email
	}
	if i.source != "" {
		wire["invitation_source"] = i.source
	}
	behaviors := p.behaviors.GitHub
	if i.status(p.now()) == Expired {
		wire["failed_at"] = githubDate(i.expires)
		if !behaviors.OmitFailedReason {
			wire["failed_reason"] = failedReason
		}
		return wire
	}
	switch behaviors.FailedFields {
	case FailedNull:
		wire["failed_at"], wire["failed_reason"] = nil, nil
	case FailedEmpty:
		wire["failed_at"], wire["failed_reason"] = "", ""
	case FailedAbsent:
	}
	return wire
}

func (p github) wireTeam(c *call, o *organization, team GitHubTeam) map[string]any {
	at := githubURL(c, "/organizations/"+o.number+"/team/"+strconv.FormatInt(team.ID, 10))
	return map[string]any{
		"id": team.ID, "node_id": githubNode("T", strconv.FormatInt(team.ID, 10)), "name": team.Name, "slug": team.Slug,
		"description": nil, "privacy": "closed", "permission": "pull", "parent": nil, "type": "organization",
		"url": at, "members_url": at + "/members{/member}", "repositories_url": at + "/repos",
		"html_url": "https://github.com/orgs/" + o.id + "/teams/" + team.Slug,
	}
}
