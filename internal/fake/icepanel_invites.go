// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"errors"
	"net/http"
	"strings"
	"time"
)

const noSeatLeft = "All organization seats have been assigned"

type icepanelInvite struct {
	ID                   string          `json:"id"`
	OrganizationID       string          `json:"organizationId"`
	Email                string          `json:"email"`
	Permission           string          `json:"permission"`
	LandscapePermissions map[string]bool `json:"landscapePermissions,omitzero"`
	ExpiresAt            string          `json:"expiresAt"`
	CreatedAt            string          `json:"createdAt"`
	CreatedBy            string          `json:"createdBy"`
	CreatedByID          string          `json:"createdById"`
	RevokedAt            string          `json:"revokedAt,omitempty"`
	RevokedBy            string          `json:"revokedBy,omitempty"`
	RevokedByID          string          `json:"revokedById,omitempty"`
	UsedAt               string          `json:"usedAt,omitempty"`
	UsedByUserID         string          `json:"usedByUserId,omitempty"`
}

func (p icepanel) wireInvite(o *organization, i *invitation) icepanelInvite {
	wire := icepanelInvite{
		ID: i.id, OrganizationID: o.id, Email: i.email,
		Permission: i.grant.Permission, LandscapePermissions: p.landscapes(i.grant),
		ExpiresAt: icepanelDate(i.expires), CreatedAt: icepanelDate(i.created),
		CreatedBy: i.createdBy.kind, CreatedByID: i.createdBy.id,
		RevokedAt: icepanelDate(i.revoked), RevokedBy: i.revokedBy.kind, RevokedByID: i.revokedBy.id,
		UsedAt: icepanelDate(i.accepted), UsedByUserID: i.userID,
	}
	if p.behaviors.IcePanel.OmitUsedBy {
		wire.UsedByUserID = ""
	}
	return wire
}

func (p icepanel) answerInvite(o *organization, i *invitation) answer {
	return icepanelOK(map[string]any{"organizationUserInvite": p.wireInvite(o, i)})
}

// listInvites answers every invitation there ever was: used and revoked ones stay.
func (p icepanel) listInvites(c *call) answer {
	listed := p.service.listed(c.organization, p.now(), Pending, Accepted, Expired, Revoked)
	invites := make([]icepanelInvite, 0, len(listed))
	for _, i := range listed {
		invites = append(invites, p.wireInvite(c.organization, i))
	}
	return icepanelOK(map[string]any{"organizationUserInvites": invites})
}

// createInvite never refuses an address for being invited already: callers are told to look first.
func (p icepanel) createInvite(c *call) answer {
	body, refusal := icepanelBody(c)
	if refusal != nil {
		return *refusal
	}
	var email, expiresAt string
	grant, err := readIcePanelGrant(body)
	if err := errors.Join(body.read("email", &email), body.read("expiresAt", &expiresAt), err); err != nil {
		return icepanelInvalid(err)
	}
	email = p.service.common().stored(email)
	expires, err := time.Parse(time.RFC3339, expiresAt)
	if err != nil {
		return icepanelError(http.StatusBadRequest, "request/body/expiresAt must match format \"date-time\"")
	}
	switch o := c.organization; {
	case !strings.Contains(email, "@"):
		return icepanelError(http.StatusUnprocessableEntity, "Invalid email")
	case !expires.After(p.now()) && !p.behaviors.IcePanel.AcceptPastExpiry:
		return icepanelError(http.StatusUnprocessableEntity, "expiresAt must be in the future")
	case o.memberByEmail(email) != nil && p.behaviors.IcePanel.ExistingMember == Refused:
		return icepanelError(http.StatusUnprocessableEntity, "User is already in the organization")
	case paid(grant) && !p.seatFree(o):
		return icepanelError(http.StatusConflict, noSeatLeft)
	default:
		i := p.invite(p.service, o, invitation{email: email, grant: grant, expires: expires, createdBy: p.caller(c)})
		p.mail(p.service, o, i, false)
		return p.answerInvite(o, i)
	}
}

func icepanelInvalid(err error) answer {
	return icepanelError(http.StatusBadRequest, "request/body "+err.Error(), err.Error())
}

// revokeInvite may be repeated; the second time changes nothing.
func (p icepanel) revokeInvite(c *call) answer {
	i := c.organization.invitation(c.path["invite"])
	if i == nil {
		return icepanelError(http.StatusNotFound, "Invite not found")
	}
	switch refusal := p.behaviors.IcePanel.RevokeFinished; i.status(p.now()) {
	case Accepted, Expired:
		if refusal != 0 && refusal != http.StatusOK {
			return icepanelError(refusal, "Invite can no longer be revoked")
		}
	case Pending, Revoked:
	}
	if i.revoked.IsZero() {
		i.revoke(p.now(), p.caller(c))
	}
	return p.answerInvite(c.organization, i)
}
