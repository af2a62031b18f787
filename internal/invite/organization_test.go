package invite

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newMemory().service()
		done, err := s.Turn(t.Context(), acme, ada)
		same(t, "first", err, nil)
		other, err := s.Turn(t.Context(), acme, "bob@example.com")
		same(t, "another address", err, nil)
		other()

		got := false
		go func() {
			done, err := s.Turn(t.Context(), acme, "ADA@Example.com ")
			same(t, "second", err, nil)
			got = true
			done()
		}()
		synctest.Wait()
		same(t, "the same address waits", got, false)

		ctx, giveUp := context.WithTimeout(t.Context(), time.Minute)
		defer giveUp()
		if _, err := s.Turn(ctx, acme, ada); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("giving up: %v", err)
		}
		done()
		synctest.Wait()
		same(t, "then it is its turn", got, true)
	})
}

// A token is a secret: it finds nothing.
func TestInviteByToken(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.secretIDs = true
	token := m.invited(ada, "viewer").Token
	_, err := m.service().Find(t.Context(), acme, token)
	same(t, "not found", errors.Is(err, ErrNotFound), true)
}
