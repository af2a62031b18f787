// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"maps"
	"slices"
)

// lists are all assignments, scope by scope.
func (r *RoleAssignments) lists() [][]RoleAssignment {
	if r == nil {
		return nil
	}
	return append([][]RoleAssignment{r.Platform, r.Organization, r.Deployment}, slices.Collect(maps.Values(r.Project))...)
}

// onlyIn tells whether every assignment is in the organization.
func (r *RoleAssignments) onlyIn(organization string) bool {
	for _, list := range r.lists() {
		for _, assignment := range list {
			if assignment.OrganizationID != "" && assignment.OrganizationID != organization {
				return false
			}
		}
	}
	return true
}

// with returns both together.
func (r *RoleAssignments) with(given *RoleAssignments) *RoleAssignments {
	return r.combine(given, func(have, more []string) []string {
		return slices.Compact(slices.Sorted(slices.Values(slices.Concat(have, more))))
	}, true)
}

// without returns what is left.
func (r *RoleAssignments) without(given *RoleAssignments) *RoleAssignments {
	return r.combine(given, func(have, less []string) []string {
		return slices.DeleteFunc(slices.Clone(have), func(id string) bool { return slices.Contains(less, id) })
	}, false)
}

// combine merges scope by scope. An assignment of the same role to the same kind of reach is the same one, whose ids
// merge; others are added or ignored.
func (r *RoleAssignments) combine(given *RoleAssignments, ids func(have, given []string) []string, add bool) *RoleAssignments {
	var have RoleAssignments
	if r != nil {
		have = *r
	}
	list := func(have, given []RoleAssignment) []RoleAssignment { return combineLists(have, given, ids, add) }
	combined := RoleAssignments{
		Platform:     list(have.Platform, given.Platform),
		Organization: list(have.Organization, given.Organization),
		Deployment:   list(have.Deployment, given.Deployment),
	}
	for _, kind := range projectTypes {
		if merged := list(have.Project[kind], given.Project[kind]); len(merged) > 0 {
			if combined.Project == nil {
				combined.Project = map[string][]RoleAssignment{}
			}
			combined.Project[kind] = merged
		}
	}
	return &combined
}

func combineLists(have, given []RoleAssignment, ids func(have, given []string) []string, add bool) []RoleAssignment {
	combined := slices.Clone(have)
	for _, assignment := range given {
		at := slices.IndexFunc(combined, assignment.sameRole)
		switch {
		case at < 0 && add:
			combined = append(combined, assignment)
		case at < 0:
		default:
			same := combined[at]
			same.DeploymentIDs = ids(same.DeploymentIDs, assignment.DeploymentIDs)
			same.ProjectIDs = ids(same.ProjectIDs, assignment.ProjectIDs)
			combined[at] = same
			if !add && len(same.DeploymentIDs) == 0 && len(same.ProjectIDs) == 0 {
				combined = slices.Delete(combined, at, at+1)
			}
		}
	}
	return combined
}

func (a RoleAssignment) sameRole(other RoleAssignment) bool {
	return a.RoleID == other.RoleID && a.OrganizationID == other.OrganizationID && a.everywhere() == other.everywhere() &&
		slices.Equal(slices.Sorted(slices.Values(a.ApplicationRoles)), slices.Sorted(slices.Values(other.ApplicationRoles)))
}

func (a RoleAssignment) everywhere() bool { return a.All != nil && *a.All }
