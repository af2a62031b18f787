// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package icepanel

import (
	"net/http"

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
)

// What IcePanel's answers mean, by operation.
var (
	noOrganization = platform.NoOrganization(unknownOrganization)
	mayNotWrite    = platform.Forbidden(writeForbidden)

	readRules = []platform.Rule{noOrganization, platform.Forbidden(readForbidden)}
	sendRules = []platform.Rule{
		platform.Refused(http.StatusConflict, "permission", noSeatForInvitation),
		platform.Refused(http.StatusBadRequest, "", valuesNotAccepted),
		platform.Refused(http.StatusUnprocessableEntity, "", valuesNotAccepted),
		noOrganization, mayNotWrite,
	}
	revokeRules = []platform.Rule{platform.Gone, mayNotWrite}
	changeRules = []platform.Rule{
		platform.Refused(http.StatusConflict, "permission", noSeatForMember), platform.MemberLeft, mayNotWrite,
	}
	removeRules = []platform.Rule{platform.Gone, mayNotWrite}
)
