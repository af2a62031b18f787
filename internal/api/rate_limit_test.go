// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api_test

import (
	"errors"
	"net/http"
	"strconv"
	"testing"
	"testing/synctest"
	"time"
)

// How long a refused request waits, by the headers of the answer.
func TestRateLimitHeaders(t *testing.T) {
	const day = 24 * time.Hour
	date := func(in time.Duration) string { return time.Now().Add(in).UTC().Format(http.TimeFormat) }
	unix := func(in time.Duration) string { return strconv.FormatInt(time.Now().Add(in).Unix(), 10) }
	for _, test := range []struct {
		name   string
		header func() []string
		want   time.Duration // 0: the first of the delays that grow
	}{
		{"seconds", func() []string { return []string{"Retry-After", "7"} }, 7 * time.Second},
		{"fraction", func() []string { return []string{"Retry-After", "1.5"} }, 1500 * time.Millisecond},
		{"date", func() []string { return []string{"Retry-After", date(90 * time.Second)} }, 90 * time.Second},
		{"date by the platform's clock", func() []string {
			return []string{"Retry-After", date(day + 10*time.Second), "Date", date(day)}
		}, 10 * time.Second},
		{"far too many seconds", func() []string { return []string{"Retry-After", "86400"} }, 5 * time.Minute},
		{"far too late a date", func() []string { return []string{"Retry-After", date(day)} }, 5 * time.Minute},
		{"at once", func() []string { return []string{"Retry-After", "0"} }, 0},
		{"a date gone by", func() []string { return []string{"Retry-After", date(-day)} }, 0},
		{"nonsense", func() []string { return []string{"Retry-After", "soon"} }, 0},
		{"none", func() []string { return nil }, 0},

		{"reset", func() []string { return []string{"X-RateLimit-Reset", unix(40 * time.Second)} }, 40 * time.Second},
		{"reset by the platform's clock", func() []string {
			return []string{"X-RateLimit-Reset", unix(day + 10*time.Second), "Date", date(day)}
		}, 10 * time.Second},
		{"reset in an hour", func() []string { return []string{"X-RateLimit-Reset", unix(time.Hour)} }, 5 * time.Minute},
		{"reset gone by", func() []string { return []string{"X-RateLimit-Reset", unix(-time.Hour)} }, 0},
		{"reset and nothing remains", func() []string {
			return []string{"X-RateLimit-Reset", unix(40 * time.Second), "X-RateLimit-Remaining", "0"}
		}, 40 * time.Second},
		{"reset of another limit", func() []string {
			return []string{"X-RateLimit-Reset", unix(40 * time.Second), "X-RateLimit-Remaining", "12"}
		}, 0},
		{"interval", func() []string {
			return []string{"x-ratelimit-interval", "30", "x-ratelimit-limit", "10", "x-ratelimit-remaining", "0"}
		}, 30 * time.Second},
		{"interval with a unit", func() []string {
			return []string{"x-ratelimit-interval", "1m", "x-ratelimit-limit", "10", "x-ratelimit-remaining", "0"}
		}, time.Minute},
		{"interval of another limit", func() []string {
			return []string{"x-ratelimit-interval", "30", "x-ratelimit-limit", "10", "x-ratelimit-remaining", "3"}
		}, 0},
		{"interval that is nonsense", func() []string { return []string{"x-ratelimit-interval", "minute"} }, 0},
		{"endless interval", func() []string { return []string{"x-ratelimit-interval", "+Inf"} }, 5 * time.Minute},
		{"no number", func() []string { return []string{"x-ratelimit-interval", "NaN"} }, 0},
		{"negative interval", func() []string { return []string{"x-ratelimit-interval", "-30s"} }, 0},
		{"Retry-After before the others", func() []string {
			return []string{"Retry-After", "7", "X-RateLimit-Reset", unix(40 * time.Second), "x-ratelimit-interval", "30"}
		}, 7 * time.Second},
		{"the others in place of a bad Retry-After", func() []string {
			return []string{"Retry-After", "soon", "X-RateLimit-Reset", unix(40 * time.Second)}
		}, 40 * time.Second},
		{"reset before interval", func() []string {
			return []string{"X-RateLimit-Reset", unix(20 * time.Second), "x-ratelimit-interval", "60"}
		}, 20 * time.Second},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				network := inTurn(status(429, ``, test.header()...), status(204, ``))
				if err := newClient(t, network).Do(t.Context(), post, nil); err != nil {
					t.Fatal(err)
				}
				least, most := test.want, test.want
				if test.want == 0 {
					least, most = 800*time.Millisecond, 1200*time.Millisecond+time.Nanosecond
				}
				if wait := network.gaps()[0]; wait < least || wait > most {
					t.Errorf("waited %s, want %s to %s", wait, least, most)
				}
			})
		})
	}
}

// A 403 with a wait or an empty quota is a rate limit: it is repeated like a 429, also for a create, and all requests
// wait. Any other 403 is final.
func TestForbiddenForTheRate(t *testing.T) {
	for _, test := range []struct {
		name   string
		header []string
		want   time.Duration // 0: not repeated
	}{
		{"Retry-After", []string{"Retry-After", "20"}, 20 * time.Second},
		{"Retry-After although calls are left", []string{"Retry-After", "20", "x-ratelimit-remaining", "9"}, 20 * time.Second},
		{"nothing left, for an interval", []string{"x-ratelimit-remaining", "0", "x-ratelimit-interval", "15"}, 15 * time.Second},
		{"calls are left", []string{"x-ratelimit-remaining", "9", "x-ratelimit-interval", "15"}, 0},
		{"an ordinary refusal", nil, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				network := inTurn(status(403, `{}`, test.header...), status(204, ``))
				err := newClient(t, network).Do(t.Context(), post, nil)
				if test.want == 0 {
					if got := failure(t, err); got.Status != 403 || got.RateLimited || network.count() != 1 {
						t.Errorf("got %v, rate limited: %t, after %d requests", err, got.RateLimited, network.count())
					}
					return
				}
				if err != nil || network.gaps()[0] != test.want {
					t.Errorf("got %v, waited %s", err, network.gaps())
				}
			})
		})
	}
}

// Requests that start during the wait for a 403 of a rate limit wait as well, and after ten minutes the error has the
// reason.
func TestForbiddenForTheRateConcernsEverybody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		network := &network{answer: func(request *http.Request) (*http.Response, error) {
			if time.Since(start) < 30*time.Second {
				return status(403, `{}`, "Retry-After", "30")(request)
			}
			return status(200, `{}`)(request)
		}}
		client := newClient(t, network, noRetries)
		errs := all(20, func(i int) error {
			time.Sleep(time.Duration(i) * time.Millisecond)
			return client.Do(t.Context(), post, nil)
		})
		if err := errors.Join(errs...); err != nil || network.count() != 21 {
			t.Errorf("got %v after %d requests", err, network.count())
		}
	})
	synctest.Test(t, func(t *testing.T) {
		network := inTurn(status(403, `{}`, "Retry-After", "60"))
		err := failure(t, newClient(t, network, noRetries).Do(t.Context(), post, nil))
		if !err.RateLimited || err.Uncertain() || network.count() != 11 {
			t.Errorf("rate limited: %t, uncertain: %t, %d requests: %v", err.RateLimited, err.Uncertain(), network.count(), err)
		}
		const want = "Example answered 403 Forbidden: it has refused this for 10m0s (11 attempts)"
		if err.Error() != want {
			t.Errorf("got %q, want %q", err, want)
		}
	})
}
