// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package snyk

import (
	"fmt"
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

// What to do about a failure. Permissions have their names in Snyk's list of permissions, and in parentheses those in
// the reference of the REST API.
// https://docs.snyk.io/snyk-platform-administration/user-roles/pre-defined-roles
const (
	badToken = "Snyk did not accept the token. " +
		"It is wrong, expired or revoked, or belongs to another region. " +
		"A token from app.us.snyk.io, app.eu.snyk.io or app.au.snyk.io needs the base_url of its region " +
		"(environment variable SNYK_API), such as https://api.eu.snyk.io."
	unknownOrganization = "Snyk has no such organization, or the token has no access to it. " +
		"The id is the UUID in the organization's settings (General → Organization ID), " +
		"not the name in the address bar."
	malformedOrganization = "organization_id must be the UUID of the organization. " +
		"It is in the organization's settings (General → Organization ID). " +
		"The name in the address bar is not the id."

	noGroup = "Roles belong to a group, and a personal organization has none. " +
		"Use role_id in place of role."
	noGroupAccess = "Role names are looked up among the roles of the organization's group, " +
		"and this token may not read those. " +
		"Use role_id in place of role, or a token with access to the group that has the permission Read Roles. " +
		"By default only Group Admins have Read Roles: " +
		"use the token of one, or give the token's owner a custom role with it."
	emptyRole = "Look at the invitation on the organization's Members page. " +
		"To grant a known role, revoke the invitation and send another one."
	roleNotAccepted = "Snyk did not accept the role. " +
		"It must be a role of organizations in this organization's group, " +
		"and must not have more rights than the token's own. " +
		"Role ids differ from group to group: the data source orginvite_snyk_roles lists them."

	addressNotAccepted    = "Snyk did not accept the address."
	invitationNotAccepted = "Snyk did not accept the invitation, " +
		"and the person is neither invited nor a member under that address. " +
		groupAdmins + " " +
		"Otherwise, compare email and the role with what Snyk says. " +
		"A role with more rights than the token's own cannot be granted."
	groupAdmins = "If the person is a Group Admin, no invitation is needed: " +
		"Group Admins are admins of every organization of the group, and are not in an organization's list of members."

	membershipWithoutID = "A membership is changed and removed by its id. " +
		"Change or remove the person on the organization's Members page in Snyk, or set manage_membership = false."
)

// What Snyk's answers mean, by operation. Snyk documents 400, 401, 403, 404 and 500 for all operations, with the same
// few codes. Only the status, and the field of the request that a 400 names, distinguish failures.
var (
	tokenRefused   = platform.CredentialRefused(badToken)
	noOrganization = platform.NoOrganization(unknownOrganization)
	// In a request for a list, only the id of the organization can be wrong.
	noOrganizationID = platform.Refused(http.StatusBadRequest, "organization_id", malformedOrganization)

	inviteRules = []platform.Rule{tokenRefused, noOrganizationID, noOrganization, forbidden(
		"read the organization's invitations",
		"the permissions View Organization (org.read) and View Users (org.user.read)")}
	memberRules = []platform.Rule{tokenRefused, noOrganizationID, noOrganization, forbidden(
		"read the members of the organization", "the permission View Users (org.membership.read)")}
	orgRules = []platform.Rule{tokenRefused, noOrganizationID, noOrganization, forbidden(
		"read the organization", "the permission View Organization (org.read)")}
	revokeRules = []platform.Rule{platform.Gone, tokenRefused, forbidden(
		"revoke invitations", "the permission Invite Users (org.user.invite)")}
	removeRules = []platform.Rule{platform.Gone, tokenRefused, forbidden(
		"remove members", "the permission User Remove (org.membership.delete)")}

	// Roles belong to the group, which a token of one organization may not be allowed to read.
	roleRules = []platform.Rule{
		tokenRefused,
		{Status: http.StatusForbidden, Failure: invite.Failure{Meaning: invite.ErrUnresolved, Advice: noGroupAccess}},
		{Status: http.StatusNotFound, Failure: invite.Failure{Meaning: invite.ErrUnresolved, Advice: noGroupAccess}},
	}
)

func forbidden(action, needs string) platform.Rule {
	return platform.Forbidden("The token may not " + action + ". " +
		"Give its owner, preferably a service account, a role with " + needs + ".")
}

// sendRules are the rules for creating an invitation that grants a role.
func sendRules(grant Grant) []platform.Rule {
	return []platform.Rule{
		{Status: http.StatusBadRequest, Field: "email", Failure: invite.Failure{
			Meaning: invite.ErrRefused, Attribute: "email", Advice: addressNotAccepted,
		}},
		{Status: http.StatusBadRequest, Field: "role", Failure: refusedRole(grant)},
		// No status means "already invited" or "already a member", so any other 400 may mean that.
		{Status: http.StatusBadRequest, Failure: invite.Failure{
			Meaning: invite.ErrPerhapsExists, Advice: invitationNotAccepted,
		}},
		{Status: http.StatusConflict, Failure: invite.Failure{Meaning: invite.ErrExists, Advice: groupAdmins}},
		tokenRefused, noOrganization,
		forbidden("invite people",
			"the permission Invite Users (org.user.invite), and no fewer rights than the role that is granted"),
	}
}

// changeRules are the rules for giving a member another role.
func changeRules(grant Grant) []platform.Rule {
	return []platform.Rule{
		{Status: http.StatusBadRequest, Failure: refusedRole(grant)},
		{Status: http.StatusConflict, Failure: refusedRole(grant)},
		platform.MemberLeft, tokenRefused,
		forbidden("change the role of members",
			"the permission Manage Users (org.membership.edit), and no fewer rights than the role that is granted"),
	}
}

// refusedRole blames the argument that is in the configuration: a grant with a name has its id from a look-up.
func refusedRole(grant Grant) invite.Failure {
	attribute := "role_id"
	if grant.Role != "" {
		attribute = "role"
	}
	return invite.Failure{Meaning: invite.ErrRefused, Attribute: attribute, Advice: roleNotAccepted}
}

// noMembershipID is the error of changing or removing a member whose membership is listed without its id.
func noMembershipID(member invite.Member[Grant]) error {
	return &invite.Failure{
		Attribute: "manage_membership",
		Advice:    membershipWithoutID,
		Err:       fmt.Errorf("the membership of %s has no id in Snyk's answer", member.Email),
	}
}
