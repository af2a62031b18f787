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

// importableAt returns the invitation that [Service.Import] finds at an address, if it finds one.
func (s *Service[G]) importableAt(ctx context.Context, organization, email string) (Invite[G], bool, error) {
	found, member, err := s.findImportable(ctx, organization, email)
	if err != nil || found == nil {
		return Invite[G]{}, false, err
	}
	if member != nil {
		found.MemberID, found.Grant = member.ID, member.Grant
		return *found, true, nil
	}
	whole, err := s.unabridged(ctx, organization, *found)
	return whole, true, err
}
