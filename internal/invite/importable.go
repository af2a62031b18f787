// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import "context"

// Importable lists the invitations that the filter selects, as an import by address finds them: at most one for each
// address, in the order of [Select].
func (s *Service[G]) Importable(ctx context.Context, organization string, filter Filter) ([]Invite[G], error) {
	selected, err := s.Invites(ctx, organization, filter)
	if err != nil {
		return nil, err
	}
	named := map[string]bool{}
	var found []Invite[G]
	for _, invitation := range selected {
		if named[invitation.address()] {
			continue
		}
		named[invitation.address()] = true
		one, ok, err := s.importableAt(ctx, organization, invitation.Email)
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, one)
		}
	}
	// An import by address may find another invitation than the one that was selected.
	return Select(found, filter), nil
}

// importableAt returns the invitation that [Service.Import] finds at an address, if it finds one: what is pending comes
// before what has ended, and a member before an invitation that expired.
func (s *Service[G]) importableAt(ctx context.Context, organization, email string) (Invite[G], bool, error) {
	org := s.organization(organization)
	invitations, err := org.everyInviteTo(ctx, email)
	if err != nil {
		return Invite[G]{}, false, err
	}
	if pending, ok := newestWith(invitations, Pending); ok {
		pending, err = s.unabridged(ctx, organization, pending)
		return pending, true, err
	}
	members, err := org.membersWith(ctx, email)
	if err != nil {
		return Invite[G]{}, false, err
	}
	if len(members) > 0 {
		used, ok := newestWith(invitations, Accepted)
		used.MemberID, used.Grant = members[0].ID, members[0].Grant
		return used, ok, nil
	}
	expired, ok := newestWith(invitations, Expired)
	expired, err = s.unabridged(ctx, organization, expired)
	return expired, ok, err
}
