// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// Scope is what a role is for: a JSON pointer into the platform's object. There may be others than those of
// role_assignments, such as "/platform" or "/project/observability-v2".
type Scope string

// The scopes of role_assignments.
const (
	Organization  Scope = "/organization"
	Deployment    Scope = "/deployment"
	Elasticsearch Scope = "/project/elasticsearch"
	Observability Scope = "/project/observability"
	Security      Scope = "/project/security"
	WorkplaceAI   Scope = "/project/workplaceai"
	VectorDB      Scope = "/project/vectordb"
)

// scopes are all known scopes, in the order in which they are listed.
var scopes = []Scope{Organization, Deployment, Elasticsearch, Observability, Security, WorkplaceAI, VectorDB}

func (s Scope) isKnown() bool   { return slices.Contains(scopes, s) }
func (s Scope) isProject() bool { return strings.HasPrefix(string(s), "/project/") }

// name is that of the attribute, or the path of an unknown scope.
func (s Scope) name() string {
	if s.isKnown() {
		return path.Base(string(s))
	}
	return strings.TrimPrefix(string(s), "/")
}

// things are what the roles of a scope are for.
func (s Scope) things() string {
	if s == Deployment {
		return "deployments"
	}
	return "projects"
}

// ids is the name of the attribute, and of the platform's field, with the ids of deployments or projects.
func (s Scope) ids() string { return strings.TrimSuffix(s.things(), "s") + "_ids" }

// Assignment is one role in one scope. In an unknown scope, one assignment is the whole scope.
type Assignment struct {
	// RoleID is the id of the role, as the platform or the configuration spells it.
	RoleID string
	// All: the role is for everything in its scope. Not used for the organization itself.
	All bool
	// IDs are the deployments or projects that the role is for. Not used if All is set.
	IDs []string
	// ApplicationRoles are roles in the deployments or projects.
	ApplicationRoles []string
	// Rest is JSON that the provider does not know: further fields of an assignment, or a whole unknown scope. It is
	// sent back as it is.
	Rest string
}

// compare orders the assignments of a scope. Assignments that differ only in IDs are equal.
func (s Scope) compare(a, b Assignment) int {
	return cmp.Or(
		strings.Compare(s.roleKey(a.RoleID), s.roleKey(b.RoleID)),
		strings.Compare(a.reach(), b.reach()),
		slices.Compare(a.ApplicationRoles, b.ApplicationRoles),
		strings.Compare(a.Rest, b.Rest),
	)
}

// roleKey is the part of a role id that is compared. Elastic's own documents spell the roles of projects in several
// ways: "security-t1-analyst", "t1-analyst" and "t1_analyst" are the same role of Security projects.
func (s Scope) roleKey(id string) string {
	if !s.isProject() {
		return id
	}
	return strings.TrimPrefix(strings.ReplaceAll(id, "_", "-"), s.name()+"-")
}

// matches reports whether two assignments are the same role with the same reach. Unknown fields do not count.
func (s Scope) matches(a, b Assignment) bool {
	if s.isKnown() {
		a.Rest, b.Rest = "", ""
	}
	return s.compare(a, b) == 0
}

func (a Assignment) reach() string {
	if a.All {
		return "all"
	}
	return "some"
}

// Grant is what an invitation to Elastic Cloud grants: roles by scope. An empty grant has no roles. A nil grant is not
// known: role_assignments are optional in the platform's answers.
//
// The platform requires the id of the organization in every assignment. A grant does not have it: the client adds it
// to requests, and removes it from answers.
type Grant map[Scope][]Assignment

// IsKnown reports whether the platform's answer has the roles.
func (g Grant) IsKnown() bool { return g != nil }

// IsUnderstood reports whether role_assignments can express all of the grant.
func (g Grant) IsUnderstood() bool { return g.IsKnown() && g.other() == "" }

// normal is the normal form of a grant: sorted, each role once, without empty scopes.
func (g Grant) normal() Grant {
	normal := Grant{}
	for scope, assignments := range g {
		if merged := scope.merge(assignments); len(merged) > 0 {
			normal[scope] = merged
		}
	}
	return normal
}

// merge sorts assignments, and joins the assignments of a role that differ only in IDs.
func (s Scope) merge(assignments []Assignment) []Assignment {
	var merged []Assignment
	for _, assignment := range assignments {
		if assignment.All {
			assignment.IDs = nil
		}
		assignment.IDs = sorted(assignment.IDs)
		assignment.ApplicationRoles = sorted(assignment.ApplicationRoles)
		same := func(other Assignment) bool { return s.compare(assignment, other) == 0 }
		if at := slices.IndexFunc(merged, same); at >= 0 {
			merged[at].IDs = sorted(slices.Concat(merged[at].IDs, assignment.IDs))
		} else {
			merged = append(merged, assignment)
		}
	}
	slices.SortFunc(merged, s.compare)
	return merged
}

// sorted returns a sorted list without duplicates, or nil if it is empty.
func sorted(values []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(values)))
}

// expressible is the part of a grant that role_assignments can express.
func (g Grant) expressible() Grant {
	part := Grant{}
	for _, scope := range scopes {
		for _, assignment := range g[scope] {
			assignment.Rest = ""
			part[scope] = append(part[scope], assignment)
		}
	}
	return part.normal()
}

// inexpressible are the assignments of a grant that role_assignments cannot express, or not in full.
func (g Grant) inexpressible() Grant {
	part := Grant{}
	for scope, assignments := range g.normal() {
		for _, assignment := range assignments {
			if assignment.Rest != "" {
				part[scope] = append(part[scope], assignment)
			}
		}
	}
	return part
}

// minus is what g grants and other does not: whole assignments, or some of their ids. Unknown fields do not count: a
// role with further fields is the same role.
func (g Grant) minus(other Grant) Grant {
	rest := Grant{}
	theirs := other.normal()
	for scope, assignments := range g.normal() {
		for _, assignment := range assignments {
			found := false
			for _, their := range theirs[scope] {
				if scope.matches(assignment, their) {
					found = true
					assignment.IDs = slices.DeleteFunc(assignment.IDs,
						func(id string) bool { return slices.Contains(their.IDs, id) })
				}
			}
			if !found || len(assignment.IDs) > 0 {
				rest[scope] = append(rest[scope], assignment)
			}
		}
	}
	return rest
}

// Equal reports whether both grant the same, in any order and spelling.
func (g Grant) Equal(other Grant) bool {
	return g.IsKnown() == other.IsKnown() && g.covers(other) && g.other() == other.other()
}

// MatchedBy reports whether answer describes this grant. The answer may leave out the roles, and may have further
// fields in each of them.
func (g Grant) MatchedBy(answer Grant) bool {
	return !answer.IsKnown() || g.IsKnown() && g.covers(answer)
}

// covers reports whether both grant the same roles. Unknown fields do not count.
func (g Grant) covers(other Grant) bool {
	return len(g.minus(other)) == 0 && len(other.minus(g)) == 0
}

// String describes the grant for people.
func (g Grant) String() string {
	if !g.IsKnown() {
		return "roles that the platform does not show"
	}
	normal := g.normal()
	if len(normal) == 0 {
		return "no roles"
	}
	unknown := slices.DeleteFunc(slices.Sorted(maps.Keys(normal)), Scope.isKnown)
	var parts []string
	for _, scope := range slices.Concat(scopes, unknown) {
		var roles []string
		for _, assignment := range normal[scope] {
			roles = append(roles, assignment.describe())
		}
		if len(roles) > 0 {
			parts = append(parts, scope.name()+": "+strings.Join(roles, ", "))
		}
	}
	return "roles for " + strings.Join(parts, "; ")
}

func (a Assignment) describe() string {
	if a.RoleID == "" {
		return a.Rest
	}
	var details []string
	add := func(found bool, detail string) {
		if found {
			details = append(details, detail)
		}
	}
	add(a.All, "all")
	add(len(a.IDs) > 0, strings.Join(a.IDs, " "))
	add(len(a.ApplicationRoles) > 0, "application roles "+strings.Join(a.ApplicationRoles, " "))
	add(a.Rest != "", a.Rest)
	if len(details) == 0 {
		return a.RoleID
	}
	return fmt.Sprintf("%s (%s)", a.RoleID, strings.Join(details, "; "))
}

const accessWidened = "In serverless projects, application roles replace what role_id grants. " +
	"Without them the person gets everything that role_id grants. " +
	"They are removed from: %s."

// WarnOfChange warns of a change that unexpectedly gives more access, and of roles that are lost because they cannot
// be declared.
func (g Grant) WarnOfChange(email string, earlier Grant) (warnings []invite.Warning) {
	if widened := g.widened(earlier); len(widened) > 0 {
		warnings = append(warnings, invite.Warning{
			Summary: "Removing application_roles gives " + email + " more access",
			Detail:  fmt.Sprintf(accessWidened, widened),
		})
	}
	if lost := earlier.inexpressible().minus(g.inexpressible()); len(lost) > 0 {
		warnings = append(warnings, invite.Warning{
			Summary: email + " loses roles that role_assignments cannot express",
			Detail:  fmt.Sprintf(rolesUnknown, lost),
		})
	}
	return warnings
}

// widened are the roles that application roles limited in an earlier grant, and that g grants in full for some of the
// same deployments or projects.
func (g Grant) widened(earlier Grant) Grant {
	widened := Grant{}
	for scope, assignments := range earlier.normal() {
		for _, limited := range assignments {
			isLimited := func(id string) bool { return slices.Contains(limited.IDs, id) }
			full := func(other Assignment) bool {
				return len(other.ApplicationRoles) == 0 &&
					scope.roleKey(other.RoleID) == scope.roleKey(limited.RoleID) &&
					(scope == Organization || other.All || limited.All || slices.ContainsFunc(other.IDs, isLimited))
			}
			if len(limited.ApplicationRoles) > 0 && slices.ContainsFunc(g[scope], full) &&
				!slices.ContainsFunc(assignments, full) {
				widened[scope] = append(widened[scope], limited)
			}
		}
	}
	return widened
}
