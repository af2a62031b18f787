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
		return "the platform says that there is an invitation or a member already"
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
	defer s.enter()()
	return s.meet(ctx, organization, email)
}

func (s *Service[G]) meet(ctx context.Context, organization, email string) (Meeting[G], error) {
	r := s.roster(organization)
	meeting := Meeting[G]{Organization: organization}
	membersAt := func() ([]Member[G], error) { return r.membersAt(ctx, email) }
	if s.RefusesMembers && !r.invites.peek(func(*book[Invite[G]]) {}) {
		membersAt = ahead(membersAt)
		// Awaited in any case: a request ends with the context of whoever made it, and others wait for this one.
		defer func() { _, _ = membersAt() }()
	}
	invitations, err := r.invitesAt(ctx, email)
	if err != nil {
		return meeting, fmt.Errorf("looking for a pending invitation: %w", err)
	}
	if pending, ok := firstWith(invitations, Pending); ok {
		meeting.Invite, meeting.Held = &pending, r.isHeld(pending.ID)
		return meeting, nil
	}
	members, err := membersAt()
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

// ahead begins to look something up, and returns what waits for the result.
func ahead[T any](look func() (T, error)) (await func() (T, error)) {
	var (
		found T
		err   error
		done  = make(chan struct{})
	)
	go func() {
		defer close(done)
		found, err = look()
	}()
	return func() (T, error) {
		<-done
		return found, err
	}
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
