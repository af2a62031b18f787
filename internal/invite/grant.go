package invite

import "context"

// isKnown reports whether an answer says what is granted. Where a platform may leave that out, its grants have a method
// IsKnown. What is not known is neither the same as something else nor a change of it.
func isKnown[G Grant[G]](grant G) bool {
	partial, ok := any(grant).(interface{ IsKnown() bool })
	return !ok || partial.IsKnown()
}

// resolved looks up what an invitation grants where that cannot be compared with the remembered grant otherwise. If the
// look-up fails, the invitation stays as it was answered, and the plan looks again.
func (s *Service[G]) resolved(ctx context.Context, organization string, invitation Invite[G], remembered G) Invite[G] {
	if !isKnown(invitation.Grant) || remembered.MatchedBy(invitation.Grant) {
		return invitation
	}
	if grant, err := s.resolve(ctx, organization, invitation.Grant); err == nil {
		invitation.Grant = grant
	}
	return invitation
}
