// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"errors"
	"fmt"
)

// ErrNotManaged is the error of an update that would change a member although the membership is not managed, or who may
// not even be one.
var ErrNotManaged = errors.New("the invitation is no longer pending, and the membership is not managed")

// UpdateDecision is what an update does about a declared grant.
type UpdateDecision int

// The decisions. Only [ChangeMember] makes requests.
const (
	// RecordGrant records in state how the grant is declared now.
	RecordGrant UpdateDecision = iota
	// KeepMember records it too. The member keeps what somebody gave them outside while the membership was managed and
	// the declared grant stayed the same.
	KeepMember
	// ChangeMember gives the grant to the managed member.
	ChangeMember
	// RefuseChange is [ErrNotManaged].
	RefuseChange
)

// PreviewUpdate returns what [Service.Update] would do now. It is the one place where a plan and an apply decide it.
// A pending invitation is never updated with another grant: its plan is a replacement.
func PreviewUpdate[G Grant[G]](prior State[G], grant G, before, now Policies) UpdateDecision {
	switch {
	case prior.Status == Unknown && !grant.Equal(prior.Grant):
		return RefuseChange
	case prior.Status != Accepted || grant.Equal(prior.Grant):
		return RecordGrant
	case now.ManageMembership:
		return ChangeMember
	case !isKnown(prior.Grant):
		return RecordGrant
	case before.ManageMembership && prior.Object.Granted == grant.String():
		return KeepMember
	default:
		return RefuseChange
	}
}

// CheckUpdate returns why the platform does not let anybody give the grant to a person who accepted, see [MemberLimits].
func CheckUpdate[G Grant[G]](prior State[G], grant G) error {
	if prior.Status != Accepted || grant.Equal(prior.Grant) {
		return nil
	}
	return checkChange(prior.Grant, grant)
}

// Update records a declared grant, and gives it to the member if the membership is managed. The policies are those of
// the prior state and those that hold now. On an error, the prior state still holds.
func (s *Service[G]) Update(ctx context.Context, prior State[G], grant G, before, now Policies) (State[G], error) {
	state := prior
	state.Object.Granted = grant.String()
	switch PreviewUpdate(prior, grant, before, now) {
	case RefuseChange:
		return prior, ErrNotManaged
	case ChangeMember:
		granted, err := s.changeMember(ctx, prior, grant)
		if err != nil {
			return prior, err
		}
		state.Grant = granted
	default:
		state.Grant = fillGrant(grant, prior.Grant)
	}
	return state, nil
}

// changeMember gives a member another grant, and returns what they have now.
func (s *Service[G]) changeMember(ctx context.Context, prior State[G], grant G) (G, error) {
	manager, err := s.memberManager()
	if err != nil {
		return grant, err
	}
	member, found, err := s.findMember(ctx, prior)
	if err != nil {
		return grant, err
	}
	if !found {
		return grant, fmt.Errorf("%s is no longer a member of organization %s", prior.Email, prior.Organization)
	}
	wanted, err := s.ResolveGrant(ctx, prior.Organization, grant)
	if err != nil {
		return grant, err
	}
	member.Grant = fillGrant(member.Grant, prior.Grant)
	if wanted.MatchedBy(member.Grant) {
		return wanted, nil
	}
	if err := checkChange(member.Grant, wanted); err != nil {
		return grant, err
	}
	members := s.organization(prior.Organization).members
	if err := manager.ChangeMember(ctx, prior.Organization, member, wanted); err != nil {
		// What the member has now is not known, so the next reader requests the list again.
		members.Invalidate()
		return grant, err
	}
	member.Grant = wanted
	members.Put(member)
	return wanted, nil
}
