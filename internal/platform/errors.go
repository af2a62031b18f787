// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// Rule is what an answer of a platform means. It applies to answers with the status, and if Code or Field is set, only
// to answers with that code or about that field.
type Rule struct {
	// Status is an HTTP status; 0 applies to every status.
	Status int
	// Code is one of the platform's own error codes.
	Code string
	// Field is an element of the path to the value that the platform complains about, such as "email" in
	// /data/attributes/email.
	Field string
	// Failure is the meaning of the answer. If it has no Meaning, the status decides.
	invite.Failure
}

func (r Rule) applies(e *api.Error) bool {
	return (r.Status == 0 || r.Status == status(e)) &&
		(r.Code == "" || e.HasCode(r.Code)) &&
		(r.Field == "" || isAbout(e, r.Field))
}

// status is the status that decides what an answer means. For a rate limit GitHub answers 403, other platforms 429.
func status(e *api.Error) int {
	if e.RateLimited {
		return http.StatusTooManyRequests
	}
	return e.Status
}

func isAbout(e *api.Error, field string) bool {
	return slices.ContainsFunc(e.Problems, func(p api.Problem) bool {
		return slices.Contains(strings.Split(p.Field, "/"), field)
	})
}

// CredentialRefused is the rule for a 401.
func CredentialRefused(advice string) Rule {
	return Rule{Status: http.StatusUnauthorized, Failure: invite.Failure{Advice: advice}}
}

// Forbidden is the rule for a 403: the credential may not do this.
func Forbidden(advice string) Rule {
	return Rule{Status: http.StatusForbidden, Failure: invite.Failure{Meaning: invite.ErrForbidden, Advice: advice}}
}

// NoOrganization is the rule for a 404 where only the organization can be missing.
func NoOrganization(advice string) Rule {
	return Rule{Status: http.StatusNotFound, Failure: invite.Failure{Attribute: "organization_id", Advice: advice}}
}

// Refused is the rule for a status with which the platform refuses a value, and for the argument to blame; empty if no
// argument is to blame.
func Refused(status int, attribute, advice string) Rule {
	return Rule{Status: status, Failure: invite.Failure{
		Meaning: invite.ErrRefused, Attribute: attribute, Advice: advice,
	}}
}

// What a 404 means in a request about an invitation or a member that was found in this organization before.
var (
	// Gone is the rule for revoking and removing: nothing is left to do.
	Gone = Rule{Status: http.StatusNotFound, Failure: invite.Failure{Meaning: invite.ErrGone}}
	// MemberLeft is the rule for changing a member.
	MemberLeft = Rule{Status: http.StatusNotFound, Failure: invite.Failure{Advice: memberLeft}}
)

// Explain turns the error of a request into an [invite.Failure]: by the first rule that applies, otherwise by what the
// status means on every platform. Statuses and codes decide, never the text of the platform, which is passed through.
// Any error that is not an [api.Error] is returned as it is.
func Explain(err error, rules ...Rule) error {
	var answer *api.Error
	if err == nil || !errors.As(err, &answer) {
		return err
	}
	for _, rule := range slices.Concat(rules, general) {
		if !rule.applies(answer) {
			continue
		}
		failure := rule.Failure
		failure.Err = err
		if failure.Meaning == nil {
			failure.Meaning = meaning(answer)
		}
		return &failure
	}
	return &invite.Failure{Meaning: meaning(answer), Err: err}
}

// meaning is what a status means for every request.
func meaning(answer *api.Error) error {
	if answer.Uncertain() {
		return invite.ErrUncertain
	}
	switch status(answer) {
	case http.StatusForbidden:
		return invite.ErrForbidden
	case http.StatusBadRequest, http.StatusConflict, http.StatusUnprocessableEntity:
		return invite.ErrRefused
	default:
		return nil
	}
}

// What to do about a failure, on every platform.
const (
	credentialRefused = "The credential was not accepted. " +
		"Check that it is complete, not expired, and belongs to this platform and base_url."
	tooManyRequests = "For ten minutes the platform kept refusing because of too many requests. " +
		"Wait before you apply again, and look for other programs that use the same credential."
	platformFailed = "This is a failure of the platform. " +
		"Try again later; the request id helps its support."
	gatewayFailed = "The platform or a proxy in between is failing. " +
		"Try again later."
	unavailable = "The platform is not available. " +
		"Try again later."
	overloaded = "The platform is overloaded. " +
		"Try again later."
	gatewayTimedOut = "The platform or a proxy in between did not answer in time. " +
		"Try again later."
	memberLeft = "The person is no longer a member of the organization. " +
		"Plan again to see what is left to do."
)

// general are the rules that hold on every platform.
var general = []Rule{
	{Status: http.StatusUnauthorized, Failure: invite.Failure{Advice: credentialRefused}},
	{Status: http.StatusTooManyRequests, Failure: invite.Failure{Advice: tooManyRequests}},
	{Status: http.StatusInternalServerError, Failure: invite.Failure{Advice: platformFailed}},
	{Status: http.StatusBadGateway, Failure: invite.Failure{Advice: gatewayFailed}},
	{Status: http.StatusServiceUnavailable, Failure: invite.Failure{Advice: unavailable}},
	{Status: http.StatusGatewayTimeout, Failure: invite.Failure{Advice: gatewayTimedOut}},
	{Status: 529, Failure: invite.Failure{Advice: overloaded}},
}
