// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// lookAgainDelay is how long the lifecycle waits before it requests a list again that lacks what it should have.
const lookAgainDelay = time.Second

// interruptedTimeout bounds the search for an invitation when Terraform was interrupted while it was sent.
const interruptedTimeout = 3 * time.Second

// send makes the one request that mails the person.
func (s *Service[G]) send(ctx context.Context, name string, request Request[G]) (State[G], error) {
	org := s.organization(name)
	before, err := org.invitesTo(ctx, request.Email)
	if err != nil {
		return State[G]{}, err
	}
	begun := time.Now()
	invitation, err := s.backend.Send(ctx, name, request)
	if err == nil {
		request.Grant = fillGrant(request.Grant, invitation.Grant)
	}
	if errors.Is(err, ErrUncertain) {
		invitation, err = s.findSent(ctx, name, request, before, err)
		if err != nil {
			org.noteLost(request.Email, err)
		}
	}
	if err != nil {
		return State[G]{}, err
	}
	org.noteSent(request.Email, invitation)
	state := State[G]{Organization: name, Account: request.Account, Invite: invitation, Sent: true}
	state.Object.SentAt, state.Object.ListedAs = begun.UTC(), otherSpelling(invitation.Email, request.Email)
	// What was requested is what was granted, although platforms leave parts of it out of their answers.
	state.ID, state.Email, state.Grant = s.stateID(invitation.ID, request.Email), request.Email, request.Grant
	return state, nil
}

// findSent finds out whether an invitation was sent although the answer was lost: one that was not there before and
// grants what was requested is ours. The request itself is never repeated, because that could mail the person twice.
func (s *Service[G]) findSent(
	ctx context.Context, name string, request Request[G], before []Invite[G], lost error,
) (Invite[G], error) {
	if ctx.Err() != nil {
		// Terraform was interrupted while sending. One short look, so that an invitation that was sent is in state.
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), interruptedTimeout)
		defer cancel()
	}
	org := s.organization(name)
	known := map[string]bool{}
	for _, invitation := range before {
		known[invitation.Key()] = true
	}
	var unmatched string
	for look := range 2 {
		if look > 0 {
			if err := wait(ctx, lookAgainDelay); err != nil {
				return Invite[G]{}, &Lost{Err: lost, Look: err}
			}
		}
		org.invites.Invalidate()
		after, err := org.invitesTo(ctx, request.Email)
		if err != nil {
			return Invite[G]{}, &Lost{Err: lost, Look: err}
		}
		for _, invitation := range after {
			if known[invitation.Key()] || invitation.Status == Revoked {
				continue
			}
			// One that cannot be compared is ours too, because it appeared while we were sending.
			if same, err := s.grants(ctx, name, invitation, request.Grant); err != nil || same {
				tflog.Info(ctx, "the platform did not confirm the invitation, but lists it: taken over",
					map[string]any{"platform": s.Title})
				return s.withMember(ctx, name, invitation), nil
			}
			unmatched = Describe(invitation)
		}
	}
	return Invite[G]{}, &Lost{Err: lost, Unmatched: unmatched}
}

// wait waits, or returns why the context ended earlier.
func wait(ctx context.Context, delay time.Duration) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(delay):
		return nil
	}
}

// withMember adds who accepted an invitation, if the platform does not show it with the invitation. Nothing asks for it
// later.
func (s *Service[G]) withMember(ctx context.Context, name string, invitation Invite[G]) Invite[G] {
	if invitation.Status != Accepted || invitation.MemberID != "" {
		return invitation
	}
	s.organization(name).members.Invalidate()
	if member, found, err := s.findMember(ctx, State[G]{Organization: name, Invite: invitation}); err == nil && found {
		invitation.MemberID = member.ID
	}
	return invitation
}

// Lost is the error of a create whose answer was lost and whose invitation was not found afterwards.
type Lost struct {
	// Err is how the create failed.
	Err error
	// Look is why the list could not be read afterwards; nil if it could, and the invitation is not in it.
	Look error
	// Unmatched describes an invitation to the address that appeared meanwhile and grants something else; empty if there
	// is none.
	Unmatched string
}

func (l *Lost) Error() string { return l.Err.Error() }

func (l *Lost) Unwrap() error { return l.Err }
