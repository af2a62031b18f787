// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// SeedInvite puts an invitation there that was sent before anybody looked: no mail. Email is required; Grant, ID,
// CreatedAt, ExpiresAt and Source are taken over if set, everything else is ignored. Where nobody can choose how long an
// invitation lasts, one of the two times decides the other.
func (f *Fake) SeedInvite(p Platform, org string, seed Invitation) (Invitation, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s, o, err := f.find(p, org)
	if err != nil {
		return Invitation{}, err
	}
	switch {
	case seed.Email == "":
		return Invitation{}, errors.New("an invitation needs an e-mail address")
	case seed.ID != "" && p == ElasticCloud:
		return Invitation{}, errors.New("a token of Elastic Cloud cannot be chosen")
	case seed.ID != "" && p == GitHub && !isInt64(seed.ID):
		return Invitation{}, errors.New("the id of an invitation of GitHub is a number")
	case seed.Source != "" && (p != GitHub || seed.Source != scim):
		return Invitation{}, fmt.Errorf("invitations of %s do not come from %q", p, seed.Source)
	}
	grant, err := s.completeGrant(seed.Grant)
	if err != nil {
		return Invitation{}, err
	}
	sent := invitation{
		id: seed.ID, email: seed.Email, grant: grant, created: seed.CreatedAt, expires: seed.ExpiresAt, createdBy: outsider, source: seed.Source,
	}
	switch {
	case seed.Source == scim:
		sent.expires = time.Time{}
	case s.fixedLifetime && sent.expires.IsZero() && !sent.created.IsZero():
		sent.expires = s.end(sent.created)
	case sent.expires.IsZero():
		sent.expires = s.end(f.now())
	case s.fixedLifetime && sent.created.IsZero():
		sent.created = sent.expires.Add(-s.lifetime)
	}
	return s.invitationSnapshot(o, f.invite(s, o, sent), f.now()), nil
}

// scim is where GitHub's invitations without an end come from.
const scim = "scim"

// SeedMember puts a person there. Email may be empty on Elastic Cloud, and on GitHub if there is a Login; Grant, ID,
// MembershipID, Name, Since, and what is GitHub's, are taken over if set.
func (f *Fake) SeedMember(p Platform, org string, seed Member) (Member, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s, o, err := f.find(p, org)
	if err != nil {
		return Member{}, err
	}
	switch {
	case p == GitHub:
		if err := checkGitHubMember(&seed); err != nil {
			return Member{}, err
		}
	case seed.Email == "" && p != ElasticCloud:
		return Member{}, fmt.Errorf("a member of %s needs an e-mail address", p)
	}
	if seed.Grant, err = s.completeGrant(seed.Grant); err != nil {
		return Member{}, err
	}
	return s.memberSnapshot(o, f.join(s, o, seed)), nil
}

// Seed is a document of people and invitations, by platform.
type Seed map[Platform]struct {
	Organization string           `json:"organization"` // empty is the default one
	Members      []Member         `json:"members"`
	Invites      []SeedInvitation `json:"invites"`
}

// SeedInvitation is an [Invitation] whose end may be given as a duration from now, such as "7d".
type SeedInvitation struct {
	Invitation
	ExpiresIn string `json:"expires_in"`
}

// LoadSeed reads a [Seed] as JSON and puts everything there. It stops at the first error.
func (f *Fake) LoadSeed(from io.Reader) error {
	var seed Seed
	decoder := json.NewDecoder(from)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&seed); err != nil {
		return fmt.Errorf("seed: %w", err)
	}
	for platform, people := range seed {
		for _, m := range people.Members {
			if _, err := f.SeedMember(platform, people.Organization, m); err != nil {
				return fmt.Errorf("seed: %w", err)
			}
		}
		for _, i := range people.Invites {
			if i.ExpiresIn != "" {
				lifetime, err := parseLifetime(i.ExpiresIn)
				if err != nil {
					return fmt.Errorf("seed: %w", err)
				}
				i.ExpiresAt = f.now().Add(lifetime)
			}
			if _, err := f.SeedInvite(platform, people.Organization, i.Invitation); err != nil {
				return fmt.Errorf("seed: %w", err)
			}
		}
	}
	return nil
}

// completeGrant fills in what a seed may leave out. The caller holds the lock.
func (s *service) completeGrant(grant Grant) (Grant, error) {
	if s.complete == nil {
		return grant, nil
	}
	return s.complete(grant)
}

// completeRole finds a role by its id or its name; the first one there is by default.
func (f *Fake) completeRole(grant Grant) (Grant, error) {
	if grant.RoleID == "" && grant.Role == "" {
		grant.Role = defaultSnykRole
	}
	for _, role := range f.roles {
		if role.PublicID == grant.RoleID || grant.RoleID == "" && strings.EqualFold(role.Name, grant.Role) {
			return Grant{RoleID: role.PublicID, Role: role.Name}, nil
		}
	}
	return Grant{}, fmt.Errorf("snyk has no role %q%q", grant.RoleID, grant.Role)
}
