// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package anthropic

import (
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

// What to do about a failure.
const (
	badKey = "Anthropic did not accept the key. " +
		"It must be an Admin API key (sk-ant-admin...) that was not deleted. A key for models is refused."
	readForbidden = "The key may not read this organization's people. " +
		"Use an Admin API key (sk-ant-admin...), not a key for models. " +
		"On Claude Enterprise, it needs the scope read:members."
	writeForbidden = "The key may not manage this organization's people. " +
		"On Claude Enterprise, it needs the scope write:members, " +
		"and write:rbac_groups for rbac_group_ids and the role managed."
	invitationNotAccepted = "Anthropic did not accept the invitation, " +
		"and the person is neither invited nor a member under that address. " +
		"Compare what Anthropic says with the role, which must suit the kind of organization, with rbac_group_ids, " +
		"with the free seats, and with the members: " +
		"an address with a tag, such as ada+test@example.com, can count as the one without it. " +
		"Nobody can be invited where an identity provider manages the members."
	memberNotChanged = "Anthropic did not accept the change. " +
		"The role must suit the kind of organization. " +
		"Members with an administrative role, and those whom an identity provider manages, cannot be changed."
	memberNotRemoved = "Anthropic does not remove members with an administrative role, " +
		"nor those whom an identity provider manages. " +
		"Remove the person at " + removeAccess + "."
)

// What Anthropic's answers mean, by operation. One status, 400, and one type of error, invalid_request_error, stand for
// all refusals. https://platform.claude.com/docs/en/api/errors
var (
	keyRefused  = platform.CredentialRefused(badKey)
	mayNotWrite = platform.Forbidden(writeForbidden)

	readRules = []platform.Rule{keyRefused, platform.Forbidden(readForbidden)}
	sendRules = []platform.Rule{
		{Status: http.StatusBadRequest, Failure: invite.Failure{
			Meaning: invite.ErrPerhapsExists, Advice: invitationNotAccepted,
		}},
		keyRefused, mayNotWrite,
	}
	revokeRules = []platform.Rule{platform.Gone, keyRefused, mayNotWrite}
	changeRules = []platform.Rule{
		platform.Refused(http.StatusBadRequest, "role", memberNotChanged), platform.MemberLeft, keyRefused, mayNotWrite,
	}
	removeRules = []platform.Rule{
		platform.Gone, platform.Refused(http.StatusBadRequest, "", memberNotRemoved), keyRefused, mayNotWrite,
	}
)
