package snyk

import (
	"regexp"
	"strings"
)

// Grant is what an invitation to Snyk gives: one role. It has two names, and
// Snyk's answers use either: creating an invitation tells the id, listing
// invitations tells the name, listing members tells both. So either may be
// empty, which means that it is not known.
type Grant struct {
	RoleID string
	Role   string
}

// uuid is the form of all ids of the REST API.
var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// toldGrant reads the attribute "role" of an invitation. Which of the two it
// holds is a matter of the operation, but the text shows it well enough.
func toldGrant(role string) Grant {
	if uuid.MatchString(role) {
		return Grant{RoleID: role}
	}
	return Grant{Role: role}
}

// IsKnown reports whether Snyk said which role it is.
func (g Grant) IsKnown() bool { return g != Grant{} }

// Equal reports whether both are one role. The id decides where both sides know
// it, since a role can be renamed; else the name, which is unique in a group.
// Where one side knows only the id and the other only the name there is
// nothing to compare: that counts as different until it is looked up.
func (g Grant) Equal(other Grant) bool {
	switch {
	case g.RoleID != "" && other.RoleID != "":
		return strings.EqualFold(g.RoleID, other.RoleID)
	case g.Role != "" && other.Role != "":
		return g.Role == other.Role
	default:
		return g == other
	}
}

// MatchedBy reports whether answer tells this grant.
func (g Grant) MatchedBy(answer Grant) bool { return g.Equal(answer) }

// CompletedBy fills in what is not known from another name of the same role.
// What is known stays: the name that Snyk tells may have changed since.
func (g Grant) CompletedBy(same Grant) Grant {
	if g.RoleID == "" {
		g.RoleID = same.RoleID
	}
	if g.Role == "" {
		g.Role = same.Role
	}
	return g
}

// String tells the grant for people.
func (g Grant) String() string {
	switch {
	case g.Role != "":
		return "role " + g.Role
	case g.RoleID != "":
		return "role " + g.RoleID
	default:
		return "no known role"
	}
}
