// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"errors"
)

// Organization is what a platform shows of an organization itself.
type Organization struct {
	// Name is for people.
	Name string
	// Seats are the paid seats; nil where the platform does not show them.
	Seats *Seats
	// Details are further texts by the names of their attributes, such as "plan". What the platform does not show is
	// missing or empty.
	Details map[string]string
}

// Seats are the paid seats of an organization.
type Seats struct {
	// Total is how many there are, Used how many of them members take.
	Total, Used int64
}

// Details returns what the platform shows of an organization. It is requested once and shared by all readers.
func (s *Service[G]) Details(ctx context.Context, name string) (Organization, error) {
	read, err := s.organization(name).details.All(ctx)
	if err != nil {
		return Organization{}, err
	}
	return read[0], nil
}

// readDetails requests an organization, as a list of one.
func (s *Service[G]) readDetails(ctx context.Context, name string) ([]Organization, error) {
	reader, ok := s.backend.(OrganizationReader)
	if !ok {
		return nil, errors.New(s.Title + " offers no way to read an organization")
	}
	read, err := reader.ReadOrganization(ctx, name)
	return []Organization{read}, err
}

// organizationKey is the key of the only one in its list, which is in no group.
func organizationKey(Organization) string    { return "" }
func organizationKeys(Organization) []string { return nil }
