// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"net/http"
	"strings"
)

// snykInvite is the answer to both creating and listing; the attribute role is the role's id in the one and its name in
// the other.
type snykInvite struct {
	Type       string `json:"type"`
	ID         string `json:"id"`
	Attributes struct {
		Email    string `json:"email"`
		IsActive bool   `json:"is_active"`
		Role     string `json:"role"`
	} `json:"attributes"`
	Relationships map[string]any `json:"relationships"`
}

func wireSnykInvite(o *organization, i *invitation, role string) snykInvite {
	wire := snykInvite{Type: "org_invitation", ID: i.id, Relationships: map[string]any{
		"org": map[string]any{
			"data":  map[string]any{"type": "org", "id": o.id},
			"links": map[string]any{"related": "/orgs/" + o.id},
		},
	}}
	wire.Attributes.Email, wire.Attributes.IsActive, wire.Attributes.Role = i.email, true, role
	return wire
}

// listInvites answers pending invitations only; an accepted or revoked one is not told from one that never was.
func (p snyk) listInvites(c *call) answer {
	pending := p.service.listed(c.organization, p.now(), Pending)
	return answerItems(p, c, pending,
		func(i *invitation) int { return i.serial },
		func(i *invitation) any {
			role := i.grant.Role
			if p.behaviors.Snyk.OmitRoles {
				role = ""
			}
			return wireSnykInvite(c.organization, i, role)
		})
}

func (p snyk) createInvite(c *call) answer {
	email, role, refusal := p.readInvite(c.body)
	if refusal != nil {
		return *refusal
	}
	email = p.service.common().stored(email)
	o := c.organization
	if o.memberByEmail(email) != nil && p.behaviors.Snyk.ExistingMember == Refused {
		return snykError(http.StatusBadRequest, snykFailure{Detail: "User is already a member of this organization"})
	}
	if earlier := o.invited(email, p.now(), Pending); earlier != nil {
		switch p.behaviors.Snyk.Duplicate {
		case DuplicateRefused:
			return snykError(http.StatusBadRequest, snykFailure{Detail: "User has already been invited to this organization"})
		case DuplicateSameID:
			earlier.grant = role
			p.mail(p.service, o, earlier, false)
			return p.answerInvite(c, earlier)
		case DuplicateNewID:
		}
	}
	i := p.invite(p.service, o, invitation{email: email, grant: role})
	p.mail(p.service, o, i, false)
	return p.answerInvite(c, i)
}

func (p snyk) answerInvite(c *call, i *invitation) answer {
	role := i.grant.RoleID
	if p.behaviors.Snyk.CreatedRole == RoleName {
		role = i.grant.Role
	}
	created := snykDocument(http.StatusCreated, wireSnykInvite(c.organization, i, role), map[string]any{})
	created.header.Set("Location", c.URL.EscapedPath()+"/"+i.id+"?"+c.URL.RawQuery)
	return created
}

// readInvite reads the one shape that is accepted; nothing may be missing and nothing added.
func (p snyk) readInvite(body []byte) (email string, role Grant, refusal *answer) {
	data, refusal := readSnykData(body, "org_invitation", "type", "attributes")
	if refusal != nil {
		return "", Grant{}, refusal
	}
	const at = "/data/attributes"
	attributes, err := readFields(data["attributes"])
	if err != nil {
		return "", Grant{}, snykNonconforming(snykSource{Pointer: at}, err.Error())
	}
	if extra := attributes.beyond("email", "role"); extra != "" {
		return "", Grant{}, snykNonconforming(snykSource{Pointer: at + "/" + extra}, "must NOT have additional properties")
	}
	var roleID string
	for _, attribute := range []struct {
		name string
		into *string
	}{{"email", &email}, {"role", &roleID}} {
		if err := attributes.read(attribute.name, attribute.into); err != nil {
			return "", Grant{}, snykNonconforming(snykSource{Pointer: at + "/" + attribute.name}, err.Error())
		}
	}
	if !strings.Contains(email, "@") {
		return "", Grant{}, snykNonconforming(snykSource{Pointer: at + "/email"}, "must be an e-mail address")
	}
	role, known := p.role(roleID)
	if !known {
		return "", Grant{}, snykNonconforming(snykSource{Pointer: at + "/role"}, "no such role")
	}
	return email, role, nil
}

// readSnykData opens a document whose data has the type and no fields but those named, the first of them required.
func readSnykData(body []byte, kind string, known ...string) (fields, *answer) {
	document, err := readFields(body)
	if err != nil {
		return nil, snykNonconforming(snykSource{}, "body "+err.Error())
	}
	if extra := document.beyond("data"); extra != "" {
		return nil, snykNonconforming(snykSource{Pointer: "/" + extra}, "must NOT have additional properties")
	}
	data, err := readFields(document["data"])
	if err != nil {
		return nil, snykNonconforming(snykSource{Pointer: "/data"}, err.Error())
	}
	if extra := data.beyond(known...); extra != "" {
		return nil, snykNonconforming(snykSource{Pointer: "/data/" + extra}, "must NOT have additional properties")
	}
	var got string
	if err := data.read("type", &got); err != nil || got != kind {
		return nil, snykNonconforming(snykSource{Pointer: "/data/type"}, "must be equal to one of the allowed values: "+kind)
	}
	return data, nil
}

func (p snyk) deleteInvite(c *call) answer {
	i := c.organization.invitation(c.path["invite"])
	if i == nil || i.status(p.now()) != Pending {
		return snykError(http.StatusNotFound, snykFailure{Detail: "Invitation not found"})
	}
	i.revoke(p.now(), actor{})
	return answerNothing(http.StatusNoContent)
}
