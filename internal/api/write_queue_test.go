// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
)

func serialWrites(c *api.Config) { c.SerialWrites = true }

var query = api.Request{Method: http.MethodPost, Path: []string{"graphql"}, Body: map[string]string{"query": "x"}, ReadOnly: true}

// Writes are sent one after the other, without a pause. What only reads does not wait for them, also if it is a POST.
func TestSerialWrites(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var writing, most atomic.Int32
		network := &network{answer: func(request *http.Request) (*http.Response, error) {
			if request.Method == http.MethodGet || request.URL.Path == "/graphql" {
				return status(200, `{}`)(request)
			}
			most.Store(max(most.Load(), writing.Add(1)))
			time.Sleep(100 * time.Millisecond)
			writing.Add(-1)
			return status(200, `{}`)(request)
		}}
		client := newClient(t, network, serialWrites)
		start := time.Now()
		var reads [30]time.Duration
		errs := all(len(reads), func(i int) error {
			request := []api.Request{post, revoke, get, query}[i%4]
			err := client.Do(t.Context(), request, nil)
			if i%4 > 1 {
				reads[i] = time.Since(start)
			}
			return err
		})
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); most.Load() != 1 || took != 16*100*time.Millisecond {
			t.Errorf("%d writes at once, all of them in %s", most.Load(), took)
		}
		if slowest := slices.Max(reads[:]); slowest != 0 {
			t.Errorf("the reads took %s", slowest)
		}
	})
}

// Once a limit was met, by whatever request, a second passes between two writes.
func TestSerialWritesAfterALimit(t *testing.T) {
	for name, limited := range map[string]api.Request{"a write": post, "a read": get} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				network := inTurn(
					status(200, `{}`), status(200, `{}`),
					status(403, `{}`, "Retry-After", "20"), slowly(status(200, `{}`)),
				)
				client := newClient(t, network, serialWrites)
				for _, request := range []api.Request{post, post, limited, post, post} {
					if err := client.Do(t.Context(), request, nil); err != nil {
						t.Fatal(err)
					}
				}
				gaps := network.gaps()
				if gaps[0] != 0 || gaps[2] != 20*time.Second || gaps[4] < time.Second || gaps[4] > 1100*time.Millisecond {
					t.Errorf("pauses of %s", gaps)
				}
			})
		})
	}
}

// A canceled write leaves the queue, and the others go on.
func TestSerialWritesCanceled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := &network{answer: func(request *http.Request) (*http.Response, error) {
			if request.Context().Value(hangs{}) != nil {
				return never(request)
			}
			return status(200, `{}`)(request)
		}}
		client := newClient(t, network, serialWrites)
		hanging, release := context.WithCancel(context.WithValue(t.Context(), hangs{}, true))
		impatient, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		results := make(chan error, 3)
		for _, ctx := range []context.Context{hanging, impatient, t.Context()} {
			go func() { results <- client.Do(ctx, post, nil) }()
			synctest.Wait()
		}
		if err := failure(t, <-results); !errors.Is(err, context.DeadlineExceeded) || !err.Unsent {
			t.Errorf("got %v, unsent: %t", err, err.Unsent)
		}
		release()
		if err := failure(t, <-results); !errors.Is(err, context.Canceled) || err.Unsent {
			t.Errorf("got %v, unsent: %t", err, err.Unsent)
		}
		if err := <-results; err != nil || network.count() != 2 {
			t.Errorf("got %v after %d requests", err, network.count())
		}
	})
}

type hangs struct{}
