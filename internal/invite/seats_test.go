// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// Who no longer fits into three seats, by what there is. Two editors and a viewer are planned.
func TestAskForSeat(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		seats    int64
		there    func(*invitetest.Platform)
		unfit    []string
		requests string
	}{
		"enough": {3, nil, nil, "invites=1 organization=1"},
		"one member": {
			3, func(m *invitetest.Platform) { m.Join("m@example.com", "editor") },
			nil, "invites=1 organization=1",
		},
		"two members": {3, func(m *invitetest.Platform) {
			m.Join("m@example.com", "editor")
			m.Join("n@example.com", "editor")
		}, []string{"b@example.com"}, "invites=1 organization=1"},
		"members without a seat": {
			2, func(m *invitetest.Platform) { m.Join("m@example.com", "viewer") },
			nil, "invites=1 organization=1",
		},
		"pending invitations": {3, func(m *invitetest.Platform) {
			m.InviteOutside("m@example.com", "editor")
			m.InviteOutside("n@example.com", "editor")
			m.InviteOutside("o@example.com", "viewer")
		}, []string{"b@example.com"}, "invites=1 organization=1"},
		"expired invitations": {2, func(m *invitetest.Platform) {
			m.InviteOutside("m@example.com", "editor")
			m.Expire("m@example.com")
		}, nil, "invites=1 organization=1"},
		"replaced invitations": {
			2, func(m *invitetest.Platform) { m.InviteOutside("A@example.com", "editor") },
			nil, "invites=1 organization=1",
		},
		"none": {
			1, func(m *invitetest.Platform) { m.Join("m@example.com", "editor") },
			[]string{"a@example.com", "b@example.com"},
			"invites=1 organization=1",
		},
		"not shown": {0, nil, nil, ""},
		"forbidden": {
			1, func(m *invitetest.Platform) { m.FailAlways(invitetest.OnOrganization, invite.ErrForbidden) },
			nil, "organization=1",
		},
		"not readable": {
			1, func(m *invitetest.Platform) { m.FailAlways(invitetest.OnOrganization, invite.ErrUncertain) },
			nil, "organization=1",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			m.Seats = c.seats
			if c.there != nil {
				c.there(m)
			}
			s := m.NewService()
			var unfit []string
			for i, role := range []invitetest.Role{"editor", "editor", "viewer"} {
				request := invitetest.RequestFor(fmt.Sprintf("%c@example.com", 'a'+i), role)
				if shortage, short := s.AskForSeat(t.Context(), invitetest.Acme, request); short {
					unfit = append(unfit, request.Email)
					if !slices.Equal(shortage.People, unfit) || shortage.Asked != int64(i+1) || shortage.Total != c.seats {
						t.Errorf("%+v", shortage)
					}
				}
			}
			invitetest.Same(t, "unfit", unfit, c.unfit)
			m.ExpectRequests(t, c.requests)
		})
	}
}

// The same resource may be planned twice, and asks for one seat.
func TestAskForSeatTwice(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.Seats = 1
	s := m.NewService()
	for range 2 {
		request := invitetest.RequestFor(invitetest.Ada, "editor")
		if shortage, short := s.AskForSeat(t.Context(), invitetest.Acme, request); short {
			t.Errorf("%+v", shortage)
		}
	}
}

// Whoever takes no seat costs no request.
func TestAskForNoSeat(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	m.Seats = 1
	request := invitetest.RequestFor(invitetest.Ada, "viewer")
	if shortage, short := m.NewService().AskForSeat(t.Context(), invitetest.Acme, request); short {
		t.Errorf("%+v", shortage)
	}
	m.ExpectRequests(t, "")
}
