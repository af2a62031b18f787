package elasticcloud

import (
	"cmp"
	"slices"
	"strings"
)

// Scope is a kind of thing that roles are for.
type Scope string

// The scopes that are managed here. Elastic Cloud has more; assignments in those are neither shown nor touched.
const (
	Organization  Scope = "organization"
	Deployment    Scope = "deployment"
	Elasticsearch Scope = "elasticsearch"
	Observability Scope = "observability"
	Security      Scope = "security"
)

// projectScopes are the types of projects, scopes are all scopes, in the order in which they are told.
var (
	projectScopes = []Scope{Elasticsearch, Observability, Security}
	scopes        = append([]Scope{Organization, Deployment}, projectScopes...)
)

// Assignment is one role in one scope.
type Assignment struct {
	RoleID string
	// All: the role is for everything in its scope. Meaningless for the organization itself.
	All bool
	// IDs are the deployments or projects that the role is for, unless it is for all.
	IDs []string
	// ApplicationRoles are roles inside the deployments or projects.
	ApplicationRoles []string
}

// compare orders assignments. Those that differ only in their ids are one.
func (a Assignment) compare(other Assignment) int {
	return cmp.Or(
		strings.Compare(a.RoleID, other.RoleID),
		strings.Compare(a.reach(), other.reach()),
		slices.Compare(a.ApplicationRoles, other.ApplicationRoles),
	)
}

func (a Assignment) same(other Assignment) bool { return a.compare(other) == 0 }

func (a Assignment) reach() string {
	if a.All {
		return "all"
	}
	return "some"
}

// Grant is what an invitation to Elastic Cloud gives: roles by scope. The id of
// the organization, which the platform wants in every assignment, is added on
// the way out and dropped on the way in.
type Grant map[Scope][]Assignment

// normal gives the one form of a grant: everything sorted, each role once,
// nothing empty.
func (g Grant) normal() Grant {
	normal := Grant{}
	for _, scope := range scopes {
		if merged := merge(g[scope]); len(merged) > 0 {
			normal[scope] = merged
		}
	}
	return normal
}

// merge sorts assignments, and joins those of one role that are for several things.
func merge(assignments []Assignment) []Assignment {
	var merged []Assignment
	for _, assignment := range assignments {
		if assignment.All {
			assignment.IDs = nil
		}
		assignment.IDs = sorted(assignment.IDs)
		assignment.ApplicationRoles = sorted(assignment.ApplicationRoles)
		if at := slices.IndexFunc(merged, assignment.same); at >= 0 {
			merged[at].IDs = sorted(slices.Concat(merged[at].IDs, assignment.IDs))
		} else {
			merged = append(merged, assignment)
		}
	}
	slices.SortFunc(merged, Assignment.compare)
	return merged
}

// sorted makes a list a set; an empty one is nil.
func sorted(values []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(values)))
}

// minus returns what g gives and other does not: whole assignments, or some of their ids.
func (g Grant) minus(other Grant) Grant {
	rest := Grant{}
	theirs := other.normal()
	for scope, assignments := range g.normal() {
		for _, assignment := range assignments {
			at := slices.IndexFunc(theirs[scope], assignment.same)
			if at >= 0 {
				assignment.IDs = slices.DeleteFunc(assignment.IDs, func(id string) bool { return slices.Contains(theirs[scope][at].IDs, id) })
				if len(assignment.IDs) == 0 {
					continue
				}
			}
			rest[scope] = append(rest[scope], assignment)
		}
	}
	return rest
}

// Equal reports whether both give the same, in whatever order and spelling.
func (g Grant) Equal(other Grant) bool {
	return len(g.minus(other)) == 0 && len(other.minus(g)) == 0
}

// MatchedBy reports whether answer tells this grant.
func (g Grant) MatchedBy(answer Grant) bool { return g.Equal(answer) }

// String tells the grant for people.
func (g Grant) String() string {
	var parts []string
	normal := g.normal()
	for _, scope := range scopes {
		var roles []string
		for _, assignment := range normal[scope] {
			roles = append(roles, assignment.describe())
		}
		if len(roles) > 0 {
			parts = append(parts, string(scope)+": "+strings.Join(roles, ", "))
		}
	}
	if len(parts) == 0 {
		return "no roles"
	}
	return "roles for " + strings.Join(parts, "; ")
}

func (a Assignment) describe() string {
	var details []string
	if a.All {
		details = append(details, "all")
	}
	if len(a.IDs) > 0 {
		details = append(details, strings.Join(a.IDs, " "))
	}
	if len(a.ApplicationRoles) > 0 {
		details = append(details, "application roles "+strings.Join(a.ApplicationRoles, " "))
	}
	if len(details) == 0 {
		return a.RoleID
	}
	return a.RoleID + " (" + strings.Join(details, "; ") + ")"
}
