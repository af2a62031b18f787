// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"context"
	"errors"
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
	limit int                                     // the number of calls in a full batch
	work  func(context.Context, []*call[In, Out]) // sets the result of each call; there is at least one
	mu    sync.Mutex                              // for all below, and for the fields of batches and calls
	last  map[string]*batch[In, Out]              // by key; the last batch that has not returned
}

// batch is a number of calls that share a request.
type batch[In, Out any] struct {
	calls  []*call[In, Out]
	closed bool          // no further call can join
	window *time.Timer   // ends batchWindow after the last call
	full   chan struct{} // closed when the batch is full
	done   chan struct{} // closed when every call has its result
}

// call is one call in a batch.
type call[In, Out any] struct {
	item   In
	gaveUp <-chan struct{} // closed when the caller is canceled
	begun  bool            // the work on the item has begun
	value  Out
	err    error
}

// errRetrySingly is the result of a call whose batch was refused, perhaps because of another call. It must be worked on
// by itself, to succeed or to get an answer of its own.
var errRetrySingly = errors.New("refused together with others")

// setError is the result of calls that fail, or succeed, together.
func setError[In, Out any](calls []*call[In, Out], err error) {
	for _, c := range calls {
		c.err = err
	}
}

func newBatcher[In, Out any](limit int, work func(context.Context, []*call[In, Out])) *batcher[In, Out] {
	return &batcher[In, Out]{limit: limit, work: work, last: map[string]*batch[In, Out]{}}
}

// do works on an item together with others of the same key. A caller that is canceled before its batch starts gets the
// cause, and its item is not worked on. A caller that is canceled later gets [invite.ErrUncertain], unless the work
// ends within cancelTimeout. A call that ends with errRetrySingly is worked on again, by itself.
func (b *batcher[In, Out]) do(ctx context.Context, key string, item In) (Out, error) {
	own := &call[In, Out]{item: item, gaveUp: ctx.Done()}
	done := b.join(ctx, key, own)
	select {
	case <-done:
	case <-ctx.Done():
		b.mu.Lock()
		begun := own.begun
		b.mu.Unlock()
		if !begun {
			return *new(Out), context.Cause(ctx)
		}
		// When Terraform is canceled, all callers are, which cancels the work as well. Its result still shows whether
		// anything was sent: nothing was, if it was waiting for a rate limit.
		select {
		case <-done:
		case <-time.After(cancelTimeout):
			return *new(Out), &invite.Failure{Meaning: invite.ErrUncertain, Err: context.Cause(ctx)}
		}
	}
	if errors.Is(own.err, errRetrySingly) {
		own.err = nil
		b.work(ctx, []*call[In, Out]{own})
	}
	return own.value, own.err
}

// join adds a call to the open batch, or opens a new batch. It returns a channel that is closed when the call has its
// result.
func (b *batcher[In, Out]) join(ctx context.Context, key string, own *call[In, Out]) <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	open := b.last[key]
	if open == nil || open.closed {
		before := open
		open = &batch[In, Out]{
			window: time.NewTimer(batchWindow), full: make(chan struct{}), done: make(chan struct{}),
		}
		b.last[key] = open
		go b.run(context.WithoutCancel(ctx), key, open, before)
	}
	open.calls = append(open.calls, own)
	open.window.Reset(batchWindow)
	if len(open.calls) == b.limit {
		open.closed = true
		close(open.full)
	}
	return open.done
}

// run works on a batch as soon as it may start.
func (b *batcher[In, Out]) run(ctx context.Context, key string, own, before *batch[In, Out]) {
	if before != nil {
		select {
		case <-before.done:
			own.window.Reset(batchWindow)
		case <-own.full:
		}
	}
	select {
	case <-own.window.C:
	case <-own.full:
	}
	if calls := b.begin(own); len(calls) > 0 {
		ctx, cancel := context.WithCancel(ctx)
		go func() {
			// The work belongs to all callers. It is canceled when all of them are, whoever came first.
			for _, c := range calls {
				select {
				case <-c.gaveUp:
				case <-ctx.Done():
				}
			}
			cancel()
		}()
		b.work(ctx, calls)
		cancel()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.last[key] == own {
		delete(b.last, key)
	}
	close(own.done)
}

// begin closes a batch and returns the calls whose callers still wait.
func (b *batcher[In, Out]) begin(own *batch[In, Out]) (calls []*call[In, Out]) {
	b.mu.Lock()
	defer b.mu.Unlock()
	own.closed = true
	for _, c := range own.calls {
		select {
		case <-c.gaveUp:
		default:
			c.begun = true
			calls = append(calls, c)
		}
	}
	return calls
}
