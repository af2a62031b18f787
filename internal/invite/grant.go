package invite

import (
	"context"
	"errors"
	"fmt"
)

// Grant is what an invitation gives to the person who accepts it: a permission,
// a role, a set of role assignments. Every platform has its own type.
type Grant[G any] interface {
	// Equal reports whether both say the same, however they are written.
	Equal(other G) bool
	// MatchedBy reports whether a platform that was asked for this grant may tell
	// it as answer. It is Equal, but for what answers leave out or fill in.
	MatchedBy(answer G) bool
	// String is a short text for people, such as "permission write".
	String() string
}

// PartialGrant is an optional interface of a [Grant] whose platform may leave out what an invitation grants.
type PartialGrant interface {
	// IsKnown reports whether the answer says what is granted. A grant that is not known can be neither compared nor
	// sent again: it is neither the same as another one nor a change of it.
	IsKnown() bool
}

// OpenGrant is an optional interface of a [Grant] whose platform may grant more than the provider has arguments for.
type OpenGrant interface {
	// IsUnderstood reports whether the arguments can express all of the grant.
	IsUnderstood() bool
}

// CompletableGrant is an optional interface of a [Grant] of which the platform's answers show different parts.
type CompletableGrant[G any] interface {
	// CompletedBy fills in what the grant lacks from another answer about the same one.
	CompletedBy(same G) G
}

// ChangeWarner is an optional interface of a [Grant] that warns, while planning, of what is not obvious about a change.
type ChangeWarner[G any] interface {
	// WarnOfChange returns what a user should know before the grant takes the place of an earlier one.
	WarnOfChange(email string, earlier G) []Warning
}

// isKnown reports whether an answer says what is granted.
func IsKnown[G Grant[G]](grant G) bool {
	partial, ok := any(grant).(PartialGrant)
	return !ok || partial.IsKnown()
}

// isUnderstood reports whether all of a grant can be compared with a declared one.
func isUnderstood[G Grant[G]](grant G) bool {
	open, ok := any(grant).(OpenGrant)
	return IsKnown(grant) && (!ok || open.IsUnderstood())
}

// fillGrant fills in what a grant lacks from another answer about the same one.
func FillGrant[G Grant[G]](grant, same G) G {
	if partial, ok := any(grant).(CompletableGrant[G]); ok {
		return partial.CompletedBy(same)
	}
	return grant
}

// mergeGrant keeps how a grant is remembered where the member's real one is the same, or not known.
func mergeGrant[G Grant[G]](remembered, real G) G {
	switch {
	case !IsKnown(real):
		return remembered
	case remembered.MatchedBy(real):
		return FillGrant(remembered, real)
	default:
		return real
	}
}

// ResolvesGrants reports whether [Service.ResolveGrant] can add to a declared grant.
func (s *Service[G]) ResolvesGrants() bool {
	_, ok := s.backend.(GrantResolver[G])
	return ok
}

// ResolveGrant completes a grant where the platform's answers may name it in several ways. It fails with
// [ErrUnresolved] where there is nothing to complete it with.
func (s *Service[G]) ResolveGrant(ctx context.Context, organization string, grant G) (G, error) {
	if !IsKnown(grant) {
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
	if err != nil || planned.Equal(prior.Grant) || !IsKnown(prior.Grant) {
		return planned, err == nil, err
	}
	granted, err := s.resolveListedGrant(ctx, prior.Organization, prior.Grant)
	if err != nil {
		return planned, false, fmt.Errorf("looking up what was granted before: %w", err)
	}
	if !planned.Equal(granted) {
		return planned, false, nil
	}
	return FillGrant(planned, granted), true, nil
}

// resolveListedGrant is [Service.ResolveGrant] for what the platform itself answered: where the rest must not be
// looked up, the grant is returned as it is.
func (s *Service[G]) resolveListedGrant(ctx context.Context, organization string, listed G) (G, error) {
	grant, err := s.ResolveGrant(ctx, organization, listed)
	if errors.Is(err, ErrUnresolved) {
		return listed, nil
	}
	return grant, err
}

// WarnOfChange returns what is not obvious about giving another grant to the person, where the platform knows of something.
func (r State[G]) WarnOfChange(grant G) []Warning {
	warner, ok := any(grant).(ChangeWarner[G])
	if !ok {
		return nil
	}
	return warner.WarnOfChange(r.Email, r.Grant)
}

// comparable completes what an invitation grants where it cannot be compared with the remembered grant otherwise. If
// the look-up fails, the invitation stays as it is, and the plan looks again.
func (s *Service[G]) comparable(ctx context.Context, organization string, invitation Invite[G], remembered G) Invite[G] {
	if !IsKnown(invitation.Grant) || remembered.MatchedBy(invitation.Grant) {
		return invitation
	}
	if grant, err := s.ResolveGrant(ctx, organization, invitation.Grant); err == nil {
		invitation.Grant = grant
	}
	return invitation
}

// grants reports whether an invitation gives exactly that.
func (s *Service[G]) grants(ctx context.Context, organization string, invitation Invite[G], grant G) (bool, error) {
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
