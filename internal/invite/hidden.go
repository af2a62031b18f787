// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"errors"
	"fmt"
)

// findHidden looks for the person of an invitation that is gone among the members without an address. It returns present
// with the member if the declared account belongs to one, and perhapsMember if nobody can say. On platforms that show
// every address it returns notListed.
func (s *Service[G]) findHidden(ctx context.Context, prior State[G]) (member Member[G], found location, err error) {
	if _, hides := s.backend.(HiddenMembers[G]); !hides {
		return member, notListed, nil
	}
	members, err := s.findAccount(ctx, prior.Organization, prior.Account)
	switch {
	case errors.Is(err, ErrUnresolved): // it was renamed or deleted, which proves nothing
	case err != nil:
		return member, present, fmt.Errorf("the invitation is no longer pending, and the account could not be looked up: %w", err)
	case len(members) > 0:
		return members[0], present, nil
	}
	hidden, err := s.organization(prior.Organization).members.Group(ctx, "")
	if err != nil || len(hidden) == 0 {
		return member, notListed, err
	}
	return member, perhapsMember, nil
}

// findAccount looks up the member with an account, if one is declared and the platform can.
func (s *Service[G]) findAccount(ctx context.Context, name, account string) ([]Member[G], error) {
	hider, hides := s.backend.(HiddenMembers[G])
	if !hides || account == "" {
		return nil, nil
	}
	member, found, err := hider.FindAccount(ctx, name, account)
	if !found {
		return nil, err
	}
	return []Member[G]{member}, err
}

// mayFollow reports whether another invitation to the address can have taken the place of a remembered one. Where that
// one may have been accepted by a hidden member, one that is older has not.
func (s *Service[G]) mayFollow(prior State[G], other Invite[G]) bool {
	_, hides := s.backend.(HiddenMembers[G])
	return !hides || !other.CreatedAt.Before(prior.CreatedAt)
}
