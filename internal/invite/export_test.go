// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import "context"

// What only the tests of this package may use.

const (
	LookAgainDelay = lookAgainDelay
	MaxLifetime    = maxLifetime
)

// Invalidate makes the next reader request both lists of an organization again.
func (s *Service[G]) Invalidate(name string) { s.organization(name).invalidate() }

// Turn waits for the turn of an address.
func (s *Service[G]) Turn(ctx context.Context, name, email string) (done func(), err error) {
	return s.organization(name).turn(ctx, email)
}

// Same reports whether both are one invitation.
func (a Identity) Same(b Identity) bool { return a.same(b) }
