package invite

import (
	"context"
	"errors"
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

// ResolvesGrants reports whether the platform's answers may name one grant in several ways.
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

// ResolveListedGrant is [Service.ResolveGrant] for what the platform itself answered: where the rest must not be
// looked up, the grant is returned as it is.
func (s *Service[G]) ResolveListedGrant(ctx context.Context, organization string, listed G) (G, error) {
	grant, err := s.ResolveGrant(ctx, organization, listed)
	if errors.Is(err, ErrUnresolved) {
		return listed, nil
	}
	return grant, err
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
