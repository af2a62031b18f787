package elasticcloud

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// Scope is a kind of thing that roles are for. A scope that role_assignments has no place for is a JSON pointer into
// the platform's object, such as "/platform" or "/project/observability-v2".
type Scope string

// The scopes that role_assignments has a place for.
const (
	Organization  Scope = "organization"
	Deployment    Scope = "deployment"
	Elasticsearch Scope = "elasticsearch"
	Observability Scope = "observability"
	Security      Scope = "security"
	WorkplaceAI   Scope = "workplaceai"
	VectorDB      Scope = "vectordb"
)

// projectScopes are the types of projects, scopes are all known scopes, in the order in which they are listed.
var (
	projectScopes = []Scope{Elasticsearch, Observability, Security, WorkplaceAI, VectorDB}
	scopes        = append([]Scope{Organization, Deployment}, projectScopes...)
)

func (s Scope) isKnown() bool   { return !strings.HasPrefix(string(s), "/") }
func (s Scope) isProject() bool { return slices.Contains(projectScopes, s) }

// Assignment is one role in one scope. Of a scope that is not known, it is everything in it.
type Assignment struct {
	RoleID string
	// All: the role is for everything in its scope. Meaningless for the organization itself.
	All bool
	// IDs are the deployments or projects that the role is for, unless it is for all.
	IDs []string
	// ApplicationRoles are roles inside the deployments or projects.
	ApplicationRoles []string
	// Rest is what the platform says beyond that, as JSON: the further fields of an assignment, or all of a scope
	// that is not known. It is sent back as it is.
	Rest string
}

// compare orders the assignments of a scope. Those that differ only in their ids are one.
func (s Scope) compare(a, b Assignment) int {
	return cmp.Or(
		strings.Compare(s.roleKey(a.RoleID), s.roleKey(b.RoleID)),
		strings.Compare(a.reach(), b.reach()),
		slices.Compare(a.ApplicationRoles, b.ApplicationRoles),
		strings.Compare(a.Rest, b.Rest),
	)
}

// roleKey is what is compared of a role's id. Elastic's own documents spell the roles of projects in several ways:
// "security-t1-analyst", "t1-analyst" and "t1_analyst" are one role in the scope of security projects.
func (s Scope) roleKey(id string) string {
	if !s.isProject() {
		return id
	}
	return strings.TrimPrefix(strings.ReplaceAll(id, "_", "-"), string(s)+"-")
}

// matches reports whether two assignments are the same role with the same reach, as far as this provider knows.
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

// Grant is what an invitation to Elastic Cloud gives: roles by scope. An empty grant gives none. A nil one is not told:
// role_assignments is optional in the platform's answers, and where it is absent nothing is known about the roles.
//
// The id of the organization, which the platform wants in every assignment, is added on the way out and dropped on
// the way in.
type Grant map[Scope][]Assignment

// IsKnown reports whether the platform said what the grant is.
func (g Grant) IsKnown() bool { return g != nil }

// IsUnderstood reports whether role_assignments can express all of the grant.
func (g Grant) IsUnderstood() bool { return g.IsKnown() && g.other() == "" }

// scopes are the scopes of a grant, in the order in which they are listed: the known ones first.
func (g Grant) scopes() []Scope {
	unknown := slices.DeleteFunc(slices.Sorted(maps.Keys(g)), Scope.isKnown)
	return append(slices.Clone(scopes), unknown...)
}

// normal gives the one form of a grant: everything sorted, each role once, nothing empty.
func (g Grant) normal() Grant {
	normal := Grant{}
	for _, scope := range g.scopes() {
		if merged := scope.merge(g[scope]); len(merged) > 0 {
			normal[scope] = merged
		}
	}
	return normal
}

// merge sorts assignments, and joins those of one role that are for several things.
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

// sorted makes a list a set; an empty one is nil.
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

// minus returns what g gives and other does not: whole assignments, or some of their ids. Fields that are not known
// do not count: who has a role with such a field has the role.
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

// Equal reports whether both give the same, in whatever order and spelling.
func (g Grant) Equal(other Grant) bool {
	return g.IsKnown() == other.IsKnown() && g.covers(other) && g.other() == other.other()
}

// MatchedBy reports whether an answer is what the platform says about an invitation with this grant. The answer may
// leave the roles out, and may hold further fields in each of them.
func (g Grant) MatchedBy(answer Grant) bool {
	return !answer.IsKnown() || g.IsKnown() && g.covers(answer)
}

// covers reports whether both give the same roles, as far as this provider knows.
func (g Grant) covers(other Grant) bool {
	return len(g.minus(other)) == 0 && len(other.minus(g)) == 0
}

// String describes the grant for people.
func (g Grant) String() string {
	if !g.IsKnown() {
		return "roles that the platform does not show"
	}
	var parts []string
	normal := g.normal()
	for _, scope := range normal.scopes() {
		var roles []string
		for _, assignment := range normal[scope] {
			roles = append(roles, assignment.describe())
		}
		if len(roles) > 0 {
			parts = append(parts, strings.TrimPrefix(string(scope), "/")+": "+strings.Join(roles, ", "))
		}
	}
	if len(parts) == 0 {
		return "no roles"
	}
	return "roles for " + strings.Join(parts, "; ")
}

func (a Assignment) describe() string {
	if a.RoleID == "" {
		return a.Rest
	}
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
	if a.Rest != "" {
		details = append(details, a.Rest)
	}
	if len(details) == 0 {
		return a.RoleID
	}
	return fmt.Sprintf("%s (%s)", a.RoleID, strings.Join(details, "; "))
}

// WarnOfChange warns of a change that gives more access than it seems to, and of roles that are lost because they
// cannot be declared.
func (g Grant) WarnOfChange(email string, earlier Grant) (notices []invite.Warning) {
	if widened := g.widened(earlier); len(widened) > 0 {
		notices = append(notices, invite.Warning{
			Summary: "Removing application_roles gives " + email + " more access",
			Detail: fmt.Sprintf("Application roles replace what role_id grants in serverless projects. "+
				"Without them the person gets all that role_id grants. They are removed from: %s.", widened),
		})
	}
	if lost := earlier.inexpressible().minus(g.inexpressible()); len(lost) > 0 {
		notices = append(notices, invite.Warning{
			Summary: email + " loses roles that role_assignments cannot express",
			Detail:  unknownRoles(lost),
		})
	}
	return notices
}

// widened are the roles of an earlier grant that application roles narrowed, and that g grants in full for some of the
// same things.
func (g Grant) widened(earlier Grant) Grant {
	widened := Grant{}
	for scope, assignments := range earlier.normal() {
		for _, narrowed := range assignments {
			full := func(other Assignment) bool {
				return len(other.ApplicationRoles) == 0 && scope.roleKey(other.RoleID) == scope.roleKey(narrowed.RoleID) &&
					scope.overlap(other, narrowed)
			}
			if len(narrowed.ApplicationRoles) > 0 && slices.ContainsFunc(g[scope], full) &&
				!slices.ContainsFunc(assignments, full) {
				widened[scope] = append(widened[scope], narrowed)
			}
		}
	}
	return widened
}

// overlap reports whether two assignments are for some of the same things.
func (s Scope) overlap(a, b Assignment) bool {
	return s == Organization || a.All || b.All ||
		slices.ContainsFunc(a.IDs, func(id string) bool { return slices.Contains(b.IDs, id) })
}
