// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// maxText is how many characters the text of an Error has at most.
const maxText = 2000

// Error is a request that failed. Its texts never contain a secret of the client, a query or the whole answer.
type Error struct {
	// Platform is the platform's title.
	Platform string
	// Method and Route are the HTTP method, and the path with its secrets masked or the request's Label.
	Method, Route string
	// Status is the status of the answer; 0 means that there was no answer. It is a 2xx if the answer is not the
	// documented JSON, or reports the failure itself, see [Reporter].
	Status int
	// RequestID is the platform's id of the request, for its support. It may be empty.
	RequestID string
	// Problems are the platform's explanations, in its order and words. There may be none.
	Problems []Problem
	// Attempts is how often the request was tried.
	Attempts int
	// RateLimited: the platform refused the request because of too many requests. Status is 429 or 403, or that of
	// an answer that reports the failure itself.
	RateLimited bool
	// Unsent: there was no answer, and the request certainly did not reach the platform.
	Unsent bool
	// Cause is the reason for a failure that the platform does not explain: why there was no answer, or what is wrong
	// with the answer. It is nil if the platform refused the request with a complete answer.
	Cause error

	transient bool          // another attempt may succeed
	wait      time.Duration // how long the platform asks to wait; 0: it does not
}

// Problem is one explanation of a failure by the platform.
type Problem struct {
	// Code is the platform's error code. Only the code and the status distinguish failures.
	Code string
	// Message is a text for people.
	Message string
	// Field is what the problem is about: a JSON pointer, or the name of a parameter or field, depending on the
	// platform.
	Field string
}

// Error is one sentence for people.
func (e *Error) Error() string {
	notes := e.notes()
	return cut(e.sentence(), max(maxText-len([]rune(notes)), 1)) + notes
}

func (e *Error) sentence() string {
	_, refused := errors.AsType[refusal](e.Cause)
	switch {
	case e.Status != 0:
		return e.answer()
	case e.ending() != "":
		return fmt.Sprintf("waiting for %s to answer %s %s was %s", e.Platform, e.Method, e.Route, e.ending())
	case refused:
		return fmt.Sprintf("%s %s was not sent to %s: %v", e.Method, e.Route, e.Platform, e.Cause)
	case e.Cause == nil:
		return fmt.Sprintf("%s did not answer %s %s", e.Platform, e.Method, e.Route)
	default:
		return fmt.Sprintf("%s did not answer %s %s: %v", e.Platform, e.Method, e.Route, e.Cause)
	}
}

func (e *Error) answer() string {
	answer := strings.TrimSpace(fmt.Sprintf("%s answered %d %s", e.Platform, e.Status, http.StatusText(e.Status)))
	var reasons []string
	for _, problem := range e.Problems {
		reasons = append(reasons, problem.String())
	}
	switch {
	case e.ending() != "":
		reasons = append(reasons, "waiting for the rest was "+e.ending())
	case e.Cause != nil:
		reasons = append(reasons, e.Cause.Error())
	}
	switch {
	case len(reasons) == 0:
		return answer
	case e.Status < 300:
		return answer + ", but " + strings.Join(reasons, "; ")
	default:
		return answer + ": " + strings.Join(reasons, "; ")
	}
}

// ending is how the caller's context ended the request; empty if it did not.
func (e *Error) ending() string {
	switch {
	case errors.Is(e.Cause, context.Canceled):
		return "interrupted"
	case errors.Is(e.Cause, context.DeadlineExceeded):
		return "stopped at its deadline"
	}
	return ""
}

// notes is what follows the sentence, in parentheses.
func (e *Error) notes() string {
	var notes []string
	if e.Attempts > 1 {
		notes = append(notes, fmt.Sprintf("%d attempts", e.Attempts))
	}
	if e.RequestID != "" {
		notes = append(notes, "request id "+e.RequestID)
	}
	if len(notes) == 0 {
		return ""
	}
	return " (" + strings.Join(notes, ", ") + ")"
}

// String is the message in quotation marks, followed by the code and the field in brackets.
func (p Problem) String() string {
	var parts []string
	if p.Message != "" {
		parts = append(parts, `"`+p.Message+`"`)
	}
	switch {
	case p.Code != "" && p.Field != "":
		parts = append(parts, "["+p.Code+", "+p.Field+"]")
	case p.Code != "" || p.Field != "":
		parts = append(parts, "["+p.Code+p.Field+"]")
	}
	return strings.Join(parts, " ")
}

// Unwrap returns the cause, such as context.Canceled or syscall.ECONNREFUSED.
func (e *Error) Unwrap() error { return e.Cause }

// HasCode reports whether one of the problems has a code.
func (e *Error) HasCode(code string) bool {
	return slices.ContainsFunc(e.Problems, func(problem Problem) bool { return problem.Code == code })
}

// Uncertain reports whether the platform may have acted on the request although it failed: after a 5xx, a 408, a
// time-out, a lost connection, a cancellation in flight, a redirect instead of an answer, and a 2xx that is not the
// documented JSON. It is false if the platform refused the request (4xx, 429) or nothing was sent.
func (e *Error) Uncertain() bool {
	switch e.Status {
	case 0:
		return !e.Unsent
	case http.StatusRequestTimeout:
		return true
	default:
		return e.Status < 400 || e.Status >= 500
	}
}
