// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"errors"
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

// What to do about a failure.
const (
	unknownOrganization = "GitHub has no such organization, or does not show it to this token. " +
		"organization_id is the organization's login, as in the address of its page. " +
		"A fine-grained token must belong to the organization as its resource owner."
	perhapsUnknownTeam = " If the organization is right, one of team_ids may not be a team of it."

	needsRead = "Use a token of an owner of the organization: " +
		"a fine-grained token or a token of a GitHub App with the organization permission Members: read, " +
		"or a classic token with the scope admin:org. "
	needsWrite = "Use a token of an owner of the organization: " +
		"a fine-grained token or a token of a GitHub App with the organization permission Members: read and write, " +
		"or a classic token with the scope admin:org. "
	singleSignOn = "If the organization uses SAML single sign-on, authorize the classic token for it."

	invitesForbidden      = "The token may not read the organization's invitations. " + needsRead + singleSignOn
	organizationForbidden = "The token may not read the organization. " + needsRead + singleSignOn
	membersForbidden      = "The token may not read the organization's members with their addresses. " + needsRead +
		"With a classic token, addresses need the scope user:email or read:user as well. " + singleSignOn
	revokeForbidden = "The token may not cancel invitations. " + needsWrite + singleSignOn
	changeForbidden = "The token may not change or remove this member. " + needsWrite + singleSignOn +
		" GitHub does not let the last owner of an organization go."
	sendForbidden = "The token may not invite people. " + needsWrite + singleSignOn +
		" " + invitationLimit
	invitationLimit = "GitHub also limits invitations: to 50 in 24 hours, " +
		"or to 500 if the organization has a paid plan or is older than a month."

	invitationNotAccepted = "GitHub did not accept the invitation, " +
		"and no pending invitation and no visible member has that address. " +
		"The person may be a member whose address is not visible: " +
		"then look at the organization's People page, and declare the account with username and adopt_existing = true. " +
		"Otherwise no seat may be free, or one of the arguments is wrong. " +
		invitationLimit + " " +
		"People of an enterprise with managed users cannot be invited."
	addressNotAccepted = "GitHub did not accept the address. " +
		"Either it is wrong, or somebody is invited or a member under it."
	roleNotAccepted  = "GitHub did not accept the role for this person."
	teamsNotAccepted = "GitHub did not accept the teams. " +
		"Each id must be that of a team in this organization, as in the attribute id of the data source github_team " +
		"(gh api orgs/ORGANIZATION/teams lists them)."
	teamsUnknown = "Without knowing the invitation's teams, it cannot be compared or sent again."

	unknownAccount = "There is no account with this user name on GitHub, or it was renamed. " +
		"username is the login, as in the address of the person's profile page."

	teamsOfMembers = "The teams of an invitation take effect when it is accepted. " +
		"Set team_ids back to what it was; for a member who was imported, leave it out. " +
		"Change the teams of a member at the team's page on GitHub (Teams → the team → Members), " +
		"or with the resource github_team_membership of the GitHub provider."

	memberWithoutLogin = "A member is changed and removed by the login of the account. " +
		"Change or remove the person on the organization's People page, or set manage_membership = false."
	invitedInstead = "The person left the organization a moment ago, so GitHub invited the account again. " +
		"Cancel that invitation on the organization's People page if the person is not to come back."
)

// What GitHub's answers mean, by operation.
var (
	noOrganization = platform.NoOrganization(unknownOrganization)

	inviteRules       = []platform.Rule{noOrganization, platform.Forbidden(invitesForbidden)}
	organizationRules = []platform.Rule{noOrganization, platform.Forbidden(organizationForbidden)}
	revokeRules       = []platform.Rule{platform.Gone, platform.Forbidden(revokeForbidden)}
	removeRules       = []platform.Rule{platform.Gone, platform.Forbidden(changeForbidden)}
	membershipRules   = []platform.Rule{platform.Gone, platform.Forbidden(membersForbidden)}
	accountRules      = []platform.Rule{{Status: http.StatusNotFound, Failure: invite.Failure{
		Meaning: invite.ErrUnresolved, Attribute: "username", Advice: unknownAccount,
	}}}
	changeRules = []platform.Rule{
		platform.MemberLeft,
		platform.Refused(http.StatusUnprocessableEntity, "role", roleNotAccepted),
		platform.Forbidden(changeForbidden),
	}
	// The invitation was listed before. If it is gone, or has failed, its teams may not be shown any more.
	teamRules = []platform.Rule{
		{Status: http.StatusNotFound, Failure: invite.Failure{Meaning: invite.ErrUnresolved, Advice: teamsUnknown}},
		{Status: http.StatusUnprocessableEntity, Failure: invite.Failure{
			Meaning: invite.ErrUnresolved, Advice: teamsUnknown,
		}},
		platform.Forbidden(invitesForbidden),
	}
	// GraphQL has codes of its own, and answers with the status of a success.
	// https://docs.github.com/en/graphql/guides/forming-calls-with-graphql
	memberRules = []platform.Rule{
		{Code: "FORBIDDEN", Failure: invite.Failure{Meaning: invite.ErrForbidden, Advice: membersForbidden}},
		{Code: "INSUFFICIENT_SCOPES", Failure: invite.Failure{Meaning: invite.ErrForbidden, Advice: membersForbidden}},
		{Code: "NOT_FOUND", Failure: invite.Failure{Attribute: "organization_id", Advice: unknownOrganization}},
		noOrganization, platform.Forbidden(membersForbidden),
	}
)

// sendRules are the rules for creating an invitation with a grant.
func sendRules(grant Grant) []platform.Rule {
	refused := func(field, attribute, advice string) platform.Rule {
		rule := platform.Refused(http.StatusUnprocessableEntity, attribute, advice)
		rule.Field = field
		return rule
	}
	notFound := noOrganization
	if len(grant.Teams) > 0 {
		notFound.Advice += perhapsUnknownTeam
	}
	return []platform.Rule{
		refused("team_ids", "team_ids", teamsNotAccepted),
		refused("Team", "team_ids", teamsNotAccepted),
		refused("role", "role", roleNotAccepted),
		{Status: http.StatusUnprocessableEntity, Field: "email", Failure: invite.Failure{
			Meaning: invite.ErrPerhapsExists, Attribute: "email", Advice: addressNotAccepted,
		}},
		// Only the text shows whether the person is a member or invited, or no seat is free.
		{Status: http.StatusUnprocessableEntity, Failure: invite.Failure{
			Meaning: invite.ErrPerhapsExists, Advice: invitationNotAccepted,
		}},
		notFound, platform.Forbidden(sendForbidden),
	}
}

// What is wrong with a member without GitHub having been asked, or having refused.
var (
	errMemberLeft = &invite.Failure{
		Advice: platform.MemberLeft.Advice, Err: errors.New("the account is not a member of the organization"),
	}
	errNoLogin = &invite.Failure{
		Attribute: "manage_membership", Advice: memberWithoutLogin,
		Err: errors.New("GitHub does not show the login of the member"),
	}
	errInvitedInstead = &invite.Failure{
		Advice: invitedInstead, Err: errors.New("GitHub answered with an invitation in place of a membership"),
	}
)
