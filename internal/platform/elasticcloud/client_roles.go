// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// fields are fields of a JSON object that this provider does not know.
type fields map[string]json.RawMessage

// wireRoles is RoleAssignments. It keeps unknown scopes, such as "platform", which is for Elastic's own staff.
type wireRoles struct {
	Organization []wireRole   `json:"organization,omitempty"`
	Deployment   []wireRole   `json:"deployment,omitempty"`
	Project      wireProjects `json:"project,omitzero"`
	rest         fields
	// present: the answer has the object, which is optional in invitations and members.
	present bool
}

// wireProjects is ProjectRoleAssignments.
type wireProjects struct {
	Elasticsearch []wireRole `json:"elasticsearch,omitempty"`
	Observability []wireRole `json:"observability,omitempty"`
	Security      []wireRole `json:"security,omitempty"`
	WorkplaceAI   []wireRole `json:"workplaceai,omitempty"`
	VectorDB      []wireRole `json:"vectordb,omitempty"`
	rest          fields
}

// wireRole is one role assignment. Only the list of ids of its scope is sent, and only if all is false.
type wireRole struct {
	OrganizationID   string   `json:"organization_id,omitempty"`
	RoleID           string   `json:"role_id"`
	All              *bool    `json:"all,omitempty"`
	DeploymentIDs    []string `json:"deployment_ids,omitzero"`
	ProjectIDs       []string `json:"project_ids,omitzero"`
	ApplicationRoles []string `json:"application_roles,omitempty"`
	rest             fields
}

// UnmarshalJSON keeps unknown scopes. Null is the same as an absent object.
func (w *wireRoles) UnmarshalJSON(text []byte) (err error) {
	if string(text) == "null" {
		return nil
	}
	type known wireRoles
	w.present = true
	w.rest, err = readFields(text, (*known)(w))
	return err
}

// MarshalJSON writes unknown scopes as they were read.
func (w wireRoles) MarshalJSON() ([]byte, error) {
	type known wireRoles
	return writeFields(known(w), w.rest)
}

// UnmarshalJSON keeps unknown types of projects.
func (w *wireProjects) UnmarshalJSON(text []byte) (err error) {
	type known wireProjects
	w.rest, err = readFields(text, (*known)(w))
	return err
}

// MarshalJSON writes unknown types of projects as they were read.
func (w wireProjects) MarshalJSON() ([]byte, error) {
	type known wireProjects
	return writeFields(known(w), w.rest)
}

// UnmarshalJSON keeps unknown fields.
func (w *wireRole) UnmarshalJSON(text []byte) (err error) {
	type known wireRole
	w.rest, err = readFields(text, (*known)(w))
	return err
}

// MarshalJSON writes unknown fields as they were read.
func (w wireRole) MarshalJSON() ([]byte, error) {
	type known wireRole
	return writeFields(known(w), w.rest)
}

// readFields reads an object into a struct, and returns the fields that the struct does not have. Fields with an empty
// value, such as null or an empty list, are left out.
func readFields(text []byte, into any) (fields, error) {
	strict := json.NewDecoder(bytes.NewReader(text))
	strict.DisallowUnknownFields()
	if strict.Decode(into) == nil {
		return nil, nil // there are no other fields, as in nearly every answer
	}
	if err := json.Unmarshal(text, into); err != nil {
		return nil, err
	}
	var rest fields
	if err := json.Unmarshal(text, &rest); err != nil {
		return nil, err
	}
	for field := range reflect.TypeOf(into).Elem().Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		delete(rest, name)
	}
	for name, value := range rest {
		canonical, err := canonicalJSON(value)
		if err != nil {
			return nil, err
		}
		rest[name] = json.RawMessage(canonical)
		if slices.Contains([]string{`null`, `false`, `0`, `""`, `[]`, `{}`}, canonical) {
			delete(rest, name)
		}
	}
	return rest, nil
}

// canonicalJSON is the one text for a value: without spaces, with sorted names.
func canonicalJSON(text []byte) (string, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return "", err
	}
	canonical, err := json.Marshal(value)
	return string(canonical), err
}

// writeFields writes a struct as an object, and further fields after its own.
func writeFields(known any, rest fields) ([]byte, error) {
	text, err := json.Marshal(known)
	if err != nil || len(rest) == 0 {
		return text, err
	}
	further, err := json.Marshal(rest)
	if err != nil || string(text) == "{}" {
		return further, err
	}
	return slices.Concat(text[:len(text)-1], []byte(","), further[1:]), nil
}

// in is the list of a known scope.
func (w *wireRoles) in(scope Scope) *[]wireRole {
	switch scope {
	case Organization:
		return &w.Organization
	case Deployment:
		return &w.Deployment
	case Elasticsearch:
		return &w.Project.Elasticsearch
	case Observability:
		return &w.Project.Observability
	case Security:
		return &w.Project.Security
	case WorkplaceAI:
		return &w.Project.WorkplaceAI
	case VectorDB:
		return &w.Project.VectorDB
	}
	panic(fmt.Sprintf("the scope %q has no list", scope))
}

// Check refuses assignments without a role.
func (w *wireRoles) Check() error {
	for _, scope := range scopes {
		for _, role := range *w.in(scope) {
			if role.RoleID == "" {
				return errors.New("a role assignment lacks its role_id")
			}
		}
	}
	return nil
}

// grant is what the assignments grant in one organization, because a person may have roles in others too. It is nil if
// the answer has no role_assignments.
func (w *wireRoles) grant(organization string) Grant {
	if !w.present {
		return nil
	}
	grant := Grant{}
	for _, scope := range scopes {
		for _, role := range *w.in(scope) {
			if role.OrganizationID != "" && role.OrganizationID != organization {
				continue
			}
			assignment := Assignment{RoleID: role.RoleID, ApplicationRoles: role.ApplicationRoles}
			if scope != Organization {
				assignment.All = role.All != nil && *role.All
				assignment.IDs = slices.Concat(role.DeploymentIDs, role.ProjectIDs)
			}
			if len(role.rest) > 0 {
				assignment.Rest = role.rest.text()
			}
			grant[scope] = append(grant[scope], assignment)
		}
	}
	for prefix, rest := range map[string]fields{"/": w.rest, "/project/": w.Project.rest} {
		for name, value := range rest {
			if here := within(value, organization); here != "" {
				grant[Scope(prefix+name)] = []Assignment{{Rest: here}}
			}
		}
	}
	return grant.normal()
}

// text is the fields as one object.
func (f fields) text() string {
	text, err := json.Marshal(f)
	if err != nil {
		panic(err) // every field was read from JSON
	}
	return string(text)
}

// within removes the assignments of other organizations from an unknown scope. It returns "" if nothing is left.
func within(scope json.RawMessage, organization string) string {
	var assignments []json.RawMessage
	if json.Unmarshal(scope, &assignments) != nil {
		return string(scope) // not a list: the organization is unknown
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
	text, err := json.Marshal(assignments)
	if err != nil {
		panic(err) // every assignment was read from JSON
	}
	return string(text)
}

// wireGrant is a grant in the form of the API. Equal grants have the same JSON, except for the spelling of role ids.
func wireGrant(grant Grant, organization string) wireRoles {
	wire := wireRoles{}
	for scope, assignments := range grant.normal() {
		for _, assignment := range assignments {
			if scope.isKnown() {
				list := wire.in(scope)
				*list = append(*list, assignment.wire(scope, organization))
			} else {
				wire.putRest(scope, assignment.Rest)
			}
		}
	}
	return wire
}

// wire is an assignment in a known scope, in the form of the API.
func (a Assignment) wire(scope Scope, organization string) wireRole {
	role := wireRole{OrganizationID: organization, RoleID: a.RoleID, ApplicationRoles: a.ApplicationRoles}
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
	if a.Rest != "" {
		if err := json.Unmarshal([]byte(a.Rest), &role.rest); err != nil {
			panic(err) // read by fields.text
		}
	}
	return role
}

// putRest sets an unknown scope.
func (w *wireRoles) putRest(scope Scope, value string) {
	rest, name := &w.rest, strings.TrimPrefix(string(scope), "/")
	if project, found := strings.CutPrefix(name, "project/"); found {
		rest, name = &w.Project.rest, project
	}
	if *rest == nil {
		*rest = fields{}
	}
	(*rest)[name] = json.RawMessage(value)
}

// other is the JSON of the assignments that role_assignments cannot express, in the form of the API but without the id
// of the organization. It is "" if there are none.
func (g Grant) other() string {
	part := g.inexpressible()
	if len(part) == 0 {
		return ""
	}
	text, err := json.Marshal(wireGrant(part, ""))
	if err != nil {
		panic(err) // a wire type of this file
	}
	return string(text)
}

// withOther adds the assignments of a text from [Grant.other].
func (g Grant) withOther(text, organization string) (Grant, error) {
	var wire wireRoles
	if err := json.Unmarshal([]byte(text), &wire); err != nil {
		return g, err
	}
	return g.joined(wire.grant(organization)), nil
}

// joined adds assignments to g. Where both have the same role, those of fuller replace those of g.
func (g Grant) joined(fuller Grant) Grant {
	joined := g.minus(fuller)
	for scope, assignments := range fuller {
		joined[scope] = append(joined[scope], assignments...)
	}
	return joined.normal()
}
