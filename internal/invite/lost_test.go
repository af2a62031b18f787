// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"testing"
	"testing/synctest"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// An invitation that nobody found may still arrive, so a second resource with the same address does not send another.
func TestLostIsNotSentForAnotherResource(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := invitetest.New()
		m.Fail(invitetest.OnSend, invite.ErrUncertain)
		service := m.NewService()
		_, err := service.Create(t.Context(), invitetest.Acme, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{})
		invitetest.ErrorAs[*invite.Lost](t, err)
		_, err = service.Create(t.Context(), invitetest.Acme, invitetest.RequestFor("ADA@example.com", "viewer"), invite.Policies{})
		invitetest.ErrorAs[*invite.Lost](t, err)
		m.ExpectMails(t, 0)
	})
}
