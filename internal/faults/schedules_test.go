// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package faults

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

var (
	soak     = flag.Duration("soak", 0, "play random schedules for so long, rather than a fixed number")
	oneSeed  = flag.Uint64("seed", 0, "play only the schedule of this seed")
	fromSeed = flag.Uint64("from", 0, "the first seed; 0 is the variable SEED, or else the time")
)

// schedules is how many schedules, of all platforms together, are part of every test run. The documentation says so.
const schedules = 200

// firstSeed is the first seed of a run: another one each time, unless somebody wants to repeat a run. Go runs the test
// again when SEED changes, although it remembers results.
func firstSeed(t *testing.T) uint64 {
	t.Helper()
	if *fromSeed != 0 {
		return *fromSeed
	}
	if text := os.Getenv("SEED"); text != "" {
		seed, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatalf("SEED: %v", err)
		}
		return seed * 1000 // so that the runs of two moments share no schedule
	}
	return uint64(time.Now().UnixMilli())
}

// TestSchedules plays random schedules: people are declared, changed and taken out again, while invitations are accepted,
// expire, and are revoked and sent again by others; actions, queries and data sources are used; and the platform fails
// in every way it can.
func TestSchedules(t *testing.T) {
	first, each := firstSeed(t), uint64(schedules/len(testplatform.All)+1)
	for _, platform := range testplatform.All {
		t.Run(string(platform.Name), func(t *testing.T) {
			t.Parallel()
			if *oneSeed != 0 {
				play(t, platform, *oneSeed)
				return
			}
			played, began := uint64(0), time.Now()
			for {
				if *soak > 0 && time.Since(began) > *soak || *soak == 0 && played == each {
					break
				}
				if !play(t, platform, first+played) {
					break
				}
				played++
			}
			t.Logf("%d schedules, the first with the seed %d, in %s", played, first, time.Since(began).Round(time.Millisecond))
		})
	}
}

// play plays the schedule of a seed, and shortens it if it breaks a promise.
func play(t *testing.T, platform testplatform.Platform, seed uint64) bool {
	t.Helper()
	whole := randomSchedule(platform, seed)
	wrong := broke(t, platform, whole)
	if wrong == "" {
		return true
	}
	short, shortWrong := shrink(t, platform, whole, wrong)
	t.Errorf("seed %d on %s breaks a promise:\n%s\nIts shortest schedule that still does, of %d steps:\n%s\n%s\nAgain: go test ./internal/faults -run 'TestSchedules/%s$' -seed %d",
		seed, platform.Name.Title(), wrong, len(whole.Steps), short, shortWrong, platform.Name, seed)
	return false
}

// broke returns the promise that a schedule breaks, if any.
func broke(t *testing.T, platform testplatform.Platform, plan schedule) (wrong string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		o := newOrganization(ctx, platform, plan.Behaviors, plan.Trace)
		defer o.close()
		defer func() {
			if reason := recover(); reason != nil {
				wrong = fmt.Sprintf("works: panic: %v", reason)
			}
		}()
		wrong = plan.play(o)
		if most := o.net.MostInFlight(); most > maxInFlight {
			wrong = fmt.Sprintf("limits: %d requests in flight", most)
		}
	})
	return wrong
}

// shrink drops steps as long as the same promise is broken.
func shrink(t *testing.T, platform testplatform.Platform, plan schedule, wrong string) (short schedule, still string) {
	t.Helper()
	promise, _, _ := strings.Cut(wrong, ":")
	fails := func(candidate schedule) bool {
		for range 2 { // with several workers the clients' own order may differ
			if found := broke(t, platform, candidate); strings.HasPrefix(found, promise+":") {
				still = found
				return true
			}
		}
		return false
	}
	short, still = plan, wrong
	for size := len(short.Steps) / 2; size >= 1; size /= 2 {
		for at := 0; at+size <= len(short.Steps); {
			candidate := short
			candidate.Steps = append(append([]step{}, short.Steps[:at]...), short.Steps[at+size:]...)
			if fails(candidate) {
				short = candidate
			} else {
				at += size
			}
		}
	}
	for at := range short.Steps {
		for _, simpler := range []func(*step){
			func(s *step) { s.Pace.Workers = min(s.Pace.Workers, 1) },
			func(s *step) { s.Pace.Interrupt = 0 },
			func(s *step) { s.Declaration = declaration{Person: s.Declaration.Person} },
			func(s *step) { s.Declaration.Capitals = false },
			func(s *step) { s.Declaration.CreateFirst = false },
			func(s *step) { s.Declaration.Adopt = false },
			func(s *step) { s.Declaration.Manage = false },
			func(s *step) { s.Declaration.Reinvite = false },
			func(s *step) { s.Declaration.ExpiresIn = "" },
			func(s *step) { s.Declaration.Grant = 0 },
		} {
			candidate := short
			candidate.Steps = append([]step{}, short.Steps...)
			simpler(&candidate.Steps[at])
			if fmt.Sprint(candidate.Steps[at]) != fmt.Sprint(short.Steps[at]) && fails(candidate) {
				short = candidate
			}
		}
	}
	return short, still
}
