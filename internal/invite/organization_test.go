// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

func TestTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := invitetest.New().NewService()
		done, err := s.Turn(t.Context(), invitetest.Acme, invitetest.Ada)
		invitetest.Same(t, "first", err, nil)
		other, err := s.Turn(t.Context(), invitetest.Acme, "bob@example.com")
		invitetest.Same(t, "another address", err, nil)
		other()

		got := false
		go func() {
			done, err := s.Turn(t.Context(), invitetest.Acme, "ADA@Example.com ")
			invitetest.Same(t, "second", err, nil)
			got = true
			done()
		}()
		synctest.Wait()
		invitetest.Same(t, "the same address waits", got, false)

		ctx, giveUp := context.WithTimeout(t.Context(), time.Minute)
		defer giveUp()
		if _, err := s.Turn(ctx, invitetest.Acme, invitetest.Ada); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("giving up: %v", err)
		}
		done()
		synctest.Wait()
		invitetest.Same(t, "then it is its turn", got, true)
	})
}

// A token is a secret: it finds nothing.
func TestInviteByToken(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.SecretIDs = true
	token := m.InviteOutside(invitetest.Ada, "viewer").Token
	_, err := m.NewService().Import(t.Context(), invitetest.Acme, token)
	invitetest.Same(t, "not found", errors.Is(err, invite.ErrNotFound), true)
}
