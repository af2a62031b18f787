// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"cmp"
	"math"
	"net/http"
	"strconv"
	"time"
)

// maxWait is the longest wait that a platform can ask for.
const maxWait = 5 * time.Minute

// isRateLimited reports whether an answer refuses a request because of too many requests. The platform did not act on
// it, so that it can be repeated. GitHub answers 403 for some of its limits.
// https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
func isRateLimited(response *http.Response) bool {
	return response.StatusCode == http.StatusTooManyRequests ||
		response.StatusCode == http.StatusForbidden && asksToWait(response.Header)
}

// asksToWait reports whether the headers of a failure show that a rate limit is the reason.
func asksToWait(header http.Header) bool {
	return header.Get("Retry-After") != "" || header.Get("X-RateLimit-Remaining") == "0"
}

// requestedWait is how long a platform asks to wait, at most maxWait. It is 0 if the platform does not ask for a wait,
// or asks for none: then the gate chooses one, so that a refused request is not repeated at once.
func requestedWait(header http.Header, now time.Time) time.Duration {
	// Both dates in an answer are from the clock of the platform, which may differ from the local one.
	if sent, err := http.ParseTime(header.Get("Date")); err == nil {
		now = sent
	}
	return min(max(cmp.Or(retryAfter(header, now), rateLimitWait(header, now)), 0), maxWait)
}

// retryAfter reads the Retry-After header: seconds or an HTTP date.
func retryAfter(header http.Header, now time.Time) time.Duration {
	value := header.Get("Retry-After")
	if until, err := http.ParseTime(value); err == nil {
		return until.Sub(now)
	}
	return seconds(value)
}

// rateLimitWait reads the headers of a quota: the time at which it is reset (GitHub, IcePanel), or the length of its
// window, which is the longest possible wait (Elastic Cloud). If the quota has requests left, another limit refused
// the request.
// https://www.elastic.co/docs/reference/cloud/cloud-hosted/ec-api-rate-limiting
func rateLimitWait(header http.Header, now time.Time) time.Duration {
	if seconds(header.Get("X-RateLimit-Remaining")) > 0 {
		return 0
	}
	if reset, err := strconv.ParseInt(header.Get("X-RateLimit-Reset"), 10, 64); err == nil {
		return time.Unix(reset, 0).Sub(now)
	}
	// Elastic does not document the unit: both "60" and "1m" are understood.
	interval := header.Get("X-RateLimit-Interval")
	if wait, err := time.ParseDuration(interval); err == nil {
		return wait
	}
	return seconds(interval)
}

// seconds reads a number of seconds, from 0 to maxWait. It is 0 for any other value.
func seconds(value string) time.Duration {
	number, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(number) {
		return 0
	}
	return time.Duration(min(max(number, 0), maxWait.Seconds()) * float64(time.Second))
}
