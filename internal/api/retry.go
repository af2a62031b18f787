// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"context"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// rateLimitTimeout is how long a rate limit may refuse a request before it fails.
const rateLimitTimeout = 10 * time.Minute

// do sends a call until it succeeds, fails permanently or has used all attempts. No other place decides this; see the
// table in the documentation of the package.
func (c *Client) do(ctx context.Context, call *call, out any) error {
	delays := &backoff.ExponentialBackOff{
		InitialInterval:     250 * time.Millisecond,
		Multiplier:          2,
		MaxInterval:         10 * time.Second,
		RandomizationFactor: 0.5,
	}
	var (
		refusedSince time.Time
		retries      int
		uncertain    bool
	)
	for attempt := 1; ; attempt++ {
		failure := c.attempt(ctx, call, attempt, out)
		if failure == nil {
			return nil
		}
		// An earlier attempt may have had an effect, also if a later attempt did not reach the platform.
		uncertain = uncertain || failure.Uncertain()
		failure.Unsent = failure.Unsent && !uncertain

		switch {
		case failure.RateLimited:
			if refusedSince.IsZero() {
				refusedSince = time.Now()
			}
			if refused := time.Since(refusedSince); refused >= rateLimitTimeout {
				failure.Cause = fmt.Errorf("it has refused this for %s", refused.Round(time.Second))
				return failure
			}
			// The wait is at the gate, for all requests of the client.
			c.logWait(ctx, call, failure, c.gate.remaining())
		case failure.transient && (failure.Unsent || call.repeatable) && retries < c.config.MaxRetries:
			retries++
			wait := max(delays.NextBackOff(), failure.wait)
			c.logWait(ctx, call, failure, wait)
			if err := sleep(ctx, wait); err != nil {
				failure.Cause = err
				return failure
			}
		default:
			return failure
		}
	}
}

func (c *Client) logWait(ctx context.Context, call *call, failure *Error, wait time.Duration) {
	tflog.Info(ctx, "trying again in a moment", map[string]any{
		"platform": c.config.Platform, "method": call.method, "path": call.route, "status": failure.Status,
		"attempt": failure.Attempts, "wait_ms": wait.Milliseconds(),
	})
}

// sleep waits, or returns the error of the context if it ends first.
func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
