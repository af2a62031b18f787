// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package listcache

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// counted is a cache whose every load waits for gate, if there is one, and returns an item with the load's number.
func counted(gate chan struct{}) (*Cache[item], *atomic.Int32) {
	var loads atomic.Int32
	return New(func(ctx context.Context) ([]item, error) {
		note := fmt.Sprint(loads.Add(1))
		if gate != nil {
			select {
			case <-gate:
			case <-ctx.Done():
				return nil, context.Cause(ctx)
			}
		}
		return []item{{"a", "ada@x.y", note}}, nil
	}, key, group), &loads
}

func read(t *testing.T, c *Cache[item]) string {
	t.Helper()
	all, err := c.All(t.Context())
	if err != nil {
		t.Error(err)
	}
	return text(all)
}

func TestLookups(t *testing.T) {
	t.Parallel()
	c, loads := counted(nil)
	found, err := c.Group(t.Context(), "ada@x.y")
	equal(t, "a group", text(found), "a1")
	equal(t, "error", err, nil)
	one, ok, err := c.Get(t.Context(), "a")
	equal(t, "by key", one, item{"a", "ada@x.y", "1"})
	equal(t, "found", ok, true)
	equal(t, "error", err, nil)
	_, ok, _ = c.Get(t.Context(), "b")
	equal(t, "found nothing", ok, false)
	equal(t, "loads", loads.Load(), 1)
}

func TestConcurrentReadersShareOneRequest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		c, loads := counted(gate)
		var wait sync.WaitGroup
		for range 50 {
			wait.Go(func() { equal(t, "list", read(t, c), "a1") })
		}
		synctest.Wait()
		close(gate)
		wait.Wait()
		equal(t, "list", read(t, c), "a1")
		equal(t, "loads", loads.Load(), 1)
	})
}

func TestFailureIsNotRemembered(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	loads := 0
	c := New(func(context.Context) ([]item, error) {
		if loads++; loads == 1 {
			return []item{{"x", "", ""}}, broken
		}
		return nil, nil
	}, key, group)
	all, err := c.All(t.Context())
	equal(t, "first", err, broken)
	equal(t, "items of a failed list", len(all), 0)
	equal(t, "second", read(t, c), "")
	equal(t, "third", read(t, c), "")
	equal(t, "loads", loads, 2)
}

// An own write while a list is on its way is kept, whichever ends first.
func TestOwnWrites(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		c, _ := counted(gate)
		c.Put(item{"b", "", ""})
		go func() { _, _ = c.All(t.Context()) }()
		synctest.Wait()
		c.Put(item{"c", "", ""})
		c.Update("c", func(i item) item { i.note = "2"; return i })
		c.Update("nobody", func(i item) item { i.id = "x"; return i })
		c.Remove("a")
		close(gate)
		equal(t, "list", read(t, c), "b c2")
		c.Put(item{"d", "", ""})
		equal(t, "list", read(t, c), "b c2 d")
	})
}

// A list that was on its way when the cache was invalidated does not count.
func TestInvalidateDuringLoad(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		c, loads := counted(gate)
		var early, late string
		go func() { early = read(t, c) }()
		synctest.Wait()
		c.Invalidate()
		go func() { late = read(t, c) }()
		synctest.Wait()
		equal(t, "loads at once", loads.Load(), 2)
		close(gate)
		synctest.Wait()
		equal(t, "whoever asked before", early, "a2")
		equal(t, "whoever asked after", late, "a2")
		equal(t, "loads", loads.Load(), 2)
		c.Invalidate()
		equal(t, "after the next one", read(t, c), "a3")
	})
}

func TestInvalidateIfOlder(t *testing.T) {
	t.Parallel()
	c, loads := counted(nil)
	before := c.Generation()
	read(t, c)
	c.InvalidateIfOlder(before)
	equal(t, "a list that was requested since", read(t, c), "a1")
	c.InvalidateIfOlder(c.Generation())
	equal(t, "a list from before", read(t, c), "a2")
	equal(t, "loads", loads.Load(), 2)
}

// What was requested before a moment may have been answered before it, whenever it arrives.
func TestInvalidateIfRequestedBefore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		c, loads := counted(gate)
		var early string
		go func() { early = read(t, c) }()
		synctest.Wait()
		moment := c.Generation()
		close(gate)
		synctest.Wait()
		equal(t, "whoever asked before", early, "a1")
		c.InvalidateIfOlder(moment)
		equal(t, "whoever asks since", read(t, c), "a2")
		c.InvalidateIfOlder(moment)
		equal(t, "once is enough", read(t, c), "a2")
		equal(t, "loads", loads.Load(), 2)
	})
}

// A reader who gives up, also the one whose request it is, does not fail the others.
func TestReadersGiveUp(t *testing.T) {
	t.Parallel()
	for _, cause := range []error{context.Canceled, errors.New("enough")} {
		synctest.Test(t, func(t *testing.T) {
			gate := make(chan struct{})
			c, loads := counted(gate)
			leader, giveUp := context.WithCancelCause(t.Context())
			gone := make(chan error, 1)
			go func() {
				_, err := c.All(leader)
				gone <- err
			}()
			synctest.Wait()
			var lists []string
			var mu sync.Mutex
			for range 5 {
				go func() {
					got := read(t, c)
					mu.Lock()
					defer mu.Unlock()
					lists = append(lists, got)
				}()
			}
			synctest.Wait()
			giveUp(cause)
			equal(t, "the one who gave up", <-gone, cause)
			synctest.Wait()
			close(gate)
			synctest.Wait()
			equal(t, "the others", strings.Join(slices.Compact(lists), " "), "a2")
			equal(t, "loads", loads.Load(), 2)
		})
	}
}

// A platform's failure that looks like a cancellation is a failure.
func TestCanceledByThePlatform(t *testing.T) {
	t.Parallel()
	loads := 0
	c := New(func(context.Context) ([]item, error) {
		loads++
		return nil, context.Canceled
	}, key, group)
	_, err := c.All(t.Context())
	equal(t, "error", err, context.Canceled)
	equal(t, "loads", loads, 1)
}
