// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"errors"
	"fmt"
)

// Resend sends a pending or expired invitation again: it is revoked, and a new one with the same grant and the same
// lifetime, counted from now, replaces it. That is one mail. It returns what was sent. It is an error if nobody is
// invited under the address.
func (s *Service[G]) Resend(ctx context.Context, organization, email string) (string, error) {
	org := s.organization(organization)
	done, err := org.begin(ctx, organization, email)
	if err != nil {
		return "", err
	}
	defer done()
	invitation, found, err := s.revocable(ctx, organization, email)
	if err != nil {
		return "", err
	}
	if !found {
		return "", s.notInvited(ctx, organization, email)
	}
	switch member, err := s.findExistingMember(ctx, organization, Request[G]{Email: email}); {
	case err != nil:
		return "", err
	case member != nil:
		return "", s.notInvited(ctx, organization, email)
	}
	grant, err := s.ResolveGrant(ctx, organization, invitation.Grant)
	if err != nil {
		return "", err
	}
	request := Request[G]{Email: invitation.Email, Grant: grant, Lifetime: s.Lifetime}
	if s.Lifetime > 0 && !invitation.CreatedAt.IsZero() && invitation.ExpiresAt.After(invitation.CreatedAt) {
		request.Lifetime = invitation.ExpiresAt.Sub(invitation.CreatedAt)
	}
	revoked := &invitation
	err = s.revoke(ctx, organization, invitation)
	if s.needNotRevoke(invitation, err) {
		revoked, err = nil, nil
	}
	if errors.Is(err, ErrGone) {
		// It was revoked or accepted a moment ago, so nobody wants a mail.
		org.invalidate()
		return "", s.notInvited(ctx, organization, email)
	}
	if err != nil {
		return "", fmt.Errorf("revoking the invitation that is to be sent again: %w", err)
	}
	state, err := s.send(ctx, organization, request)
	if err != nil {
		return "", afterRevoking(revoked, err)
	}
	return "sent: " + Describe(state.Invite), nil
}

// needNotRevoke reports whether an invitation could not be revoked because it had expired before.
func (s *Service[G]) needNotRevoke(invitation Invite[G], err error) bool {
	_, apart := s.backend.(EndedLister[G])
	return invitation.Status == Expired && (errors.Is(err, ErrRefused) || apart && errors.Is(err, ErrGone))
}

// Revoke revokes a pending or expired invitation, whoever sent it. It returns what happened: that it was revoked, or why
// there was nothing to revoke.
func (s *Service[G]) Revoke(ctx context.Context, organization, email string) (string, error) {
	invitation, found, err := s.revocable(ctx, organization, email)
	if err != nil {
		return "", err
	}
	if !found {
		err := s.notInvited(ctx, organization, email)
		if why := absent(""); !errors.As(err, &why) {
			return "", err
		}
		return err.Error() + "; there is nothing to revoke", nil
	}
	err = s.revoke(ctx, organization, invitation)
	switch {
	case s.needNotRevoke(invitation, err):
		return fmt.Sprintf("the invitation of %s has expired; there is nothing to revoke", email), nil
	case errors.Is(err, ErrGone):
		return fmt.Sprintf("the invitation of %s is already gone", email), nil
	case err != nil:
		return "", err
	}
	return fmt.Sprintf("the invitation of %s was revoked", email), nil
}

// revocable finds the invitation to an address that can still be revoked.
func (s *Service[G]) revocable(ctx context.Context, organization, email string) (Invite[G], bool, error) {
	invitations, err := s.organization(organization).everyInviteTo(ctx, email)
	if err != nil {
		return Invite[G]{}, false, err
	}
	if pending, ok := newestWith(invitations, Pending); ok {
		return pending, true, nil
	}
	expired, ok := newestWith(invitations, Expired)
	return expired, ok, nil
}

// absent is the error that there is no invitation, and why.
type absent string

func (a absent) Error() string { return string(a) }

// notInvited returns why there is no invitation.
func (s *Service[G]) notInvited(ctx context.Context, organization, email string) error {
	members, err := s.organization(organization).membersWith(ctx, email)
	switch {
	case err == nil && len(members) > 0:
		// The address is not first, because a sentence begins with a capital letter.
		return absent("there is no invitation, because " + email + " is a member already")
	case err != nil && !errors.Is(err, ErrForbidden):
		return err
	default:
		return absent("nobody is invited under " + email)
	}
}
