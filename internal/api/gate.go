// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"context"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// gate makes all requests of a client wait together after the platform refused one because of a rate limit. A platform
// counts all of them: if each waited by itself, the others would keep the counter full. Snyk accepts requests again
// only after a whole minute without any.
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
		// With the randomization, 60 to 90 seconds: never less than the minute that Snyk requires.
		MaxInterval:         75 * time.Second,
		RandomizationFactor: 0.2,
	}}
}

// enter waits until the gate is open. It returns the generation of waits, which [gate.refused] and [gate.passed] take.
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

// remaining is how long the gate stays closed, at least 0.
func (g *gate) remaining() time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return max(time.Until(g.opens), 0)
}

// wasClosed reports whether a rate limit has refused any request so far.
func (g *gate) wasClosed() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.generation > 0
}

// refused closes the gate for as long as the platform asks, or otherwise for a delay that grows with each refusal.
// Requests that were sent together and are refused together count as one refusal.
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

// passed resets the delays, unless the request was sent before the last refusal.
func (g *gate) passed(generation uint64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if generation == g.generation {
		g.delays.Reset()
	}
}
