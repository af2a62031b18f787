// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import "net/http"

// icepanelUser is a value in the list of users, whose keys are the user ids.
type icepanelUser struct {
	Permission           string          `json:"permission"`
	LandscapePermissions map[string]bool `json:"landscapePermissions,omitzero"`
	Email                string          `json:"email,omitempty"`
	Name                 string          `json:"name,omitempty"`
	LastActiveAt         string          `json:"lastActiveAt,omitempty"`
}

// wireUser is what updating answers; the list adds who it is.
func (p icepanel) wireUser(m *member) icepanelUser {
	return icepanelUser{Permission: m.grant.Permission, LandscapePermissions: p.landscapes(m.grant)}
}

func (p icepanel) listUsers(c *call) answer {
	users := make(map[string]icepanelUser, len(c.organization.members))
	for _, m := range c.organization.members {
		user := p.wireUser(m)
		user.Email, user.Name, user.LastActiveAt = m.email, m.name, icepanelDate(m.since)
		if p.behaviors.IcePanel.OmitUserLandscapes {
			user.LandscapePermissions = nil
		}
		users[m.id] = user
	}
	return icepanelOK(map[string]any{"organizationUsers": users})
}

// updateUser replaces what the user has; the permission is required although the method is PATCH.
func (p icepanel) updateUser(c *call) answer {
	m := c.organization.memberByID(c.path["user"])
	if m == nil {
		return icepanelError(http.StatusNotFound, "User not found")
	}
	body, refusal := icepanelBody(c)
	if refusal != nil {
		return *refusal
	}
	grant, err := readIcePanelGrant(body)
	if err != nil {
		return icepanelInvalid(err)
	}
	if !body.has("landscapePermissions") {
		grant.LandscapePermissions = m.grant.LandscapePermissions
	}
	if paid(grant) && !paid(m.grant) && !p.seatFree(c.organization) {
		return icepanelError(http.StatusConflict, noSeatLeft)
	}
	m.grant = grant
	return icepanelOK(map[string]any{"organizationUser": p.wireUser(m)})
}

func (p icepanel) deleteUser(c *call) answer {
	m := c.organization.memberByID(c.path["user"])
	if m == nil {
		return icepanelError(http.StatusNotFound, "User not found")
	}
	c.organization.remove(m)
	return icepanelOK(struct{}{})
}
