// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"fmt"
	"net/http"
	"net/mail"
	"slices"
	"time"
)

// failedReason is why an invitation failed: the only way in which one does so here.
const failedReason = "Invitation expired. User did not accept this invite for 7 days"

// listInvitations answers pending invitations only.
func (p github) listInvitations(c *call) answer {
	pending := p.service.listed(c.organization, p.now(), Pending)
	query := c.URL.Query()
	for _, filter := range []struct {
		name    string
		allowed []string
		value   func(*invitation) string
	}{
		{"role", []string{"admin", "direct_member", "billing_manager", "hiring_manager"}, func(i *invitation) string {
			return githubInvitationRole(i.grant.Role)
		}},
		{"invitation_source", []string{"member", "scim"}, func(i *invitation) string {
			if i.source != "" {
				return i.source
			}
			return "member"
		}},
	} {
		wanted := query.Get(filter.name)
		if wanted == "" || wanted == "all" {
			continue
		}
		if !slices.Contains(filter.allowed, wanted) {
			return githubNoMember(filter.name, wanted, filter.allowed)
		}
		pending = slices.DeleteFunc(pending, func(i *invitation) bool { return filter.value(i) != wanted })
	}
	return p.answerPage(c, len(pending), func(at int) any { return p.wireInvitation(c, c.organization, pending[at]) })
}

// listFailed answers invitations that have ended, for as long as GitHub keeps them.
func (p github) listFailed(c *call) answer {
	failed := p.failed(c.organization)
	return p.answerPage(c, len(failed), func(at int) any { return p.wireInvitation(c, c.organization, failed[at]) })
}

func (p github) failed(o *organization) []*invitation {
	kept := time.Duration(p.behaviors.GitHub.FailedKept)
	return slices.DeleteFunc(p.service.listed(o, p.now(), Expired), func(i *invitation) bool {
		return kept < 0 || p.now().Sub(i.expires) > kept
	})
}

// listedID is the id under which the invitation is listed now: an ended one can have another.
func (p github) listedID(i *invitation) string {
	if p.behaviors.GitHub.FailedID == FailedSameID || i.status(p.now()) != Expired {
		return i.id
	}
	if i.failedID == "" {
		i.failedID = p.service.newInvitationID()
	}
	return i.failedID
}

// listed finds an invitation that one of the two lists has.
func (p github) listed(o *organization, id string) *invitation {
	for _, i := range append(o.withStatus(p.now(), Pending), p.failed(o)...) {
		if p.listedID(i) == id {
			return i
		}
	}
	return nil
}

func (p github) listTeams(c *call) answer {
	i := p.listed(c.organization, c.path["invitation"])
	if i == nil {
		return p.refuse(c, problem{status: http.StatusNotFound})
	}
	var teams []GitHubTeam
	for _, id := range i.grant.TeamIDs {
		if team, there := c.organization.team(id); there {
			teams = append(teams, team)
		}
	}
	return p.answerPage(c, len(teams), func(at int) any { return p.wireTeam(c, c.organization, teams[at]) })
}

// createInvitation invites an address. Inviting an account by its id is not served.
func (p github) createInvitation(c *call) answer {
	email, grant, refusal := p.readInvitation(c)
	if refusal != nil {
		return *refusal
	}
	o, s, behaviors := c.organization, p.service, p.behaviors.GitHub
	switch {
	case o.memberByEmail(email) != nil:
		return githubUnprocessable("A user with this email address is already a part of this organization")
	case o.invited(email, p.now(), Pending) != nil:
		return githubUnprocessable("A user with this email address has already been invited to this organization")
	case behaviors.Seats > 0 && p.seatsTaken(o)+len(o.withStatus(p.now(), Pending)) >= behaviors.Seats:
		return githubUnprocessable("You must purchase at least one more seat to add this user as a member.")
	case behaviors.InvitationQuota > 0 && p.invitedToday(o) >= behaviors.InvitationQuota:
		const over = "Over invitation rate limit"
		if behaviors.QuotaStatus == http.StatusForbidden {
			return githubError(http.StatusForbidden, over)
		}
		return githubUnprocessable(over)
	}
	i := p.invite(s, o, invitation{email: email, grant: grant, expires: s.end(p.now())})
	p.mail(s, o, i, false)
	return githubOK(http.StatusCreated, p.wireInvitation(c, o, i))
}

// invitedToday counts what was sent through the API in the last 24 hours.
func (p github) invitedToday(o *organization) (count int) {
	for _, i := range o.invitations {
		if i.createdBy != outsider && p.now().Sub(i.created) < 24*time.Hour {
			count++
		}
	}
	return count
}

func (p github) readInvitation(c *call) (email string, grant Grant, refusal *answer) {
	bad := func(a answer) (string, Grant, *answer) { return "", Grant{}, &a }
	body, refusal := githubBody(c, "email", "invitee_id", "role", "team_ids")
	if refusal != nil {
		return "", Grant{}, refusal
	}
	role := "direct_member"
	if err := body.readOptional("role", &role); err != nil {
		return bad(githubInvalid(err.Error()))
	}
	if roles := []string{"admin", "direct_member", "billing_manager", "reinstate"}; !slices.Contains(roles, role) {
		return bad(githubNoMember("role", role, roles))
	}
	if err := body.readOptional("team_ids", &grant.TeamIDs); err != nil {
		return bad(githubInvalid(err.Error()))
	}
	for _, id := range grant.TeamIDs {
		if _, there := c.organization.team(id); !there {
			why := fmt.Sprintf("Team %d does not exist in this organization", id)
			return bad(githubInvitationError("invalid", "team_ids", why))
		}
	}
	slices.Sort(grant.TeamIDs)
	grant.TeamIDs = slices.Compact(grant.TeamIDs)
	if err := body.read("email", &email); err != nil {
		return bad(githubInvitationError("missing_field", "email", "You must supply an email or an invitee_id"))
	}
	if parsed, err := mail.ParseAddress(email); err != nil || parsed.Address != email {
		return bad(githubInvitationError("invalid", "email", "The email address is invalid"))
	}
	email = p.service.common().stored(email)
	switch role {
	case "direct_member":
		grant.Role = githubMember
	case "reinstate":
		at := slices.IndexFunc(c.organization.former, func(m *member) bool { return m.has(email) })
		if at < 0 {
			return bad(githubUnprocessable("The user was never a part of this organization"))
		}
		grant.Role = c.organization.former[at].grant.Role
	default:
		grant.Role = role
	}
	return email, grant, nil
}

func githubInvitationError(code, field, message string) answer {
	return githubError(http.StatusUnprocessableEntity, "Validation Failed",
		githubDetail{Resource: "OrganizationInvitation", Code: code, Field: field, Message: message})
}

func githubNoMember(field, value string, allowed []string) answer {
	return githubInvalid(fmt.Sprintf("For 'properties/%s', %q is not a member of %q.", field, value, allowed))
}

// deleteInvitation ends a pending invitation, and the person gets a mail that says so.
func (p github) deleteInvitation(c *call) answer {
	i := p.listed(c.organization, c.path["invitation"])
	if i == nil {
		return p.refuse(c, problem{status: http.StatusNotFound})
	}
	if i.status(p.now()) == Expired {
		switch p.behaviors.GitHub.RevokeFailed {
		case http.StatusNotFound:
			return p.refuse(c, problem{status: http.StatusNotFound})
		case http.StatusUnprocessableEntity:
			return githubUnprocessable("The invitation can no longer be cancelled")
		}
	}
	p.cancel(p.service, c.organization, i, actor{})
	return answerNothing(http.StatusNoContent)
}
