// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

const (
	// maxErrorBody is how many bytes of an answer are read if it is not decoded.
	maxErrorBody = 64 << 10
	// maxHops is how many redirects in a row are followed.
	maxHops = 5
)

// timeoutError is the error of an attempt that took longer than the client's Timeout. It is deliberately not a
// context.DeadlineExceeded, which means that the caller ran out of time.
type timeoutError time.Duration

func (t timeoutError) Error() string { return fmt.Sprintf("it timed out after %s", time.Duration(t)) }

// attempt waits for a free slot and for the gate, sends the call once, and reads the whole answer.
func (c *Client) attempt(ctx context.Context, call *call, number int, out any) *Error {
	if call.write && c.writes != nil {
		leave, err := c.writes.enter(ctx, c.gate.wasClosed)
		if err != nil {
			return c.unsent(call, number-1, err)
		}
		defer leave()
	}
	// The slot comes first: requests that wait at the gate keep theirs, so that at most maxInFlight requests are sent
	// together when it opens.
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	case <-ctx.Done():
		return c.unsent(call, number-1, ctx.Err())
	}
	generation, err := c.gate.enter(ctx)
	if err != nil {
		return c.unsent(call, number-1, err)
	}
	limited, cancel := c.limit(ctx)
	defer cancel()

	failure := c.exchange(limited, call, number, out)
	if failure == nil {
		c.gate.passed(generation)
		return nil
	}
	switch {
	case failure.RateLimited:
		c.gate.refused(generation, failure.wait)
	case failure.Status == 0: // without an answer, nothing is known about the rate limit
	default:
		c.gate.passed(generation)
	}
	failure.Attempts = number
	failure.setCauseOfEnd(ctx, limited)
	return failure
}

// limit limits one attempt to the client's Timeout.
func (c *Client) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	timeout := c.config.Timeout
	if timeout <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeoutCause(ctx, timeout, timeoutError(timeout))
}

// exchange sends the call and reads the answer, following redirects.
func (c *Client) exchange(ctx context.Context, call *call, number int, out any) *Error {
	var trace connectTrace
	ctx = httptrace.WithClientTrace(ctx, trace.client())

	target := call.url
	for hop := 0; ; hop++ {
		response, err := c.sendLogged(call.httpRequest(ctx, target), call.route, number)
		if err != nil {
			failure := c.noAnswer(call, err)
			failure.Unsent = hop == 0 && trace.unsent(err)
			return failure
		}
		if !isRedirect(response) {
			return c.read(call, response, out)
		}
		discard(response)
		if target, err = c.follow(call, target, response, hop); err != nil {
			failure := c.answered(call, response)
			failure.Cause = err
			return failure
		}
	}
}

// read turns an answer into a filled out or an Error.
func (c *Client) read(call *call, response *http.Response, out any) *Error {
	defer discard(response)
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return c.failed(call, response)
	}
	if err := decode(response, maxBody, out); err != nil {
		failure := c.answered(call, response)
		if reported, ok := errors.AsType[*reportedError](err); ok {
			failure.Problems = c.problems(reported.problems)
			failure.RateLimited = call.repeatable && asksToWait(response.Header)
			return failure
		}
		failure.Cause = c.masks.seal(err)
		failure.transient = breaksOff(err)
		return failure
	}
	return nil
}

// discard reads the rest of a body, up to a limit, so that its connection can be used again, and closes it.
func discard(response *http.Response) {
	_, _ = io.CopyN(io.Discard, response.Body, maxErrorBody)
	_ = response.Body.Close()
}

// connectTrace records whether an attempt got a connection.
type connectTrace struct {
	connecting, connected atomic.Bool
}

func (t *connectTrace) client() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn: func(string) { t.connecting.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { t.connected.Store(true) },
	}
}

// unsent reports whether an attempt certainly did not reach the platform: it was refused here, or net/http tried to
// connect and had no success.
func (t *connectTrace) unsent(err error) bool {
	_, refused := errors.AsType[refusal](err)
	return refused || t.connecting.Load() && !t.connected.Load()
}
