package elasticcloud

import (
	"context"
	"sync"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// Terraform works on several resources at once, and asks for each by itself. So
// what arrives together is found by waiting a moment: pause after the last
// arrival, but never longer than patience in all.
//
// When as many wait as Terraform works on at once nobody else can come, and they leave: after a
// breath where that many were never seen before, since then there may be more to come.
// While some are on their way the others wait for them, since each that
// comes back brings the next one: otherwise the crowd would stay split once it was.
const (
	pause    = 100 * time.Millisecond
	breath   = time.Millisecond
	patience = time.Second
	// farewell is how long a caller who gave up waits for the work to end too.
	farewell = 50 * time.Millisecond
)

// gatherer joins calls that arrive together and can travel as one request.
type gatherer[In, Out any] struct {
	most int
	work func(context.Context, []In) []outcome[Out]

	mu       sync.Mutex
	open     map[string]*batch[In, Out]
	waiting  int  // how many sit in open batches
	underway int  // how many wait for an answer
	crowd    int  // how many can be here at once, as far as is known
	grown    bool // the crowd did, since a batch left
}

// outcome is what comes of one call.
type outcome[Out any] struct {
	value Out
	err   error
}

// batch is calls on their way together.
type batch[In, Out any] struct {
	seats   []*seat[In, Out]
	left    int // how many callers gave up
	started bool
	timer   *time.Timer
	until   time.Time
	cancel  context.CancelFunc
	done    chan struct{} // closed when every seat has its outcome
}

// seat is one call in a batch.
type seat[In, Out any] struct {
	item In
	left bool
	outcome[Out]
}

// newGatherer makes a gatherer of at most so many calls at a time. work gets at
// least one item and returns an outcome for each, in their order.
func newGatherer[In, Out any](most int, work func(context.Context, []In) []outcome[Out]) *gatherer[In, Out] {
	return &gatherer[In, Out]{most: most, work: work, open: map[string]*batch[In, Out]{}}
}

// expect tells how many can be here at once.
func (g *gatherer[In, Out]) expect(crowd int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.crowd, g.grown = crowd, true
}

// do has an item worked on together with others of the same key.
func (g *gatherer[In, Out]) do(ctx context.Context, key string, item In) (Out, error) {
	b, s := g.join(ctx, key, item)
	select {
	case <-b.done:
	case <-ctx.Done():
		if started := g.leave(key, b, s); !started {
			return *new(Out), context.Cause(ctx)
		}
		// When Terraform is cancelled all give up, which ends the work. Then it still tells
		// whether anything was sent, and nothing was while it waited for a platform that refuses.
		select {
		case <-b.done:
		case <-time.After(farewell):
			return *new(Out), &invite.Failure{Meaning: invite.ErrUncertain, Err: context.Cause(ctx)}
		}
	}
	return s.value, s.err
}

// join takes a seat in the open batch, or opens one. The work belongs to all
// who take part: it goes on while one of them still waits, whoever came first.
func (g *gatherer[In, Out]) join(ctx context.Context, key string, item In) (*batch[In, Out], *seat[In, Out]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	b := g.open[key]
	if b == nil {
		shared, cancel := context.WithCancel(context.WithoutCancel(ctx)) //nolint:gosec // run and leave call it
		b = &batch[In, Out]{until: time.Now().Add(patience), cancel: cancel, done: make(chan struct{})}
		b.timer = time.AfterFunc(pause, func() { g.run(shared, key, b) })
		g.open[key] = b
	}
	s := &seat[In, Out]{item: item}
	b.seats = append(b.seats, s)
	g.waiting++
	if len(b.seats) == g.most {
		g.shut(key, b)
		b.timer.Reset(0)
	}
	g.retime()
	return b, s
}

// retime sets when the open batches leave, after somebody came or came back.
func (g *gatherer[In, Out]) retime() {
	for _, b := range g.open {
		wait := pause
		switch {
		case g.underway > 0:
			wait = patience
		case g.crowd == 0 || g.waiting < g.crowd:
		case g.grown:
			wait = breath
		default:
			wait = 0
		}
		b.timer.Reset(min(wait, time.Until(b.until)))
	}
}

// leave gives a seat up, and reports whether the work had been started by then.
func (g *gatherer[In, Out]) leave(key string, b *batch[In, Out], s *seat[In, Out]) (started bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	s.left = true
	b.left++
	if !b.started {
		g.waiting--
	}
	if b.left == len(b.seats) {
		g.shut(key, b)
		b.cancel()
	}
	return b.started
}

// shut keeps others from joining.
func (g *gatherer[In, Out]) shut(key string, b *batch[In, Out]) {
	if g.open[key] == b {
		delete(g.open, key)
	}
}

// start ends the gathering and returns who is in. It returns nobody the second
// time: a timer that is reset while it fires does so twice.
func (g *gatherer[In, Out]) start(key string, b *batch[In, Out]) (present []*seat[In, Out]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut(key, b)
	if b.started {
		return nil
	}
	b.started, g.grown = true, false
	for _, s := range b.seats {
		if !s.left {
			present = append(present, s)
		}
	}
	g.waiting -= len(present)
	g.underway += len(present)
	return present
}

// end takes note that so many have their answers.
func (g *gatherer[In, Out]) end(answered int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.underway -= answered
	g.retime()
}

func (g *gatherer[In, Out]) run(ctx context.Context, key string, b *batch[In, Out]) {
	present := g.start(key, b)
	if len(present) == 0 {
		return
	}
	defer b.cancel()
	items := make([]In, 0, len(present))
	for _, s := range present {
		items = append(items, s.item)
	}
	for i, outcome := range g.work(ctx, items) {
		present[i].outcome = outcome
	}
	g.end(len(present))
	close(b.done)
}
