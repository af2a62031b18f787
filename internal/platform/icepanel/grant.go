// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package icepanel

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// permissions are the values of OrganizationPermission.
var permissions = []string{"read", "write", "admin", "billing"}

// Grant is what an invitation to IcePanel grants.
type Grant struct {
	// Permission is one of read, write, admin and billing.
	Permission string
	// Landscapes maps the ids of landscapes to access. Nil is not sent, and is not the same as an empty map.
	Landscapes map[string]bool
	// LandscapesOmitted reports that the list of users does not show which landscapes the user has access to.
	LandscapesOmitted bool
}

// Equal reports whether both grant the same. Unset and empty landscapes differ, and omitted landscapes differ from
// everything.
func (g Grant) Equal(other Grant) bool {
	return !g.LandscapesOmitted && !other.LandscapesOmitted &&
		(g.Landscapes == nil) == (other.Landscapes == nil) && g.MatchedBy(other)
}

// MatchedBy reports whether answer describes this grant. If an answer has no landscapes, it is not documented whether
// the invitation grants none or the answer leaves them out.
func (g Grant) MatchedBy(answer Grant) bool {
	return g.Permission == answer.Permission &&
		(answer.LandscapesOmitted || maps.Equal(g.Landscapes, answer.Landscapes))
}

// CompletedBy fills in omitted landscapes from an earlier grant of the same user.
func (g Grant) CompletedBy(remembered Grant) Grant {
	if g.LandscapesOmitted {
		g.Landscapes, g.LandscapesOmitted = remembered.Landscapes, false
	}
	return g
}

// String describes the grant for people.
func (g Grant) String() string {
	text := "permission " + g.Permission
	if len(g.Landscapes) == 0 {
		return text
	}
	var landscapes []string
	for _, id := range slices.Sorted(maps.Keys(g.Landscapes)) {
		landscapes = append(landscapes, fmt.Sprintf("%s = %t", id, g.Landscapes[id]))
	}
	return text + ", landscapes " + strings.Join(landscapes, ", ")
}

// TakesSeat reports whether the grant takes a paid seat. Viewers and Billing users are free on all plans.
// https://developer.icepanel.io/guides/invite-users
func (g Grant) TakesSeat() bool { return g.Permission == "write" || g.Permission == "admin" }
