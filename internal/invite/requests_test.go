// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// What a walk of Terraform costs for many resources at once, in one process.
func TestCost(t *testing.T) {
	t.Parallel()
	const many = 20
	each := func(t *testing.T, act func(email string) error) {
		t.Helper()
		var wait sync.WaitGroup
		errs := make([]error, many)
		for i := range many {
			wait.Go(func() { errs[i] = act(fmt.Sprintf("person%d@example.com", i)) })
		}
		wait.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		secret   bool
		happened func(m *invitetest.Platform, email string)
		accepted bool
		policies invite.Policies
		act      func(t *testing.T, service *invite.Service[invitetest.Role], state invite.State[invitetest.Role], policies invite.Policies) error
		requests string
	}{
		"refresh, all pending":  {false, nil, false, invite.Policies{}, reading, "invites=1"},
		"refresh, all accepted": {false, (*invitetest.Platform).Accept, true, invite.Policies{}, reading, ""},
		"refresh, all managed":  {false, (*invitetest.Platform).Accept, true, invite.Policies{ManageMembership: true}, reading, "members=1"},
		"refresh, all gone":     {false, (*invitetest.Platform).RevokeOutside, false, invite.Policies{}, reading, "invites=1 members=1"},
		"plan of creates":       {false, func(m *invitetest.Platform, email string) { m.RevokeOutside(email) }, false, invite.Policies{}, previewing, "invites=1 members=1"},
		"creates":               {false, func(m *invitetest.Platform, email string) { m.RevokeOutside(email) }, false, invite.Policies{}, creating, "invites=1 members=1 send=20"},
		"destroys":              {false, nil, false, invite.Policies{}, deleting, "revoke=20"},
		"destroys, secret ids":  {true, nil, false, invite.Policies{}, deleting, "invites=1 revoke=20"},
		"destroys, accepted":    {false, (*invitetest.Platform).Accept, true, invite.Policies{}, deleting, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := invitetest.New()
			m.SecretIDs = c.secret
			states := map[string]invite.State[invitetest.Role]{}
			for i := range many {
				email := fmt.Sprintf("person%d@example.com", i)
				state := m.SentTo(t, email)
				if c.happened != nil {
					c.happened(m, email)
				}
				if c.accepted {
					state.Status, state.MemberID = invite.Accepted, "user-"+email
				}
				states[email] = state
			}
			service := m.NewService()
			each(t, func(email string) error { return c.act(t, service, states[email], c.policies) })
			m.ExpectRequests(t, c.requests)
		})
	}
}

func reading(t *testing.T, service *invite.Service[invitetest.Role], state invite.State[invitetest.Role], policies invite.Policies) error {
	_, _, err := invitetest.Read(t, service, state, policies)
	return err
}

func previewing(t *testing.T, service *invite.Service[invitetest.Role], state invite.State[invitetest.Role], _ invite.Policies) error {
	_, err := service.PreviewCreate(t.Context(), invitetest.Acme, invitetest.RequestFor(state.Email, "viewer"), invite.Policies{})
	return err
}

func creating(t *testing.T, service *invite.Service[invitetest.Role], state invite.State[invitetest.Role], policies invite.Policies) error {
	_, err := service.Create(t.Context(), invitetest.Acme, invitetest.RequestFor(state.Email, "viewer"), policies)
	return err
}

func deleting(t *testing.T, service *invite.Service[invitetest.Role], state invite.State[invitetest.Role], policies invite.Policies) error {
	_, err := service.Delete(t.Context(), state, policies)
	return err
}

// Organizations share nothing: neither lists nor what was sent.
func TestOrganizationsNeverMix(t *testing.T) {
	t.Parallel()
	m := invitetest.New()
	service := m.NewService()
	for _, organization := range []string{invitetest.Acme, "other"} {
		if _, err := service.Create(t.Context(), organization, invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{}); err != nil {
			t.Errorf("%s: %v", organization, err)
		}
	}
	m.ExpectRequests(t, "invites=2 members=2 send=2")
	m.ExpectMails(t, 2)
	m.Join("bob@example.com", "viewer")
	for organization, want := range map[string]int{invitetest.Acme: 1, "other": 1, "third": 0} {
		invitations, err := service.Invites(t.Context(), organization, invite.Filter{})
		if err != nil || len(invitations) != want {
			t.Errorf("%s: %v, %v", organization, invitations, err)
		}
	}
	preview, err := service.PreviewCreate(t.Context(), "third", invitetest.RequestFor(invitetest.Ada, "viewer"), invite.Policies{})
	if err != nil || preview.Decision != invite.Send {
		t.Errorf("preview: %+v, %v", preview, err)
	}
}
