package fake

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

func wireMembership(o *organization, m *member) any {
	user := map[string]any{"name": m.name, "username": m.email, "email": m.email}
	relation := func(kind, id string, attributes map[string]any) map[string]any {
		return map[string]any{"data": map[string]any{"type": kind, "id": id, "attributes": attributes}}
	}
	return map[string]any{
		"type":       "org_membership",
		"id":         m.membership,
		"attributes": map[string]any{"created_at": m.since.UTC().Format(time.RFC3339Nano)},
		"relationships": map[string]any{
			"user": relation("user", m.id, user),
			"role": relation("org_role", m.grant.RoleID, map[string]any{"name": m.grant.Role}),
			"org":  relation("org", o.id, map[string]any{"name": o.name}),
		},
	}
}

func (p snyk) listMemberships(c *call) answer {
	query := c.URL.Query()
	var found []*member
	for _, m := range c.organization.members {
		if p.passes(m, query) {
			found = append(found, m)
		}
	}
	return answerItems(p, c, found,
		func(m *member) int { return m.serial },
		func(m *member) any { return wireMembership(c.organization, m) })
}

// passes applies the filters that are given.
func (p snyk) passes(m *member, query url.Values) bool {
	sameAddress := strings.EqualFold
	if p.switches.Snyk.EmailFilterSubstring {
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
	at := "/data/relationships"
	relation, err := readFields(data["relationships"])
	for _, name := range []string{"role", "data"} {
		if err != nil {
			return Grant{}, snykNonconforming(snykSource{Pointer: at}, err.Error())
		}
		if extra := relation.beyond(name); extra != "" {
			return Grant{}, snykNonconforming(snykSource{Pointer: at + "/" + extra}, "must NOT have additional properties")
		}
		at += "/" + name
		relation, err = readFields(relation[name])
	}
	if err != nil {
		return Grant{}, snykNonconforming(snykSource{Pointer: at}, err.Error())
	}
	var kind, roleID string
	if err := relation.read("type", &kind); err != nil || kind != "org_role" {
		return Grant{}, snykNonconforming(snykSource{Pointer: at + "/type"}, "must be org_role")
	}
	if err := relation.read("id", &roleID); err != nil {
		return Grant{}, snykNonconforming(snykSource{Pointer: at + "/id"}, err.Error())
	}
	role, known := p.role(roleID)
	if !known {
		return Grant{}, snykNonconforming(snykSource{Pointer: at + "/id"}, "no such role")
	}
	return role, nil
}

func (p snyk) deleteMembership(c *call) answer {
	m := p.membership(c)
	if m == nil {
		return snykError(http.StatusNotFound, noMembership)
	}
	c.organization.remove(m)
	return answerNothing(http.StatusNoContent)
}
