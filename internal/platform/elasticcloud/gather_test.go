package elasticcloud

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// loads notes what traveled together.
type loads struct {
	mu  sync.Mutex
	all [][]int
}

func (l *loads) note(items []int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, slices.Sorted(slices.Values(items)))
}

// double is work whose outcomes tell the items apart.
func (l *loads) double(_ context.Context, items []int) []outcome[int] {
	l.note(items)
	var outcomes []outcome[int]
	for _, item := range items {
		outcomes = append(outcomes, outcome[int]{value: 2 * item})
	}
	return outcomes
}

func TestGathererJoinsWhatArrivesTogether(t *testing.T) {
	for name, test := range map[string]struct {
		most    int
		arrival func(item int) time.Duration
		want    string
	}{
		"at once":     {10, func(int) time.Duration { return 0 }, "[[0 1 2 3 4 5]]"},
		"one by one":  {10, func(item int) time.Duration { return time.Duration(item) * 2 * pause }, "[[0] [1] [2] [3] [4] [5]]"},
		"in a row":    {10, func(item int) time.Duration { return time.Duration(item) * pause / 2 }, "[[0 1 2 3 4 5]]"},
		"too slowly":  {10, func(item int) time.Duration { return time.Duration(item) * (pause - 1) }, "[[0 1 2 3 4 5]]"},
		"too many":    {4, func(item int) time.Duration { return time.Duration(item) }, "[[0 1 2 3] [4 5]]"},
		"for so long": {10, func(item int) time.Duration { return time.Duration(item) * (pause - 1) * 4 / 5 }, "[[0 1 2 3 4 5]]"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var l loads
				g := newGatherer(test.most, l.double)
				var all sync.WaitGroup
				for item := range 6 {
					all.Go(func() {
						time.Sleep(test.arrival(item))
						if got, err := g.do(t.Context(), "", item); got != 2*item || err != nil {
							t.Errorf("%d: %d, %v", item, got, err)
						}
					})
				}
				all.Wait()
				if got := fmt.Sprint(l.all); got != test.want {
					t.Errorf("%s, want %s", got, test.want)
				}
				if len(g.open) != 0 {
					t.Errorf("open: %v", g.open)
				}
			})
		})
	}
}

// A batch leaves as soon as everybody is there who can come.
func TestGathererKnowsHowManyCanCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l loads
		g := newGatherer(50, l.double)
		g.expect(10)
		begun := time.Now()
		var all sync.WaitGroup
		for worker := range 10 {
			all.Go(func() {
				for round := range 4 {
					_, _ = g.do(t.Context(), "", round*10+worker)
				}
			})
		}
		all.Wait()
		if took, want := time.Since(begun), breath; took != want || len(l.all) != 4 {
			t.Errorf("%d batches in %s, want 4 in %s", len(l.all), took, want)
		}
		// More than ever before still travel together.
		g.expect(15)
		for item := range 15 {
			all.Go(func() { _, _ = g.do(t.Context(), "", 100+item) })
		}
		all.Wait()
		if last := l.all[len(l.all)-1]; len(last) != 15 {
			t.Errorf("the last batch has %d, want 15", len(last))
		}
	})
}

// Two crowds that were split by a slow start become one again, and stay together.
func TestGathererJoinsWhatWasSplit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l loads
		g := newGatherer(50, func(ctx context.Context, items []int) []outcome[int] {
			time.Sleep(4 * pause)
			return l.double(ctx, items)
		})
		g.expect(10)
		var all sync.WaitGroup
		for worker := range 10 {
			all.Go(func() {
				if worker >= 6 {
					time.Sleep(2 * pause)
				}
				for round := range 4 {
					_, _ = g.do(t.Context(), "", round*10+worker)
				}
			})
		}
		all.Wait()
		var sizes []int
		for _, load := range l.all {
			sizes = append(sizes, len(load))
		}
		if got := fmt.Sprint(sizes); got != "[6 10 10 10 4]" {
			t.Errorf("batches of %s", got)
		}
	})
}

// Those who are sent with something else count too: when all wait, nobody else can come.
func TestGathererCountsEverybody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l loads
		g := newGatherer(50, l.double)
		g.expect(10)
		begun := time.Now()
		var all sync.WaitGroup
		for worker := range 10 {
			all.Go(func() {
				for round := range 3 {
					_, _ = g.do(t.Context(), fmt.Sprint(worker%2), round*10+worker)
				}
			})
		}
		all.Wait()
		if took, want := time.Since(begun), breath; took != want || len(l.all) != 6 {
			t.Errorf("%d batches in %s, want 6 in %s", len(l.all), took, want)
		}
	})
}

func TestGathererDoesNotWaitForever(t *testing.T) {
	for name, slow := range map[string]time.Duration{"arrivals": 0, "answers": time.Hour} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var l loads
				g := newGatherer(1000, func(ctx context.Context, items []int) []outcome[int] {
					l.note(items)
					time.Sleep(slow)
					return make([]outcome[int], len(items))
				})
				var all sync.WaitGroup
				for item := range 100 {
					all.Go(func() {
						time.Sleep(time.Duration(item) * pause / 2)
						arrived := time.Now()
						_, _ = g.do(t.Context(), "", item)
						if waited := time.Since(arrived) - slow; waited > patience {
							t.Errorf("%d waited %s", item, waited)
						}
					})
				}
				all.Wait()
				if len(l.all) < 3 || len(l.all) > 20 {
					t.Errorf("%d batches", len(l.all))
				}
			})
		})
	}
}

func TestGathererKeepsKeysApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l loads
		g := newGatherer(10, l.double)
		var all sync.WaitGroup
		for item := range 6 {
			all.Go(func() { _, _ = g.do(t.Context(), fmt.Sprint(item%2), item) })
		}
		all.Wait()
		slices.SortFunc(l.all, slices.Compare)
		if got := fmt.Sprint(l.all); got != "[[0 2 4] [1 3 5]]" {
			t.Error(got)
		}
	})
}

func TestGathererCancellation(t *testing.T) {
	stopped := errors.New("stopped")
	// work that takes a second, or until nobody waits any more.
	slow := func(l *loads, interrupted *bool) func(context.Context, []int) []outcome[int] {
		return func(ctx context.Context, items []int) []outcome[int] {
			select {
			case <-time.After(time.Second):
			case <-ctx.Done():
				*interrupted = true
			}
			return l.double(ctx, items)
		}
	}
	for name, test := range map[string]struct {
		after       time.Duration
		who         int // how many of three give up, the first ones
		uncertain   bool
		interrupted bool // the work was, and tells the outcome itself
		want        string
	}{
		"the first before it starts": {pause / 2, 1, false, false, "[[1 2]]"},
		"all before it starts":       {pause / 2, 3, false, false, "[]"},
		"the first on the way":       {2 * pause, 1, true, false, "[[0 1 2]]"},
		"all on the way":             {2 * pause, 3, false, true, "[[0 1 2]]"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var l loads
				var interrupted bool
				g := newGatherer(10, slow(&l, &interrupted))
				ctx, cancel := context.WithCancelCause(t.Context())
				time.AfterFunc(test.after, func() { cancel(stopped) })
				var all sync.WaitGroup
				for item := range 3 {
					all.Go(func() {
						own := ctx
						if item >= test.who {
							own = t.Context()
						}
						time.Sleep(time.Duration(item)) // the first one comes first
						begun := time.Now()
						_, err := g.do(own, "", item)
						if item >= test.who {
							if err != nil {
								t.Errorf("%d: %v", item, err)
							}
							return
						}
						if test.interrupted && err == nil {
							return
						}
						if !errors.Is(err, stopped) || errors.Is(err, invite.ErrUncertain) != test.uncertain || time.Since(begun) > test.after+farewell {
							t.Errorf("%d: %v after %s", item, err, time.Since(begun))
						}
					})
				}
				all.Wait()
				synctest.Wait()
				if got := fmt.Sprint(l.all); got != test.want || interrupted != test.interrupted {
					t.Errorf("%s, interrupted %t; want %s, %t", got, interrupted, test.want, test.interrupted)
				}
				if _, err := g.do(t.Context(), "", 7); err != nil {
					t.Errorf("afterwards: %v", err)
				}
			})
		})
	}
}
