// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"slices"
	"strings"
)

// unprefixed spells the id of a project role without the type of the project. Elastic's own documents have both.
func unprefixed(kind, role string) string {
	bare := strings.TrimPrefix(strings.ReplaceAll(role, "_", "-"), kind+"-")
	return strings.ReplaceAll(bare, "-", "_")
}

// spelled returns the assignments as they are answered: with the ids of project roles in a spelling.
func (r *RoleAssignments) spelled(spelling ProjectRoles) *RoleAssignments {
	if spelling != ProjectRolesUnprefixed {
		return r
	}
	return r.respelled(unprefixed)
}

// spelledAs returns the assignments with the ids of project roles spelled as those that somebody has. Where answers
// have another spelling than requests, both name the same roles.
func (r *RoleAssignments) spelledAs(have *RoleAssignments, spelling ProjectRoles) *RoleAssignments {
	if spelling != ProjectRolesUnprefixed || have == nil {
		return r
	}
	return r.respelled(func(kind, role string) string {
		same := func(other RoleAssignment) bool { return unprefixed(kind, other.RoleID) == unprefixed(kind, role) }
		if at := slices.IndexFunc(have.Project[kind], same); at >= 0 {
			return have.Project[kind][at].RoleID
		}
		return role
	})
}

func (r *RoleAssignments) respelled(spell func(kind, role string) string) *RoleAssignments {
	if r == nil {
		return nil
	}
	spelled := *r
	spelled.Project = map[string][]RoleAssignment{}
	for kind, list := range r.Project {
		for _, assignment := range list {
			assignment.RoleID = spell(kind, assignment.RoleID)
			spelled.Project[kind] = append(spelled.Project[kind], assignment)
		}
	}
	return &spelled
}
