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
}

// Equal reports whether both say the same; unset and empty landscapes do not.
func (g Grant) Equal(other Grant) bool {
	return (g.Landscapes == nil) == (other.Landscapes == nil) && g.MatchedBy(other)
}

// MatchedBy reports whether answer tells this grant. Whether an answer without landscapes leaves them
// out or holds none is not documented.
func (g Grant) MatchedBy(answer Grant) bool {
	return g.Permission == answer.Permission && maps.Equal(g.Landscapes, answer.Landscapes)
}

// String tells the grant for people.
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
