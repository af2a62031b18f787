package api

import (
	"context"
	"fmt"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// rateLimitTimeout is how long a request is refused by a rate limit before it fails.
const rateLimitTimeout = 10 * time.Minute

// do sends a call until it succeeds, fails for good or has been tried often enough. It is the one place where that is
// decided; see the table in the package's documentation.
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
		// What an earlier attempt may have brought about is not undone by a later one that did not get through.
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
			// The wait is at the gate, where it is for everybody.
			c.logWait(ctx, call, failure, c.gate.remaining())
		case failure.transient && (failure.Unsent || call.repeatable) && retries < c.maxRetries:
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
		"platform": c.platform, "method": call.method, "path": call.route, "status": failure.Status,
		"attempt": failure.Attempts, "wait_ms": wait.Milliseconds(),
	})
}

// sleep waits, or returns the error of a context that ends.
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
