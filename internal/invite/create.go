package invite

import (
	"context"
	"errors"
	"fmt"
)

// Create brings the person an invitation, at most one mail, and returns what is to be
// remembered. On an error nothing is to be remembered: either the platform has
// no invitation of ours, or the error says so.
func (s *Service[G]) Create(ctx context.Context, organization string, order Order[G], policies Policies) (Record[G], error) {
	defer s.enter()()
	none := Record[G]{}
	r := s.roster(organization)
	done, err := r.turn(ctx, order.Email)
	if err != nil {
		return none, err
	}
	defer done()

	// What this process sent counts whatever the platform lists by now: nobody gets two mails.
	if sent, sentNow := r.sentTo(order.Email); sentNow {
		return none, &Exists[G]{Meeting: Meeting[G]{Organization: organization, Invite: &sent}, SentNow: true}
	}
	// One that could not be found may still arrive.
	if lost := r.lostTo(order.Email); lost != nil {
		return none, lost
	}
	// Resolved already, but for what was not known while planning.
	if order.Grant, err = s.resolve(ctx, organization, order.Grant); err != nil {
		return none, err
	}
	meeting, err := s.meet(ctx, organization, order.Email)
	if err != nil {
		return none, err
	}
	record, settled, err := s.takeOver(ctx, meeting, order, policies)
	if settled || err != nil {
		return record, err
	}
	// One that was met and is not settled was revoked.
	withdrawn := meeting.Invite
	record, refusal := s.send(ctx, organization, order)
	perhaps := errors.Is(refusal, ErrPerhapsExists)
	if !perhaps && !errors.Is(refusal, ErrExists) {
		return record, afterRevoking(withdrawn, refusal)
	}

	// The platform says "already exists" although the look-up found nothing, or
	// may mean that: somebody was faster, or an expired invitation is in the way.
	r.invites.forget()
	r.members.forget()
	meeting, err = s.meet(ctx, organization, order.Email)
	if err != nil {
		return none, afterRevoking(withdrawn, errors.Join(refusal, err))
	}
	if perhaps && meeting.Invite == nil && meeting.Member == nil {
		return none, afterRevoking(withdrawn, refusal)
	}
	record, settled, err = s.takeOver(ctx, meeting, order, policies)
	if settled || err != nil {
		return record, afterRevoking(withdrawn, err)
	}
	if meeting.Invite != nil {
		withdrawn = meeting.Invite
	}
	cleared, err := s.clearExpired(ctx, organization, order.Email)
	if err != nil {
		return none, afterRevoking(withdrawn, errors.Join(refusal, err))
	}
	if !cleared && meeting.Invite == nil {
		return none, afterRevoking(withdrawn, &Exists[G]{Meeting: meeting, Err: refusal})
	}
	record, err = s.send(ctx, organization, order)
	return record, afterRevoking(withdrawn, err)
}

// Withdrawn is the error of a new invitation that could not be sent although
// the earlier one was revoked for it: by now the person has none.
type Withdrawn struct {
	// Invitation tells the one that was revoked.
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

// takeOver deals with what was found at the address, as adopt_existing says.
// It is settled when no invitation is to be sent any more.
func (s *Service[G]) takeOver(ctx context.Context, meeting Meeting[G], order Order[G], policies Policies) (record Record[G], settled bool, err error) {
	if meeting.Invite == nil && meeting.Member == nil {
		return record, false, nil
	}
	if !policies.AdoptExisting {
		return record, false, &Exists[G]{Meeting: meeting}
	}
	if meeting.Member != nil {
		return s.recordMember(meeting.Organization, order.Email, *meeting.Member, order.Grant), true, nil
	}
	same, err := s.Satisfies(ctx, meeting.Organization, *meeting.Invite, order)
	if err != nil {
		return record, false, err
	}
	if same {
		adopted := *meeting.Invite
		s.roster(meeting.Organization).noteAdopted(adopted)
		adopted.Email, adopted.Grant = order.Email, completed(order.Grant, adopted.Grant)
		return Record[G]{Organization: meeting.Organization, Invite: adopted}, true, nil
	}
	// Somebody may have invited a member. A member gets no mail, so there is nothing to send anew.
	members, err := s.roster(meeting.Organization).membersAt(ctx, order.Email)
	if err != nil && !errors.Is(err, ErrForbidden) {
		return record, false, fmt.Errorf("looking for a member with that address: %w", err)
	}
	err = s.revoke(ctx, meeting.Organization, *meeting.Invite)
	if errors.Is(err, ErrGone) || errors.Is(err, ErrRefused) {
		// Perhaps the person accepted a moment ago.
		if member, found := s.joinedMeanwhile(ctx, meeting.Organization, order.Email); found {
			return s.recordMember(meeting.Organization, order.Email, member, order.Grant), true, nil
		}
	}
	if err != nil {
		return record, false, fmt.Errorf("revoking the invitation that differs from what is declared: %w", err)
	}
	if len(members) > 0 {
		return s.recordMember(meeting.Organization, order.Email, members[0], order.Grant), true, nil
	}
	return record, false, nil
}

// joinedMeanwhile looks afresh for a member with an address. What cannot be read is no evidence.
func (s *Service[G]) joinedMeanwhile(ctx context.Context, organization, email string) (member Member[G], found bool) {
	r := s.roster(organization)
	r.invites.forget()
	r.members.forget()
	members, err := r.membersAt(ctx, email)
	if err != nil || len(members) == 0 {
		return member, false
	}
	return members[0], true
}

// clearExpired revokes an expired invitation to the address, if there is one.
func (s *Service[G]) clearExpired(ctx context.Context, organization, email string) (cleared bool, err error) {
	invitations, err := s.roster(organization).invitesAt(ctx, email)
	if err != nil {
		return false, err
	}
	expired, found := firstWith(invitations, Expired)
	if !found {
		return false, nil
	}
	if err := s.revoke(ctx, organization, expired); err != nil && !errors.Is(err, ErrGone) {
		return false, fmt.Errorf("revoking the expired invitation that is in the way: %w", err)
	}
	return true, nil
}

// recordMember is the record of a person who needs no invitation any more.
func (s *Service[G]) recordMember(organization, email string, member Member[G], grant G) Record[G] {
	id := member.ID
	if s.SecretIDs {
		id = NormalizeEmail(email)
	}
	return Record[G]{Organization: organization, Invite: Invite[G]{
		ID: id, Email: email, Status: Accepted, MemberID: member.ID, Grant: grant,
	}}
}
