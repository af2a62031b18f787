package elasticcloud

import (
	"errors"
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

// What Elastic Cloud's answers mean, operation by operation.
var (
	// Last among the 404s: one without a code we know is at least no news about an invitation.
	noOrganization = platform.Rule{Status: http.StatusNotFound, Failure: invite.Failure{
		Attribute: "organization_id",
		Advice:    "Elastic Cloud has no such organization, or the API key belongs to another one. The id is shown in the console at Organization → Contacts. Check base_url too, if you set it.",
	}}
	mayNotRead = platform.Rule{Status: http.StatusForbidden, Failure: invite.Failure{
		Meaning: invite.ErrForbidden,
		Advice:  "The API key may not see this organization's people. Use an Elastic Cloud API key of this organization.",
	}}
	mayNotWrite = platform.Rule{Status: http.StatusForbidden, Failure: invite.Failure{
		Meaning: invite.ErrForbidden,
		Advice:  "The API key may not manage this organization's people. Use an Elastic Cloud API key with the role Organization owner (organization-admin).",
	}}
	// About who is asking, not about who is invited.
	noSender = platform.Rule{Status: http.StatusNotFound, Code: "user.not_found", Failure: invite.Failure{
		Advice: "The user to whom the API key belongs does not exist any more. Make a new key with the role Organization owner.",
	}}
	badData = invite.Failure{
		Meaning: invite.ErrRefused,
		Advice:  "Elastic Cloud did not accept the invitation's values: compare role_assignments and expires_in with what it says. Role ids are passed on as they are written; ids of deployments and projects have to exist in the organization.",
	}

	readRules = []platform.Rule{noOrganization, mayNotRead}
	sendRules = []platform.Rule{
		{Status: http.StatusBadRequest, Code: "organization.invitation_invalid_email", Failure: invite.Failure{
			Meaning: invite.ErrRefused, Attribute: "email",
			Advice: "Elastic Cloud does not accept this address. Check its spelling, and whether the organization restricts the domains of its members.",
		}},
		{Status: http.StatusBadRequest, Code: "organization.invitations_pending_limit_exceeded", Failure: invite.Failure{
			Meaning: invite.ErrRefused,
			Advice:  "The organization has as many pending invitations as Elastic Cloud allows, and this one was not sent. Revoke some, expired ones included, or wait until people have accepted, then apply again.",
		}},
		{Status: http.StatusBadRequest, Code: "organization.invitation_already_exists", Failure: invite.Failure{
			Meaning: invite.ErrExists, Attribute: "email",
			Advice: "The address is invited already. Import that invitation, or set adopt_existing = true.",
		}},
		{Status: http.StatusBadRequest, Code: "organization.user_organization_already_belongs", Failure: invite.Failure{
			Meaning: invite.ErrExists, Attribute: "email",
			Advice: "The person belongs to an organization already. A member of this one can be imported, or taken over with adopt_existing = true; a member of another one has to leave that first.",
		}},
		{Status: http.StatusBadRequest, Code: "role_assignments.invalid_target_user_id", Failure: badRoles},
		{Status: http.StatusBadRequest, Failure: badData},
		{Status: http.StatusUnprocessableEntity, Failure: badData},
		{Status: http.StatusForbidden, Code: "root.invalid_authentication", Failure: invite.Failure{
			Meaning: invite.ErrForbidden,
			Advice:  "Elastic Cloud does not let this API key invite people. Check that it is complete and not expired, and that it has the role Organization owner (organization-admin).",
		}},
		foreignRoles, mayNotWrite,
		{Status: http.StatusNotFound, Code: "organization.user_organization_does_not_belong", Failure: invite.Failure{
			Attribute: "organization_id",
			Advice:    "The user to whom the API key belongs is not a member of this organization, and only members can invite. Check organization_id, or use a key of this organization.",
		}},
		noSender, noOrganization,
		{Status: http.StatusTooManyRequests, Code: "organization.invitations_rate_limit_exceeded", Failure: invite.Failure{
			Advice: "Elastic Cloud limits how many invitations may be sent in a time, and kept refusing for ten minutes. Nothing was sent. Apply again later.",
		}},
	}
	revokeRules = []platform.Rule{
		{Status: http.StatusNotFound, Code: "organization.invitation_not_found", Failure: invite.Failure{Meaning: invite.ErrGone}},
		// The token comes from the platform's own list, so it was valid a moment ago. Whether it still stands for
		// anything is for the lifecycle to find out, which looks again after a refusal.
		{Status: http.StatusBadRequest, Failure: invite.Failure{
			Meaning: invite.ErrRefused,
			Advice:  "Elastic Cloud lists the invitation, but does not accept its token. Revoke it in the console, at Organization → Members.",
		}},
		// Several tokens make a long address.
		{Status: http.StatusRequestURITooLong, Failure: invite.Failure{Meaning: invite.ErrRefused}},
		noOrganization, mayNotWrite,
	}

	badRoles = invite.Failure{
		Meaning: invite.ErrRefused, Attribute: "role_assignments",
		Advice: "The person is no longer a member of the organization, so there is nobody to give roles to. Plan again to see what is left to do.",
	}
	foreignRoles = platform.Rule{Status: http.StatusForbidden, Code: "role_assignments.unauthorized_role_assignments", Failure: invite.Failure{
		Meaning: invite.ErrForbidden, Attribute: "role_assignments",
		Advice: "The API key may not give these roles: they are outside of what its owner manages. Use a key with the role Organization owner (organization-admin), and check the ids of deployments and projects.",
	}}
	changeRules = []platform.Rule{
		{Status: http.StatusBadRequest, Code: "role_assignments.invalid_target_user_id", Failure: badRoles},
		{Status: http.StatusBadRequest, Failure: invite.Failure{
			Meaning: invite.ErrRefused, Attribute: "role_assignments",
			Advice: "Elastic Cloud did not accept the roles. Role ids are passed on as they are written; ids of deployments and projects have to exist in the organization.",
		}},
		{Status: http.StatusNotFound, Failure: badRoles},
		foreignRoles, mayNotWrite,
	}
	removeRules = []platform.Rule{
		{Status: http.StatusNotFound, Code: "organization.membership_not_found", Failure: invite.Failure{Meaning: invite.ErrGone}},
		// Whether it is the person or the caller who does not exist is not documented.
		{Status: http.StatusNotFound, Code: "user.not_found", Failure: invite.Failure{
			Advice: "The person, or the user to whom the API key belongs, does not exist any more. Plan again: if the person is gone, nothing is left to do.",
		}},
		noOrganization, mayNotWrite,
	}
)

// isPerAddress reports whether a refusal may be about one person of several, so
// that the others are worth another request.
func isPerAddress(err error) bool {
	return errors.Is(err, invite.ErrRefused) || errors.Is(err, invite.ErrExists) || errors.Is(err, invite.ErrGone)
}
