package invite

import (
	"context"
	"errors"

	"github.com/orginvite/terraform-provider-orginvite/internal/listcache"
)

// Delete ends an object: its invitation is revoked while it can be. A person who accepted stays a member, which a
// warning says, unless the membership is managed. What another object manages too stays as it is.
func (s *Service[G]) Delete(ctx context.Context, record Record[G], policies Policies) ([]Notice, error) {
	org := s.organization(record.Organization)
	// A resource that got another name is destroyed and created side by side: the create must not take over what is
	// being revoked.
	done, err := org.turn(ctx, record.Email)
	if err != nil {
		return nil, err
	}
	defer done()
	record.Object = s.Ending(record)
	warnings, err := s.delete(ctx, record, policies)
	if err != nil {
		return nil, err
	}
	org.objects.end(record.Email, record.Object.ID)
	if record.Object.Superseded {
		return nil, nil // the successor was planned with it
	}
	return warnings, nil
}

func (s *Service[G]) delete(ctx context.Context, record Record[G], policies Policies) ([]Notice, error) {
	if record.Status == Accepted {
		return s.deleteAccepted(ctx, record, policies)
	}
	org := s.organization(record.Organization)
	invitesBefore, membersBefore := org.invites.Generation(), org.members.Generation()
	tried, warnings, err := s.revokeOwn(ctx, record)
	if err == nil || !errors.Is(err, ErrGone) && !errors.Is(err, ErrRefused) {
		return warnings, err
	}
	// Nothing to revoke: somebody else did, it expired and is no longer listed, or the person accepted a moment ago.
	now, found, readErr := s.locateAgain(ctx, record, tried, invitesBefore, membersBefore)
	switch {
	case readErr != nil && s.surelyGone(ctx, record, readErr) && !policies.ManageMembership:
		return nil, nil
	case readErr != nil && errors.Is(err, ErrGone):
		return nil, readErr
	case readErr != nil:
		return nil, errors.Join(err, readErr)
	case found == notListed && s.SecretIDs && record.recent():
		return []Notice{s.notFoundYet(record)}, nil
	case found != present || now.Status == Expired:
		return nil, nil
	case now.Status == Accepted && policies.Replacing && policies.ManageMembership:
		return []Notice{s.acceptedMeanwhile(now.Email, now.Organization)}, nil
	case now.Status == Accepted:
		return s.deleteAccepted(ctx, now, policies)
	case now.handle() == tried.handle():
		return nil, err
	}
	// Sent again outside: the object follows that one, so it ends with it.
	_, warnings, err = s.revokeListed(ctx, now, now.Invite)
	if errors.Is(err, ErrGone) {
		err = nil
	}
	return warnings, err
}

// revokeOwn revokes the invitation that a record remembers, and returns which one that is.
func (s *Service[G]) revokeOwn(ctx context.Context, record Record[G]) (Invite[G], []Notice, error) {
	if !s.SecretIDs {
		return s.revokeListed(ctx, record, record.Invite)
	}
	// Its id is a secret, so it has to be looked up.
	listed, found, err := s.current(ctx, record)
	if err == nil && !found && record.recent() {
		if err = s.organization(record.Organization).lookAgain(ctx); err == nil {
			listed, found, err = s.current(ctx, record)
		}
	}
	switch {
	case err != nil:
		return record.Invite, nil, err
	case !found || listed.Status == Accepted || listed.Status == Revoked:
		return record.Invite, nil, ErrGone
	}
	return s.revokeListed(ctx, record, listed)
}

// revokeListed revokes an invitation unless another object manages it too.
func (s *Service[G]) revokeListed(ctx context.Context, record Record[G], invitation Invite[G]) (Invite[G], []Notice, error) {
	if !s.identity(invitation).same(record.Object.Own) {
		// The object only followed it. If it is another object's own, that one may not have been planned yet.
		if err := wait(ctx, lookAgainDelay); err != nil {
			return invitation, nil, err
		}
	}
	record.Invite = invitation
	if len(s.Ending(record).SharedWith) > 0 {
		return invitation, []Notice{s.stillManaged(record)}, nil
	}
	return invitation, nil, s.revoke(ctx, record.Organization, invitation)
}

// locateAgain finds out what became of an invitation that could not be revoked. The lists at hand will do if they
// explain that. Those from before the revoke that still show it as pending, or nobody who accepted it, may be out of
// date.
func (s *Service[G]) locateAgain(ctx context.Context, record Record[G], tried Invite[G], invites, members listcache.Generation) (Record[G], location, error) {
	now, found, err := s.locate(ctx, record, Policies{})
	unchanged := found == present && now.Status == Pending && now.handle() == tried.handle()
	if err != nil || found == present && !unchanged {
		return now, found, err
	}
	org := s.organization(record.Organization)
	if unchanged {
		org.invites.Invalidate()
	}
	org.invites.InvalidateIfOlder(invites)
	org.members.InvalidateIfOlder(members)
	return s.locate(ctx, record, Policies{})
}

// surelyGone reports whether a look failed only because members may not be listed, while the invitations could be
// read and show nothing to revoke.
func (s *Service[G]) surelyGone(ctx context.Context, record Record[G], failure error) bool {
	if !errors.Is(failure, ErrForbidden) {
		return false
	}
	_, err := s.organization(record.Organization).invitesTo(ctx, record.Email)
	return err == nil
}

// revoke withdraws an invitation.
func (s *Service[G]) revoke(ctx context.Context, name string, invitation Invite[G]) error {
	if err := s.backend.Revoke(ctx, name, invitation); err != nil {
		return err
	}
	s.organization(name).noteRevoked(invitation)
	return nil
}

// deleteAccepted ends an object whose person is a member.
func (s *Service[G]) deleteAccepted(ctx context.Context, record Record[G], policies Policies) ([]Notice, error) {
	switch {
	case !policies.ManageMembership:
		return []Notice{s.stillMember(record.Email, record.Organization)}, nil
	case record.Object.Superseded || len(s.Ending(record).SharedWith) > 0:
		return []Notice{s.stillManaged(record)}, nil
	}
	manager, err := s.memberManager()
	if err != nil {
		return nil, err
	}
	member, found, err := s.findMember(ctx, record)
	if err != nil || !found {
		return nil, err
	}
	org := s.organization(record.Organization)
	err = manager.RemoveMember(ctx, record.Organization, member)
	if errors.Is(err, ErrGone) {
		// The person was there a moment ago. "Not found" may also be about the organization, so look.
		org.members.Invalidate()
		_, still, lookErr := s.findMember(ctx, record)
		if lookErr != nil || still {
			return nil, errors.Join(err, lookErr)
		}
		return nil, nil
	}
	if err == nil {
		org.members.Remove(member.key())
	}
	return nil, err
}
