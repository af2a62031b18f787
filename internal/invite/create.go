package invite

import (
	"context"
	"errors"
	"fmt"
)

// Create invites a person, with one mail at most, and returns what to remember. On an error there is nothing to
// remember: either the platform has no invitation of ours, or the error says so.
func (s *Service[G]) Create(ctx context.Context, name string, order Order[G], policies Policies) (Record[G], error) {
	none := Record[G]{}
	org := s.organization(name)
	done, err := org.turn(ctx, order.Email)
	if err != nil {
		return none, err
	}
	defer done()

	if err := org.mayNotSendTo(name, order.Email); err != nil {
		return none, err
	}
	// The plan resolved it already, unless it was not known then.
	if order.Grant, err = s.ResolveGrant(ctx, name, order.Grant); err != nil {
		return none, err
	}
	record, err := s.create(ctx, name, order, policies)
	if err != nil {
		return none, err
	}
	record.Object.Granted = order.Grant.String()
	record.Object = s.newObject(record)
	org.objects.add(record.Email, record.Object.ID, record.Object.Own, true)
	return record, nil
}

// create does what was decided, and decides again if the platform finds more than the look-up did.
func (s *Service[G]) create(ctx context.Context, name string, order Order[G], policies Policies) (Record[G], error) {
	record, done, withdrawn, err := s.takeOver(ctx, name, order, policies)
	if done || err != nil {
		return record, err
	}
	record, refusal := s.send(ctx, name, order)
	perhaps := errors.Is(refusal, ErrPerhapsExists)
	if !perhaps && !errors.Is(refusal, ErrExists) {
		return record, afterRevoking(withdrawn, refusal)
	}

	// The platform says "already exists" although the look-up found nothing, or may mean that: somebody was faster, or
	// an expired invitation is in the way.
	s.organization(name).invalidate()
	existing, err := s.findExisting(ctx, name, order.Email)
	if err != nil {
		return record, afterRevoking(withdrawn, errors.Join(refusal, err))
	}
	if perhaps && existing.none() {
		return record, afterRevoking(withdrawn, refusal)
	}
	record, done, again, err := s.takeOver(ctx, name, order, policies)
	if done || err != nil {
		return record, afterRevoking(withdrawn, err)
	}
	if again != nil {
		withdrawn = again
	}
	cleared, err := s.clearExpired(ctx, name, order.Email)
	if err != nil {
		return record, afterRevoking(withdrawn, errors.Join(refusal, err))
	}
	if !cleared && again == nil {
		return record, afterRevoking(withdrawn, &Exists[G]{Existing: existing, Err: refusal})
	}
	record, err = s.send(ctx, name, order)
	return record, afterRevoking(withdrawn, err)
}

// Withdrawn is the error of a new invitation that could not be sent although the earlier one was revoked for it: now
// the person has none.
type Withdrawn struct {
	// Invitation describes the one that was revoked.
	Invitation string
	Err        error
}

func (w *Withdrawn) Error() string { return w.Err.Error() }

func (w *Withdrawn) Unwrap() error { return w.Err }

// afterRevoking adds to a failure that an invitation was revoked before, if one was.
func afterRevoking[G Grant[G]](revoked *Invite[G], err error) error {
	if revoked == nil || err == nil {
		return err
	}
	return &Withdrawn{Invitation: describe(*revoked), Err: err}
}

// takeOver deals with what is found at the address. It is done when there is nothing left to send; otherwise it
// returns the invitation that it revoked to make room, if it did.
func (s *Service[G]) takeOver(ctx context.Context, name string, order Order[G], policies Policies) (record Record[G], done bool, revoked *Invite[G], err error) {
	existing, err := s.findExisting(ctx, name, order.Email)
	if err != nil {
		return record, false, nil, err
	}
	decision, err := s.decide(ctx, &existing, order, policies)
	switch {
	case err != nil || decision == Send:
		return record, false, nil, err
	case decision == Refuse:
		return record, false, nil, &Exists[G]{Existing: existing}
	case decision == Adopt:
		return s.adopt(name, order, *existing.Invite), true, nil, nil
	}
	if existing.Invite != nil {
		err = s.revoke(ctx, name, *existing.Invite)
		if errors.Is(err, ErrGone) || errors.Is(err, ErrRefused) {
			// The person may have accepted a moment ago.
			if member, found := s.joinedMeanwhile(ctx, name, order.Email); found {
				return s.memberRecord(name, order.Email, member, order.Grant), true, nil, nil
			}
		}
		if err != nil {
			return record, false, nil, fmt.Errorf("revoking the invitation that differs from what is declared: %w", err)
		}
	}
	if decision == RecordMember {
		return s.memberRecord(name, order.Email, *existing.Member, order.Grant), true, nil, nil
	}
	return record, false, existing.Invite, nil
}

// adopt returns the record of an invitation that is taken over as it is.
func (s *Service[G]) adopt(name string, order Order[G], invitation Invite[G]) Record[G] {
	record := Record[G]{Organization: name, Invite: invitation}
	record.Object.ListedAs = otherSpelling(invitation.Email, order.Email)
	record.ID, record.Email = s.stateID(invitation.ID, order.Email), order.Email
	record.Grant = fillGrant(order.Grant, invitation.Grant)
	return record
}

// joinedMeanwhile looks again for a member with an address. What cannot be read is no evidence.
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

// memberRecord is the record of a person who needs no invitation any more.
func (s *Service[G]) memberRecord(name, email string, member Member[G], grant G) Record[G] {
	record := Record[G]{Organization: name, Invite: Invite[G]{
		ID: s.stateID(member.ID, email), Email: email, Status: Accepted, MemberID: member.ID, Grant: grant,
	}}
	record.Object.ListedAs = otherSpelling(member.Email, email)
	return record
}
