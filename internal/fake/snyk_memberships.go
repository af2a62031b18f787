// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// wireMembership is a membership without the parts that a switch leaves out; Snyk describes them as optional.
func (p snyk) wireMembership(o *organization, m *member) any {
	user := map[string]any{"name": m.name, "username": m.email, "email": m.email}
	relation := func(kind, id string, attributes map[string]any) map[string]any {
		return map[string]any{"data": map[string]any{"type": kind, "id": id, "attributes": attributes}}
	}
	relationships := map[string]any{
		"user": relation("user", m.id, user),
		"role": relation("org_role", m.grant.RoleID, map[string]any{"name": m.grant.Role}),
		"org":  relation("org", o.id, map[string]any{"name": o.name}),
	}
	if p.behaviors.Snyk.OmitRoles {
		relationships["role"] = map[string]any{}
	}
	membership := map[string]any{
		"type":          "org_membership",
		"id":            m.membership,
		"attributes":    map[string]any{"created_at": m.since.UTC().Format(time.RFC3339Nano)},
		"relationships": relationships,
	}
	if p.behaviors.Snyk.OmitMembershipIDs {
		delete(membership, "id")
	}
	return membership
}

func (p snyk) listMemberships(c *call) answer {
	query := c.URL.Query()
	var found []*member
	for _, m := range c.organization.members {
		if p.passes(m, query) {
			found = append(found, m)
		}
	}
	position, refusal := sortMembers(found, query)
	if refusal != nil {
		return *refusal
	}
	return answerItems(p, c, found, position, func(m *member) any { return p.wireMembership(c.organization, m) })
}

// memberKeys are what memberships can be sorted by. Nobody here has a login method.
var memberKeys = map[string]func(*member) string{
	"username":          func(m *member) string { return m.email },
	"user_display_name": func(m *member) string { return m.name },
	"email":             func(m *member) string { return m.email },
	"login_method":      func(*member) string { return "" },
	"role":              func(m *member) string { return m.grant.Role },
}

// sortMembers puts the members into the order that is asked for, and returns their positions in it for the cursors.
func sortMembers(members []*member, query url.Values) (position func(*member) int, refusal *answer) {
	key, known := memberKeys[query.Get("sort_by")]
	switch order := query.Get("sort_order"); {
	case query.Has("sort_by") && !known:
		return nil, snykNotAllowed("sort_by", slices.Sorted(maps.Keys(memberKeys))...)
	case query.Has("sort_order") && order != "ASC" && order != "DESC":
		return nil, snykNotAllowed("sort_order", "ASC", "DESC")
	case !known:
		return func(m *member) int { return m.serial }, nil
	}
	slices.SortStableFunc(members, func(a, b *member) int {
		if query.Get("sort_order") == "DESC" {
			a, b = b, a
		}
		return cmp.Compare(key(a), key(b))
	})
	positions := map[*member]int{}
	for at, m := range members {
		positions[m] = at + 1
	}
	return func(m *member) int { return positions[m] }, nil
}

// passes applies the filters that are given.
func (p snyk) passes(m *member, query url.Values) bool {
	sameAddress := strings.EqualFold
	if p.behaviors.Snyk.EmailFilterSubstring {
		sameAddress = func(have, want string) bool {
			return strings.Contains(strings.ToLower(have), strings.ToLower(want))
		}
	}
	return (!query.Has("email") || sameAddress(m.email, query.Get("email"))) &&
		(!query.Has("username") || m.email == query.Get("username")) &&
		(!query.Has("user_id") || m.id == query.Get("user_id")) &&
		(!query.Has("role_name") || m.grant.Role == query.Get("role_name"))
}

func (p snyk) membership(c *call) *member {
	return c.organization.member(func(m *member) bool { return m.membership == c.path["membership"] })
}

var noMembership = snykFailure{Detail: "Membership not found"}

func (p snyk) updateMembership(c *call) answer {
	m := p.membership(c)
	if m == nil {
		return snykError(http.StatusNotFound, noMembership)
	}
	role, refusal := p.readMembership(c)
	if refusal != nil {
		return *refusal
	}
	m.grant = role
	return answerNothing(http.StatusNoContent)
}

// readMembership reads the role out of {"data":{"type","id","attributes","relationships":{"role":{"data":...}}}}.
func (p snyk) readMembership(c *call) (Grant, *answer) {
	data, refusal := readSnykData(c.body, "org_membership", "type", "id", "attributes", "relationships")
	if refusal != nil {
		return Grant{}, refusal
	}
	var id string
	if err := data.read("id", &id); err != nil || id != c.path["membership"] {
		return Grant{}, snykNonconforming(snykSource{Pointer: "/data/id"}, "must be the id in the path")
	}
	ids, refusal := readRelationships(data, map[string]string{"role": "org_role"})
	if refusal != nil {
		return Grant{}, refusal
	}
	return p.readRole(ids["role"])
}

// readRelationships reads the ids out of {"relationships":{NAME:{"data":{"type","id"}}}} for these names, each with its
// type; none of them may be missing and nothing added.
func readRelationships(data fields, kinds map[string]string) (ids map[string]string, refusal *answer) {
	const at = "/data/relationships"
	relationships, err := readFields(data["relationships"])
	if err != nil {
		return nil, snykNonconforming(snykSource{Pointer: at}, err.Error())
	}
	names := slices.Sorted(maps.Keys(kinds))
	if extra := relationships.beyond(names...); extra != "" {
		return nil, snykNonconforming(snykSource{Pointer: at + "/" + extra}, "must NOT have additional properties")
	}
	ids = map[string]string{}
	for _, name := range names {
		if ids[name], refusal = readRelation(relationships[name], at+"/"+name, kinds[name]); refusal != nil {
			return nil, refusal
		}
	}
	return ids, nil
}

// readRelation reads the id out of {"data":{"type","id"}}.
func readRelation(text []byte, at, want string) (id string, refusal *answer) {
	relation, err := readFields(text)
	if err != nil {
		return "", snykNonconforming(snykSource{Pointer: at}, err.Error())
	}
	if extra := relation.beyond("data"); extra != "" {
		return "", snykNonconforming(snykSource{Pointer: at + "/" + extra}, "must NOT have additional properties")
	}
	at += "/data"
	identifier, err := readFields(relation["data"])
	if err != nil {
		return "", snykNonconforming(snykSource{Pointer: at}, err.Error())
	}
	var kind string
	if err := identifier.read("type", &kind); err != nil || kind != want {
		return "", snykNonconforming(snykSource{Pointer: at + "/type"}, "must be "+want)
	}
	if err := identifier.read("id", &id); err != nil {
		return "", snykNonconforming(snykSource{Pointer: at + "/id"}, err.Error())
	}
	return id, nil
}

// readRole finds the role that a membership is to have.
func (p snyk) readRole(id string) (Grant, *answer) {
	role, known := p.role(id)
	if !known {
		return Grant{}, snykNonconforming(snykSource{Pointer: "/data/relationships/role/data/id"}, "no such role")
	}
	return role, nil
}

// createMembership adds somebody who is in the group already, without a mail.
func (p snyk) createMembership(c *call) answer {
	data, refusal := readSnykData(c.body, "org_membership", "type", "relationships")
	if refusal != nil {
		return *refusal
	}
	ids, refusal := readRelationships(data, map[string]string{"org": "org", "user": "user", "role": "org_role"})
	if refusal != nil {
		return *refusal
	}
	if ids["org"] != c.organization.id {
		pointer := snykSource{Pointer: "/data/relationships/org/data/id"}
		return *snykNonconforming(pointer, "must be the organization in the path")
	}
	role, refusal := p.readRole(ids["role"])
	if refusal != nil {
		return *refusal
	}
	if c.organization.memberByID(ids["user"]) != nil {
		return snykError(http.StatusConflict, snykFailure{Detail: "User is already a member of this organization"})
	}
	user := p.groupMember(ids["user"])
	if user == nil {
		return snykError(http.StatusNotFound, snykFailure{Detail: "User not found in the group"})
	}
	added := p.join(p.service, c.organization, Member{ID: user.id, Email: user.email, Name: user.name, Grant: role})
	return snykDocument(http.StatusCreated, p.wireMembership(c.organization, added), linkToSelf(c))
}

// groupMember finds a user of the group: whoever is or was a member of one of its organizations.
func (p snyk) groupMember(id string) *member {
	for _, o := range p.service.organizations {
		for _, m := range slices.Concat(o.members, o.former) {
			if m.id == id {
				return m
			}
		}
	}
	return nil
}

func (p snyk) deleteMembership(c *call) answer {
	m := p.membership(c)
	if m == nil {
		return snykError(http.StatusNotFound, noMembership)
	}
	c.organization.remove(m)
	return answerNothing(http.StatusNoContent)
}
