package platform

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// Rule says what an answer of a platform means. It applies to a status, and
// where Code or Field is given, only to answers with that code or about that field.
type Rule struct {
	Status int
	Code   string
	// Field is an element of the path to what the platform complains about, such as "email" in /data/attributes/email.
	Field string
	invite.Failure
}

func (r Rule) applies(e *api.Error) bool {
	return (r.Status == 0 || r.Status == status(e)) && (r.Code == "" || e.HasCode(r.Code)) && (r.Field == "" || isAbout(e, r.Field))
}

// status is the one that says what an answer means. GitHub refuses with 403 what other platforms refuse with 429.
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

// Explain turns a failed request into a failure of the lifecycle: by the first rule
// that applies, else by what the status means everywhere. Meanings come from
// statuses and codes, never from the platform's prose, which is passed through.
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

// meaning is what a status means whatever was asked.
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

// general are the rules that hold on every platform.
var general = []Rule{
	{Status: http.StatusUnauthorized, Failure: invite.Failure{Advice: "The credential was not accepted. Check that it is complete, not expired, and belongs to this platform and base_url."}},
	{Status: http.StatusTooManyRequests, Failure: invite.Failure{Advice: "The platform kept refusing for ten minutes because of too many requests. Wait before applying again, and look for other programs that use the same credential."}},
	{Status: http.StatusInternalServerError, Failure: invite.Failure{Advice: "This is a failure of the platform. Try again later; the request id helps its support."}},
	{Status: http.StatusBadGateway, Failure: invite.Failure{Advice: "The platform or a proxy in between is failing. Try again later."}},
	{Status: http.StatusServiceUnavailable, Failure: invite.Failure{Advice: "The platform is not available. Try again later."}},
	{Status: http.StatusGatewayTimeout, Failure: invite.Failure{Advice: "The platform or a proxy in between did not answer in time. Try again later."}},
}
