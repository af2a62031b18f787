// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"errors"
	"fmt"
)

// Grant is what an invitation gives to the person who accepts it: a permission,
// a role, a set of role assignments. Every platform has its own type.
type Grant[G any] interface {
	// Equal reports whether both grant the same, however they are written.
	Equal(other G) bool
	// MatchedBy reports whether answer is how the platform may show this grant. It is Equal, except for what answers
	// leave out or add.
	MatchedBy(answer G) bool
	// String is a short text for people, such as "permission write".
	String() string
}

// PartialGrant is an optional interface of a [Grant]: the platform may leave out what an invitation grants.
type PartialGrant interface {
	// IsKnown reports whether the answer shows what is granted. A grant that is not known cannot be compared or sent
	// again: it is neither the same as another one nor a change of it.
	IsKnown() bool
}

// OpenGrant is an optional interface of a [Grant]: the platform may grant more than the provider has arguments for.
type OpenGrant interface {
	// IsUnderstood reports whether the arguments can express all of the grant.
	IsUnderstood() bool
}

// CompletableGrant is an optional interface of a [Grant]: the platform's answers show different parts of it.
type CompletableGrant[G any] interface {
	// CompletedBy adds what the grant lacks from another answer about the same grant.
	CompletedBy(same G) G
}

// AbridgedGrant is an optional interface of a [Grant]: a list may show less of it than a [GrantResolver] can read.
type AbridgedGrant interface {
	// IsAbridged reports whether there is more to read.
	IsAbridged() bool
}

// PaidGrant is an optional interface of a [Grant] whose platform shows how many paid seats an organization has.
type PaidGrant interface {
	// TakesSeat reports whether a person with the grant takes a paid seat.
	TakesSeat() bool
}

// MemberLimits is an optional interface of a [Grant]: what the platform does not let anybody do to a member. Each method
// returns nil, or a [Failure] that says why, and what to do instead.
type MemberLimits[G any] interface {
	// CheckChange is about giving another grant to a member who has this one.
	CheckChange(wanted G) error
	// CheckRemoval is about removing a member who has this one.
	CheckRemoval() error
}

// ChangeWarner is an optional interface of a [Grant] that warns, while planning, of what is not obvious about a change.
type ChangeWarner[G any] interface {
	// WarnOfChange returns what a user should know before the grant replaces an earlier one.
	WarnOfChange(email string, earlier G) []Warning
}

// checkChange returns why a member with a grant cannot be given another one, see [MemberLimits].
func checkChange[G Grant[G]](has, wanted G) error {
	if limits, ok := any(has).(MemberLimits[G]); ok {
		return limits.CheckChange(wanted)
	}
	return nil
}

// CheckRemoval returns why a member with a grant cannot be removed, see [MemberLimits].
func CheckRemoval[G Grant[G]](has G) error {
	if limits, ok := any(has).(MemberLimits[G]); ok {
		return limits.CheckRemoval()
	}
	return nil
}

// isKnown reports whether an answer shows what is granted, see [PartialGrant].
func isKnown[G Grant[G]](grant G) bool {
	partial, ok := any(grant).(PartialGrant)
	return !ok || partial.IsKnown()
}

// isUnderstood reports whether all of a grant can be compared with a declared one, see [OpenGrant].
func isUnderstood[G Grant[G]](grant G) bool {
	open, ok := any(grant).(OpenGrant)
	return isKnown(grant) && (!ok || open.IsUnderstood())
}

// fillGrant adds what a grant lacks from another answer about the same grant, see [CompletableGrant].
func fillGrant[G Grant[G]](grant, same G) G {
	if partial, ok := any(grant).(CompletableGrant[G]); ok {
		return partial.CompletedBy(same)
	}
	return grant
}

// mergeGrant returns the grant in state if the member's real one is the same or not known, and else the real one.
func mergeGrant[G Grant[G]](stored, real G) G {
	switch {
	case !isKnown(real):
		return stored
	case stored.MatchedBy(real):
		return fillGrant(stored, real)
	default:
		return real
	}
}

// ResolvesGrants reports whether [Service.ResolveGrant] can add to a declared grant.
func (s *Service[G]) ResolvesGrants() bool {
	_, ok := s.backend.(GrantResolver[G])
	return ok
}

// ResolveGrant completes a grant, if the platform is a [GrantResolver]. It fails with [ErrUnresolved] if that is not
// possible.
func (s *Service[G]) ResolveGrant(ctx context.Context, organization string, grant G) (G, error) {
	if !isKnown(grant) {
		return grant, &Failure{
			Meaning: ErrUnresolved,
			Err:     errors.New(s.Title + " does not show what the invitation grants"),
			Advice:  "Nothing was changed. To send it again, revoke it and declare an invitation with what it is to grant.",
		}
	}
	if resolver, ok := s.backend.(GrantResolver[G]); ok {
		return resolver.ResolveGrant(ctx, organization, grant)
	}
	return grant, nil
}

// PlanGrant completes a declared grant for a plan, and reports whether it is what a state already has. A grant that the
// platform does not show cannot be compared, so it counts as the same.
func (s *Service[G]) PlanGrant(ctx context.Context, prior State[G], declared G) (planned G, same bool, err error) {
	planned, err = s.ResolveGrant(ctx, prior.Organization, declared)
	if err != nil || planned.Equal(prior.Grant) || !isKnown(prior.Grant) {
		return planned, err == nil, err
	}
	granted, err := s.resolveListedGrant(ctx, prior.Organization, prior.Grant)
	if err != nil {
		return planned, false, fmt.Errorf("looking up what was granted before: %w", err)
	}
	if !planned.Equal(granted) {
		return planned, false, nil
	}
	return fillGrant(planned, granted), true, nil
}

// unabridged returns a listed invitation with all that can be read of its grant, see [AbridgedGrant].
func (s *Service[G]) unabridged(ctx context.Context, organization string, listed Invite[G]) (_ Invite[G], err error) {
	if grant, ok := any(listed.Grant).(AbridgedGrant); ok && grant.IsAbridged() {
		listed.Grant, err = s.resolveListedGrant(ctx, organization, listed.Grant)
	}
	return listed, err
}

// resolveListedGrant is [Service.ResolveGrant] for what the platform itself answered. If it cannot be completed, the
// grant is returned as it is.
func (s *Service[G]) resolveListedGrant(ctx context.Context, organization string, listed G) (G, error) {
	grant, err := s.ResolveGrant(ctx, organization, listed)
	if errors.Is(err, ErrUnresolved) {
		return listed, nil
	}
	return grant, err
}

// WarnOfChange returns what is not obvious about giving another grant to the person, see [ChangeWarner].
func (r State[G]) WarnOfChange(grant G) []Warning {
	warner, ok := any(grant).(ChangeWarner[G])
	if !ok {
		return nil
	}
	return warner.WarnOfChange(r.Email, r.Grant)
}

// comparable completes what an invitation grants if it differs from the grant in state. If that fails, the invitation
// is returned as it is, and the plan tries again.
func (s *Service[G]) comparable(
	ctx context.Context, organization string, invitation Invite[G], stored G,
) Invite[G] {
	if !isKnown(invitation.Grant) || stored.MatchedBy(invitation.Grant) {
		return invitation
	}
	if grant, err := s.ResolveGrant(ctx, organization, invitation.Grant); err == nil {
		invitation.Grant = grant
	}
	return invitation
}

// grants reports whether an invitation grants exactly that.
func (s *Service[G]) grants(
	ctx context.Context, organization string, invitation Invite[G], grant G,
) (bool, error) {
	if !isUnderstood(invitation.Grant) {
		return false, ErrUnresolved
	}
	if grant.MatchedBy(invitation.Grant) {
		return true, nil
	}
	granted, err := s.ResolveGrant(ctx, organization, invitation.Grant)
	if err != nil {
		return false, err
	}
	return grant.MatchedBy(granted), nil
}
