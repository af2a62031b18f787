package api

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/hashicorp/terraform-plugin-log/tflog"
)

const (
	// patience is how long a request is refused with 429 before it fails.
	patience = 10 * time.Minute
	// maxRetryAfter bounds what a platform can ask for in a Retry-After header.
	maxRetryAfter = 5 * time.Minute
)

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
		case failure.Status == http.StatusTooManyRequests:
			if refusedSince.IsZero() {
				refusedSince = time.Now()
			}
			if refused := time.Since(refusedSince); refused >= patience {
				failure.Cause = fmt.Errorf("it has refused this for %s", refused.Round(time.Second))
				return failure
			}
			// The wait is at the gate, where it is for everybody.
			c.logWait(ctx, call, failure, c.gate.remaining())
		case failure.transient && (failure.Unsent || call.repeatable) && retries < c.maxRetries:
			retries++
			wait := max(delays.NextBackOff(), failure.retryAfter)
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

// retryAfter reads the header of that name: seconds or an HTTP date, at most maxRetryAfter. It is 0 where the platform
// does not say, and also where it says "at once": such a refusal would be repeated without pause.
func retryAfter(header http.Header, now time.Time) time.Duration {
	value := header.Get("Retry-After")
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(seconds) {
		until, err := http.ParseTime(value)
		if err != nil {
			return 0
		}
		// Both dates in one answer are from one clock, which need not agree with ours.
		if sent, err := http.ParseTime(header.Get("Date")); err == nil {
			now = sent
		}
		seconds = until.Sub(now).Seconds()
	}
	seconds = min(max(seconds, 0), maxRetryAfter.Seconds())
	return time.Duration(seconds * float64(time.Second))
}
