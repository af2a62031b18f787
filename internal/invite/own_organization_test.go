// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// requested are all calls of a service that make requests, each for a person in an organization.
var requested = map[string]func(context.Context, *invite.Service[invitetest.Role], invite.State[invitetest.Role]) error{
	"plan": func(ctx context.Context, s *invite.Service[invitetest.Role], state invite.State[invitetest.Role]) error {
		_, err := s.PreviewCreate(ctx, state.Organization, invitetest.RequestFor(state.Email, "viewer"), invite.Policies{})
		return err
	},
	"create": func(ctx context.Context, s *invite.Service[invitetest.Role], state invite.State[invitetest.Role]) error {
		_, err := s.Create(ctx, state.Organization, invitetest.RequestFor(state.Email, "viewer"), invite.Policies{})
		return err
	},
	"read": func(ctx context.Context, s *invite.Service[invitetest.Role], state invite.State[invitetest.Role]) error {
		_, err := s.Read(ctx, state, invite.Policies{})
		return err
	},
	"read a member": func(ctx context.Context, s *invite.Service[invitetest.Role], state invite.State[invitetest.Role]) error {
		state.Status = invite.Accepted
		_, err := s.Read(ctx, state, invite.Policies{ManageMembership: true})
		return err
	},
	"change a member": func(ctx context.Context, s *invite.Service[invitetest.Role], state invite.State[invitetest.Role]) error {
		state.Status = invite.Accepted
		managed := invite.Policies{ManageMembership: true}
		_, err := s.Update(ctx, state, "editor", managed, managed)
		return err
	},
	"delete": func(ctx context.Context, s *invite.Service[invitetest.Role], state invite.State[invitetest.Role]) error {
		_, err := s.Delete(ctx, state, invite.Policies{})
		return err
	},
	"remove a member": func(ctx context.Context, s *invite.Service[invitetest.Role], state invite.State[invitetest.Role]) error {
		state.Status = invite.Accepted
		_, err := s.Delete(ctx, state, invite.Policies{ManageMembership: true})
		return err
	},
	"import": func(ctx context.Context, s *invite.Service[invitetest.Role], state invite.State[invitetest.Role]) error {
		_, err := s.Import(ctx, state.Organization, state.Email)
		return err
	},
	"resend": func(ctx context.Context, s *invite.Service[invitetest.Role], state invite.State[invitetest.Role]) error {
		_, err := s.Resend(ctx, state.Organization, state.Email)
		return err
	},
	"revoke": func(ctx context.Context, s *invite.Service[invitetest.Role], state invite.State[invitetest.Role]) error {
		_, err := s.Revoke(ctx, state.Organization, state.Email)
		return err
	},
	"find undeclared": func(ctx context.Context, s *invite.Service[invitetest.Role], state invite.State[invitetest.Role]) error {
		_, err := s.FindUndeclared(ctx, state.Organization, invite.Allowed{})
		return err
	},
	"revoke undeclared": func(ctx context.Context, s *invite.Service[invitetest.Role], state invite.State[invitetest.Role]) error {
		_, err := s.RevokeUndeclared(ctx, state.Organization, []invite.Undeclared{{Email: state.Email}})
		return err
	},
	"list invitations": func(ctx context.Context, s *invite.Service[invitetest.Role], state invite.State[invitetest.Role]) error {
		_, err := s.Invites(ctx, state.Organization, invite.Filter{})
		return err
	},
	"list members": func(ctx context.Context, s *invite.Service[invitetest.Role], state invite.State[invitetest.Role]) error {
		_, err := s.Members(ctx, state.Organization)
		return err
	},
	"details": func(ctx context.Context, s *invite.Service[invitetest.Role], state invite.State[invitetest.Role]) error {
		_, err := s.Details(ctx, state.Organization)
		return err
	},
}

// A credential of another organization than the declared one sends nothing, and lists nobody. Which one it belongs to is
// asked once for all, whatever each wants.
func TestAnotherOrganization(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	state := m.SentTo(t, invitetest.Ada)
	m.Owner = "own"
	service := m.NewService()
	var all sync.WaitGroup
	for name, call := range requested {
		for range 3 {
			all.Go(func() {
				failure, ok := errors.AsType[*invite.Failure](call(t.Context(), service, state))
				const says = "the key belongs to organization own (Acme Labs), and not to " + invitetest.Acme
				if !ok || failure.Attribute != "organization_id" || failure.Error() != says ||
					!strings.Contains(failure.Advice, "Nothing was sent") {
					t.Errorf("%s: %v", name, failure)
				}
			})
		}
	}
	all.Wait()
	m.ExpectRequests(t, "organization=1")
	m.ExpectMails(t, 0)
	for name, call := range requested { // each on its own, in a process that has requested nothing yet
		if call(t.Context(), m.NewService(), state) == nil {
			t.Errorf("%s: no error", name)
		}
		m.ExpectRequests(t, "organization=1")
	}
	if !slices.Equal(m.Acceptable(), []string{invitetest.ViewerForAda}) {
		t.Errorf("there are %v", m.Acceptable())
	}
}

// The credential's own organization is asked for once a process, again after a failure, and not at all for people who
// accepted.
func TestOwnOrganization(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	state := m.SentTo(t, invitetest.Ada)
	m.Owner = invitetest.Acme
	service := m.NewService()
	if own, err := service.OwnOrganization(t.Context()); err != nil || own.ID != invitetest.Acme {
		t.Errorf("got %+v, %v", own, err)
	}
	for _, name := range []string{"read", "details", "list members", "delete"} {
		if err := requested[name](t.Context(), service, state); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	m.ExpectRequests(t, "invites=1 members=1 revoke=1 organization=1")

	service = m.NewService()
	m.Fail(invitetest.OnOrganization, invite.ErrForbidden)
	if _, err := service.Details(t.Context(), invitetest.Acme); !errors.Is(err, invite.ErrForbidden) {
		t.Errorf("got %v", err)
	}
	for range 2 {
		// A UUID is the same in capital letters.
		read, err := service.Details(t.Context(), strings.ToUpper(invitetest.Acme))
		if err != nil || read.Name != "Acme Labs" {
			t.Errorf("got %+v, %v", read, err)
		}
	}
	m.ExpectRequests(t, "organization=2")

	state.Status = invite.Accepted
	if _, err := m.NewService().Read(t.Context(), state, invite.Policies{}); err != nil {
		t.Error(err)
	}
	m.ExpectRequests(t, "")
	if _, err := invitetest.New().NewService().OwnOrganization(t.Context()); err == nil {
		t.Error("a platform without own organizations showed one")
	}
}
