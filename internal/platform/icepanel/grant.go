package icepanel

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// permissions are what a user can have, from OrganizationPermission.
var permissions = []string{"read", "write", "admin", "billing"}

// Grant is what an invitation to IcePanel gives.
type Grant struct {
	Permission string
	// Landscapes maps ids to access. Nil, which is not sent, is not the same as empty.
	Landscapes map[string]bool
	// LandscapesOmitted: the list of users does not say what access to landscapes the user has.
	LandscapesOmitted bool
}

// Equal reports whether both say the same. Unset and empty landscapes differ, and omitted ones equal nothing.
func (g Grant) Equal(other Grant) bool {
	return !g.LandscapesOmitted && !other.LandscapesOmitted &&
		(g.Landscapes == nil) == (other.Landscapes == nil) && g.MatchedBy(other)
}

// MatchedBy reports whether answer describes this grant. Whether an invitation without landscapes has none or does not
// say so is not documented.
func (g Grant) MatchedBy(answer Grant) bool {
	return g.Permission == answer.Permission &&
		(answer.LandscapesOmitted || maps.Equal(g.Landscapes, answer.Landscapes))
}

// CompletedBy fills in omitted landscapes from what is remembered of the same user.
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
