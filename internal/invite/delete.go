// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"errors"

	"github.com/orginvite/terraform-provider-orginvite/internal/listcache"
)

// Delete ends an object: its invitation is revoked while it can be. A person who accepted stays a member, which a
// warning says, unless the membership is managed. What another object manages too stays as it is.
func (s *Service[G]) Delete(ctx context.Context, state State[G], policies Policies) ([]Warning, error) {
	org := s.organization(state.Organization)
	// A resource that got another name is destroyed and created side by side: the create must not take over what is
	// being revoked.
	done, err := org.turn(ctx, state.Email)
	if err != nil {
		return nil, err
	}
	defer done()
	state.Object = s.Ending(state)
	warnings, err := s.delete(ctx, state, policies)
	if err != nil {
		return nil, err
	}
	org.objects.note(state.Email, state.Object.ID, func(o *object) { o.ended = true })
	if state.Object.Superseded {
		return nil, nil // the successor was planned with it
	}
	return warnings, nil
}

func (s *Service[G]) delete(ctx context.Context, state State[G], policies Policies) ([]Warning, error) {
	switch state.Status {
	case Accepted:
		return s.deleteAccepted(ctx, state, policies)
	case Unknown:
		return []Warning{s.UnknownDestroyed(state.Email, state.Organization)}, nil
	case Pending, Expired, Revoked:
	}
	org := s.organization(state.Organization)
	invitesBefore, membersBefore := org.invites.Generation(), org.members.Generation()
	tried, warnings, err := s.revokeOwn(ctx, state)
	if err == nil || !errors.Is(err, ErrGone) && !errors.Is(err, ErrRefused) {
		return warnings, err
	}
	// Nothing to revoke: somebody else did, it expired and is no longer listed, or the person accepted a moment ago.
	now, found, readErr := s.locateAgain(ctx, state, tried, invitesBefore, membersBefore)
	switch {
	case readErr != nil && s.surelyGone(ctx, state, readErr) && !policies.ManageMembership:
		return nil, nil
	case readErr != nil && errors.Is(err, ErrGone):
		return nil, readErr
	case readErr != nil:
		return nil, errors.Join(err, readErr)
	case found == notListed && s.SecretIDs && state.recent():
		return []Warning{s.notFoundYet(state)}, nil
	case found == perhapsMember:
		return []Warning{s.UnknownDestroyed(state.Email, state.Organization)}, nil
	case found != present || now.Status == Expired:
		return nil, nil
	case now.Status == Accepted && policies.Replacing && policies.ManageMembership:
		return []Warning{s.acceptedMeanwhile(now.Email, now.Organization)}, nil
	case now.Status == Accepted:
		return s.deleteAccepted(ctx, now, policies)
	case now.Key() == tried.Key():
		return nil, err
	}
	// Sent again outside: the object follows that one, so it ends with it.
	_, warnings, err = s.revokeListed(ctx, now, now.Invite)
	if errors.Is(err, ErrGone) {
		err = nil
	}
	return warnings, err
}

// revokeOwn revokes the invitation that a state remembers, and returns which one that is.
func (s *Service[G]) revokeOwn(ctx context.Context, state State[G]) (Invite[G], []Warning, error) {
	if !s.SecretIDs {
		return s.revokeListed(ctx, state, state.Invite)
	}
	// Its id is a secret, so it has to be looked up.
	listed, found, err := s.current(ctx, state)
	if err == nil && !found && state.recent() {
		if err = s.organization(state.Organization).lookAgain(ctx); err == nil {
			listed, found, err = s.current(ctx, state)
		}
	}
	switch {
	case err != nil:
		return state.Invite, nil, err
	case !found || listed.Status == Accepted || listed.Status == Revoked:
		return state.Invite, nil, ErrGone
	}
	return s.revokeListed(ctx, state, listed)
}

// revokeListed revokes an invitation unless another object manages it too.
func (s *Service[G]) revokeListed(ctx context.Context, state State[G], invitation Invite[G]) (Invite[G], []Warning, error) {
	state.Invite = invitation
	if len(s.Ending(state).SharedWith) > 0 {
		return invitation, []Warning{s.stillManaged(state)}, nil
	}
	return invitation, nil, s.revoke(ctx, state.Organization, invitation)
}

// locateAgain finds out what became of an invitation that could not be revoked. The lists at hand will do if they
// explain that. Those from before the revoke that still show it as pending, or nobody who accepted it, may be out of
// date.
func (s *Service[G]) locateAgain(ctx context.Context, state State[G], tried Invite[G], invites, members listcache.Generation) (State[G], location, error) {
	now, found, err := s.locate(ctx, state, Policies{})
	unchanged := found == present && now.Status == Pending && now.Key() == tried.Key()
	if err != nil || found == present && !unchanged {
		return now, found, err
	}
	org := s.organization(state.Organization)
	if unchanged {
		org.invites.Invalidate()
	}
	org.invites.InvalidateIfOlder(invites)
	org.members.InvalidateIfOlder(members)
	return s.locate(ctx, state, Policies{})
}

// surelyGone reports whether a look failed only because members may not be listed, while the invitations could be
// read and show nothing to revoke.
func (s *Service[G]) surelyGone(ctx context.Context, state State[G], failure error) bool {
	if !errors.Is(failure, ErrForbidden) {
		return false
	}
	_, err := s.organization(state.Organization).invitesTo(ctx, state.Email)
	return err == nil
}

// revoke withdraws an invitation.
func (s *Service[G]) revoke(ctx context.Context, name string, invitation Invite[G]) error {
	if err := s.checkCredential(ctx, name); err != nil {
		return err
	}
	if err := s.backend.Revoke(ctx, name, invitation); err != nil {
		return err
	}
	s.organization(name).noteRevoked(invitation)
	return nil
}

// deleteAccepted ends an object whose person is a member.
func (s *Service[G]) deleteAccepted(ctx context.Context, state State[G], policies Policies) ([]Warning, error) {
	switch {
	case !policies.ManageMembership:
		return []Warning{s.StillMember(state.Email, state.Organization)}, nil
	case state.Object.Superseded || len(s.Ending(state).SharedWith) > 0:
		return []Warning{s.stillManaged(state)}, nil
	}
	manager, err := s.memberManager()
	if err != nil {
		return nil, err
	}
	member, found, err := s.findMember(ctx, state)
	if err != nil || !found {
		return nil, err
	}
	if err := CheckRemoval(member.Grant); err != nil {
		return nil, err
	}
	org := s.organization(state.Organization)
	err = manager.RemoveMember(ctx, state.Organization, member)
	if errors.Is(err, ErrGone) {
		// The person was there a moment ago. "Not found" may also be about the organization, so look.
		org.members.Invalidate()
		_, still, lookErr := s.findMember(ctx, state)
		if lookErr != nil || still {
			return nil, errors.Join(err, lookErr)
		}
		return nil, nil
	}
	if err == nil {
		org.members.Remove(member.key())
	}
	return nil, err
}
