// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"
)

// anthropicDate has a fraction of a second only where there is one; a date that is not set is null.
func anthropicDate(at time.Time) any {
	if at.IsZero() {
		return nil
	}
	return at.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano)
}

func (p anthropic) wireInvite(i *invitation) map[string]any {
	status := i.status(p.now())
	wire := map[string]any{
		"type": "invite", "id": i.id, "email": i.email, "role": i.grant.Role,
		"status":     cmp.Or(map[Status]Status{Revoked: "deleted"}[status], status),
		"invited_at": anthropicDate(i.created), "expires_at": anthropicDate(i.expires),
		"accepted_at": anthropicDate(i.accepted), "rbac_group_ids": append([]string{}, i.grant.RBACGroupIDs...),
	}
	if p.behaviors.Anthropic.OmitNewFields {
		delete(wire, "accepted_at")
		delete(wire, "rbac_group_ids")
	}
	return wire
}

// listInvites leaves withdrawn invitations out, and keeps accepted and expired ones unless a behavior drops them.
func (p anthropic) listInvites(c *call) answer {
	statuses := []Status{Pending, Accepted, Expired}
	if p.behaviors.Anthropic.DropEnded {
		statuses = statuses[:1]
	}
	all := []map[string]any{}
	for _, i := range p.service.listed(p.organization, p.now(), statuses...) {
		all = append(all, p.wireInvite(i))
	}
	return p.answerPage(c, all)
}

func (p anthropic) createInvite(c *call) answer {
	var email string
	var grant Grant
	body, err := readFields(c.body)
	err = errors.Join(err, body.only("email", "role", "rbac_group_ids"), body.read("email", &email),
		body.read("role", &grant.Role), body.readOptional("rbac_group_ids", &grant.RBACGroupIDs))
	email, now, set := p.service.common().stored(email), p.now(), p.behaviors.Anthropic
	seatsTaken := len(p.members) + len(p.withStatus(now, Pending))
	isMember := func(m *member) bool {
		return strings.EqualFold(m.email, email) || !set.CreateExactly && variant(m.email) == variant(email)
	}
	switch {
	case err != nil:
		return p.invalid(c, err.Error())
	case !strings.Contains(email, "@"):
		return p.invalid(c, "email: value is not a valid email address")
	case !p.invitable(grant.Role):
		return p.invalid(c, "role: "+grant.Role+" cannot be invited to this organization")
	case len(grant.RBACGroupIDs) > 0 && !set.Enterprise:
		return p.invalid(c, "rbac_group_ids: not available for this organization")
	case p.member(isMember) != nil:
		return p.invalid(c, email+" is already a member of the organization")
	case p.invited(email, now, Pending) != nil:
		return p.invalid(c, "a pending invite for "+email+" exists already")
	case set.Enterprise && set.Seats > 0 && seatsTaken >= set.Seats:
		return p.invalid(c, "no seat is left")
	}
	i := p.invite(p.service, p.organization, invitation{email: email, grant: grant, created: now, expires: p.service.end(now)})
	p.mail(p.service, p.organization, i, false)
	return anthropicOK(p.wireInvite(i))
}

func (p anthropic) getInvite(c *call) answer {
	i := p.invitation(c.path["id"])
	if i == nil || !i.revoked.IsZero() && p.behaviors.Anthropic.HideDeleted {
		return p.refuse(c, problem{status: http.StatusNotFound})
	}
	return anthropicOK(p.wireInvite(i))
}

func (p anthropic) deleteInvite(c *call) answer {
	i := p.invitation(c.path["id"])
	if i == nil || i.status(p.now()) == Revoked {
		return p.refuse(c, problem{status: http.StatusNotFound})
	}
	if status := i.status(p.now()); status != Pending {
		return p.invalid(c, "the invite is "+string(status))
	}
	i.revoke(p.now(), outsider)
	return anthropicOK(map[string]string{"id": i.id, "type": "invite_deleted"})
}

// invitable are the roles that can be invited and given to members. Members with another one can be neither changed nor
// removed.
func (p anthropic) invitable(role string) bool {
	if p.behaviors.Anthropic.Enterprise {
		return role == "user" || role == "managed"
	}
	return slices.Contains([]string{"user", "claude_code_user", "developer", "billing"}, role)
}

func (p anthropic) wireUser(m *member) map[string]any {
	return map[string]any{
		"type": "user", "id": m.id, "email": m.email, "name": m.name, "role": m.grant.Role, "added_at": anthropicDate(m.since),
	}
}

func (p anthropic) listUsers(c *call) answer {
	all := []map[string]any{}
	for _, m := range p.members {
		all = append(all, p.wireUser(m))
	}
	return p.answerPage(c, all)
}

// changeable returns the member that the path names, unless there is none or the role is administrative.
func (p anthropic) changeable(c *call) (*member, *answer) {
	m := p.memberByID(c.path["id"])
	var refusal answer
	switch {
	case m == nil:
		refusal = p.refuse(c, problem{status: http.StatusNotFound})
	case !p.invitable(m.grant.Role):
		refusal = p.invalid(c, "users with the role "+m.grant.Role+" can be neither changed nor removed")
	default:
		return m, nil
	}
	return nil, &refusal
}

func (p anthropic) updateUser(c *call) answer {
	var role string
	m, refusal := p.changeable(c)
	if refusal != nil {
		return *refusal
	}
	body, err := readFields(c.body)
	if err = errors.Join(err, body.only("role"), body.read("role", &role)); err != nil {
		return p.invalid(c, err.Error())
	}
	if !p.invitable(role) {
		return p.invalid(c, "role: "+role+" cannot be given in this organization")
	}
	m.grant.Role = role
	return anthropicOK(p.wireUser(m))
}

func (p anthropic) deleteUser(c *call) answer {
	m, refusal := p.changeable(c)
	if refusal != nil {
		return *refusal
	}
	p.remove(m)
	return anthropicOK(map[string]string{"id": m.id, "type": "user_deleted"})
}
