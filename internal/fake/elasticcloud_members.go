// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"net/http"
	"strings"
)

func (p elasticCloud) wireMember(o *organization, m *member) map[string]any {
	wire := map[string]any{
		"organization_id": o.id,
		"user_id":         m.id,
		"member_since":    elasticMillis(m.since),
	}
	if m.name != "" {
		wire["name"] = m.name
	}
	if m.email != "" && !p.behaviors.ElasticCloud.HideMemberEmails {
		wire["email"] = m.email
	}
	p.addRoleAssignments(wire, m.grant)
	return wire
}

func (p elasticCloud) listMembers(c *call) answer {
	members := make([]map[string]any, 0, len(c.organization.members))
	for _, m := range c.organization.members {
		members = append(members, p.wireMember(c.organization, m))
	}
	return answerJSON(http.StatusOK, jsonType, map[string]any{"members": members})
}

// deleteMembers takes user ids separated by commas; nobody is removed if one is no member, unless batches are partial.
func (p elasticCloud) deleteMembers(c *call) answer {
	ids := strings.Split(c.path["users"], ",")
	var found []*member
	for _, id := range ids {
		if m := c.organization.memberByID(id); m != nil {
			found = append(found, m)
		}
	}
	whole := len(found) == len(ids)
	if whole || p.behaviors.ElasticCloud.PartialBatches {
		for _, m := range found {
			c.organization.remove(m)
		}
	}
	if !whole {
		return elasticError(http.StatusNotFound, codeNoMembership, "Membership not found")
	}
	return answerJSON(http.StatusOK, jsonType, struct{}{})
}

func (p elasticCloud) addRoles(c *call) answer {
	return p.changeRoles(c, (*RoleAssignments).with)
}

// removeRoles is the one DELETE here that has a body.
func (p elasticCloud) removeRoles(c *call) answer {
	return p.changeRoles(c, (*RoleAssignments).without)
}

// changeRoles finds the user in the organizations that the assignments name.
func (p elasticCloud) changeRoles(c *call, change func(have, given *RoleAssignments) *RoleAssignments) answer {
	if _, refusal := elasticBody(c, roleScopes...); refusal != nil {
		return *refusal
	}
	spelling := p.behaviors.ElasticCloud.ProjectRoles
	given, err := readRoleAssignments(c.body)
	if err != nil {
		return elasticError(http.StatusBadRequest, codeInvalidData, err.Error())
	}
	for _, o := range p.service.organizations {
		if !given.onlyIn(o.id) {
			continue
		}
		m := o.memberByID(c.path["user"])
		if m == nil {
			return elasticError(http.StatusBadRequest, codeInvalidTargetUser, "The user is not a member of the organization")
		}
		m.grant = Grant{RoleAssignments: change(m.grant.RoleAssignments, given.spelledAs(m.grant.RoleAssignments, spelling))}
		return answerJSON(http.StatusOK, jsonType, struct{}{})
	}
	return elasticError(http.StatusForbidden, codeForeignRoles, "The role assignments are outside of your organizations")
}
