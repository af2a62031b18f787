package invite

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// pin is the smallest entry of a book.
type pin struct{ id, email, note string }

func (p pin) key() string     { return p.id }
func (p pin) address() string { return NormalizeEmail(p.email) }

// told is a book in few words.
func told(b *book[pin]) string {
	var words []string
	for _, p := range b.all() {
		words = append(words, p.id+p.note)
	}
	return strings.Join(words, " ")
}

func show(t *testing.T, s *snapshot[pin]) (got string) {
	t.Helper()
	if err := s.view(t.Context(), func(b *book[pin]) { got = told(b) }); err != nil {
		t.Error(err)
	}
	return got
}

func TestBook(t *testing.T) {
	t.Parallel()
	b := newBook([]pin{{"a", "Ada@x.y", ""}, {"b", "bob@x.y", ""}, {"c", "ADA@x.y", ""}, {"a", "ada@x.y", "2"}})
	same(t, "order", told(b), "a2 b c")
	same(t, "addressed", len(b.addressed("aDa@x.y")), 2)
	b.put(pin{"b", "bob@x.y", "2"})
	b.put(pin{"a", "bob@x.y", "3"})
	same(t, "after a new address", told(b), "b2 c a3")
	same(t, "at the old address", len(b.addressed("ada@x.y")), 1)
	same(t, "at the new address", len(b.addressed("bob@x.y")), 2)
	b.remove("b")
	b.remove("nobody")
	same(t, "after removing", told(b), "c a3")
	same(t, "at its address", b.addressed("bob@x.y")[0], pin{"a", "bob@x.y", "3"})
	same(t, "nowhere", len(b.addressed("")), 0)
}

// counted is a snapshot whose every load waits for a turn of gate, if it has one.
func counted(gate chan struct{}) (*snapshot[pin], *atomic.Int32) {
	var loads atomic.Int32
	return &snapshot[pin]{load: func(ctx context.Context) ([]pin, error) {
		note := string('0' + loads.Add(1))
		if gate != nil {
			select {
			case <-gate:
			case <-ctx.Done():
				return nil, context.Cause(ctx)
			}
		}
		return []pin{{"a", "ada@x.y", note}}, nil
	}}, &loads
}

func TestSnapshotIsShared(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		s, loads := counted(gate)
		var wait sync.WaitGroup
		for range 50 {
			wait.Go(func() { same(t, "list", show(t, s), "a1") })
		}
		synctest.Wait()
		close(gate)
		wait.Wait()
		same(t, "list", show(t, s), "a1")
		same(t, "loads", loads.Load(), 1)
	})
}

func TestSnapshotForgetsFailures(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	loads := 0
	s := &snapshot[pin]{load: func(context.Context) ([]pin, error) {
		if loads++; loads == 1 {
			return []pin{{"x", "", ""}}, broken
		}
		return nil, nil
	}}
	err := s.view(t.Context(), func(*book[pin]) { t.Error("shown a failed list") })
	same(t, "first", err, broken)
	same(t, "second", show(t, s), "")
	same(t, "third", show(t, s), "")
	same(t, "loads", loads, 2)
}

// An own write during a load is kept, in whatever order they end.
func TestSnapshotKeepsOwnWrites(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		s, _ := counted(gate)
		s.update(func(b *book[pin]) { b.put(pin{"b", "", ""}) })
		go func() { _ = s.view(t.Context(), func(*book[pin]) {}) }()
		synctest.Wait()
		s.update(func(b *book[pin]) { b.put(pin{"c", "", ""}) })
		s.update(func(b *book[pin]) { b.remove("a") })
		close(gate)
		same(t, "list", show(t, s), "b c")
		s.update(func(b *book[pin]) { b.put(pin{"d", "", ""}) })
		same(t, "list", show(t, s), "b c d")
	})
}

// A load that was under way when the list was forgotten does not count.
func TestSnapshotForgetDuringLoad(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		s, loads := counted(gate)
		var early, late string
		go func() { early = show(t, s) }()
		synctest.Wait()
		s.forget()
		go func() { late = show(t, s) }()
		synctest.Wait()
		same(t, "loads at once", loads.Load(), 2)
		close(gate)
		synctest.Wait()
		same(t, "whoever asked before", early, "a2")
		same(t, "whoever asked after", late, "a2")
		same(t, "loads", loads.Load(), 2)
		s.forget()
		same(t, "after forgetting again", show(t, s), "a3")
	})
}

func TestSnapshotForgetUnless(t *testing.T) {
	t.Parallel()
	s, loads := counted(nil)
	before := s.seen()
	show(t, s)
	s.forgetUnless(before)
	same(t, "a list that arrived since", show(t, s), "a1")
	s.forgetUnless(s.seen())
	same(t, "a list from before", show(t, s), "a2")
	same(t, "loads", loads.Load(), 2)
}

// What was asked for before a moment may have been answered before it, whenever it arrives.
func TestSnapshotForgetUnlessAskedSince(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		s, loads := counted(gate)
		var early string
		go func() { early = show(t, s) }()
		synctest.Wait()
		moment := s.seen()
		close(gate)
		synctest.Wait()
		same(t, "whoever asked before", early, "a1")
		s.forgetUnless(moment)
		same(t, "whoever asks since", show(t, s), "a2")
		s.forgetUnless(moment)
		same(t, "once is enough", show(t, s), "a2")
		same(t, "loads", loads.Load(), 2)
	})
}

// One reader who gives up, also the one whose request it is, does not fail the others.
func TestSnapshotReadersGiveUp(t *testing.T) {
	t.Parallel()
	for _, cause := range []error{context.Canceled, errors.New("enough")} {
		synctest.Test(t, func(t *testing.T) {
			gate := make(chan struct{})
			s, loads := counted(gate)
			leader, giveUp := context.WithCancelCause(t.Context())
			gone := make(chan error, 1)
			go func() { gone <- s.view(leader, func(*book[pin]) {}) }()
			synctest.Wait()
			var lists []string
			var mu sync.Mutex
			for range 5 {
				go func() {
					got := show(t, s)
					mu.Lock()
					defer mu.Unlock()
					lists = append(lists, got)
				}()
			}
			synctest.Wait()
			giveUp(cause)
			same(t, "the one who gave up", <-gone, cause)
			synctest.Wait()
			close(gate)
			synctest.Wait()
			same(t, "the others", strings.Join(slices.Compact(lists), " "), "a2")
			same(t, "loads", loads.Load(), 2)
		})
	}
}

// A platform's failure that looks like a cancellation is one all the same.
func TestSnapshotPlatformCancels(t *testing.T) {
	t.Parallel()
	loads := 0
	s := &snapshot[pin]{load: func(context.Context) ([]pin, error) {
		loads++
		return nil, context.Canceled
	}}
	same(t, "error", s.view(t.Context(), func(*book[pin]) {}), context.Canceled)
	same(t, "loads", loads, 1)
}
