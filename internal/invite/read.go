package invite

import (
	"context"
	"fmt"
)

// Read follows an invitation: it returns what is to be remembered now, or
// present = false when it is gone for good. On an error what was remembered stays.
//
// "Accepted" needs positive evidence: the platform says so, or the address is among
// the members. Absence never means accepted, and an error never means absence.
func (s *Service[G]) Read(ctx context.Context, prior Record[G], policies Policies) (now Record[G], present bool, err error) {
	if prior.Status == Accepted {
		if !policies.ManageMembership {
			return prior, true, nil
		}
		return s.readMember(ctx, prior)
	}
	r := s.roster(prior.Organization)
	r.hold(prior.ID)
	invitation, listed, err := r.inviteByID(ctx, prior.ID)
	if err != nil {
		return prior, true, err
	}
	if listed && s.SecretIDs && invitation.CreatedAt.Before(prior.CreatedAt) && !sameInstant(invitation.CreatedAt, prior.CreatedAt) {
		// Where ids are addresses, an earlier invitation of the same person has the same one.
		listed = false
	}
	if listed && invitation.Status == Pending {
		return s.follow(prior, invitation), true, nil
	}
	if listed && invitation.Status == Accepted {
		return s.accepted(ctx, prior, invitation, policies)
	}
	others, err := r.invitesAt(ctx, prior.Email)
	if err != nil {
		return prior, true, err
	}
	if resent, ok := firstWith(others, Pending); ok {
		r.hold(resent.ID)
		return s.follow(prior, resent), true, nil
	}
	begun := prior.CreatedAt
	if listed {
		begun = invitation.CreatedAt
	}
	// A later invitation that was used is evidence enough, and costs no request.
	if used, ok := firstWith(others, Accepted); ok && !begun.IsZero() && used.CreatedAt.After(begun) {
		return s.accepted(ctx, prior, used, policies)
	}
	if listed && invitation.Status == Expired {
		return s.follow(prior, invitation), true, nil
	}
	// Revoked, or no longer listed.
	members, err := r.joinedMembers(ctx, prior.Email)
	if err != nil {
		return prior, true, fmt.Errorf("the invitation is no longer pending, and whether the person is a member could not be read: %w", err)
	}
	if len(members) > 0 {
		return s.join(prior, members[0], policies), true, nil
	}
	if !listed && !prior.ExpiresAt.IsZero() && s.past(prior.ExpiresAt) {
		// Platforms may stop listing what has expired.
		prior.Status = Expired
		return prior, true, nil
	}
	return prior, false, nil
}

// follow brings a record up to date with its invitation.
func (s *Service[G]) follow(prior Record[G], invitation Invite[G]) Record[G] {
	now := prior
	now.Invite = invitation
	now.Email = prior.Email
	// What one invitation grants cannot be edited, so an answer that leaves parts
	// out is no change. Another invitation may grant something else.
	sameOne := prior.ID == invitation.ID && !s.SecretIDs
	if sameOne || prior.Grant.MatchedBy(invitation.Grant) {
		now.Grant = completed(prior.Grant, invitation.Grant)
	}
	return now
}

// accepted records an invitation that the platform says was used.
func (s *Service[G]) accepted(ctx context.Context, prior Record[G], invitation Invite[G], policies Policies) (Record[G], bool, error) {
	now := s.follow(prior, invitation)
	if now.MemberID != "" && !policies.ManageMembership {
		return now, true, nil
	}
	// The one who accepted may be a member under another address.
	member, found, err := s.findMember(ctx, now)
	if err == nil && !found && s.roster(prior.Organization).renewMembers() {
		member, found, err = s.findMember(ctx, now)
	}
	if err != nil {
		return prior, true, fmt.Errorf("the invitation was accepted, and the member could not be read: %w", err)
	}
	if found {
		now.MemberID = member.ID
		if policies.ManageMembership {
			now.Grant = covered(now.Grant, member.Grant)
		}
		return now, true, nil
	}
	// They accepted and have left since: final, unless the membership itself is managed.
	return now, !policies.ManageMembership, nil
}

// join records that a person whose invitation is no longer listed is a member.
func (s *Service[G]) join(prior Record[G], member Member[G], policies Policies) Record[G] {
	now := prior
	now.Status, now.MemberID = Accepted, member.ID
	if policies.ManageMembership || prior.Grant.MatchedBy(member.Grant) {
		now.Grant = covered(prior.Grant, member.Grant)
	}
	return now
}

// readMember reads back what a managed member really has. A member who left is gone.
func (s *Service[G]) readMember(ctx context.Context, prior Record[G]) (Record[G], bool, error) {
	member, found, err := s.findMember(ctx, prior)
	if err != nil || !found {
		return prior, err != nil, err
	}
	return s.join(prior, member, Policies{ManageMembership: true}), true, nil
}

// findMember looks for the member that an accepted record stands for: by the
// user's id, since the address may have changed, else by address.
func (s *Service[G]) findMember(ctx context.Context, record Record[G]) (Member[G], bool, error) {
	r := s.roster(record.Organization)
	members, err := r.findMembers(ctx, record.Email)
	if err != nil {
		return Member[G]{}, false, err
	}
	if member, ok := pick(members, record.MemberID); ok || record.MemberID == "" {
		return member, ok, nil
	}
	everybody, err := r.allMembers(ctx)
	if err != nil {
		return Member[G]{}, false, err
	}
	for _, member := range everybody {
		if member.ID == record.MemberID {
			return member, true, nil
		}
	}
	return Member[G]{}, false, nil
}

// pick chooses among the members with one address: the one with the known id,
// else the first where none is known.
func pick[G Grant[G]](members []Member[G], id string) (Member[G], bool) {
	for _, member := range members {
		if id == "" || member.ID == id {
			return member, true
		}
	}
	return Member[G]{}, false
}

// covered keeps how a grant is remembered where the member's real one is the same.
func covered[G Grant[G]](remembered, real G) G {
	if remembered.MatchedBy(real) {
		return completed(remembered, real)
	}
	return real
}

// completed fills in what a grant does not know from another telling of the
// same, where the platform's answers tell different parts of it.
func completed[G Grant[G]](grant, same G) G {
	if partial, ok := any(grant).(interface{ CompletedBy(same G) G }); ok {
		return partial.CompletedBy(same)
	}
	return grant
}
