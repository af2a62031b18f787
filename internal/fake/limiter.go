// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

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
	if l.count(now, window) >= limit {
		return window - now.Sub(l.passed[0])
	}
	l.passed = append(l.passed, now)
	return 0
}

// count returns how many requests were let through in the window that ends now.
func (l *limiter) count(now time.Time, window time.Duration) int {
	for len(l.passed) > 0 && now.Sub(l.passed[0]) >= window {
		l.passed = l.passed[1:]
	}
	return len(l.passed)
}

// refuseRate answers 429, or what the platform has instead, when the request counts and the limit is reached; a limit of 0 never is.
func (s *service) refuseRate(c *call, l *limiter, counts bool, limit int) *answer {
	if !counts || limit <= 0 {
		return nil
	}
	wait := l.wait(limit, time.Duration(s.common().RateWindow))
	if wait == 0 {
		return nil
	}
	status := http.StatusTooManyRequests
	if s.limitStatus != nil {
		status = s.limitStatus()
	}
	refusal := s.refuse(c, problem{status: status, subject: aboutLimit})
	seconds := math.Ceil(wait.Seconds())
	switch s.common().RetryAfter {
	case AfterSeconds:
		refusal.header.Set("Retry-After", strconv.Itoa(int(seconds)))
	case AfterDate:
		// The date has no fraction: rounding up keeps it from naming a moment too early.
		at := time.Now().Add(time.Duration(seconds+1) * time.Second)
		refusal.header.Set("Retry-After", at.UTC().Format(http.TimeFormat))
	case AfterReset:
		at := time.Now().Add(time.Duration(seconds+1) * time.Second)
		refusal.header.Set("X-RateLimit-Reset", strconv.FormatInt(at.Unix(), 10))
	case AfterNothing:
	}
	return &refusal
}

// plentiful is the quota of a platform without a limit: nobody uses it up.
const plentiful = 10_000

// describeQuota adds the headers with which Elastic Cloud describes its quota to an answer. The documentation does not
// say what the unit of the interval is.
func (s *service) describeQuota(_ *call, a *answer) {
	window := time.Duration(s.common().RateWindow)
	limit, remaining := plentiful, plentiful
	if perWindow := s.common().WritesPerMinute; perWindow > 0 {
		limit, remaining = perWindow, max(perWindow-s.writes.count(time.Now(), window), 0)
	}
	a.header.Set("X-Ratelimit-Interval", strconv.Itoa(int(math.Ceil(window.Seconds()))))
	a.header.Set("X-Ratelimit-Limit", strconv.Itoa(limit))
	a.header.Set("X-Ratelimit-Remaining", strconv.Itoa(remaining))
}
