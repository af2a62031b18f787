// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"cmp"
	"net/http"
	"strings"
	"time"
)

// The error codes that are answered here; what is documented for which request stands beside the request.
const (
	codeInvalidData       = "root.invalid_data"
	codeNoOrganization    = "organization.not_found"
	codeNoInvitation      = "organization.invitation_not_found"
	codeInvalidEmail      = "organization.invitation_invalid_email"
	codeAlreadyInvited    = "organization.invitation_already_exists"
	codeAlreadyMember     = "organization.user_organization_already_belongs"
	codePendingLimit      = "organization.invitations_pending_limit_exceeded"
	codeInvitationRate    = "organization.invitations_rate_limit_exceeded"
	codeNoMembership      = "organization.membership_not_found"
	codeInvalidTargetUser = "role_assignments.invalid_target_user_id"
	codeForeignRoles      = "role_assignments.unauthorized_role_assignments"
)

var elasticCodes = map[int]string{
	http.StatusBadRequest:          codeInvalidData,
	http.StatusUnauthorized:        "root.unauthorized",
	http.StatusForbidden:           "root.permission_denied",
	http.StatusNotFound:            "root.resource_not_found",
	http.StatusMethodNotAllowed:    "root.method_not_allowed",
	http.StatusTooManyRequests:     "root.rate_limit_exceeded",
	http.StatusInternalServerError: "root.internal_server_error",
	http.StatusServiceUnavailable:  "root.service_unavailable",
}

type elasticFailure struct {
	Code    string   `json:"code"`
	Message string   `json:"message"`
	Fields  []string `json:"fields,omitempty"`
}

// elasticErrors answers one status for all failures; their codes are repeated in a header.
func elasticErrors(status int, failures ...elasticFailure) answer {
	codes := make([]string, 0, len(failures))
	for _, failure := range failures {
		codes = append(codes, failure.Code)
	}
	refusal := answerJSON(status, jsonType, map[string]any{"errors": failures})
	refusal.header.Set("X-Cloud-Error-Codes", strings.Join(codes, ","))
	return refusal
}

func elasticError(status int, code, message string, fields ...string) answer {
	return elasticErrors(status, elasticFailure{Code: code, Message: message, Fields: fields})
}

func (p elasticCloud) refuse(c *call, why problem) answer {
	code := cmp.Or(elasticCodes[why.status], "root.error")
	message := cmp.Or(why.detail, http.StatusText(why.status))
	switch {
	case why.subject == aboutOrganization:
		code = codeNoOrganization
	case why.subject == aboutQuery:
		message = "Unknown query parameter [" + why.detail + "]"
	case why.status == http.StatusTooManyRequests && c.operation() == CreateInvite:
		code = codeInvitationRate
	}
	return elasticError(why.status, code, message)
}

// elasticBody reads a JSON object and refuses fields that nobody knows.
func elasticBody(c *call, known ...string) (fields, *answer) {
	if !c.hasContentType(jsonType) {
		refusal := elasticError(http.StatusBadRequest, codeInvalidData, "The request content must be application/json")
		return nil, &refusal
	}
	body, err := readFields(c.body)
	if err != nil {
		refusal := elasticError(http.StatusBadRequest, codeInvalidData, "The request content "+err.Error())
		return nil, &refusal
	}
	if extra := body.beyond(known...); extra != "" {
		refusal := elasticError(http.StatusBadRequest, codeInvalidData, "Unknown field", extra)
		return nil, &refusal
	}
	return body, nil
}

// elasticDate is how invitations are dated, elasticMillis how members are: both are RFC 3339, and clients meet both.
func elasticDate(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000+00:00") }

func elasticMillis(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000Z") }
