// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"context"
	"sync"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

const (
	// batchWindow is how long a batch waits for one more call. By default Terraform works on ten resources at once,
	// calls the provider for each of them separately, and writes its whole state in between. With a thousand resources
	// that takes tens of milliseconds, so that a window counted from the first call would end after three or four
	// calls.
	batchWindow = 100 * time.Millisecond
	// cancelTimeout is how long a canceled caller waits until the work that has begun ends as well.
	cancelTimeout = 50 * time.Millisecond
)

// batcher joins calls that arrive shortly after each other into one request.
//
// A batch starts when no call has joined it for batchWindow. While the batch before it is in flight it waits, and it
// starts batchWindow after that batch has returned at the earliest: the callers that get their answers make the next
// calls. So callers that a slow start has split come together again. A full batch starts at once.
type batcher[In, Out any] struct {
	limit int
	work  func(context.Context, []In) []result[Out]

	mu     sync.Mutex
	latest map[string]*batch[In, Out] // by key; the last batch that has not returned
}

// result is the result of one call.
type result[Out any] struct {
	value Out
	err   error
}

// batch is a number of calls that share a request.
type batch[In, Out any] struct {
	calls   []*call[In, Out]
	waiting int  // number of callers that have not given up
	closed  bool // no further call can join
	started bool
	window  *time.Timer   // ends batchWindow after the last call
	full    chan struct{} // closed when the batch has limit calls
	done    chan struct{} // closed when every call has its result
	cancel  context.CancelFunc
}

// call is one call in a batch.
type call[In, Out any] struct {
	item   In
	gaveUp bool
	result[Out]
}

// newBatcher returns a batcher with at most limit calls in a batch. work gets at least one item, and returns one
// result for each item, in the same order.
func newBatcher[In, Out any](limit int, work func(context.Context, []In) []result[Out]) *batcher[In, Out] {
	return &batcher[In, Out]{limit: limit, work: work, latest: map[string]*batch[In, Out]{}}
}

// do works on an item together with others of the same key. A caller that is canceled before its batch starts gets the
// cause, and its item is not worked on. A caller that is canceled later gets [invite.ErrUncertain], unless the work
// ends within cancelTimeout.
func (b *batcher[In, Out]) do(ctx context.Context, key string, item In) (Out, error) {
	joined, own := b.join(ctx, key, item)
	select {
	case <-joined.done:
	case <-ctx.Done():
		if started := b.giveUp(joined, own); !started {
			return *new(Out), context.Cause(ctx)
		}
		// When Terraform is canceled, all callers are, which cancels the work as well. Its result still shows whether
		// anything was sent: nothing was, if it was waiting for a rate limit.
		select {
		case <-joined.done:
		case <-time.After(cancelTimeout):
			return *new(Out), &invite.Failure{Meaning: invite.ErrUncertain, Err: context.Cause(ctx)}
		}
	}
	return own.value, own.err
}

// join adds a call to the open batch, or opens a new batch. The work belongs to all callers: it continues while at
// least one of them waits, whoever came first.
func (b *batcher[In, Out]) join(ctx context.Context, key string, item In) (*batch[In, Out], *call[In, Out]) {
	b.mu.Lock()
	defer b.mu.Unlock()
	open := b.latest[key]
	if open == nil || open.closed {
		before := open
		shared, cancel := context.WithCancel(context.WithoutCancel(ctx)) //nolint:gosec // run calls it
		open = &batch[In, Out]{
			window: time.NewTimer(batchWindow), full: make(chan struct{}), done: make(chan struct{}), cancel: cancel,
		}
		b.latest[key] = open
		go b.run(shared, key, open, before)
	}
	own := &call[In, Out]{item: item}
	open.calls = append(open.calls, own)
	open.waiting++
	open.window.Reset(batchWindow)
	if len(open.calls) == b.limit {
		open.closed = true
		close(open.full)
	}
	return open, own
}

// giveUp removes a caller from a batch, and reports whether the work had already started.
func (b *batcher[In, Out]) giveUp(joined *batch[In, Out], own *call[In, Out]) (started bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	own.gaveUp = true
	joined.waiting--
	if joined.waiting == 0 {
		joined.closed = true
		joined.cancel()
	}
	return joined.started
}

// run works on a batch as soon as it may start.
func (b *batcher[In, Out]) run(ctx context.Context, key string, own, before *batch[In, Out]) {
	defer own.cancel()
	own.gather(ctx, before)
	own.window.Stop()
	if calls := b.start(own); len(calls) > 0 {
		items := make([]In, 0, len(calls))
		for _, c := range calls {
			items = append(items, c.item)
		}
		for i, result := range b.work(ctx, items) {
			calls[i].result = result
		}
	}
	b.finish(key, own)
}

// gather returns when the batch may start, or when no caller waits for it any more.
func (own *batch[In, Out]) gather(ctx context.Context, before *batch[In, Out]) {
	if before != nil {
		select {
		case <-before.done:
		case <-own.full:
			return
		case <-ctx.Done():
			return
		}
		own.window.Reset(batchWindow)
	}
	select {
	case <-own.window.C:
	case <-own.full:
	case <-ctx.Done():
	}
}

// start closes a batch and returns the calls whose callers still wait.
func (b *batcher[In, Out]) start(own *batch[In, Out]) (calls []*call[In, Out]) {
	b.mu.Lock()
	defer b.mu.Unlock()
	own.closed, own.started = true, true
	for _, c := range own.calls {
		if !c.gaveUp {
			calls = append(calls, c)
		}
	}
	return calls
}

// finish returns the results to the callers.
func (b *batcher[In, Out]) finish(key string, own *batch[In, Out]) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.latest[key] == own {
		delete(b.latest, key)
	}
	close(own.done)
}
