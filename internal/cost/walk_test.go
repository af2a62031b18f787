package cost_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
)

// declare declares so many people who are granted the same.
func declare(count int, grant arguments) []*instance {
	people := make([]*instance, 0, count)
	for n := range count {
		email := fmt.Sprintf("person%04d@example.com", n)
		config := arguments{"email": email}
		config.set(grant)
		people = append(people, &instance{email: email, config: config})
	}
	return people
}

// regrant changes what people are granted.
func regrant(people []*instance, grant arguments) {
	for _, person := range people {
		person.config.set(grant)
	}
}

// undeclare takes people out of the configuration.
func undeclare(people []*instance) {
	for _, person := range people {
		person.config = nil
	}
}

// walk does something with every instance, as many at once as Terraform does, and returns what went wrong.
func walk(ctx context.Context, people []*instance, do func(context.Context, *instance) error) error {
	var (
		mu     sync.Mutex
		failed error
		all    sync.WaitGroup
	)
	slots := make(chan struct{}, parallelism)
	for _, person := range people {
		person.warnings = nil
		all.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if err := do(ctx, person); err != nil {
				mu.Lock()
				defer mu.Unlock()
				failed = errors.Join(failed, fmt.Errorf("%s: %w", person.email, err))
			}
		})
	}
	all.Wait()
	return failed
}

// planWalk refreshes and plans everything in a process of its own, and returns how many instances would change.
func (s subject) planWalk(t testing.TB, w *world, people []*instance) (changes int) {
	t.Helper()
	p := s.start(t, w)
	var mu sync.Mutex
	err := walk(t.Context(), people, func(ctx context.Context, i *instance) error {
		if i.exists() {
			if err := p.refresh(ctx, i); err != nil {
				return err
			}
		}
		plan, err := p.plan(ctx, i)
		if err == nil && (plan.changes || plan.replaces) {
			mu.Lock()
			defer mu.Unlock()
			changes++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// applyWalk applies everything in a process of its own.
func (s subject) applyWalk(t testing.TB, w *world, people []*instance) {
	t.Helper()
	if err := walk(t.Context(), people, s.start(t, w).apply); err != nil {
		t.Fatal(err)
	}
}

// refreshWalk only refreshes, in a process of its own.
func (s subject) refreshWalk(t testing.TB, w *world, people []*instance) {
	t.Helper()
	if err := walk(t.Context(), people, s.start(t, w).refresh); err != nil {
		t.Fatal(err)
	}
}

// invited declares people and has them invited.
func (s subject) invited(t testing.TB, w *world, count int) []*instance {
	t.Helper()
	grant, _ := s.grants(w)
	people := declare(count, grant)
	s.applyWalk(t, w, people)
	return people
}

// accept has people accept.
func (s subject) accept(t testing.TB, w *world, people []*instance) {
	t.Helper()
	for _, person := range people {
		if _, err := w.Accept(s.platform, "", person.email); err != nil {
			t.Fatal(err)
		}
	}
}
