package invite

import (
	"context"
	"fmt"
)

// Change gives a managed member another grant, in place.
func (s *Service[G]) Update(ctx context.Context, prior State[G], grant G) (State[G], error) {
	manager, err := s.memberManager()
	if err != nil {
		return prior, err
	}
	member, found, err := s.findMember(ctx, prior)
	if err != nil {
		return prior, err
	}
	if !found {
		return prior, fmt.Errorf("%s is no longer a member of organization %s", prior.Email, prior.Organization)
	}
	wanted, err := s.ResolveGrant(ctx, prior.Organization, grant)
	if err != nil {
		return prior, err
	}
	now := prior
	// The id stays as it was planned; where it was not known, the next refresh tells it.
	now.Grant = wanted
	member.Grant = FillGrant(member.Grant, prior.Grant)
	if wanted.MatchedBy(member.Grant) {
		return now, nil
	}
	if err := manager.ChangeMember(ctx, prior.Organization, member, wanted); err != nil {
		// What the member has now is not known: the next reader asks.
		s.organization(prior.Organization).members.Invalidate()
		return prior, err
	}
	member.Grant = wanted
	s.organization(prior.Organization).members.Put(member)
	return now, nil
}
