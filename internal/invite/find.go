package invite

import (
	"context"
	"errors"
	"fmt"
)

// ErrNotFound is the error of a look-up of something to import.
var ErrNotFound = errors.New("nobody is invited under that and no member has it")

// Find looks up what is to be imported: by the id of the invitation, or by
// address, which also finds people who are members already. What is live comes before what has ended.
func (s *Service[G]) Find(ctx context.Context, organization, reference string) (Record[G], error) {
	none := Record[G]{Organization: organization}
	r := s.roster(organization)
	if invitation, listed, err := r.inviteByID(ctx, reference); err != nil {
		return none, err
	} else if listed && (invitation.Status == Pending || !s.SecretIDs) {
		return s.imported(ctx, none, invitation)
	}
	invitations, err := r.invitesAt(ctx, reference)
	if err != nil {
		return none, err
	}
	if pending, ok := firstWith(invitations, Pending); ok {
		pending.Email = reference
		return s.imported(ctx, none, pending)
	}
	members, err := r.membersAt(ctx, reference)
	if err != nil {
		return none, err
	}
	if len(members) > 0 {
		record := s.recordMember(organization, reference, members[0], members[0].Grant)
		if used, ok := firstWith(invitations, Accepted); ok {
			used.Email, used.MemberID, used.Grant = record.Email, record.MemberID, record.Grant
			record.Invite = used
		}
		return record, nil
	}
	if expired, ok := firstWith(invitations, Expired); ok {
		return s.imported(ctx, none, expired)
	}
	return none, ErrNotFound
}

// imported makes a record of a listed invitation.
func (s *Service[G]) imported(ctx context.Context, record Record[G], invitation Invite[G]) (Record[G], error) {
	if invitation.Status == Revoked {
		return record, fmt.Errorf("%w: the invitation was revoked", ErrNotFound)
	}
	grant, err := s.resolve(ctx, record.Organization, invitation.Grant)
	if err != nil {
		return record, err
	}
	record.Invite = invitation
	record.Grant = grant
	if invitation.Status != Accepted {
		return record, nil
	}
	now, _, err := s.accepted(ctx, record, invitation, Policies{ManageMembership: true})
	return now, err
}
