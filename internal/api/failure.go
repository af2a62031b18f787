package api

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"time"
)

// requestIDHeaders are where platforms put a reference to a request, the most telling first.
var requestIDHeaders = []string{"snyk-request-id", "x-cloud-request-id", "x-request-id", "x-error-reference"}

// refusal is why this side did not send a request.
type refusal struct{ error }

func (r refusal) Unwrap() error { return r.error }

// unsent is the Error of a request that did not leave, after so many attempts that did.
func (c *Client) unsent(call *call, attempts int, cause error) *Error {
	return &Error{
		Platform: c.platform,
		Method:   call.method,
		Route:    call.route,
		Attempts: attempts,
		Unsent:   true,
		Cause:    cause,
	}
}

// noAnswer is the Error of a request to which no answer came.
func (c *Client) noAnswer(call *call, err error) *Error {
	return &Error{
		Platform:  c.platform,
		Method:    call.method,
		Route:     call.route,
		Cause:     c.masks.seal(err),
		transient: !isFinal(err),
	}
}

// answered is an Error with what the head of an answer says.
func (c *Client) answered(call *call, response *http.Response) *Error {
	return &Error{
		Platform:    c.platform,
		Method:      call.method,
		Route:       call.route,
		Status:      response.StatusCode,
		RequestID:   c.masks.text(requestID(response.Header), maxWord),
		RateLimited: isRateLimited(response),
		wait:        requestedWait(response.Header, time.Now()),
	}
}

// requestID is the platform's reference to a request, as it stands.
func requestID(header http.Header) string {
	for _, name := range requestIDHeaders {
		if id := header.Get(name); id != "" {
			return id
		}
	}
	return ""
}

// failed is the Error of an answer whose status is one.
func (c *Client) failed(call *call, response *http.Response) *Error {
	e := c.answered(call, response)
	e.transient = e.Status == http.StatusRequestTimeout || e.Status >= http.StatusInternalServerError
	// Half an explanation is better than none: what could be read of it counts, and so does the status.
	body, _ := io.ReadAll(io.LimitReader(response.Body, maxErrorBody))
	report := readReport(body, response.Header)
	for _, problem := range report.problems {
		e.Problems = append(e.Problems, Problem{
			Code:    c.masks.text(problem.Code, maxWord),
			Message: c.masks.text(problem.Message, maxMessage),
			Field:   c.masks.text(problem.Field, maxWord),
		})
	}
	if e.RequestID == "" {
		e.RequestID = c.masks.text(report.reference, maxWord)
	}
	return e
}

// blameEnd gives a failure its true cause where it came about because somebody ended the attempt: the caller, or the
// time limit. Such a failure surfaces in whatever was going on, a handshake or a read, in as many disguises.
func (e *Error) blameEnd(caller, limited context.Context) {
	switch {
	case e.Cause == nil: // the answer is complete, it is just not a good one
	case caller.Err() != nil:
		e.Cause, e.transient = caller.Err(), false
	case limited.Err() != nil:
		e.Cause, e.transient = context.Cause(limited), true
	}
}

// isDial reports whether an error came up on the way to a connection.
func isDial(err error) bool {
	_, refused := errors.AsType[refusal](err)
	_, unknown := errors.AsType[*net.DNSError](err)
	op, network := errors.AsType[*net.OpError](err)
	return refused || unknown || network && (op.Op == "dial" || op.Op == "proxyconnect")
}

// isFinal reports whether an error will be the same however often the request is repeated.
func isFinal(err error) bool {
	_, refused := errors.AsType[refusal](err)
	_, untrusted := errors.AsType[*tls.CertificateVerificationError](err)
	_, notTLS := errors.AsType[tls.RecordHeaderError](err)
	return refused || untrusted || notTLS
}
