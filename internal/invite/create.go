package invite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// Meeting is what a new invitation would meet: a pending invitation to the
// same address, or a member who has it. At most one is set.
type Meeting[G Grant[G]] struct {
	Organization string
	Invite       *Invite[G]
	Member       *Member[G]
	// Held: a resource in state already stands for the invitation.
	Held bool
}

// Exists is the error of a create that met something and may not take it over.
type Exists[G Grant[G]] struct {
	Meeting[G]
	// SentNow: this very process sent the invitation, for another resource.
	SentNow bool
	// Err is the platform's refusal, where it was the platform that noticed.
	Err error
}

func (e *Exists[G]) Error() string {
	switch {
	case e.Member != nil:
		return e.Member.Email + " is already a member"
	case e.Invite != nil:
		return e.Invite.Email + " is already invited"
	default:
		return e.Err.Error()
	}
}

func (e *Exists[G]) Unwrap() []error {
	if e.Err == nil {
		return []error{ErrExists}
	}
	return []error{ErrExists, e.Err}
}

// Meet looks for what a new invitation to the address would meet. The two
// lists are shared by everybody who asks. Members that may not be listed are
// skipped: many credentials may invite but not see who is there.
func (s *Service[G]) Meet(ctx context.Context, organization, email string) (Meeting[G], error) {
	r := s.roster(organization)
	meeting := Meeting[G]{Organization: organization}
	invitations, err := r.invitesAt(ctx, email)
	if err != nil {
		return meeting, fmt.Errorf("looking for a pending invitation: %w", err)
	}
	if pending, ok := firstWith(invitations, Pending); ok {
		meeting.Invite, meeting.Held = &pending, r.isHeld(pending.ID)
		return meeting, nil
	}
	members, err := r.membersAt(ctx, email)
	switch {
	case errors.Is(err, ErrForbidden):
		tflog.Info(ctx, "members may not be listed with this credential: not checked whether the person already is one",
			map[string]any{"platform": s.Title, "organization": organization})
	case err != nil:
		return meeting, fmt.Errorf("looking for a member with that address: %w", err)
	case len(members) > 0:
		meeting.Member = &members[0]
	}
	return meeting, nil
}

// Satisfies reports whether an invitation already is what order asks for: it
// grants the same and ends when an expiry that the user wrote asks it to.
func (s *Service[G]) Satisfies(ctx context.Context, organization string, invitation Invite[G], order Order[G]) (bool, error) {
	if !endsAsOrdered(invitation, order) {
		return false, nil
	}
	same, err := s.grants(ctx, organization, invitation, order.Grant)
	if errors.Is(err, ErrUnresolved) {
		// What cannot be compared counts as different: one that is sent instead surely grants what it shall.
		return false, nil
	}
	return same, err
}

// lifetimeSlack is by how much the times told for an invitation may miss its
// lifetime: its end is counted here, its beginning by the platform.
const lifetimeSlack = 5 * time.Minute

func endsAsOrdered[G Grant[G]](invitation Invite[G], order Order[G]) bool {
	switch {
	case !order.ExpiresAt.IsZero():
		return sameInstant(order.ExpiresAt, invitation.ExpiresAt)
	case !order.Explicit, invitation.CreatedAt.IsZero(), invitation.ExpiresAt.IsZero():
		return true
	default:
		return (invitation.ExpiresAt.Sub(invitation.CreatedAt) - order.Lifetime).Abs() <= lifetimeSlack
	}
}

// grants reports whether an invitation gives just that.
func (s *Service[G]) grants(ctx context.Context, organization string, invitation Invite[G], grant G) (bool, error) {
	if grant.MatchedBy(invitation.Grant) {
		return true, nil
	}
	granted, err := s.resolve(ctx, organization, invitation.Grant)
	if err != nil {
		return false, err
	}
	return grant.MatchedBy(granted), nil
}

// Create brings the person an invitation, at most one mail, and returns what is to be
// remembered. On an error nothing is to be remembered: either the platform has
// no invitation of ours, or the error says so.
func (s *Service[G]) Create(ctx context.Context, organization string, order Order[G], policies Policies) (Record[G], error) {
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
	// Resolved already, but for what was not known while planning.
	if order.Grant, err = s.resolve(ctx, organization, order.Grant); err != nil {
		return none, err
	}
	meeting, err := s.Meet(ctx, organization, order.Email)
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
	meeting, err = s.Meet(ctx, organization, order.Email)
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

// send makes the one request that mails the person.
func (s *Service[G]) send(ctx context.Context, organization string, order Order[G]) (Record[G], error) {
	r := s.roster(organization)
	before, err := r.invitesAt(ctx, order.Email)
	if err != nil {
		return Record[G]{}, err
	}
	invitation, err := s.backend.Send(ctx, organization, order)
	if errors.Is(err, ErrUncertain) {
		invitation, err = s.findSent(ctx, organization, order, before, err)
	}
	if err != nil {
		return Record[G]{}, err
	}
	r.noteSent(invitation)
	// What was asked for is what was granted: platforms leave parts of it out of their answers.
	invitation.Email, invitation.Grant = order.Email, order.Grant
	return Record[G]{Organization: organization, Invite: invitation, Sent: true}, nil
}

// findSent answers the question that a lost answer leaves: was the invitation
// sent? One that was not there before and gives what was asked for is ours.
// The request itself is never repeated, since that could mail the person twice.
func (s *Service[G]) findSent(ctx context.Context, organization string, order Order[G], before []Invite[G], lost error) (Invite[G], error) {
	if ctx.Err() != nil {
		// Interrupted while sending: one short look all the same, so that an
		// invitation that went out is remembered rather than orphaned.
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), lastLook)
		defer cancel()
	}
	r := s.roster(organization)
	known := map[string]bool{}
	for _, invitation := range before {
		known[invitation.handle()] = true
	}
	var stranger string
	for look := range 2 {
		if look > 0 {
			select {
			case <-ctx.Done():
				return Invite[G]{}, &Lost{Err: lost, Look: context.Cause(ctx)}
			case <-time.After(secondLook):
			}
		}
		r.invites.forget()
		after, err := r.invitesAt(ctx, order.Email)
		if err != nil {
			return Invite[G]{}, &Lost{Err: lost, Look: err}
		}
		for _, invitation := range after {
			if known[invitation.handle()] || invitation.Status == Revoked {
				continue
			}
			// An answer that cannot be compared is ours too: it appeared, to this address, while we were sending.
			if same, err := s.grants(ctx, organization, invitation, order.Grant); err != nil || same {
				tflog.Info(ctx, "the platform did not confirm the invitation, but has it: taken over", map[string]any{"platform": s.Title})
				return s.withMember(ctx, organization, invitation), nil
			}
			stranger = describe(invitation)
		}
	}
	return Invite[G]{}, &Lost{Err: lost, Stranger: stranger}
}

// withMember fills in who accepted an invitation, where the platform does not say it with the invitation: later, nobody
// would ask any more.
func (s *Service[G]) withMember(ctx context.Context, organization string, invitation Invite[G]) Invite[G] {
	if invitation.Status != Accepted || invitation.MemberID != "" {
		return invitation
	}
	s.roster(organization).members.forget()
	if member, found, err := s.findMember(ctx, Record[G]{Organization: organization, Invite: invitation}); err == nil && found {
		invitation.MemberID = member.ID
	}
	return invitation
}

// Lost is the error of a create whose answer was lost and whose invitation was
// not found afterwards.
type Lost struct {
	// Err is how the create failed.
	Err error
	// Look is why the organization could not be looked at afterwards; nil when it was and the invitation is not there.
	Look error
	// Stranger describes an invitation to the address that appeared meanwhile and grants something else; empty: there is none.
	Stranger string
}

func (l *Lost) Error() string { return l.Err.Error() }

func (l *Lost) Unwrap() error { return l.Err }
