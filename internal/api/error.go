package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// maxText is how many characters the text of an Error has at most.
const maxText = 2000

// Error is a request that failed. None of its texts holds a secret of the client that made it, a query or more than a
// part of the answer.
type Error struct {
	// Platform is the platform's title.
	Platform string
	// Method and Route say what was asked: the HTTP method, and the path with what is secret masked or the request's
	// Label.
	Method, Route string
	// Status is that of the answer; 0 means that there was none. It is a 2xx where the answer is not the documented
	// JSON.
	Status int
	// RequestID is the platform's reference for its support, if it gave one.
	RequestID string
	// Problems is what the platform says about a failure, in its order and words. It may be empty.
	Problems []Problem
	// Attempts counts how often the request was tried.
	Attempts int
	// RateLimited says that the platform refused the request because too many were made, also where Status is 403.
	RateLimited bool
	// Unsent says of a request without an answer that it surely never reached the platform.
	Unsent bool
	// Cause is the reason of a failure that the platform does not explain: why there was no answer, or what is wrong
	// with the answer. It is nil where a complete answer says no.
	Cause error

	transient bool          // a moment later all may be well
	wait      time.Duration // what the platform asks for; 0: nothing
}

// Problem is one thing that a platform says about a failure.
type Problem struct {
	// Code is the platform's code, the only thing that distinguishes failures.
	Code string
	// Message is meant for people.
	Message string
	// Field is what the problem is about, as a JSON pointer, a parameter or a field's name, whatever the platform
	// gives.
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
	case e.ended():
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
	case e.ended():
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

// ended reports whether the caller put an end to the request.
func (e *Error) ended() bool {
	return errors.Is(e.Cause, context.Canceled) || errors.Is(e.Cause, context.DeadlineExceeded)
}

// ending says which of the two it was.
func (e *Error) ending() string {
	if errors.Is(e.Cause, context.Canceled) {
		return "interrupted"
	}
	return "given up when its time was over"
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

// Unwrap gives the cause, e.g. context.Canceled or syscall.ECONNREFUSED.
func (e *Error) Unwrap() error { return e.Cause }

// HasCode reports whether the platform gave a code as one of its reasons.
func (e *Error) HasCode(code string) bool {
	for _, problem := range e.Problems {
		if problem.Code == code {
			return true
		}
	}
	return false
}

// Uncertain reports whether the platform may have acted on the request although it failed: after a 5xx, a 408, a
// time-out, a lost connection, a cancellation while under way, a redirect in place of an answer, and a 2xx that is not
// the documented JSON. It is false where the platform said no (4xx, 429) and where nothing was sent.
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
