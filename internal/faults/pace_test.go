// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package faults

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake/faketest"
)

// pace is how the work of one walk is interleaved. The same pace interleaves the same work in the same way as
// far as requests and answers are concerned, one passing at a time; with one worker the whole walk is the same.
type pace struct {
	Seed    uint64
	Workers int
	// Interrupt ends the walk, as Ctrl-C does, when so many requests and answers have passed; 0 is never.
	Interrupt int
	// Hasty never pauses.
	Hasty bool
}

// maxPause is how long a pace may pause between two requests, for what goes by the clock in the clients. After
// stuckAfter, by the clock of the bubble, a walk counts as stuck: longer than ten minutes of being refused and all retries.
const (
	maxPause   = 3 * time.Second
	stuckAfter = 6 * time.Hour
)

// run does pieces of work side by side, and returns what is wrong with how that went.
func (p pace) run(ctx context.Context, n *faketest.Network, work []func(context.Context)) (wrong string) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	chance := rand.New(rand.NewPCG(p.Seed, 1))
	ended := make(chan string, len(work))
	n.Pace(true)
	defer n.Pace(false)
	running, passed := 0, 0
	for {
		synctest.Wait()
		for {
			var panicked string
			select {
			case panicked = <-ended:
				running--
				if panicked != "" {
					wrong = panicked
				}
				continue
			default:
			}
			break
		}
		waiting := n.Waiting()
		ready := len(work) > 0 && running < p.Workers && ctx.Err() == nil
		switch {
		case ready && (waiting == 0 || chance.IntN(2) == 0):
			one := work[0]
			work = work[1:]
			running++
			go func() {
				panicked := ""
				defer func() { ended <- panicked }()
				defer func() {
					if reason := recover(); reason != nil {
						panicked = fmt.Sprintf("panic: %v\n%s", reason, debug.Stack())
					}
				}()
				one(ctx)
			}()
		case waiting > 0:
			if passed++; passed == p.Interrupt {
				cancel()
				continue
			}
			if p.Workers > 1 && !p.Hasty && chance.IntN(8) == 0 {
				<-time.After(time.Duration(chance.Int64N(int64(maxPause))))
				continue
			}
			n.Pass(chance.IntN)
		case running == 0 && (len(work) == 0 || ctx.Err() != nil):
			return wrong
		default:
			select {
			case <-n.Arrived:
			case panicked := <-ended:
				running--
				if panicked != "" {
					wrong = panicked
				}
			case <-time.After(stuckAfter):
				return "stuck: nothing happens any more"
			}
		}
	}
}
