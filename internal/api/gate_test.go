// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
)

// all sends n requests at once and waits for them.
func all(n int, send func(i int) error) []error {
	errs := make([]error, n)
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { errs[i] = send(i) })
	}
	group.Wait()
	return errs
}

// slowly delays an answer, so that all requests that are sent together are in flight before the first is refused.
func slowly(answer answer) answer {
	return func(request *http.Request) (*http.Response, error) {
		time.Sleep(time.Millisecond)
		return answer(request)
	}
}

func TestEverybodyWaitsForRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		opens := start.Add(30 * time.Second)
		network := &network{answer: func(request *http.Request) (*http.Response, error) {
			if time.Now().Before(opens) {
				return status(429, `{"message":"Too Many Requests"}`, "Retry-After", "30")(request)
			}
			return status(200, `{}`)(request)
		}}
		client := newClient(t, network, func(c *api.Config) { c.MaxRetries = 0 })

		// One request is refused first. Requests that start while it waits are not sent, whatever their method.
		errs := all(200, func(i int) error {
			if i > 0 {
				time.Sleep(time.Duration(i) * time.Millisecond)
			}
			if i%2 == 0 {
				return client.Do(t.Context(), post, nil)
			}
			return client.Do(t.Context(), get, nil)
		})
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took != 30*time.Second {
			t.Errorf("took %s", took)
		}
		if network.count() != 201 {
			t.Errorf("sent %d requests, want one that is refused and 200 that are not", network.count())
		}
	})
}

// Without Retry-After the delays grow to more than a minute, once for all requests that are refused together, and are
// reset after a success. A request fails after ten minutes.
func TestDelaysGrowTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := &network{answer: slowly(status(429, ``))}
		client := newClient(t, network, func(c *api.Config) { c.MaxRetries = 0 })
		start := time.Now()
		errs := all(10, func(int) error { return client.Do(t.Context(), post, nil) })
		for _, err := range errs {
			if err := failure(t, err); err.Status != 429 || err.Uncertain() {
				t.Errorf("got %v, uncertain: %t", err, err.Uncertain())
			}
		}
		if took := time.Since(start); took < 10*time.Minute || took > 12*time.Minute {
			t.Errorf("gave up after %s", took)
		}

		waits := slices.DeleteFunc(network.gaps(), func(gap time.Duration) bool { return gap == 0 })
		middle := time.Second
		for i, wait := range waits {
			if wait < middle*8/10 || wait > middle*12/10+2*time.Millisecond {
				t.Errorf("wait %d is %s, want about %s", i+1, wait, middle)
			}
			middle = min(2*middle, 75*time.Second)
		}
		if last := waits[len(waits)-1]; last < time.Minute {
			t.Errorf("the longest wait is %s", last)
		}

		network.answer = status(204, ``)
		if err := client.Do(t.Context(), get, nil); err != nil {
			t.Fatal(err)
		}
		again := inTurn(status(429, ``), status(204, ``))
		network.answer = again.answer
		if err := client.Do(t.Context(), get, nil); err != nil {
			t.Fatal(err)
		}
		gaps := network.gaps()
		if wait := gaps[len(gaps)-1]; wait > 1200*time.Millisecond+time.Nanosecond {
			t.Errorf("after a success the first wait is %s", wait)
		}
	})
}

func TestTenMinutesCountFromTheOwnRefusal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := &network{answer: slowly(status(429, ``, "Retry-After", "240"))}
		client := newClient(t, network)
		start := time.Now()
		ended := make([]time.Duration, 2)
		all(2, func(i int) error {
			time.Sleep(time.Duration(i) * 5 * time.Minute) // the second arrives while the first waits
			err := client.Do(t.Context(), get, nil)
			ended[i] = time.Since(start)
			return err
		})
		// Sent every four minutes; the second joins at the eighth.
		for i, want := range []time.Duration{12 * time.Minute, 20 * time.Minute} {
			if got := ended[i].Round(time.Second); got != want {
				t.Errorf("request %d ended after %s, want %s", i, got, want)
			}
		}
	})
}

func TestRefusalsDoNotUseUpRetries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		many := slices.Repeat([]answer{status(429, ``, "Retry-After", "1")}, 20)
		network := inTurn(append(many, status(503, ``), status(204, ``))...)
		client := newClient(t, network, func(c *api.Config) { c.MaxRetries = 1 })
		if err := client.Do(t.Context(), get, nil); err != nil {
			t.Fatal(err)
		}
	})
}

func TestInFlightLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var now, most int
		network := &network{answer: func(request *http.Request) (*http.Response, error) {
			mu.Lock()
			now++
			most = max(most, now)
			mu.Unlock()
			time.Sleep(time.Second)
			mu.Lock()
			now--
			mu.Unlock()
			return status(200, `{}`)(request)
		}}
		client := newClient(t, network)
		if err := errors.Join(all(100, func(int) error { return client.Do(t.Context(), get, nil) })...); err != nil {
			t.Fatal(err)
		}
		if most != 16 {
			t.Errorf("%d requests at once", most)
		}
	})
}

// A request that is canceled while it waits for a slot takes none.
func TestCancelInLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, &network{answer: never})
		busy, stop := context.WithCancel(t.Context())
		done := make(chan []error)
		go func() { done <- all(16, func(int) error { return client.Do(busy, get, nil) }) }()
		synctest.Wait()

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := client.Do(ctx, get, nil); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		stop()
		<-done
	})
}
