// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// ErrNotFound is the error of an import that finds nothing.
var ErrNotFound = errors.New("no invitation and no member has that id or address")

// Import looks up an invitation by its id or its address. An address also finds a person who is a member already. What
// is pending comes before what has ended.
func (s *Service[G]) Import(ctx context.Context, organization, reference string) (State[G], error) {
	state, err := s.find(ctx, organization, reference)
	if err == nil {
		state.Object = s.newObject(state)
	}
	return state, err
}

func (s *Service[G]) find(ctx context.Context, organization, reference string) (State[G], error) {
	if !strings.Contains(reference, "@") {
		return s.findByID(ctx, organization, reference)
	}
	none := State[G]{Organization: organization}
	invitation, member, err := s.findImportable(ctx, organization, reference)
	switch {
	case err != nil:
		return none, err
	case member != nil:
		state := s.memberState(organization, Request[G]{Email: reference, Grant: member.Grant}, *member)
		if invitation != nil {
			invitation.Email, invitation.MemberID, invitation.Grant = state.Email, state.MemberID, state.Grant
			state.Invite = *invitation
		}
		return state, nil
	case invitation != nil:
		return s.imported(ctx, none, *invitation, reference)
	}
	return none, ErrNotFound
}

// findImportable returns what an import by address finds. What is pending comes before what has ended, and a member,
// perhaps with the invitation that was used, before an invitation that expired.
func (s *Service[G]) findImportable(
	ctx context.Context, organization, email string,
) (invitation *Invite[G], member *Member[G], err error) {
	org := s.organization(organization)
	invitations, err := org.everyInviteTo(ctx, email)
	if err != nil {
		return nil, nil, err
	}
	if pending, ok := newestWith(invitations, Pending); ok {
		return &pending, nil, nil
	}
	members, err := org.membersWith(ctx, email)
	if err != nil {
		return nil, nil, err
	}
	status := Expired
	if len(members) > 0 {
		status, member = Accepted, &members[0]
	}
	if ended, ok := newestWith(invitations, status); ok {
		invitation = &ended
	}
	return invitation, member, nil
}

// findByID looks up an invitation by its id, or a member by the platform's id of the user, which is the id in the state
// of a person who was recorded without any invitation.
func (s *Service[G]) findByID(ctx context.Context, organization, id string) (State[G], error) {
	none := State[G]{Organization: organization}
	org := s.organization(organization)
	if !s.SecretIDs {
		invitation, listed, err := org.invitation(ctx, id)
		if err != nil {
			return none, err
		}
		if listed {
			return s.imported(ctx, none, invitation, invitation.Email)
		}
	}
	everybody, err := org.members.All(ctx)
	if err != nil {
		return none, err
	}
	for _, member := range everybody {
		switch {
		case member.ID != id:
		case member.Email == "":
			return none, fmt.Errorf("%s does not show the address of that member: import the member by address", s.Title)
		default:
			return s.memberState(organization, Request[G]{Email: member.Email, Grant: member.Grant}, member), nil
		}
	}
	return none, ErrNotFound
}

// imported returns the state of a listed invitation.
func (s *Service[G]) imported(
	ctx context.Context, state State[G], invitation Invite[G], email string,
) (State[G], error) {
	if invitation.Status == Revoked {
		return state, fmt.Errorf("%w: the invitation was revoked", ErrNotFound)
	}
	grant, err := s.resolveListedGrant(ctx, state.Organization, invitation.Grant)
	if err != nil {
		return state, err
	}
	state.Invite = invitation
	state.ID, state.Email, state.Grant = s.stateID(invitation.ID, email), email, grant
	state.Object.ListedAs = otherSpelling(invitation.Email, email)
	if invitation.Status != Accepted {
		return state, nil
	}
	now, _, err := s.accepted(ctx, state, invitation, Policies{ManageMembership: true})
	return now, err
}
