// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"fmt"
	"time"
)

// Reading is what a refresh found.
type Reading[G Grant[G]] struct {
	// State is what to remember now.
	State State[G]
	// Gone: the invitation is revoked or deleted, or the managed member left. There is nothing to remember.
	Gone     bool
	Warnings []Warning
}

// listDelay is for how long after a create a list may lack the invitation.
const listDelay = time.Minute

// Read follows an invitation. On an error, what was remembered stays.
//
// "Accepted" needs positive evidence: the platform says so, or the address is among the members. Absence never means
// accepted, and an error never means absence.
func (s *Service[G]) Read(ctx context.Context, prior State[G], policies Policies) (Reading[G], error) {
	prior.Object = s.remember(prior, false)
	if !prior.Object.Superseded {
		prior.Object.SharedWith = nil
	}
	kept := Reading[G]{State: prior}
	if prior.Status == Accepted {
		if !policies.ManageMembership {
			return kept, nil
		}
		return s.readMember(ctx, prior)
	}
	now, found, err := s.locate(ctx, prior, policies)
	if err == nil && (found == notListed || found == perhapsMember) && prior.recent() {
		switch listed, err := s.listedMeanwhile(ctx, prior); {
		case err != nil:
			return kept, err
		case !listed:
			kept.Warnings = []Warning{s.notListedYet(prior)}
			return kept, nil
		}
		now, found, err = s.locate(ctx, prior, policies)
	}
	switch {
	case err != nil:
		return kept, err
	case found == perhapsMember:
		now.Status = Unknown
		return Reading[G]{State: now, Warnings: []Warning{s.perhapsMember(now)}}, nil
	case found != present:
		return Reading[G]{State: prior, Gone: true}, nil
	}
	now.Object.SharedWith = append(now.Object.SharedWith, s.sharedWith(now)...)
	return Reading[G]{State: now}, nil
}

// listedMeanwhile looks again for an invitation that a list may lack because it was sent a short time ago.
func (s *Service[G]) listedMeanwhile(ctx context.Context, prior State[G]) (bool, error) {
	org := s.organization(prior.Organization)
	if err := org.lookAgain(ctx); err != nil {
		return false, err
	}
	if _, listed, err := s.current(ctx, prior); listed || err != nil {
		return listed, err
	}
	others, err := org.invitesTo(ctx, prior.spellings()...)
	_, resent := newestWith(others, Pending)
	return resent, err
}

// recent reports whether the invitation was sent so short a time ago that a list may lack it.
func (r State[G]) recent() bool {
	sent := r.Object.SentAt
	if sent.IsZero() {
		sent = r.CreatedAt
	}
	return !sent.IsZero() && time.Since(sent).Abs() < listDelay
}

// location is what the lists say about a remembered invitation.
type location int

const (
	// present: it is there, or what became of it is known.
	present location = iota
	// ended: the platform says so, or another object manages what took its place.
	ended
	// notListed: nothing shows it, and the person is not a member.
	notListed
	// perhapsMember: nothing shows it, and the person may be one of the members without an address.
	perhapsMember
)

// locate finds out what became of an invitation.
func (s *Service[G]) locate(ctx context.Context, prior State[G], policies Policies) (now State[G], found location, err error) {
	org := s.organization(prior.Organization)
	own, listed, err := s.current(ctx, prior)
	if err != nil {
		return prior, present, err
	}
	switch {
	case listed && own.Status == Pending:
		return s.follow(prior, own), present, nil
	case prior.Object.Superseded && listed && own.Status == Expired:
		return s.follow(prior, own), present, nil
	case prior.Object.Superseded:
		return prior, ended, nil
	case listed && own.Status == Accepted:
		return s.accepted(ctx, prior, own, policies)
	}
	others, err := org.invitesTo(ctx, prior.spellings()...)
	if err != nil {
		return prior, present, err
	}
	if resent, found := newestWith(others, Pending); found && s.mayFollow(prior, resent) {
		return s.followResent(ctx, prior, resent)
	}
	second, err := org.endedTo(ctx, prior.spellings()...)
	if err != nil {
		return prior, present, err
	}
	if failed, found := newestWith(second, Expired); found && s.mayFollow(prior, failed) {
		return s.follow(prior, failed), present, nil
	}
	begun := prior.CreatedAt
	if listed {
		begun = own.CreatedAt
	}
	// A later invitation that was used is evidence enough, and costs no request.
	if used, found := newestWith(others, Accepted); found && !begun.IsZero() && used.CreatedAt.After(begun) {
		return s.accepted(ctx, prior, used, policies)
	}
	if listed && own.Status == Expired {
		return s.follow(prior, own), present, nil
	}
	return s.locateMember(ctx, prior, listed, policies)
}

// locateMember finds out what became of an invitation that is neither pending nor expired. listed: the platform shows
// that it has ended.
func (s *Service[G]) locateMember(
	ctx context.Context, prior State[G], listed bool, policies Policies,
) (now State[G], found location, err error) {
	members, err := s.organization(prior.Organization).currentMembersWith(ctx, prior.spellings()...)
	switch {
	case err != nil:
		return prior, present, fmt.Errorf("the invitation is no longer pending, and whether the person is a member could not be read: %w", err)
	case len(members) > 0:
		return s.join(prior, members[0], policies), present, nil
	case listed:
		return prior, ended, nil
	}
	switch member, found, err := s.findHidden(ctx, prior); {
	case err != nil:
		return prior, present, err
	case found == present:
		return s.join(prior, member, policies), present, nil
	case found == perhapsMember && prior.Status != Expired:
		return prior, perhapsMember, nil
	case prior.Status == Expired || !prior.ExpiresAt.IsZero() && s.past(prior.ExpiresAt):
		// Platforms may stop listing what has expired.
		prior.Status = Expired
		return prior, present, nil
	}
	return prior, notListed, nil
}

// followResent follows an invitation that was sent again outside, unless it is that of another object, which replaced
// this one.
func (s *Service[G]) followResent(
	ctx context.Context, prior State[G], resent Invite[G],
) (now State[G], found location, err error) {
	org := s.organization(prior.Organization)
	if err := org.settle(ctx); err != nil {
		return prior, present, err
	}
	identity := s.identity(resent)
	managed := func(known *object) bool { return known.manages(identity) }
	if len(org.objects.others(prior.Email, prior.Object.ID, managed)) > 0 {
		return prior, ended, nil
	}
	org.objects.note(prior.Email, prior.Object.ID, func(o *object) { o.add(identity) })
	return s.follow(prior, s.comparable(ctx, prior.Organization, resent, prior.Grant)), present, nil
}

// current returns the invitation that a state remembers, as it is listed now.
func (s *Service[G]) current(ctx context.Context, prior State[G]) (own Invite[G], listed bool, err error) {
	org := s.organization(prior.Organization)
	if !s.SecretIDs {
		return org.invites.Get(ctx, prior.ID)
	}
	invitations, err := org.invitesTo(ctx, prior.spellings()...)
	for _, invitation := range invitations {
		// Where ids are addresses, any other invitation of the same person has the same one.
		switch {
		case invitation.CreatedAt.Equal(prior.CreatedAt):
			return invitation, true, nil
		case !listed && s.identity(invitation).same(s.identity(prior.Invite)):
			own, listed = invitation, true
		}
	}
	return own, listed, err
}

// follow brings a state up to date with its invitation.
func (s *Service[G]) follow(prior State[G], invitation Invite[G]) State[G] {
	now := prior
	now.Invite = invitation
	now.ID, now.Email = s.stateID(invitation.ID, prior.Email), prior.Email
	now.Object.ListedAs = otherSpelling(invitation.Email, prior.Email)
	// What one invitation grants cannot be edited, so it stays as it was stored, whatever parts of it an answer leaves
	// out or adds. Another invitation may grant something else.
	sameOne := s.identity(prior.Invite).same(s.identity(invitation))
	if sameOne && isKnown(prior.Grant) || !isKnown(invitation.Grant) || prior.Grant.MatchedBy(invitation.Grant) {
		now.Grant = prior.Grant
	}
	return now
}

// accepted updates a state whose invitation the platform says was used.
func (s *Service[G]) accepted(ctx context.Context, prior State[G], invitation Invite[G], policies Policies) (State[G], location, error) {
	now := s.follow(prior, invitation)
	if now.MemberID != "" && !policies.ManageMembership {
		return now, present, nil
	}
	// The person who accepted may be a member under another address.
	member, found, err := s.findMember(ctx, now)
	if err == nil && !found {
		s.organization(prior.Organization).renewMembers()
		member, found, err = s.findMember(ctx, now)
	}
	if err != nil {
		return prior, present, fmt.Errorf("the invitation was accepted, and the member could not be read: %w", err)
	}
	if found {
		now.MemberID = member.ID
		if policies.ManageMembership {
			now.Grant = mergeGrant(now.Grant, member.Grant)
		}
		return now, present, nil
	}
	if policies.ManageMembership {
		return now, ended, nil
	}
	// They accepted and have left since: final.
	return now, present, nil
}

// join updates a state whose person is a member although the invitation is no longer listed.
func (s *Service[G]) join(prior State[G], member Member[G], policies Policies) State[G] {
	now := prior
	now.Status, now.MemberID = Accepted, member.ID
	if policies.ManageMembership || prior.Grant.MatchedBy(member.Grant) {
		now.Grant = mergeGrant(prior.Grant, member.Grant)
	}
	return now
}

// readMember reads back what a managed member really has. A member who left is gone.
func (s *Service[G]) readMember(ctx context.Context, prior State[G]) (Reading[G], error) {
	member, found, err := s.findMember(ctx, prior)
	if err != nil || !found {
		return Reading[G]{State: prior, Gone: err == nil}, err
	}
	now := s.join(prior, member, Policies{ManageMembership: true})
	if prior.Grant.MatchedBy(member.Grant) {
		now.Grant = prior.Grant // as it was stored
	}
	now.Object.SharedWith = append(now.Object.SharedWith, s.sharedWith(now)...)
	return Reading[G]{State: now}, nil
}

// findMember looks for the member of an accepted state: by the user's id, since the address may have changed, else by
// address.
func (s *Service[G]) findMember(ctx context.Context, state State[G]) (Member[G], bool, error) {
	org := s.organization(state.Organization)
	members, err := org.membersWith(ctx, state.spellings()...)
	if err != nil {
		return Member[G]{}, false, err
	}
	if member, found := pick(members, state.MemberID); found || state.MemberID == "" {
		return member, found, nil
	}
	everybody, err := org.members.All(ctx)
	if err != nil {
		return Member[G]{}, false, err
	}
	member, found := pick(everybody, state.MemberID)
	return member, found, nil
}

// pick returns the member with an id, or the first one where no id is known.
func pick[G Grant[G]](members []Member[G], id string) (Member[G], bool) {
	for _, member := range members {
		if id == "" || member.ID == id {
			return member, true
		}
	}
	return Member[G]{}, false
}
