package api

import (
	"context"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// gate is where the requests of a client wait together after the platform refused one for coming too fast (429). A
// platform counts what comes from all of them: each waiting by itself would keep the counter full, and Snyk forgives
// only after a whole minute without any request.
type gate struct {
	mu         sync.Mutex
	opens      time.Time
	generation uint64 // counts the waits
	delays     *backoff.ExponentialBackOff
}

func newGate() *gate {
	return &gate{delays: &backoff.ExponentialBackOff{
		InitialInterval: time.Second,
		Multiplier:      2,
		// One to one and a half minutes in the end: never less than the minute that Snyk wants.
		MaxInterval:         75 * time.Second,
		RandomizationFactor: 0.2,
	}}
}

// enter waits until the gate is open. It returns the generation of waits, with which the outcome is reported.
func (g *gate) enter(ctx context.Context) (generation uint64, err error) {
	for {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		g.mu.Lock()
		generation, opens := g.generation, g.opens
		g.mu.Unlock()
		wait := time.Until(opens)
		if wait <= 0 {
			return generation, nil
		}
		if err := sleep(ctx, wait); err != nil {
			return 0, err
		}
	}
}

// remaining is how long the gate stays closed.
func (g *gate) remaining() time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return max(time.Until(g.opens), 0)
}

// refused closes the gate for as long as the platform asks, or for a delay that grows from one refusal to the next.
// Requests that set off together and are refused together count as one refusal.
func (g *gate) refused(generation uint64, wait time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	first := generation == g.generation
	if wait <= 0 {
		if !first {
			return
		}
		wait = g.delays.NextBackOff()
	}
	if first {
		g.generation++
	}
	if opens := time.Now().Add(wait); opens.After(g.opens) {
		g.opens = opens
	}
}

// passed lets the delays start small again, unless the request set off before the last refusal.
func (g *gate) passed(generation uint64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if generation == g.generation {
		g.delays.Reset()
	}
}
