// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// wireRoles is RoleAssignments, by scope. It is nil if the answer does not have the object, which is optional in
// invitations and members. It keeps unknown scopes, such as "/platform", which is for Elastic's own staff: the JSON of
// one is the rest of a single role.
type wireRoles map[Scope][]wireRole

// wireRole is one role assignment. Only the list of ids of its scope is sent, and only if all is false.
type wireRole struct {
	OrganizationID   string   `json:"organization_id,omitempty"`
	RoleID           string   `json:"role_id"`
	All              *bool    `json:"all,omitempty"`
	DeploymentIDs    []string `json:"deployment_ids,omitzero"`
	ProjectIDs       []string `json:"project_ids,omitzero"`
	ApplicationRoles []string `json:"application_roles,omitempty"`
	rest             string   // an object with the fields that this provider does not know, or ""
}

// wireRoleFields are the fields of wireRole.
var wireRoleFields = []string{
	"organization_id", "role_id", "all", "deployment_ids", "project_ids", "application_roles",
}

// UnmarshalJSON reads known and unknown scopes. Null is the same as an absent object.
func (w *wireRoles) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		return nil
	}
	*w = wireRoles{}
	return w.read("/", text)
}

// read reads an object of scopes.
func (w wireRoles) read(prefix Scope, text []byte) error {
	var values map[Scope]json.RawMessage
	if err := json.Unmarshal(text, &values); err != nil {
		return err
	}
	for name, value := range values {
		var err error
		switch scope := prefix + name; {
		case scope == "/project":
			err = w.read("/project/", value)
		case scope.isKnown():
			var roles []wireRole
			err = json.Unmarshal(value, &roles)
			w[scope] = roles
		default:
			if rest := canonicalJSON(value); rest != "" {
				w[scope] = []wireRole{{rest: rest}}
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// UnmarshalJSON keeps unknown fields, and refuses an assignment without a role.
func (w *wireRole) UnmarshalJSON(text []byte) error {
	type known wireRole
	if err := json.Unmarshal(text, (*known)(w)); err != nil {
		return err
	}
	if w.RoleID == "" {
		return errors.New("a role assignment lacks its role_id")
	}
	var rest map[string]json.RawMessage
	if err := json.Unmarshal(text, &rest); err != nil {
		return err
	}
	for name, value := range rest {
		canonical := canonicalJSON(value)
		rest[name] = json.RawMessage(canonical)
		if canonical == "" || slices.Contains(wireRoleFields, name) {
			delete(rest, name)
		}
	}
	if len(rest) > 0 {
		w.rest = mustJSON(rest)
	}
	return nil
}

// MarshalJSON writes unknown fields as they were read.
func (w wireRole) MarshalJSON() ([]byte, error) {
	type known wireRole
	text, err := json.Marshal(known(w))
	if err == nil && w.rest != "" {
		text = slices.Concat(text[:len(text)-1], []byte(","), []byte(w.rest[1:]))
	}
	return text, err
}

// canonicalJSON is the one text for a value: without spaces, with sorted names. It is "" for an empty value, such as
// null or an empty list.
func canonicalJSON(text json.RawMessage) string {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		panic(err) // it was read from JSON
	}
	canonical := mustJSON(value)
	if slices.Contains([]string{`null`, `false`, `0`, `""`, `[]`, `{}`}, canonical) {
		return ""
	}
	return canonical
}

// mustJSON writes what was read from JSON, or a wire type of this file.
func mustJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// grant is what the assignments grant in one organization, because a person may have roles in others too. It is nil if
// the answer has no role_assignments.
func (w wireRoles) grant(organization string) Grant {
	if w == nil {
		return nil
	}
	grant := Grant{}
	for scope, roles := range w {
		for _, role := range roles {
			assignment := Assignment{RoleID: role.RoleID, ApplicationRoles: role.ApplicationRoles, Rest: role.rest}
			switch {
			case !scope.isKnown():
				assignment.Rest = within(role.rest, organization)
			case role.OrganizationID != "" && role.OrganizationID != organization:
				continue
			case scope != Organization:
				assignment.All = role.All != nil && *role.All
				assignment.IDs = slices.Concat(role.DeploymentIDs, role.ProjectIDs)
			}
			if assignment.RoleID != "" || assignment.Rest != "" {
				grant[scope] = append(grant[scope], assignment)
			}
		}
	}
	return grant.normal()
}

// within removes the assignments of other organizations from an unknown scope. It returns "" if nothing is left.
func within(scope, organization string) string {
	var assignments []json.RawMessage
	if json.Unmarshal([]byte(scope), &assignments) != nil {
		return scope // not a list: the organization is unknown
	}
	assignments = slices.DeleteFunc(assignments, func(assignment json.RawMessage) bool {
		var owner struct {
			OrganizationID string `json:"organization_id"`
		}
		return json.Unmarshal(assignment, &owner) == nil &&
			owner.OrganizationID != "" && owner.OrganizationID != organization
	})
	if len(assignments) == 0 {
		return ""
	}
	return mustJSON(assignments)
}

// wireGrant is a grant in the form of the API. Equal grants have the same JSON, except for the spelling of role ids.
func wireGrant(grant Grant, organization string) map[string]any {
	wire, projects := map[string]any{}, map[string]any{}
	for scope, assignments := range grant.normal() {
		var value any = json.RawMessage(assignments[0].Rest)
		if scope.isKnown() {
			roles := make([]wireRole, 0, len(assignments))
			for _, assignment := range assignments {
				roles = append(roles, assignment.wire(scope, organization))
			}
			value = roles
		}
		if project, found := strings.CutPrefix(string(scope), "/project/"); found {
			projects[project] = value
		} else {
			wire[string(scope[1:])] = value
		}
	}
	if len(projects) > 0 {
		wire["project"] = projects
	}
	return wire
}

// wire is an assignment in a known scope, in the form of the API.
func (a Assignment) wire(scope Scope, organization string) wireRole {
	role := wireRole{
		OrganizationID: organization, RoleID: a.RoleID, ApplicationRoles: a.ApplicationRoles, rest: a.Rest,
	}
	if scope != Organization {
		role.All = &a.All
	}
	switch {
	case scope == Organization || a.All:
	case scope == Deployment:
		role.DeploymentIDs = append([]string{}, a.IDs...)
	default:
		role.ProjectIDs = append([]string{}, a.IDs...)
	}
	return role
}

// other is the JSON of the assignments that role_assignments cannot express, in the form of the API but without the id
// of the organization. It is "" if there are none.
func (g Grant) other() string {
	if part := g.inexpressible(); len(part) > 0 {
		return mustJSON(wireGrant(part, ""))
	}
	return ""
}

// withOther adds the assignments of a text from [Grant.other]. Where both have the same role, those of the text count.
func (g Grant) withOther(text, organization string) (Grant, error) {
	var wire wireRoles
	if err := json.Unmarshal([]byte(text), &wire); err != nil {
		return g, err
	}
	others := wire.grant(organization)
	full := g.minus(others)
	for scope, assignments := range others {
		full[scope] = append(full[scope], assignments...)
	}
	return full.normal(), nil
}
