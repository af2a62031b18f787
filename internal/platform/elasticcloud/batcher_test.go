// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// loads records the items of each batch.
type loads struct {
	mu  sync.Mutex
	all [][]int
}

func (l *loads) note(items []int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, slices.Sorted(slices.Values(items)))
}

// double is work with a different result for each item.
func (l *loads) double(_ context.Context, calls []*call[int, int]) {
	var items []int
	for _, c := range calls {
		items = append(items, c.item)
		c.value = 2 * c.item
	}
	l.note(items)
}

func TestBatcherJoinsWhatArrivesTogether(t *testing.T) {
	every := func(gap time.Duration) func(int) time.Duration {
		return func(item int) time.Duration { return time.Duration(item) * gap }
	}
	for name, test := range map[string]struct {
		limit   int
		arrival func(item int) time.Duration
		want    string
	}{
		"at once":    {10, every(0), "[[0 1 2 3 4 5]]"},
		"one by one": {10, every(2 * batchWindow), "[[0] [1] [2] [3] [4] [5]]"},
		"in a row":   {10, every(batchWindow - 1), "[[0 1 2 3 4 5]]"},
		"too many":   {4, every(1), "[[0 1 2 3] [4 5]]"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var l loads
				b := newBatcher(test.limit, l.double)
				var all sync.WaitGroup
				for item := range 6 {
					all.Go(func() {
						time.Sleep(test.arrival(item))
						if got, err := b.do(t.Context(), "", item); got != 2*item || err != nil {
							t.Errorf("%d: %d, %v", item, got, err)
						}
					})
				}
				all.Wait()
				if got := fmt.Sprint(l.all); got != test.want {
					t.Errorf("%s, want %s", got, test.want)
				}
				if len(b.last) != 0 {
					t.Errorf("left: %v", b.last)
				}
			})
		})
	}
}

// A full batch starts at once, also while another one is in flight.
func TestBatcherDoesNotHoldAFullBatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l loads
		b := newBatcher(3, func(ctx context.Context, calls []*call[int, int]) {
			time.Sleep(time.Hour)
			l.double(ctx, calls)
		})
		begun := time.Now()
		var all sync.WaitGroup
		for item := range 6 {
			all.Go(func() { _, _ = b.do(t.Context(), "", item) })
		}
		all.Wait()
		if took := time.Since(begun); took != time.Hour || len(l.all) != 2 {
			t.Errorf("%d batches in %s", len(l.all), took)
		}
	})
}

// Callers that a slow start has split come together while their batches are in flight, and stay together.
func TestBatcherJoinsWhatWasSplit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l loads
		b := newBatcher(50, func(ctx context.Context, calls []*call[int, int]) {
			time.Sleep(4 * batchWindow)
			l.double(ctx, calls)
		})
		var all sync.WaitGroup
		for worker := range 10 {
			all.Go(func() {
				if worker >= 6 {
					time.Sleep(2 * batchWindow)
				}
				for round := range 4 {
					_, _ = b.do(t.Context(), "", round*10+worker)
					time.Sleep(batchWindow / 2) // what Terraform does until the next resource
				}
			})
		}
		all.Wait()
		var sizes []int
		for _, load := range l.all {
			sizes = append(sizes, len(load))
		}
		if got := fmt.Sprint(sizes); got != "[6 10 10 10 4]" {
			t.Errorf("batches of %s", got)
		}
	})
}

func TestBatcherKeepsKeysApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l loads
		b := newBatcher(10, l.double)
		var all sync.WaitGroup
		for item := range 6 {
			all.Go(func() { _, _ = b.do(t.Context(), fmt.Sprint(item%2), item) })
		}
		all.Wait()
		slices.SortFunc(l.all, slices.Compare)
		if got := fmt.Sprint(l.all); got != "[[0 2 4] [1 3 5]]" {
			t.Error(got)
		}
	})
}

func TestBatcherCancellation(t *testing.T) {
	stopped := errors.New("stopped")
	// slow is work that takes a second, or until no caller waits any more.
	slow := func(l *loads, interrupted *bool) func(context.Context, []*call[int, int]) {
		return func(ctx context.Context, calls []*call[int, int]) {
			select {
			case <-time.After(time.Second):
			case <-ctx.Done():
				*interrupted = true
			}
			l.double(ctx, calls)
		}
	}
	for name, test := range map[string]struct {
		after       time.Duration
		who         int // how many of three give up, the first ones
		uncertain   bool
		interrupted bool // the work was canceled, and returned the result itself
		want        string
	}{
		"the first before it starts": {batchWindow / 2, 1, false, false, "[[1 2]]"},
		"all before it starts":       {batchWindow / 2, 3, false, false, "[]"},
		"the first on the way":       {2 * batchWindow, 1, true, false, "[[0 1 2]]"},
		"all on the way":             {2 * batchWindow, 3, false, true, "[[0 1 2]]"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var l loads
				var interrupted bool
				b := newBatcher(10, slow(&l, &interrupted))
				ctx, cancel := context.WithCancelCause(t.Context())
				time.AfterFunc(test.after, func() { cancel(stopped) })
				var all sync.WaitGroup
				for item := range 3 {
					all.Go(func() {
						own := ctx
						if item >= test.who {
							own = t.Context()
						}
						time.Sleep(time.Duration(item)) // the first one comes first
						begun := time.Now()
						_, err := b.do(own, "", item)
						if item >= test.who {
							if err != nil {
								t.Errorf("%d: %v", item, err)
							}
							return
						}
						if test.interrupted && err == nil {
							return
						}
						if !errors.Is(err, stopped) || errors.Is(err, invite.ErrUncertain) != test.uncertain || time.Since(begun) > test.after+cancelTimeout {
							t.Errorf("%d: %v after %s", item, err, time.Since(begun))
						}
					})
				}
				all.Wait()
				synctest.Wait()
				if got := fmt.Sprint(l.all); got != test.want || interrupted != test.interrupted {
					t.Errorf("%s, interrupted %t; want %s, %t", got, interrupted, test.want, test.interrupted)
				}
				if _, err := b.do(t.Context(), "", 7); err != nil {
					t.Errorf("afterwards: %v", err)
				}
			})
		})
	}
}
