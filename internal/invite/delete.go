package invite

import (
	"context"
	"errors"
	"fmt"
)

// Delete ends an invitation: it is revoked while it can be. A person who
// accepted stays a member, which is told as a notice, unless the membership is managed.
func (s *Service[G]) Delete(ctx context.Context, record Record[G], policies Policies) ([]Notice, error) {
	defer s.enter()()
	if record.Status == Accepted {
		return s.leave(ctx, record, policies)
	}
	r := s.roster(record.Organization)
	// A declaration that got another name is destroyed and created side by side:
	// the create must not take over what is being revoked.
	done, err := r.turn(ctx, record.Email)
	if err != nil {
		return nil, err
	}
	defer done()
	seen := lists{r.invites.seen(), r.members.seen()}
	tried, err := s.revokeListed(ctx, record)
	if err == nil {
		return nil, nil
	}
	if !errors.Is(err, ErrGone) && !errors.Is(err, ErrRefused) {
		return nil, err
	}
	// Nothing to revoke: somebody else did, it expired and was forgotten, or the
	// person accepted a moment ago.
	now, present, readErr := s.readAgain(ctx, record, tried, seen)
	switch {
	case readErr != nil && s.surelyGone(ctx, record, readErr) && !policies.ManageMembership:
		return nil, nil
	case readErr != nil && errors.Is(err, ErrGone):
		return nil, readErr
	case readErr != nil:
		return nil, errors.Join(err, readErr)
	case !present || now.Status == Expired:
		return nil, nil
	case now.Status == Accepted && policies.Replacing && policies.ManageMembership:
		return []Notice{s.acceptedMeanwhile(now.Email, now.Organization)}, nil
	case now.Status == Accepted:
		return s.leave(ctx, now, policies)
	case r.replaced(record, now.Invite):
		return nil, nil
	case now.handle() != tried.handle():
		// Sent again from outside: the declaration follows that one, so it ends with it.
		if err := s.revoke(ctx, record.Organization, now.Invite); !errors.Is(err, ErrGone) {
			return nil, err
		}
		return nil, nil
	default:
		return nil, err
	}
}

// revokeListed revokes what a record stands for, and returns what that was.
func (s *Service[G]) revokeListed(ctx context.Context, record Record[G]) (Invite[G], error) {
	r := s.roster(record.Organization)
	invitation := record.Invite
	if s.SecretIDs {
		listed, found, err := r.inviteByID(ctx, record.ID)
		switch {
		case err != nil:
			return invitation, err
		case !found || listed.Status == Accepted || listed.Status == Revoked:
			return invitation, ErrGone
		}
		invitation = listed
	}
	if r.replaced(record, invitation) {
		return invitation, nil
	}
	return invitation, s.revoke(ctx, record.Organization, invitation)
}

// lists marks how often the lists of an organization had been read at some moment.
type lists struct{ invites, members int }

// readAgain follows a record whose invitation could not be revoked. The lists
// at hand will do if they explain that. Ones read before the revoke that still show the
// invitation as pending, or nobody who accepted it, may be out of date.
func (s *Service[G]) readAgain(ctx context.Context, record Record[G], tried Invite[G], seen lists) (Record[G], bool, error) {
	now, present, err := s.Read(ctx, record, Policies{})
	unchanged := present && now.Status == Pending && now.handle() == tried.handle()
	if err != nil || present && !unchanged {
		return now, present, err
	}
	r := s.roster(record.Organization)
	if unchanged {
		r.invites.forget()
	}
	r.invites.forgetUnless(seen.invites)
	r.members.forgetUnless(seen.members)
	return s.Read(ctx, record, Policies{})
}

// surelyGone reports whether the failure of a look at a record is only that
// members may not be listed, while the invitations could be and show nothing to revoke.
func (s *Service[G]) surelyGone(ctx context.Context, record Record[G], failure error) bool {
	if !errors.Is(failure, ErrForbidden) {
		return false
	}
	_, err := s.roster(record.Organization).invitesAt(ctx, record.Email)
	return err == nil
}

// revoke withdraws an invitation.
func (s *Service[G]) revoke(ctx context.Context, organization string, invitation Invite[G]) error {
	if err := s.backend.Revoke(ctx, organization, invitation); err != nil {
		return err
	}
	s.roster(organization).noteRevoked(invitation)
	return nil
}

// leave ends a declaration whose person is a member.
func (s *Service[G]) leave(ctx context.Context, record Record[G], policies Policies) ([]Notice, error) {
	if !policies.ManageMembership {
		return []Notice{s.stillMember(record.Email, record.Organization)}, nil
	}
	manager, err := s.memberManager()
	if err != nil {
		return nil, err
	}
	member, found, err := s.findMember(ctx, record)
	if err != nil || !found {
		return nil, err
	}
	err = manager.RemoveMember(ctx, record.Organization, member)
	if errors.Is(err, ErrGone) {
		// The person was there a moment ago. "Not found" may also be about the organization, so see for yourself.
		s.roster(record.Organization).members.forget()
		_, still, lookErr := s.findMember(ctx, record)
		if lookErr != nil || still {
			return nil, errors.Join(err, lookErr)
		}
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s.roster(record.Organization).noteRemoved(member)
	return nil, nil
}

// stillMember is the notice that ending a declaration does not end a membership.
func (t Traits) stillMember(email, organization string) Notice {
	return Notice{
		Summary: fmt.Sprintf("%s stays a member of %s", email, t.organizationName(organization)),
		Detail: fmt.Sprintf("The invitation was accepted, so there is nothing to revoke: destroying this resource makes no request and does not take access away. "+
			"To remove the person, use %s. To have Terraform remove members on destroy, set manage_membership = true and apply that before the destroy.", t.RemoveAccess),
	}
}

// acceptedMeanwhile is the notice that a managed person accepted while the
// invitation was to be replaced.
func (t Traits) acceptedMeanwhile(email, organization string) Notice {
	return Notice{
		Summary: fmt.Sprintf("%s accepted before the invitation to %s could be replaced", email, t.organizationName(organization)),
		Detail:  "The plan was to replace a pending invitation, so the person was not removed and stays a member. Import the person, or set adopt_existing = true, and the next apply changes what the member has.",
	}
}
