// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package snyk

import (
	"regexp"
	"strings"
)

// Grant is what an invitation to Snyk grants: one role. A role has an id and a name, and Snyk's answers have either:
// the answer to a creation has the id, the list of invitations has the name, the list of members has both. A field
// that is empty is not known.
type Grant struct {
	// RoleID is the public id of the role, a UUID.
	RoleID string
	// Role is the name of the role, which is unique in a group.
	Role string
}

// uuid is the form of all ids of the REST API.
var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// grantFromRole reads the attribute "role" of an invitation. Whether it is an id or a name depends on the operation,
// and its form shows which it is.
func grantFromRole(role string) Grant {
	if uuid.MatchString(role) {
		return Grant{RoleID: role}
	}
	return Grant{Role: role}
}

// IsKnown reports whether Snyk's answer has the role.
func (g Grant) IsKnown() bool { return g != Grant{} }

// Equal reports whether both are the same role. If both have the id, the id decides, since a role can be renamed;
// otherwise the name decides. An id and a name cannot be compared: they count as different until one is looked up.
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

// MatchedBy reports whether answer describes this grant.
func (g Grant) MatchedBy(answer Grant) bool { return g.Equal(answer) }

// CompletedBy fills in what is not known from another answer about the same role. What is known stays, because the
// role may have been renamed since.
func (g Grant) CompletedBy(same Grant) Grant {
	if g.RoleID == "" {
		g.RoleID = same.RoleID
	}
	if g.Role == "" {
		g.Role = same.Role
	}
	return g
}

// String describes the grant for people.
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
