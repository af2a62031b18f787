package snyk

import (
	"fmt"
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

// What Snyk's answers mean, operation by operation. Snyk declares 400, 401, 403,
// 404 and 500 for all of them, with the same few codes everywhere: only the
// status, and the field of the request that a 400 names, tell them apart.
var (
	notAccepted = platform.Rule{Status: http.StatusUnauthorized, Failure: invite.Failure{
		Advice: "Snyk did not accept the token. It may be wrong, expired or revoked, or belong to another region: one from app.us.snyk.io, app.eu.snyk.io or app.au.snyk.io needs that region's base_url (environment variable SNYK_API), such as https://api.eu.snyk.io.",
	}}
	noOrganization = platform.Rule{Status: http.StatusNotFound, Failure: invite.Failure{
		Attribute: "organization_id",
		Advice:    "Snyk has no such organization, or the token has no access to it. The id is the UUID in the organization's settings (General → Organization ID), not the name in the address bar.",
	}}
	// Reading lists sends nothing that can be wrong but the organization's id.
	noOrganizationID = platform.Rule{Status: http.StatusBadRequest, Failure: invite.Failure{
		Meaning: invite.ErrRefused, Attribute: "organization_id",
		Advice: "Is organization_id the organization's UUID? It is in the organization's settings (General → Organization ID); the name in the address bar is something else.",
	}}
	// A 404 is the invitation or the membership here: it was found in this organization before.
	gone = platform.Rule{Status: http.StatusNotFound, Failure: invite.Failure{Meaning: invite.ErrGone}}

	inviteRules = []platform.Rule{notAccepted, noOrganizationID, noOrganization, forbidden("read the organization's invitations",
		"the permissions View Organization (org.read) and View Users (org.user.read)")}
	memberRules = []platform.Rule{notAccepted, noOrganizationID, noOrganization, forbidden("read who is a member of the organization",
		"the permission View Users (org.membership.read)")}
	orgRules = []platform.Rule{notAccepted, noOrganizationID, noOrganization, forbidden("read the organization",
		"the permission View Organization (org.read)")}
	revokeRules = []platform.Rule{gone, notAccepted, forbidden("revoke invitations",
		"the permission Invite Users (org.user.invite)")}
	removeRules = []platform.Rule{gone, notAccepted, forbidden("remove members",
		"the permission User Remove (org.membership.delete)")}

	// Roles are the group's, so that a token of one organization may not see them.
	roleRules = []platform.Rule{
		notAccepted,
		{Status: http.StatusForbidden, Failure: invite.Failure{Meaning: invite.ErrUnresolved, Advice: noGroupAccess}},
		{Status: http.StatusNotFound, Failure: invite.Failure{Meaning: invite.ErrUnresolved, Advice: noGroupAccess}},
	}
)

// Permissions have the names of Snyk's list of them, and in parentheses those in the reference of the REST API.
// https://docs.snyk.io/snyk-platform-administration/user-roles/pre-defined-roles
const (
	noGroupAccess = "Role names are looked up among the roles of the organization's group, " +
		"and this token may not read those. " +
		"Use role_id in place of role, or a token with access to the group that has the permission Read Roles. " +
		"By default only Group Admins have Read Roles: " +
		"use the token of one, or give the token's owner a custom role with it."
	groupAdmins = "If the person is a Group Admin, no invitation is needed: " +
		"Group Admins are admins of every organization of the group, and are not in an organization's list of members."
)

func forbidden(what, needs string) platform.Rule {
	return platform.Rule{Status: http.StatusForbidden, Failure: invite.Failure{
		Meaning: invite.ErrForbidden,
		Advice:  "The token may not " + what + ". Give its owner, a service account best of all, a role with " + needs + ".",
	}}
}

// sendRules are those of creating an invitation that grants a role.
func sendRules(grant Grant) []platform.Rule {
	return []platform.Rule{
		{Status: http.StatusBadRequest, Field: "email", Failure: invite.Failure{
			Meaning: invite.ErrRefused, Attribute: "email",
			Advice: "Snyk did not accept the address.",
		}},
		{Status: http.StatusBadRequest, Field: "role", Failure: refusedRole(grant)},
		// No status says "already invited" or "already a member", so any other 400 may mean that.
		{Status: http.StatusBadRequest, Failure: invite.Failure{
			Meaning: invite.ErrPerhapsExists,
			Advice: "Snyk did not accept the invitation, and the person is neither invited nor a member under that address. " +
				groupAdmins + " Otherwise, compare email and the role with what Snyk says. " +
				"A role with more rights than the token's own cannot be given.",
		}},
		{Status: http.StatusConflict, Failure: invite.Failure{Meaning: invite.ErrExists, Advice: groupAdmins}},
		notAccepted, noOrganization,
		forbidden("invite people",
			"the permission Invite Users (org.user.invite), and no fewer rights than the role that is granted"),
	}
}

// changeRules are those of giving a member another role.
func changeRules(grant Grant) []platform.Rule {
	return []platform.Rule{
		{Status: http.StatusBadRequest, Failure: refusedRole(grant)},
		{Status: http.StatusConflict, Failure: refusedRole(grant)},
		{Status: http.StatusNotFound, Failure: invite.Failure{Advice: "The person is no longer a member of the organization. Plan again to see what is left to do."}},
		notAccepted,
		forbidden("change what members have",
			"the permission Manage Users (org.membership.edit), and no fewer rights than the role that is granted"),
	}
}

// refusedRole blames the argument that was written: a name brings its id along, an id comes alone.
func refusedRole(grant Grant) invite.Failure {
	attribute := "role_id"
	if grant.Role != "" {
		attribute = "role"
	}
	return invite.Failure{
		Meaning: invite.ErrRefused, Attribute: attribute,
		Advice: "Snyk did not accept the role. It must be a role of organizations in this organization's group, and cannot have more rights than the token's own. Ids of roles differ from group to group; the data source orginvite_snyk_roles lists them.",
	}
}

// noMembershipID is the error of changing or removing a member whose membership is listed without its id.
func noMembershipID(member invite.Member[Grant]) error {
	return &invite.Failure{
		Attribute: "manage_membership",
		Advice: "A membership is changed and removed by its id. " +
			"Change or remove the person on the organization's Members page in Snyk, or set manage_membership = false.",
		Err: fmt.Errorf("the membership of %s has no id in Snyk's answer", member.Email),
	}
}
