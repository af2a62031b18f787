package api

import (
	"cmp"
	"math"
	"net/http"
	"strconv"
	"time"
)

// maxWait bounds the wait that a platform can ask for.
const maxWait = 5 * time.Minute

// isRateLimited reports whether an answer refuses a request because too many were made. It was not acted on then, and is
// safe to repeat. GitHub uses 403 for some of its limits.
// https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
func isRateLimited(response *http.Response) bool {
	header := response.Header
	switch response.StatusCode {
	case http.StatusTooManyRequests:
		return true
	case http.StatusForbidden:
		return header.Get("Retry-After") != "" || header.Get("X-RateLimit-Remaining") == "0"
	default:
		return false
	}
}

// requestedWait is how long a platform asks to wait, at most maxWait. It is 0 where the platform does not say, and also
// where it says "at once": a refused request would be repeated without a pause.
func requestedWait(header http.Header, now time.Time) time.Duration {
	// Both dates in one answer are from one clock, which need not agree with ours.
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

// rateLimitWait reads the headers that describe a quota: the moment at which it is full again (GitHub, IcePanel), or the
// length of its window, which is the most that can be left of it (Elastic Cloud). A quota with calls left is not the one
// that refused the request.
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

// seconds reads a number of seconds, at most maxWait and not negative; 0 for anything else.
func seconds(value string) time.Duration {
	number, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(number) {
		return 0
	}
	return time.Duration(min(max(number, 0), maxWait.Seconds()) * float64(time.Second))
}
