// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
)

// Allowed are the people who may have a pending invitation to an organization.
type Allowed struct {
	emails, domains map[string]bool
}

// NewAllowed returns those with one of the addresses or exceptions, ignoring letter case. An exception is an address,
// or "@" and a domain.
func NewAllowed(emails, exceptions []string) Allowed {
	allowed := Allowed{emails: make(map[string]bool, len(emails)), domains: map[string]bool{}}
	for _, email := range slices.Concat(emails, exceptions) {
		if domain, found := strings.CutPrefix(NormalizeEmail(email), "@"); found {
			allowed.domains[domain] = true
			continue
		}
		allowed.emails[NormalizeEmail(email)] = true
	}
	return allowed
}

// Allows reports whether an address may have a pending invitation.
func (a Allowed) Allows(email string) bool {
	return a.emails[NormalizeEmail(email)] || a.domains[Domain(email)]
}

// Covers reports whether everybody whom the other one allows is allowed here.
func (a Allowed) Covers(other Allowed) bool {
	for email := range other.emails {
		if !a.Allows(email) {
			return false
		}
	}
	for domain := range other.domains {
		if !a.domains[domain] {
			return false
		}
	}
	return true
}

// Undeclared is a pending invitation that nobody declared. Private state holds it, so it has no token.
type Undeclared struct {
	// Email is in lower case.
	Email string `json:"email"`
	// Invitation tells it from any other invitation to the same address.
	Invitation Identity `json:"invitation"`
	// Grant is what it grants, for people.
	Grant string `json:"-"`
}

// Is reports whether both are the same invitation.
func (u Undeclared) Is(other Undeclared) bool {
	return u.Email == other.Email && u.Invitation.same(other.Invitation)
}

// FindUndeclared returns the pending invitations to an organization of people who are not allowed, by address. What a
// resource in state manages is declared, whatever its address.
func (s *Service[G]) FindUndeclared(ctx context.Context, name string, allowed Allowed) ([]Undeclared, error) {
	invitations, err := s.Invites(ctx, name, PendingOnly())
	if err != nil {
		return nil, err
	}
	objects := &s.organization(name).objects
	found := []Undeclared{}
	for _, pending := range invitations {
		identity := s.identity(pending)
		if allowed.Allows(pending.Email) || objects.listedAs(pending.Email) || objects.managed(pending.Email, identity) {
			continue
		}
		found = append(found, Undeclared{Email: pending.address(), Invitation: identity, Grant: pending.Grant.String()})
	}
	return found, nil
}

// Revocation is what became of an invitation that was to be revoked.
type Revocation struct {
	Undeclared
	// Untouched: the invitation is not pending any more, or a resource manages it now.
	Untouched bool
	// Err is why it could not be revoked.
	Err error
}

// revokeLimit is how many undeclared invitations are revoked at a time.
const revokeLimit = 20

// RevokeUndeclared revokes the invitations that a plan showed, and no other ones. The organization is listed again
// first: who accepted, or was sent another invitation since the plan, is not touched.
func (s *Service[G]) RevokeUndeclared(ctx context.Context, name string, planned []Undeclared) ([]Revocation, error) {
	org := s.organization(name)
	org.invites.Invalidate()
	if _, err := org.invites.All(ctx); err != nil {
		return nil, err
	}
	results := make([]Revocation, len(planned))
	for first := 0; first < len(planned); first += revokeLimit {
		var running sync.WaitGroup
		for i := first; i < min(first+revokeLimit, len(planned)); i++ {
			running.Go(func() {
				revoked, err := s.revokeUndeclared(ctx, name, planned[i])
				results[i] = Revocation{Undeclared: planned[i], Untouched: !revoked && err == nil, Err: err}
			})
		}
		running.Wait()
	}
	return results, nil
}

// revokeUndeclared revokes one invitation, if it is still there.
func (s *Service[G]) revokeUndeclared(ctx context.Context, name string, planned Undeclared) (revoked bool, err error) {
	org := s.organization(name)
	done, err := org.turn(ctx, planned.Email)
	if err != nil {
		return false, err
	}
	defer done()
	invitation, found, err := s.findPending(ctx, name, planned)
	if err != nil || !found || org.objects.managed(planned.Email, planned.Invitation) {
		return false, err
	}
	err = s.revoke(ctx, name, invitation)
	switch {
	case err == nil:
		return true, nil
	case errors.Is(err, ErrGone):
		org.invites.Invalidate()
		return false, nil
	case errors.Is(err, ErrRefused):
		// It may have been accepted or have expired a moment ago.
		org.invites.Invalidate()
		if _, still, lookErr := s.findPending(ctx, name, planned); lookErr == nil && !still {
			return false, nil
		}
	}
	return false, err
}

// findPending returns the very invitation that was found before, while it is pending.
func (s *Service[G]) findPending(ctx context.Context, name string, sought Undeclared) (Invite[G], bool, error) {
	invitations, err := s.organization(name).invitesTo(ctx, sought.Email)
	for _, invitation := range invitations {
		if invitation.Status == Pending && s.identity(invitation).same(sought.Invitation) {
			return invitation, true, nil
		}
	}
	return Invite[G]{}, false, err
}

// declarations are what a walk planned for an organization so far: who is invited, and who may be.
type declarations struct {
	mu        sync.Mutex
	people    map[string]bool    // by address
	exclusive map[string]Allowed // by the ids of the objects
}

// DeclarePerson notes that the configuration declares an invitation to an address, and reports whether an exclusive
// resource that was planned before does not allow it.
func (s *Service[G]) DeclarePerson(name, email string) (excluded bool) {
	declared := &s.organization(name).declared
	declared.mu.Lock()
	defer declared.mu.Unlock()
	declared.people[NormalizeEmail(email)] = true
	for _, allowed := range declared.exclusive {
		excluded = excluded || !allowed.Allows(email)
	}
	return excluded
}

// DeclareExclusive notes whom an exclusive resource allows. It returns the people who were planned before and are not
// among them, and reports whether another exclusive resource was planned for the organization.
func (s *Service[G]) DeclareExclusive(name, id string, allowed Allowed) (missing []string, another bool) {
	declared := &s.organization(name).declared
	declared.mu.Lock()
	defer declared.mu.Unlock()
	for other := range declared.exclusive {
		another = another || other != id
	}
	declared.exclusive[id] = allowed
	for email := range declared.people {
		if !allowed.Allows(email) {
			missing = append(missing, email)
		}
	}
	slices.Sort(missing)
	return missing, another
}
