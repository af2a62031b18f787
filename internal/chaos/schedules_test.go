package chaos

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var (
	soak     = flag.Duration("soak", 0, "play random schedules for so long, rather than a fixed number")
	oneSeed  = flag.Uint64("seed", 0, "play only the schedule of this seed")
	fromSeed = flag.Uint64("from", 1, "the first seed")
)

// TestSchedules plays random lives: people are declared, changed and taken out again, while invitations are accepted,
// expire, and are revoked and sent again by others, and the platform fails in every way it can.
func TestSchedules(t *testing.T) {
	schedules := 70
	if testing.Short() || underRace {
		schedules = 20
	}
	for _, s := range subjects() {
		t.Run(string(s.platform), func(t *testing.T) {
			t.Parallel()
			played, began := 0, time.Now()
			if *oneSeed != 0 {
				play(t, s, *oneSeed)
				return
			}
			for seed := *fromSeed; ; seed++ {
				if *soak > 0 && time.Since(began) > *soak || *soak == 0 && played == schedules {
					break
				}
				if !play(t, s, seed) {
					break
				}
				played++
			}
			t.Logf("%d schedules, seeds %d to %d, in %s", played, *fromSeed, *fromSeed+uint64(played)-1, time.Since(began).Round(time.Millisecond))
		})
	}
}

// play plays the schedule of a seed, and shortens it if it breaks a promise.
func play(t *testing.T, s subject, seed uint64) bool {
	t.Helper()
	whole := randomSchedule(s, seed)
	wrong := broke(t, s, whole)
	if wrong == "" {
		return true
	}
	short, shortWrong := shrink(t, s, whole, wrong)
	t.Errorf("seed %d on %s breaks a promise:\n%s\nIts shortest schedule that still does, of %d steps:\n%s\n%s\nAgain: go test ./internal/chaos -run 'TestSchedules/%s' -seed %d",
		seed, s.platform, wrong, len(whole.Steps), short, shortWrong, s.platform, seed)
	return false
}

// broke says which promise a schedule breaks, if any.
func broke(t *testing.T, s subject, plan schedule) (wrong string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		w := newWorkspace(ctx, s, plan.Switches, plan.Trace)
		defer w.close()
		defer func() {
			if reason := recover(); reason != nil {
				wrong = fmt.Sprintf("works: panic: %v", reason)
			}
		}()
		wrong = plan.live(w)
		if w.net.most > maxInFlight {
			wrong = fmt.Sprintf("limits: %d requests in flight", w.net.most)
		}
	})
	return wrong
}

// maxInFlight is how many requests of one provider process may be on their way at once.
const maxInFlight = 16

// shrink drops steps as long as the same promise is broken.
func shrink(t *testing.T, s subject, plan schedule, wrong string) (short schedule, still string) {
	t.Helper()
	promise, _, _ := strings.Cut(wrong, ":")
	fails := func(candidate schedule) bool {
		for range 2 { // with several workers the clients' own order may differ
			if found := broke(t, s, candidate); strings.HasPrefix(found, promise+":") {
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
			func(s *step) { s.Declaration.Shout = false },
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
