package invite

import (
	"context"
	"errors"
	"fmt"
)

// Delete ends an invitation: it is revoked while it can be. A person who
// accepted stays a member, which is told as a notice, unless the membership is managed.
func (s *Service[G]) Delete(ctx context.Context, record Record[G], policies Policies) ([]Notice, error) {
	if record.Status == Accepted {
		return s.leave(ctx, record, policies)
	}
	tried, err := s.revokeListed(ctx, record)
	if err == nil {
		return nil, nil
	}
	if !errors.Is(err, ErrGone) && !errors.Is(err, ErrRefused) {
		return nil, err
	}
	// Nothing to revoke: somebody else did, it expired and was forgotten, or the
	// person accepted a moment ago.
	now, present, readErr := s.readAgain(ctx, record, tried)
	switch {
	case errors.Is(readErr, ErrForbidden):
		return nil, nil
	case readErr != nil:
		return nil, errors.Join(err, readErr)
	case !present || now.Status == Expired:
		return nil, nil
	case now.Status == Accepted:
		return s.leave(ctx, now, policies)
	case now.handle() != tried.handle():
		// Sent again from outside: the declaration follows that one, so it ends with it.
		return nil, s.revoke(ctx, record.Organization, now.Invite)
	default:
		return nil, err
	}
}

// revokeListed revokes what a record stands for, and returns what that was.
func (s *Service[G]) revokeListed(ctx context.Context, record Record[G]) (Invite[G], error) {
	if !s.SecretIDs {
		return record.Invite, s.revoke(ctx, record.Organization, record.Invite)
	}
	listed, found, err := s.roster(record.Organization).inviteByID(ctx, record.ID)
	switch {
	case err != nil:
		return record.Invite, err
	case !found || listed.Status == Accepted || listed.Status == Revoked:
		return record.Invite, ErrGone
	}
	return listed, s.revoke(ctx, record.Organization, listed)
}

// readAgain follows a record whose invitation could not be revoked. The list
// at hand will do if it explains that; one that still shows what was tried as pending is out of date.
func (s *Service[G]) readAgain(ctx context.Context, record Record[G], tried Invite[G]) (Record[G], bool, error) {
	now, present, err := s.Read(ctx, record, Policies{})
	if err == nil && present && now.Status == Pending && now.handle() == tried.handle() {
		s.roster(record.Organization).invites.forget()
		return s.Read(ctx, record, Policies{})
	}
	return now, present, err
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
	if err := manager.RemoveMember(ctx, record.Organization, member); err != nil && !errors.Is(err, ErrGone) {
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
