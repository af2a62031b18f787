package invite

import (
	"context"
	"errors"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

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
		if err != nil {
			r.noteLost(order.Email, err)
		}
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
