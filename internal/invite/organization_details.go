// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Organization is what a platform shows of an organization itself.
type Organization struct {
	// ID is for [OwnOrganization] only.
	ID string
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
	switch backend := s.backend.(type) {
	case OwnOrganization:
		if err := s.checkCredential(ctx, name); err != nil {
			return nil, err
		}
		return s.own.All(ctx)
	case OrganizationReader:
		read, err := backend.ReadOrganization(ctx, name)
		return []Organization{read}, err
	}
	return nil, errors.New(s.Title + " offers no way to read an organization")
}

// OwnOrganization returns the organization that the credential belongs to, see [OwnOrganization]. It is requested once
// and shared by all readers.
func (s *Service[G]) OwnOrganization(ctx context.Context) (Organization, error) {
	read, err := s.own.All(ctx)
	if err != nil {
		return Organization{}, err
	}
	return read[0], nil
}

// readOwn requests the organization that the credential belongs to, as a list of one.
func (s *Service[G]) readOwn(ctx context.Context) ([]Organization, error) {
	owner, ok := s.backend.(OwnOrganization)
	if !ok {
		return nil, errors.New(s.Title + " does not show which organization a credential belongs to")
	}
	own, err := owner.OwnOrganization(ctx)
	return []Organization{own}, err
}

// otherOrganizationAdvice is what to do about a credential of another organization.
const otherOrganizationAdvice = "Nothing was sent. " +
	"Use a key of the organization in organization_id, or leave organization_id out."

// checkCredential fails if the credential belongs to another organization than the declared one. Requests do not name
// the organization then, and people would be mailed from the other one.
func (s *Service[G]) checkCredential(ctx context.Context, declared string) error {
	if _, ok := s.backend.(OwnOrganization); !ok {
		return nil
	}
	own, err := s.OwnOrganization(ctx)
	if err != nil || strings.EqualFold(own.ID, declared) {
		return err
	}
	return &Failure{
		Attribute: "organization_id",
		Advice:    otherOrganizationAdvice,
		Err:       fmt.Errorf("the key belongs to organization %s (%s), and not to %s", own.ID, own.Name, declared),
	}
}

// organizationKey is the key of the only one in its list, which is in no group.
func organizationKey(Organization) string    { return "" }
func organizationKeys(Organization) []string { return nil }
