// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

func (p github) wireMembership(c *call, state, role, login, userID string) answer {
	o := c.organization
	at := githubURL(c, "/orgs/"+o.id)
	return githubOK(http.StatusOK, map[string]any{
		"url": at + "/memberships/" + login, "state": state, "role": role, "organization_url": at,
		"direct_membership": true, "organization": p.wireOrganization(c, o), "user": p.wireUser(c, login, userID),
	})
}

func (p github) getMembership(c *call) answer {
	login := c.path["username"]
	if m := c.organization.memberByLogin(login); m != nil {
		return p.wireMembership(c, "active", m.grant.Role, m.login, m.id)
	}
	if i := p.invitedAccount(c.organization, login); i != nil {
		return p.wireMembership(c, "pending", i.grant.Role, i.login, p.accounts[strings.ToLower(login)].id)
	}
	return p.refuse(c, problem{status: http.StatusNotFound})
}

// invitedAccount finds the pending invitation of an account. One that was sent to an address is nobody's.
func (p github) invitedAccount(o *organization, login string) *invitation {
	pending := o.withStatus(p.now(), Pending)
	at := slices.IndexFunc(pending, func(i *invitation) bool { return strings.EqualFold(i.login, login) })
	if at < 0 {
		return nil
	}
	return pending[at]
}

// setMembership changes a member's role. An account that is no member is invited.
func (p github) setMembership(c *call) answer {
	body, refusal := githubBody(c, "role")
	if refusal != nil {
		return *refusal
	}
	role := githubMember
	if err := body.readOptional("role", &role); err != nil {
		return githubInvalid(err.Error())
	}
	if roles := []string{githubAdmin, githubMember}; !slices.Contains(roles, role) {
		return githubNoMember("role", role, roles)
	}
	o, s := c.organization, p.service
	if m := o.memberByLogin(c.path["username"]); m != nil {
		if role == githubAdmin && m.grant.Role != githubAdmin {
			p.notify(s, o, Mail{Kind: OwnerMail, To: m.email})
		}
		m.grant.Role = role
		return p.wireMembership(c, "active", role, m.login, m.id)
	}
	account, known := p.accounts[strings.ToLower(c.path["username"])]
	if !known {
		return p.refuse(c, problem{status: http.StatusNotFound})
	}
	i := p.invitedAccount(o, account.login)
	if i == nil {
		i = p.invite(s, o, invitation{
			email: account.email, login: account.login, grant: Grant{Role: role}, expires: s.end(p.now()),
		})
		p.mail(s, o, i, false)
	}
	i.grant.Role = role
	return p.wireMembership(c, "pending", role, account.login, account.id)
}

// deleteMembership removes a member, or cancels the invitation of an account.
func (p github) deleteMembership(c *call) answer {
	if i := p.invitedAccount(c.organization, c.path["username"]); i != nil {
		p.cancel(p.service, c.organization, i, actor{})
		return answerNothing(http.StatusNoContent)
	}
	return p.deleteMember(c)
}

func (p github) deleteMember(c *call) answer {
	m := c.organization.memberByLogin(c.path["username"])
	if m == nil {
		return p.refuse(c, problem{status: http.StatusNotFound})
	}
	c.organization.remove(m)
	p.notify(p.service, c.organization, Mail{Kind: RemovalMail, To: m.email})
	return answerNothing(http.StatusNoContent)
}

func (p github) getUser(c *call) answer {
	account, known := p.accounts[strings.ToLower(c.path["username"])]
	if !known {
		return p.refuse(c, problem{status: http.StatusNotFound})
	}
	user := p.wireUser(c, account.login, account.id)
	for _, name := range []string{"bio", "blog", "company", "email", "hireable", "location", "name"} {
		user[name] = nil
	}
	for _, name := range []string{"followers", "following", "public_gists", "public_repos"} {
		user[name] = 0
	}
	user["created_at"], user["updated_at"] = githubBorn, githubBorn
	return githubOK(http.StatusOK, user)
}

// githubBorn is when everything that is older than the fake was made.
var githubBorn = time.Date(2019, time.March, 4, 8, 0, 0, 0, time.UTC).Format(time.RFC3339)

// seatsTaken counts members, as plan.filled_seats does here. Billing managers need no seat.
func (p github) seatsTaken(o *organization) (taken int) {
	for _, m := range o.members {
		if m.grant.Role != githubBillingManager {
			taken++
		}
	}
	return taken
}

func (p github) getOrganization(c *call) answer {
	o := c.organization
	wire := p.wireOrganization(c, o)
	wire["name"], wire["type"], wire["html_url"] = o.name, "Organization", "https://github.com/"+o.id
	wire["archived_at"] = nil
	for _, name := range []string{"public_repos", "public_gists", "followers", "following"} {
		wire[name] = 0
	}
	wire["has_organization_projects"], wire["has_repository_projects"] = true, true
	wire["created_at"], wire["updated_at"] = githubBorn, githubBorn
	if !p.behaviors.GitHub.HidePlan {
		plan := map[string]any{
			"name": "free", "space": 976562499, "private_repos": 10000,
			"seats": p.behaviors.GitHub.Seats, "filled_seats": p.seatsTaken(o),
		}
		if p.behaviors.GitHub.Seats > 0 {
			plan["name"] = "team"
		}
		wire["plan"] = plan
	}
	return githubOK(http.StatusOK, wire)
}
