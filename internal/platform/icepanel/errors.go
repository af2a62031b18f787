// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package icepanel

import (
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

// What to do about a failure.
const (
	unknownOrganization = "IcePanel has no such organization, or the credential has no access to it. " +
		"An API key belongs to one organization: compare organization_id with the address bar of app.icepanel.io."
	readForbidden = "The credential may not see this organization's users. " +
		"Use an API key of this organization with the permission admin."
	writeForbidden = "The credential may not manage this organization's users. " +
		"Use an API key of this organization with the permission admin."
	valuesNotAccepted = "IcePanel did not accept the invitation's values. " +
		"Compare email, permission, landscape_permissions and the expiry with what IcePanel says."
	noSeatForInvitation = "No paid seat is left. " +
		"People with write or admin take one, invitations included. " +
		"Buy seats, remove a member or revoke an invitation with write or admin, or invite with read."
	noSeatForMember = "No paid seat is left: write and admin take one. " +
		"Buy seats, or free one first."
	memberLeft = "The person is no longer a member of the organization. " +
		"Plan again to see what is left to do."
)

// What IcePanel's answers mean, by operation.
var (
	noOrganization = platform.Rule{Status: http.StatusNotFound, Failure: invite.Failure{
		Attribute: "organization_id", Advice: unknownOrganization,
	}}
	mayNotRead = platform.Rule{Status: http.StatusForbidden, Failure: invite.Failure{
		Meaning: invite.ErrForbidden, Advice: readForbidden,
	}}
	mayNotWrite = platform.Rule{Status: http.StatusForbidden, Failure: invite.Failure{
		Meaning: invite.ErrForbidden, Advice: writeForbidden,
	}}

	readRules = []platform.Rule{noOrganization, mayNotRead}
	sendRules = []platform.Rule{
		{Status: http.StatusConflict, Failure: invite.Failure{
			Meaning: invite.ErrRefused, Attribute: "permission", Advice: noSeatForInvitation,
		}},
		{Status: http.StatusBadRequest, Failure: invite.Failure{Meaning: invite.ErrRefused, Advice: valuesNotAccepted}},
		{Status: http.StatusUnprocessableEntity, Failure: invite.Failure{
			Meaning: invite.ErrRefused, Advice: valuesNotAccepted,
		}},
		noOrganization, mayNotWrite,
	}
	// Here a 404 is about the invitation: it was found in this organization before.
	revokeRules = []platform.Rule{
		{Status: http.StatusNotFound, Failure: invite.Failure{Meaning: invite.ErrGone}},
		mayNotWrite,
	}
	changeRules = []platform.Rule{
		{Status: http.StatusConflict, Failure: invite.Failure{
			Meaning: invite.ErrRefused, Attribute: "permission", Advice: noSeatForMember,
		}},
		{Status: http.StatusNotFound, Failure: invite.Failure{Advice: memberLeft}},
		mayNotWrite,
	}
	removeRules = []platform.Rule{
		{Status: http.StatusNotFound, Failure: invite.Failure{Meaning: invite.ErrGone}},
		mayNotWrite,
	}
)
