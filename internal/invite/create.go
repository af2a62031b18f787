// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"errors"
	"fmt"
)

// Create invites a person, with one mail at most, and returns the state. On an error there is no state: the platform has
// no invitation of ours, or the error says that it may have one.
func (s *Service[G]) Create(ctx context.Context, name string, request Request[G], policies Policies) (State[G], error) {
	done, err := s.organization(name).begin(ctx, name, request.Email)
	if err != nil {
		return State[G]{}, err
	}
	defer done()
	// The plan has resolved it already, unless it was not known then.
	if request.Grant, err = s.ResolveGrant(ctx, name, request.Grant); err != nil {
		return State[G]{}, err
	}
	existing, err := s.findExisting(ctx, name, request)
	if err != nil {
		return State[G]{}, err
	}
	state, settled, withdrawn, err := s.takeOver(ctx, existing, request, policies)
	if err == nil && !settled {
		state, err = s.send(ctx, name, request)
		if errors.Is(err, ErrExists) || errors.Is(err, ErrPerhapsExists) {
			state, withdrawn, err = s.createAgain(ctx, name, request, policies, withdrawn, err)
		}
	}
	if err != nil {
		return State[G]{}, afterRevoking(withdrawn, err)
	}
	state.Object.Granted = request.Grant.String()
	state.Object = s.remember(state, true)
	return state, nil
}

// createAgain decides again after the platform said "already exists" although the look-up found nothing, or may have
// meant it: somebody was faster, or an expired invitation is in the way. It returns the invitation that was revoked to
// make room, if one was.
func (s *Service[G]) createAgain(
	ctx context.Context, name string, request Request[G], policies Policies, withdrawn *Invite[G], refusal error,
) (State[G], *Invite[G], error) {
	none := State[G]{}
	s.organization(name).invalidate()
	existing, err := s.findExisting(ctx, name, request)
	if err != nil {
		return none, withdrawn, errors.Join(refusal, err)
	}
	if errors.Is(refusal, ErrPerhapsExists) && existing.none() {
		return none, withdrawn, refusal
	}
	state, settled, again, err := s.takeOver(ctx, existing, request, policies)
	if settled || err != nil {
		return state, withdrawn, err
	}
	if again != nil {
		withdrawn = again
	}
	cleared, err := s.clearExpired(ctx, name, request.Email)
	if err != nil {
		return none, withdrawn, errors.Join(refusal, err)
	}
	if !cleared && again == nil {
		return none, withdrawn, &Exists[G]{Existing: existing, Err: refusal}
	}
	state, err = s.send(ctx, name, request)
	return state, withdrawn, err
}

// Withdrawn is the error of a new invitation that could not be sent although the earlier one was revoked for it. Now the
// person has none.
type Withdrawn struct {
	// Invitation describes the one that was revoked.
	Invitation string
	Err        error
}

func (w *Withdrawn) Error() string { return w.Err.Error() }

func (w *Withdrawn) Unwrap() error { return w.Err }

// afterRevoking adds to an error that an invitation was revoked before, if one was.
func afterRevoking[G Grant[G]](revoked *Invite[G], err error) error {
	if revoked == nil || err == nil {
		return err
	}
	return &Withdrawn{Invitation: Describe(*revoked), Err: err}
}

// takeOver does what is decided about what exists at the address. It is settled if there is nothing left to send. If
// not, it returns the invitation that it revoked to make room, if it did.
func (s *Service[G]) takeOver(
	ctx context.Context, existing Existing[G], request Request[G], policies Policies,
) (state State[G], settled bool, revoked *Invite[G], err error) {
	name := existing.Organization
	decision, err := s.decide(ctx, &existing, request, policies)
	switch {
	case err != nil || decision == Send:
		return state, false, nil, err
	case decision == Refuse:
		return state, false, nil, &Exists[G]{Existing: existing}
	case decision == Adopt:
		return s.adopt(name, request, *existing.Invite), true, nil, nil
	}
	if existing.Invite != nil {
		err = s.revoke(ctx, name, *existing.Invite)
		if errors.Is(err, ErrGone) || errors.Is(err, ErrRefused) {
			// The person may have accepted a moment ago.
			if member, found := s.joinedMeanwhile(ctx, name, request.Email); found {
				return s.memberState(name, request, member), true, nil, nil
			}
		}
		if err != nil {
			return state, false, nil, fmt.Errorf("revoking the invitation that differs from what is declared: %w", err)
		}
	}
	if decision == RecordMember {
		return s.memberState(name, request, *existing.Member), true, nil, nil
	}
	return state, false, existing.Invite, nil
}

// adopt returns the state of an invitation that is taken over as it is.
func (s *Service[G]) adopt(name string, request Request[G], invitation Invite[G]) State[G] {
	state := State[G]{Organization: name, Account: request.Account, Invite: invitation}
	state.Object.ListedAs = otherSpelling(invitation.Email, request.Email)
	state.ID, state.Email = s.stateID(invitation.ID, request.Email), request.Email
	state.Grant = fillGrant(request.Grant, invitation.Grant)
	return state
}

// joinedMeanwhile looks again for a member with an address. An error is no evidence.
func (s *Service[G]) joinedMeanwhile(ctx context.Context, name, email string) (member Member[G], found bool) {
	org := s.organization(name)
	org.invalidate()
	members, err := org.membersWith(ctx, email)
	if err != nil || len(members) == 0 {
		return member, false
	}
	return members[0], true
}

// clearExpired revokes an expired invitation to the address, if there is one.
func (s *Service[G]) clearExpired(ctx context.Context, name, email string) (cleared bool, err error) {
	invitations, err := s.organization(name).invitesTo(ctx, email)
	if err != nil {
		return false, err
	}
	expired, found := newestWith(invitations, Expired)
	if !found {
		return false, nil
	}
	if err := s.revoke(ctx, name, expired); err != nil && !errors.Is(err, ErrGone) {
		return false, fmt.Errorf("revoking the expired invitation that is in the way: %w", err)
	}
	return true, nil
}

// memberState is the state of a person who is a member already.
func (s *Service[G]) memberState(name string, request Request[G], member Member[G]) State[G] {
	email := request.Email
	state := State[G]{Organization: name, Account: request.Account, Invite: Invite[G]{
		ID: s.stateID(member.ID, email), Email: email, Status: Accepted, MemberID: member.ID, Grant: request.Grant,
	}}
	state.Object.ListedAs = otherSpelling(member.Email, email)
	return state
}
