// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"errors"
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

// What to do about a failure.
const (
	unknownOrganization = "Elastic Cloud has no such organization, or the API key belongs to another one. " +
		"The console shows the id at Organization → Contacts. " +
		"Check base_url too, if you set it."
	readForbidden = "The API key may not see the people in this organization. " +
		"Use an Elastic Cloud API key of this organization."
	writeForbidden = "The API key may not manage the people in this organization. " +
		"Use an Elastic Cloud API key with the role Organization owner (organization-admin)."
	inviteForbidden = "This API key may not invite people. " +
		"Check that it is complete and not expired, " +
		"and that it has the role Organization owner (organization-admin)."
	rolesForbidden = "The API key may not grant these roles: its owner does not manage what they are for. " +
		"Use a key with the role Organization owner (organization-admin), " +
		"and check the ids of deployments and projects."
	keyOwnerDeleted = "The user to whom the API key belongs does not exist any more. " +
		"Create a new key with the role Organization owner."
	keyOwnerOutside = "The user to whom the API key belongs is not a member of this organization, " +
		"and only members can invite. " +
		"Check organization_id, or use a key of this organization."

	valuesNotAccepted = "Elastic Cloud did not accept the values of the invitation. " +
		"Compare role_assignments and expires_in with what Elastic Cloud says. " +
		roleIDsUnchecked
	rolesNotAccepted = "Elastic Cloud did not accept the roles. " +
		roleIDsUnchecked
	roleIDsUnchecked = "Role ids are sent as they are written. " +
		"The deployments and projects must exist in the organization."
	addressNotAccepted = "Elastic Cloud did not accept this address. " +
		"Check its spelling, and whether the organization restricts the domains of its members."
	tooManyPending = "The organization has as many pending invitations as Elastic Cloud allows, " +
		"and this one was not sent. " +
		"Revoke some, expired ones included, or wait until people have accepted. " +
		"Then apply again."
	tooManySent = "Elastic Cloud limits how many invitations can be sent in a period of time, " +
		"and kept refusing for ten minutes. " +
		"Nothing was sent. " +
		"Apply again later."
	alreadyInvited = "The address is already invited. " +
		"Import that invitation, or set adopt_existing = true."
	alreadyMember = "The person already belongs to an organization. " +
		"If it is this one, import the member or set adopt_existing = true. " +
		"If it is another one, the person must leave that organization first."
	tokenNotAccepted = "Elastic Cloud lists the invitation, but does not accept its token. " +
		"Revoke the invitation in the console, at Organization → Members."

	memberLeft = "The person is no longer a member of the organization, so that the roles cannot be granted. " +
		"Plan again to see what is left to do."
	userDeleted = "The person, or the user to whom the API key belongs, does not exist any more. " +
		"Plan again: if the person is gone, nothing is left to do."
)

// What Elastic Cloud's answers mean, by operation. The description of each operation, which
// client.go links to, lists its codes.
var (
	// This is the last rule for a 404: an answer with an unknown code must not count as a missing invitation.
	noOrganization = platform.NoOrganization(unknownOrganization)
	mayNotWrite    = platform.Forbidden(writeForbidden)
	// The user is the one to whom the key belongs, not the person who is invited.
	noSender = platform.Rule{Status: http.StatusNotFound, Code: "user.not_found", Failure: invite.Failure{
		Advice: keyOwnerDeleted,
	}}
	mayNotGrant = platform.Rule{
		Status: http.StatusForbidden, Code: "role_assignments.unauthorized_role_assignments",
		Failure: invite.Failure{Meaning: invite.ErrForbidden, Attribute: "role_assignments", Advice: rolesForbidden},
	}

	readRules = []platform.Rule{noOrganization, platform.Forbidden(readForbidden)}
	sendRules = []platform.Rule{
		refused("organization.invitation_invalid_email", invite.ErrRefused, "email", addressNotAccepted),
		refused("organization.invitations_pending_limit_exceeded", invite.ErrRefused, "", tooManyPending),
		refused("organization.invitation_already_exists", invite.ErrExists, "email", alreadyInvited),
		refused("organization.user_organization_already_belongs", invite.ErrExists, "email", alreadyMember),
		refused("role_assignments.invalid_target_user_id", invite.ErrRefused, "role_assignments", memberLeft),
		platform.Refused(http.StatusBadRequest, "", valuesNotAccepted),
		platform.Refused(http.StatusUnprocessableEntity, "", valuesNotAccepted),
		{Status: http.StatusForbidden, Code: "root.invalid_authentication", Failure: invite.Failure{
			Meaning: invite.ErrForbidden, Advice: inviteForbidden,
		}},
		mayNotGrant, mayNotWrite,
		{
			Status: http.StatusNotFound, Code: "organization.user_organization_does_not_belong",
			Failure: invite.Failure{Attribute: "organization_id", Advice: keyOwnerOutside},
		},
		noSender, noOrganization,
		{
			Status: http.StatusTooManyRequests, Code: "organization.invitations_rate_limit_exceeded",
			Failure: invite.Failure{Advice: tooManySent},
		},
	}
	revokeRules = []platform.Rule{
		{Status: http.StatusNotFound, Code: "organization.invitation_not_found", Failure: invite.Failure{
			Meaning: invite.ErrGone,
		}},
		// The token is from the platform's own list, so it was valid a moment ago. After a refusal the lifecycle looks
		// at the list again, which shows whether the invitation still exists.
		platform.Refused(http.StatusBadRequest, "", tokenNotAccepted),
		// The tokens of a batch are in the URL. Sent singly, each URL is short.
		platform.Refused(http.StatusRequestURITooLong, "", ""),
		noOrganization, mayNotWrite,
	}
	changeRules = []platform.Rule{
		refused("role_assignments.invalid_target_user_id", invite.ErrRefused, "role_assignments", memberLeft),
		platform.Refused(http.StatusBadRequest, "role_assignments", rolesNotAccepted),
		platform.Refused(http.StatusNotFound, "role_assignments", memberLeft),
		mayNotGrant, mayNotWrite,
	}
	removeRules = []platform.Rule{
		{Status: http.StatusNotFound, Code: "organization.membership_not_found", Failure: invite.Failure{
			Meaning: invite.ErrGone,
		}},
		// It is not documented whether the user is the person or the one to whom the key belongs.
		{Status: http.StatusNotFound, Code: "user.not_found", Failure: invite.Failure{Advice: userDeleted}},
		noOrganization, mayNotWrite,
	}
)

// refused is the rule for one of the codes of a 400.
func refused(code string, meaning error, attribute, advice string) platform.Rule {
	return platform.Rule{Status: http.StatusBadRequest, Code: code, Failure: invite.Failure{
		Meaning: meaning, Attribute: attribute, Advice: advice,
	}}
}

// isPerAddress reports whether a refusal may be about one person of several, so that each of the others needs a
// request of its own.
func isPerAddress(err error) bool {
	return errors.Is(err, invite.ErrRefused) || errors.Is(err, invite.ErrExists) || errors.Is(err, invite.ErrGone)
}
