// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"fmt"
	"net/http"
	"net/mail"
	"strings"
)

func (p elasticCloud) wireInvitation(o *organization, i *invitation) map[string]any {
	status := i.status(p.now())
	wire := map[string]any{
		"token":        i.id,
		"email":        i.email,
		"created_at":   elasticDate(i.created),
		"expires_at":   elasticDate(i.expires),
		"expired":      status == Expired,
		"organization": p.wireOrganization(o),
	}
	if status == Accepted {
		wire["accepted_at"] = elasticDate(i.accepted)
	}
	if !p.behaviors.ElasticCloud.OmitRoleAssignments {
		p.addRoleAssignments(wire, i.grant)
	}
	return wire
}

// listed are the statuses of invitations that the list shows.
func (p elasticCloud) listed() []Status {
	statuses := []Status{Pending}
	if !p.behaviors.ElasticCloud.DropExpired {
		statuses = append(statuses, Expired)
	}
	if p.behaviors.ElasticCloud.KeepAccepted {
		statuses = append(statuses, Accepted)
	}
	return statuses
}

func (p elasticCloud) answerInvitations(status int, o *organization, invitations []*invitation) answer {
	wire := make([]map[string]any, 0, len(invitations))
	for _, i := range invitations {
		wire = append(wire, p.wireInvitation(o, i))
	}
	return answerJSON(status, jsonType, map[string]any{"invitations": wire})
}

func (p elasticCloud) listInvitations(c *call) answer {
	return p.answerInvitations(http.StatusOK, c.organization, p.service.listed(c.organization, p.now(), p.listed()...))
}

// createInvitations invites a batch of addresses to the same grant.
func (p elasticCloud) createInvitations(c *call) answer {
	limit := p.behaviors.ElasticCloud.InvitationsPerMinute
	if refusal := p.service.refuseRate(c, &p.service.invitations, true, limit); refusal != nil {
		return *refusal
	}
	emails, template, refusal := p.readInvitations(c)
	if refusal != nil {
		return *refusal
	}
	var good []string
	var failures []elasticFailure
	for at, email := range emails {
		if failure := p.refuseAddress(c.organization, email, emails[:at]); failure != nil {
			failures = append(failures, *failure)
		} else {
			good = append(good, email)
		}
	}
	if len(failures) > 0 && !p.behaviors.ElasticCloud.PartialBatches {
		return elasticErrors(http.StatusBadRequest, failures...)
	}
	if limit := p.behaviors.ElasticCloud.PendingLimit; limit > 0 &&
		len(c.organization.withStatus(p.now(), Pending))+len(good) > limit {
		return elasticError(http.StatusBadRequest, codePendingLimit, "The organization has too many pending invitations")
	}
	sent := make([]*invitation, 0, len(good))
	for _, email := range good {
		sent = append(sent, p.send(c.organization, email, template))
	}
	if len(failures) > 0 {
		return elasticErrors(http.StatusBadRequest, failures...)
	}
	return p.answerInvitations(http.StatusCreated, c.organization, sent)
}

// refuseAddress tells why an address of a batch cannot be invited; nil if it can.
func (p elasticCloud) refuseAddress(o *organization, email string, earlier []string) *elasticFailure {
	parsed, err := mail.ParseAddress(email)
	if err != nil || parsed.Address != email {
		return &elasticFailure{codeInvalidEmail, fmt.Sprintf("The email [%s] is not valid", email), []string{"emails"}}
	}
	if o.memberByEmail(email) != nil && p.behaviors.ElasticCloud.ExistingMember == Refused {
		return &elasticFailure{codeAlreadyMember, fmt.Sprintf("The user [%s] already belongs to the organization", email), []string{"emails"}}
	}
	live := o.invited(email, p.now(), Pending) != nil
	for _, other := range earlier {
		live = live || strings.EqualFold(other, email)
	}
	if live && p.behaviors.ElasticCloud.Reinvite == ReinviteRefused {
		return &elasticFailure{codeAlreadyInvited, fmt.Sprintf("Invitation already sent to [%s]", email), []string{"emails"}}
	}
	return nil
}

// send creates the invitation, or refreshes the one that is pending or has expired.
func (p elasticCloud) send(o *organization, email string, template invitation) *invitation {
	i := o.invited(email, p.now(), Pending, Expired)
	if i == nil {
		template.email = email
		i = p.invite(p.service, o, template)
	} else {
		if i.status(p.now()) == Expired || p.behaviors.ElasticCloud.Reinvite != ReinviteRefreshesEnd {
			i.id = p.service.newInvitationID()
			i.created = p.now()
		}
		i.grant, i.expires = template.grant, template.expires
	}
	p.mail(p.service, o, i, false)
	return i
}

func (p elasticCloud) readInvitations(c *call) (emails []string, template invitation, refusal *answer) {
	body, refusal := elasticBody(c, "emails", "expires_in", "role_assignments")
	if refusal != nil {
		return nil, invitation{}, refusal
	}
	invalid := func(field string, why any) (emails []string, template invitation, refusal *answer) {
		bad := elasticError(http.StatusBadRequest, codeInvalidData, fmt.Sprint(why), field)
		return nil, invitation{}, &bad
	}
	if err := body.read("emails", &emails); err != nil || len(emails) == 0 {
		return invalid("emails", "At least one email is required")
	}
	for at := range emails {
		emails[at] = p.service.common().stored(emails[at])
	}
	lifetime := p.service.lifetime
	if body.has("expires_in") {
		var text string
		if err := body.read("expires_in", &text); err != nil {
			return invalid("expires_in", err)
		}
		var err error
		if lifetime, err = parseLifetime(text); err != nil {
			return invalid("expires_in", err)
		}
	}
	if body.has("role_assignments") {
		assignments, err := readRoleAssignments(body["role_assignments"])
		if err != nil {
			return invalid("role_assignments", err)
		}
		if !assignments.onlyIn(c.organization.id) {
			return invalid("role_assignments", "organization_id must be the organization of the invitation")
		}
		template.grant.RoleAssignments = assignments
	}
	template.created = p.now()
	template.expires = template.created.Add(lifetime)
	return emails, template, nil
}

// deleteInvitations takes tokens separated by commas; none is deleted if one cannot be, unless batches are partial.
func (p elasticCloud) deleteInvitations(c *call) answer {
	tokens := strings.Split(c.path["tokens"], ",")
	var found []*invitation
	for _, token := range tokens {
		if !elasticTokenPattern.MatchString(token) {
			return elasticError(http.StatusBadRequest, codeInvalidData, "No valid invitation token was supplied")
		}
		if i := p.open(c.organization, token); i != nil {
			found = append(found, i)
		}
	}
	whole := len(found) == len(tokens)
	if whole || p.behaviors.ElasticCloud.PartialBatches {
		for _, i := range found {
			i.revoke(p.now(), actor{})
		}
	}
	if !whole {
		return elasticError(http.StatusNotFound, codeNoInvitation, "Invitation not found")
	}
	return answerJSON(http.StatusOK, jsonType, struct{}{})
}

// open finds an invitation that can still be acted on.
func (p elasticCloud) open(o *organization, token string) *invitation {
	i := o.invitation(token)
	if i == nil || i.status(p.now()) == Accepted || i.status(p.now()) == Revoked {
		return nil
	}
	return i
}

// anywhere finds an open invitation in whichever organization it is.
func (p elasticCloud) anywhere(token string) (*organization, *invitation) {
	for _, o := range p.service.organizations {
		if i := p.open(o, token); i != nil {
			return o, i
		}
	}
	return nil, nil
}

func (p elasticCloud) getInvitation(c *call) answer {
	o, i := p.anywhere(c.path["token"])
	if i == nil {
		return elasticError(http.StatusNotFound, codeNoInvitation, "Invitation not found")
	}
	return answerJSON(http.StatusOK, jsonType, p.wireInvitation(o, i))
}

// acceptInvitation makes the invited address a member. The platform would accept for whoever is signed in; here the only
// credential stands in for the invited person.
func (p elasticCloud) acceptInvitation(c *call) answer {
	o, i := p.anywhere(c.path["token"])
	switch {
	case i == nil || i.status(p.now()) == Expired:
		return elasticError(http.StatusNotFound, codeNoInvitation, "Invitation not found")
	case o.memberByEmail(i.email) != nil:
		return elasticError(http.StatusBadRequest, codeAlreadyMember, "The user already belongs to the organization")
	}
	p.accept(p.service, o, i, Member{})
	return answerJSON(http.StatusOK, jsonType, struct{}{})
}
