package fake

import (
	"math"
	"net/http"
	"strconv"
	"time"
)

// limiter counts requests in a sliding window of real time.
type limiter struct{ passed []time.Time }

// wait returns how long a request has to wait; one that need not wait is counted.
func (l *limiter) wait(limit int, window time.Duration) time.Duration {
	now := time.Now()
	for len(l.passed) > 0 && now.Sub(l.passed[0]) >= window {
		l.passed = l.passed[1:]
	}
	if len(l.passed) >= limit {
		return window - now.Sub(l.passed[0])
	}
	l.passed = append(l.passed, now)
	return 0
}

// refuseRate answers 429 when the request counts and the limit is reached; a limit of 0 never is.
func (s *service) refuseRate(c *call, l *limiter, counts bool, limit int) *answer {
	if !counts || limit <= 0 {
		return nil
	}
	wait := l.wait(limit, time.Duration(s.common().RateWindow))
	if wait == 0 {
		return nil
	}
	refusal := s.refuse(c, problem{status: http.StatusTooManyRequests})
	seconds := math.Ceil(wait.Seconds())
	switch s.common().RetryAfter {
	case AfterSeconds:
		refusal.header.Set("Retry-After", strconv.Itoa(int(seconds)))
	case AfterDate:
		// The date has no fraction: rounding up keeps it from naming a moment too early.
		at := time.Now().Add(time.Duration(seconds+1) * time.Second)
		refusal.header.Set("Retry-After", at.UTC().Format(http.TimeFormat))
	case AfterNothing:
	}
	return &refusal
}
