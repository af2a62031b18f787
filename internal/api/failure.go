// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"time"
)

// requestIDHeaders are the headers in which platforms return an id of the request, in the order of preference.
var requestIDHeaders = []string{
	"snyk-request-id", "x-cloud-request-id", "x-github-request-id", "x-request-id", "x-error-reference", "request-id",
}

// refusal is the reason why the client did not send a request.
type refusal struct{ error }

func (r refusal) Unwrap() error { return r.error }

// failure is the Error of a call, of which nothing is known but the cause.
func (c *Client) failure(call *call, cause error) *Error {
	return &Error{Platform: c.config.Platform, Method: call.method, Route: call.route, Cause: cause}
}

// unsent is the Error of a request that was not sent, after a number of attempts that were.
func (c *Client) unsent(call *call, attempts int, cause error) *Error {
	e := c.failure(call, cause)
	e.Attempts, e.Unsent = attempts, true
	return e
}

// noAnswer is the Error of a request without an answer.
func (c *Client) noAnswer(call *call, err error) *Error {
	e := c.failure(call, c.masks.seal(err))
	e.transient = !isFinal(err)
	return e
}

// answered is an Error with the status and the headers of an answer.
func (c *Client) answered(call *call, response *http.Response) *Error {
	e := c.failure(call, nil)
	e.Status = response.StatusCode
	e.RequestID = c.masks.text(requestID(response.Header), maxWord)
	e.RateLimited = isRateLimited(response)
	e.wait = requestedWait(response.Header, time.Now())
	return e
}

// requestID is the platform's id of a request, neither cleaned nor masked.
func requestID(header http.Header) string {
	for _, name := range requestIDHeaders {
		if id := header.Get(name); id != "" {
			return id
		}
	}
	return ""
}

// failed is the Error of an answer with the status of a failure.
func (c *Client) failed(call *call, response *http.Response) *Error {
	e := c.answered(call, response)
	e.transient = e.Status == http.StatusRequestTimeout || e.Status >= http.StatusInternalServerError
	// An error of reading is ignored: the status and a part of the explanation are enough.
	body, _ := io.ReadAll(io.LimitReader(response.Body, maxErrorBody))
	report := readReport(body, response.Header)
	e.Problems = c.problems(report.problems)
	if e.RequestID == "" {
		e.RequestID = c.masks.text(report.reference, maxWord)
	}
	return e
}

// problems makes the platform's explanations fit for errors.
func (c *Client) problems(raw []Problem) (problems []Problem) {
	for _, problem := range raw[:min(len(raw), maxProblems)] {
		problems = append(problems, Problem{
			Code:    c.masks.text(problem.Code, maxWord),
			Message: c.masks.text(problem.Message, maxMessage),
			Field:   c.masks.text(problem.Field, maxWord),
		})
	}
	return problems
}

// setCauseOfEnd sets the cause of a failure that is due to the end of the caller's context or to the time limit.
// Without it the cause would be the error of whatever was interrupted, such as a handshake or a read.
func (e *Error) setCauseOfEnd(caller, limited context.Context) {
	switch {
	case e.Cause == nil: // the answer is complete
	case caller.Err() != nil:
		e.Cause, e.transient = caller.Err(), false
	case limited.Err() != nil:
		e.Cause, e.transient = context.Cause(limited), true
	}
}

// isFinal reports whether each further attempt would fail with the same error.
func isFinal(err error) bool {
	_, refused := errors.AsType[refusal](err)
	_, untrusted := errors.AsType[*tls.CertificateVerificationError](err)
	_, notTLS := errors.AsType[tls.RecordHeaderError](err)
	return refused || untrusted || notTLS
}
