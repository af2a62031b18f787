package invite

import (
	"context"
	"errors"
	"fmt"
)

// Resend sends a pending or expired invitation again: it is revoked, and
// one with the same grant and a full lifetime, as long as that of the old one, takes its place.
// That is one mail. Nobody invited under that address is an error.
func (s *Service[G]) Resend(ctx context.Context, organization, email string) (Record[G], error) {
	none := Record[G]{}
	done, err := s.roster(organization).turn(ctx, email)
	if err != nil {
		return none, err
	}
	defer done()
	invitation, found, err := s.outstanding(ctx, organization, email)
	if err != nil {
		return none, err
	}
	if !found {
		return none, s.notInvited(ctx, organization, email)
	}
	grant, err := s.resolve(ctx, organization, invitation.Grant)
	if err != nil {
		return none, err
	}
	order := Order[G]{Email: invitation.Email, Grant: grant, Lifetime: s.Lifetime}
	if s.Lifetime > 0 && !invitation.CreatedAt.IsZero() && invitation.ExpiresAt.After(invitation.CreatedAt) {
		order.Lifetime = invitation.ExpiresAt.Sub(invitation.CreatedAt)
	}
	if err := s.revoke(ctx, organization, invitation); err != nil && !errors.Is(err, ErrGone) {
		return none, fmt.Errorf("revoking the invitation that is to be sent again: %w", err)
	}
	record, err := s.send(ctx, organization, order)
	if err != nil {
		return none, fmt.Errorf("the earlier invitation was revoked, and the new one could not be sent: %w", err)
	}
	return record, nil
}

// Withdraw revokes a pending or expired invitation whoever sent it. It returns
// what there was to say: that it was revoked, or why there was nothing to revoke.
func (s *Service[G]) Withdraw(ctx context.Context, organization, email string) (string, error) {
	invitation, found, err := s.outstanding(ctx, organization, email)
	if err != nil {
		return "", err
	}
	if !found {
		return s.notInvited(ctx, organization, email).Error() + "; there is nothing to revoke", nil
	}
	err = s.revoke(ctx, organization, invitation)
	if errors.Is(err, ErrGone) {
		return fmt.Sprintf("the invitation of %s is already gone", email), nil
	}
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("the invitation of %s was revoked", email), nil
}

// outstanding finds the invitation to an address that can still be acted on.
func (s *Service[G]) outstanding(ctx context.Context, organization, email string) (Invite[G], bool, error) {
	invitations, err := s.roster(organization).invitesAt(ctx, email)
	if err != nil {
		return Invite[G]{}, false, err
	}
	if pending, ok := firstWith(invitations, Pending); ok {
		return pending, true, nil
	}
	expired, ok := firstWith(invitations, Expired)
	return expired, ok, nil
}

// notInvited says why there is no invitation to act on.
func (s *Service[G]) notInvited(ctx context.Context, organization, email string) error {
	members, err := s.roster(organization).membersAt(ctx, email)
	switch {
	case err == nil && len(members) > 0:
		return fmt.Errorf("%s is a member already and has no invitation", email)
	case err != nil && !errors.Is(err, ErrForbidden):
		return err
	default:
		return fmt.Errorf("nobody is invited under %s", email)
	}
}
