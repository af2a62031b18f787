package icepanel

import (
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

// What IcePanel's answers mean, operation by operation.
var (
	noOrganization = platform.Rule{Status: http.StatusNotFound, Failure: invite.Failure{
		Attribute: "organization_id",
		Advice:    "IcePanel has no such organization, or the credential has no access to it. An API key belongs to one organization: check organization_id against the address bar of app.icepanel.io.",
	}}
	mayNotRead = platform.Rule{Status: http.StatusForbidden, Failure: invite.Failure{
		Meaning: invite.ErrForbidden,
		Advice:  "The credential may not see this organization's users. Use an API key of this organization with the permission admin.",
	}}
	mayNotWrite = platform.Rule{Status: http.StatusForbidden, Failure: invite.Failure{
		Meaning: invite.ErrForbidden,
		Advice:  "The credential may not manage this organization's users. Use an API key of this organization with the permission admin.",
	}}

	readRules = []platform.Rule{noOrganization, mayNotRead}
	sendRules = []platform.Rule{
		{Status: http.StatusConflict, Failure: invite.Failure{
			Meaning: invite.ErrRefused, Attribute: "permission",
			Advice: "No paid seat is left. People with write or admin take one, invitations included. Buy seats, remove a member or revoke an invitation with write or admin, or invite with read.",
		}},
		{Status: http.StatusBadRequest, Failure: invite.Failure{
			Meaning: invite.ErrRefused,
			Advice:  "IcePanel did not accept the invitation's values: compare email, permission, landscape_permissions and the expiry with what it says.",
		}},
		{Status: http.StatusUnprocessableEntity, Failure: invite.Failure{
			Meaning: invite.ErrRefused,
			Advice:  "IcePanel did not accept the invitation's values: compare email, permission, landscape_permissions and the expiry with what it says.",
		}},
		noOrganization, mayNotWrite,
	}
	// A 404 is the invitation here: it was found in this organization before.
	revokeRules = []platform.Rule{
		{Status: http.StatusNotFound, Failure: invite.Failure{Meaning: invite.ErrGone}},
		mayNotWrite,
	}
	changeRules = []platform.Rule{
		{Status: http.StatusConflict, Failure: invite.Failure{
			Meaning: invite.ErrRefused, Attribute: "permission",
			Advice: "No paid seat is left: write and admin take one. Buy seats, or free one first.",
		}},
		{Status: http.StatusNotFound, Failure: invite.Failure{Advice: "The person is no longer a member of the organization. Plan again to see what is left to do."}},
		mayNotWrite,
	}
	removeRules = []platform.Rule{
		{Status: http.StatusNotFound, Failure: invite.Failure{Meaning: invite.ErrGone}},
		mayNotWrite,
	}
)
