package elasticcloud

import (
	"context"
	"sync"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

const (
	// batchWindow is how long a batch waits for one more call. Terraform works on ten resources at once by default and
	// calls for each one separately. It writes its whole state in between, which takes tens of milliseconds where there
	// are a thousand resources: a window that began with the first call would be over after three or four.
	batchWindow = 100 * time.Millisecond
	// cancelTimeout is how long a canceled caller waits for work that has begun to end too.
	cancelTimeout = 50 * time.Millisecond
)

// batcher joins calls that arrive shortly after each other and can travel as one request.
//
// A batch leaves when no call has joined it for batchWindow. While the batch before it is in flight it waits, and
// leaves batchWindow after that one has returned at the earliest: the callers that get their answers are those that
// bring the next calls. So callers that were split once, by a slow start, come together again. A full batch leaves at
// once.
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

// batch is a number of calls that travel together.
type batch[In, Out any] struct {
	calls   []*call[In, Out]
	waiting int  // how many callers have not given up
	closed  bool // no further call can join
	started bool
	window  *time.Timer   // ends batchWindow after the last call
	full    chan struct{} // closed when the batch has as many calls as it can take
	done    chan struct{} // closed when every call has its result
	cancel  context.CancelFunc
}

// call is one call in a batch.
type call[In, Out any] struct {
	item   In
	gaveUp bool
	result[Out]
}

// newBatcher returns a batcher of at most limit calls a batch. work gets at least one item and returns a result for
// each, in the same order.
func newBatcher[In, Out any](limit int, work func(context.Context, []In) []result[Out]) *batcher[In, Out] {
	return &batcher[In, Out]{limit: limit, work: work, latest: map[string]*batch[In, Out]{}}
}

// do works on an item together with others of the same key. A caller that is canceled before the batch has left gets
// the cause, and its item is not worked on; later it gets [invite.ErrUncertain], unless the work ends as well.
func (b *batcher[In, Out]) do(ctx context.Context, key string, item In) (Out, error) {
	joined, own := b.join(ctx, key, item)
	select {
	case <-joined.done:
	case <-ctx.Done():
		if started := b.giveUp(joined, own); !started {
			return *new(Out), context.Cause(ctx)
		}
		// When Terraform is canceled, all callers are. That ends the work, which still says whether anything was sent:
		// nothing was if it was waiting for a rate limit.
		select {
		case <-joined.done:
		case <-time.After(cancelTimeout):
			return *new(Out), &invite.Failure{Meaning: invite.ErrUncertain, Err: context.Cause(ctx)}
		}
	}
	return own.value, own.err
}

// join adds a call to the open batch, or opens one. The work belongs to all callers: it goes on while one of them
// still waits, whoever came first.
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

// giveUp takes a caller out of a batch, and reports whether the work had started by then.
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

// run works on a batch as soon as it may leave.
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

// gather returns when the batch may leave, or when nobody waits for it any more.
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

// start closes a batch and returns the calls of those who still wait.
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

// finish gives the callers their results.
func (b *batcher[In, Out]) finish(key string, own *batch[In, Out]) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.latest[key] == own {
		delete(b.latest, key)
	}
	close(own.done)
}
