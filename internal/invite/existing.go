// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// Existing is what exists at the address of a new invitation: a pending invitation, or a member. Both are set if
// somebody invited a member, and that matters for the decision.
type Existing[G Grant[G]] struct {
	Organization string
	Invite       *Invite[G]
	Member       *Member[G]
	// InState: an object in state manages the invitation.
	InState bool
}

// none reports whether nothing was found.
func (e Existing[G]) none() bool { return e.Invite == nil && e.Member == nil }

// Exists is the error of a create that must not take over what exists.
type Exists[G Grant[G]] struct {
	Existing[G]
	// SentNow: this process sent the invitation, for another resource.
	SentNow bool
	// Err is the platform's refusal, if the platform found it first.
	Err error
}

func (e *Exists[G]) Error() string {
	switch {
	case e.Member != nil && e.Member.Email == "":
		return "the declared account is already a member's"
	case e.Member != nil:
		return e.Member.Email + " is already a member"
	case e.Invite != nil:
		return e.Invite.Email + " is already invited"
	default:
		return "the platform says that there is an invitation or a member already"
	}
}

// Unwrap returns [ErrExists], and the platform's refusal if there is one.
func (e *Exists[G]) Unwrap() []error {
	if e.Err == nil {
		return []error{ErrExists}
	}
	return []error{ErrExists, e.Err}
}

// findExisting looks for a pending invitation to the address, and for a member who has it. Members that may not be
// listed are skipped: many credentials may invite but not see who is a member.
func (s *Service[G]) findExisting(ctx context.Context, name string, request Request[G]) (Existing[G], error) {
	org, email := s.organization(name), request.Email
	existing := Existing[G]{Organization: name}
	invitations, err := org.invitesTo(ctx, email)
	if err != nil {
		return existing, fmt.Errorf("looking for a pending invitation: %w", err)
	}
	if pending, found := newestWith(invitations, Pending); found {
		existing.Invite, existing.InState = &pending, org.objects.managed(email, s.identity(pending))
		return existing, nil
	}
	existing.Member, err = s.findExistingMember(ctx, name, request)
	return existing, err
}

// findExistingMember looks for a member with the address, and then for one with the declared account, if members may be
// listed.
func (s *Service[G]) findExistingMember(ctx context.Context, name string, request Request[G]) (*Member[G], error) {
	members, err := s.organization(name).membersWith(ctx, request.Email)
	if err == nil && len(members) == 0 {
		members, err = s.findAccount(ctx, name, request.Account)
	}
	switch {
	case errors.Is(err, ErrForbidden):
		tflog.Info(ctx, "members may not be listed with this credential: not checked whether the person already is one",
			map[string]any{"platform": s.Title, "organization": name})
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("looking for a member with that address: %w", err)
	case len(members) == 0:
		return nil, nil
	}
	return &members[0], nil
}

// Decision is what a create does about what exists at the address.
type Decision int

// The decisions. [Undecided] is for a preview only: the grant is not known yet.
const (
	// Send: nothing is in the way.
	Send Decision = iota
	// Refuse: an error, and nothing is sent.
	Refuse
	// Adopt: the invitation is taken over as it is.
	Adopt
	// Replace: the invitation is revoked and a new one is sent.
	Replace
	// RecordMember: the person is recorded as accepted. An invitation beside the membership is revoked.
	RecordMember
	// Undecided: adopt or replace, depending on a grant that is known only after apply.
	Undecided
)

// decide is the one place where a plan and an apply decide what to do about what exists. It adds the member to existing
// if the decision depends on one.
func (s *Service[G]) decide(
	ctx context.Context, existing *Existing[G], request Request[G], policies Policies,
) (Decision, error) {
	switch {
	case existing.none():
		return Send, nil
	case !policies.AdoptExisting:
		return Refuse, nil
	case existing.Invite == nil:
		return RecordMember, nil
	case request.GrantUnknown:
		return Undecided, nil
	}
	same, err := s.satisfies(ctx, existing.Organization, *existing.Invite, request)
	if err != nil || same {
		return Adopt, err
	}
	// Somebody may have invited a member. A member gets no mail, so there is nothing to send.
	existing.Member, err = s.findExistingMember(ctx, existing.Organization, request)
	if err != nil || existing.Member != nil {
		return RecordMember, err
	}
	return Replace, nil
}

// Preview is what exists, and what a create would do about it.
type Preview[G Grant[G]] struct {
	Existing[G]
	Decision Decision
}

// PreviewCreate returns what [Service.Create] would do now. Nothing is sent.
func (s *Service[G]) PreviewCreate(
	ctx context.Context, name string, request Request[G], policies Policies,
) (Preview[G], error) {
	existing, err := s.findExisting(ctx, name, request)
	if err != nil {
		return Preview[G]{}, err
	}
	decision, err := s.decide(ctx, &existing, request, policies)
	return Preview[G]{Existing: existing, Decision: decision}, err
}

// satisfies reports whether an invitation already is what is requested: it grants the same, and expires when a configured
// lifetime or end requires it.
func (s *Service[G]) satisfies(
	ctx context.Context, name string, invitation Invite[G], request Request[G],
) (bool, error) {
	if !endsAsRequested(invitation, request) {
		return false, nil
	}
	same, err := s.grants(ctx, name, invitation, request.Grant)
	if errors.Is(err, ErrUnresolved) {
		// What cannot be compared counts as different. An invitation that replaces it surely grants what it should.
		return false, nil
	}
	return same, err
}

// lifetimeTolerance is by how much the lifetime of an invitation may differ from what was requested. The end is counted
// by this machine's clock, and the beginning by the platform's.
const lifetimeTolerance = 5 * time.Minute

func endsAsRequested[G Grant[G]](invitation Invite[G], request Request[G]) bool {
	switch {
	case !request.ExpiresAt.IsZero():
		return SameInstant(request.ExpiresAt, invitation.ExpiresAt)
	case !request.Explicit, invitation.CreatedAt.IsZero(), invitation.ExpiresAt.IsZero():
		return true
	default:
		return (invitation.ExpiresAt.Sub(invitation.CreatedAt) - request.Lifetime).Abs() <= lifetimeTolerance
	}
}
