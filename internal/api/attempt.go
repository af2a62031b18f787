package api

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

const (
	// maxErrorBody is how many bytes of an answer are read that nobody decodes.
	maxErrorBody = 64 << 10
	// maxHops is how many redirects in a row are followed.
	maxHops = 5
)

// timeoutError is the error of an attempt that took longer than the client's Timeout. It is deliberately no
// context.DeadlineExceeded: that one means that the caller ran out of time.
type timeoutError time.Duration

func (t timeoutError) Error() string { return fmt.Sprintf("it timed out after %s", time.Duration(t)) }

// attempt sends the call once, when it is its turn, and reads the whole answer.
func (c *Client) attempt(ctx context.Context, call *call, number int, out any) *Error {
	// The place in line comes first: those who wait at the gate hold theirs, so that no more than maxInFlight set
	// off together when it opens.
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
	case failure.Status == 0: // no answer says nothing about how fast we may go
	default:
		c.gate.passed(generation)
	}
	failure.Attempts = number
	failure.blameEnd(ctx, limited)
	return failure
}

// limit bounds one attempt by the client's Timeout.
func (c *Client) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	if c.timeout <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeoutCause(ctx, c.timeout, timeoutError(c.timeout))
}

// exchange sends the call and reads the answer, following redirects.
func (c *Client) exchange(ctx context.Context, call *call, number int, out any) *Error {
	var wire wire
	ctx = httptrace.WithClientTrace(withLogged(ctx, call.route, number), wire.trace())

	target := call.url
	for hop := 0; ; hop++ {
		response, err := c.transport.RoundTrip(call.httpRequest(ctx, target))
		if err != nil {
			failure := c.noAnswer(call, err)
			failure.Unsent = hop == 0 && wire.unsent(err)
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
	read := func() error { return decode(response, maxBody, out) }
	if out == nil {
		read = func() error { return decodeAnything(response, maxBody) }
	}
	if err := read(); err != nil {
		failure := c.answered(call, response)
		failure.Cause = c.masks.seal(err)
		failure.transient = breaksOff(err)
		return failure
	}
	return nil
}

// discard reads what little is left of a body, so that its connection can be used again, and closes it.
func discard(response *http.Response) {
	_, _ = io.CopyN(io.Discard, response.Body, maxErrorBody)
	_ = response.Body.Close()
}

// wire watches how far an attempt got.
type wire struct {
	asked, connected atomic.Bool
}

func (w *wire) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn: func(string) { w.asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { w.connected.Store(true) },
	}
}

// unsent reports whether an attempt surely never reached the platform: net/http asked for a connection and got none.
// Of a transport that does not report these steps (a test's, say) only the errors that mean it are believed.
func (w *wire) unsent(err error) bool {
	if w.connected.Load() {
		return false
	}
	return w.asked.Load() || isDial(err)
}
