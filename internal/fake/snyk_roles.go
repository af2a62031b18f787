// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"net/http"
	"slices"
	"time"
)

const defaultSnykRole = "Org Collaborator"

// snykRole is one role of the group, as /v1/group/{id}/roles answers it.
type snykRole struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	PublicID    string `json:"publicId"`
	CustomRole  bool   `json:"customRole"`
	Created     string `json:"created"`
	Modified    string `json:"modified"`
}

// Role is one of the roles that Snyk's group has.
type Role struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Custom bool   `json:"custom"`
}

func newSnykRoles(now time.Time) []snykRole {
	at := now.UTC().Format(time.RFC3339)
	role := func(name, description string, custom bool) snykRole {
		return snykRole{
			Name: name, Description: description, PublicID: randomUUID(), CustomRole: custom, Created: at, Modified: at,
		}
	}
	return []snykRole{
		role("Org Admin", "Full access to the organization", false),
		role(defaultSnykRole, "Everyday work in the organization", false),
		role("Developer", "Sees projects and fixes them", true),
		role("Security Champion", "Ignores issues and edits policies", true),
		role("Auditor", "Reads everything, changes nothing", true),
	}
}

// SnykRoles returns the roles of Snyk's group; their ids differ from instance to instance.
func (f *Fake) SnykRoles() []Role {
	f.mu.Lock()
	defer f.mu.Unlock()
	roles := make([]Role, 0, len(f.roles))
	for _, role := range f.roles {
		roles = append(roles, Role{ID: role.PublicID, Name: role.Name, Custom: role.CustomRole})
	}
	return roles
}

// SnykRoleID returns the id of the role with the name, or "".
func (f *Fake) SnykRoleID(name string) string {
	roles := f.SnykRoles()
	at := slices.IndexFunc(roles, func(role Role) bool { return role.Name == name })
	if at < 0 {
		return ""
	}
	return roles[at].ID
}

// role finds a role by its id, case being of no matter in a UUID.
func (p snyk) role(id string) (Grant, bool) {
	if id == "" {
		return Grant{}, false
	}
	grant, err := p.completeRole(Grant{RoleID: id})
	return grant, err == nil
}

func (p snyk) listRoles(c *call) answer {
	if c.path["group"] != p.groupID {
		return p.refuse(c, problem{status: http.StatusNotFound, detail: "Group was not found"})
	}
	return answerJSON(http.StatusOK, "application/json; charset=utf-8", p.roles)
}

// roleName is how people call a role of Snyk. The caller holds the lock.
func (f *Fake) roleName(id string) string {
	for _, role := range f.roles {
		if role.PublicID == id {
			return role.Name
		}
	}
	return id
}
