// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// graphqlTypes is the part of GitHub's schema that is served: the type of each field, and its arguments. A field without
// a type is a scalar. The whole schema is https://docs.github.com/public/fpt/schema.docs.graphql.
var graphqlTypes = map[string]map[string]graphqlField{
	"Query": {
		"organization": {of: "Organization", required: []string{"login"}},
		"node":         {of: "Node", required: []string{"id"}},
	},
	"Organization": {
		"id": {}, "databaseId": {}, "login": {}, "name": {},
		"membersWithRole": {of: "OrganizationMemberConnection", optional: []string{"first", "after"}},
	},
	"OrganizationMemberConnection": {
		"edges": {of: "OrganizationMemberEdge"}, "nodes": {of: "User"}, "pageInfo": {of: "PageInfo"}, "totalCount": {},
	},
	"OrganizationMemberEdge": {"cursor": {}, "role": {}, "node": {of: "User"}},
	"PageInfo":               {"hasNextPage": {}, "endCursor": {}, "hasPreviousPage": {}, "startCursor": {}},
	"User": {
		"id": {}, "databaseId": {}, "login": {}, "name": {}, "email": {},
		"organizationVerifiedDomainEmails": {required: []string{"login"}},
	},
	"Node":                   {"id": {}},
	"OrganizationInvitation": {"id": {}, "email": {}, "role": {}, "invitee": {of: "User"}},
}

type graphqlField struct {
	of                 string
	required, optional []string
}

// graphqlError is an entry of "errors". The status of the answer is 200 nevertheless.
type graphqlError struct {
	Type       string         `json:"type,omitempty"`
	Path       []any          `json:"path,omitempty"`
	Extensions map[string]any `json:"extensions,omitempty"`
	Message    string         `json:"message"`
}

func (e *graphqlError) Error() string { return e.Message }

func graphqlErrorf(kind, format string, arguments ...any) *graphqlError {
	return &graphqlError{Type: kind, Message: fmt.Sprintf(format, arguments...)}
}

// at is the error with the place in the query.
func (e *graphqlError) at(path []any) *graphqlError {
	e.Path = path
	return e
}

var (
	graphqlForbidden = &graphqlError{
		Type: "FORBIDDEN", Path: []any{"organization", "membersWithRole"}, Extensions: map[string]any{"saml_failure": false},
		Message: "Resource not accessible by personal access token",
	}
	graphqlScopes = &graphqlError{
		Type: "INSUFFICIENT_SCOPES",
		Message: "Your token has not been granted the required scopes to execute this query. The 'email' field requires " +
			"one of the following scopes: ['user:email', 'read:user'], but your token has only been granted the: " +
			"['admin:org'] scopes.",
	}
	graphqlTimeout = &graphqlError{
		Message: "Something went wrong while executing your query. This may be the result of a timeout, " +
			"or it could be a GitHub bug.",
	}
)

// graphqlFailure answers errors without data.
func graphqlFailure(errors ...*graphqlError) answer {
	return githubOK(http.StatusOK, map[string]any{"data": nil, "errors": errors})
}

// graphql answers queries, of which it knows the parts that are in graphqlTypes, and no mutations.
func (p github) graphql(c *call) answer {
	body, refusal := githubBody(c, "query", "variables", "operationName")
	if refusal != nil {
		return *refusal
	}
	var query string
	variables := map[string]any{}
	if body.read("query", &query) != nil || body.readOptional("variables", &variables) != nil {
		return githubOK(http.StatusOK, map[string]any{"errors": []*graphqlError{
			{Message: "A query attribute must be specified and must be a string."},
		}})
	}
	selections, err := parseGraphQL(query, variables)
	if err == nil {
		err = checkSelections(selections, "Query", []any{"query"})
	}
	if err != nil {
		return githubOK(http.StatusOK, map[string]any{"errors": []error{err}})
	}
	switch p.behaviors.GitHub.QueryErrors {
	case QueryForbidden:
		return graphqlFailure(graphqlForbidden)
	case QueryScopes:
		return graphqlFailure(graphqlScopes)
	case QueryTimeout:
		return graphqlFailure(graphqlTimeout)
	case QueryPartial, QuerySound:
	}
	run := &graphqlRun{github: p, call: c}
	answered := map[string]any{"data": run.object(selections, "Query", nil, nil)}
	if len(run.errors) > 0 {
		answered["errors"] = run.errors
	}
	return githubOK(http.StatusOK, answered)
}

// checkSelections reports the first field or argument that the schema does not have, before anything is executed.
func checkSelections(selections []graphqlSelection, of string, path []any) error {
	if len(selections) == 0 {
		return graphqlErrorf("", "Field must have selections (field returns %s but has no selections)", of).at(path)
	}
	for _, one := range selections {
		if one.on != "" {
			if err := checkSelections(one.selections, one.on, path); err != nil {
				return err
			}
			continue
		}
		here := append(slices.Clone(path), one.key())
		field, known := graphqlTypes[of][one.name]
		if !known {
			return &graphqlError{
				Path: here, Extensions: map[string]any{"code": "undefinedField", "typeName": of, "fieldName": one.name},
				Message: fmt.Sprintf("Field '%s' doesn't exist on type '%s'", one.name, of),
			}
		}
		for name := range one.arguments {
			if !slices.Contains(field.required, name) && !slices.Contains(field.optional, name) {
				return graphqlErrorf("", "Field '%s' doesn't accept argument '%s'", one.name, name).at(here)
			}
		}
		for _, name := range field.required {
			if one.arguments[name] == nil {
				return graphqlErrorf("", "Field '%s' is missing required arguments: %s", one.name, name).at(here)
			}
		}
		if (field.of == "") != (len(one.selections) == 0) {
			return graphqlErrorf("", "Selections on '%s' do not fit its type", one.name).at(here)
		}
		if field.of != "" {
			if err := checkSelections(one.selections, field.of, here); err != nil {
				return err
			}
		}
	}
	return nil
}

// graphqlRun is the execution of one query.
type graphqlRun struct {
	github
	call   *call
	errors []*graphqlError
}

// object answers what is selected of an object.
func (r *graphqlRun) object(selections []graphqlSelection, of string, object any, path []any) map[string]any {
	answered := map[string]any{}
	for _, one := range selections {
		if one.on != "" {
			if _, is := object.(*invitation); is == (one.on == "OrganizationInvitation") {
				maps.Copy(answered, r.object(one.selections, one.on, object, path))
			}
			continue
		}
		here := append(slices.Clone(path), one.key())
		value, err := r.resolve(object, one)
		if err != nil {
			r.errors = append(r.errors, err.at(here))
		}
		answered[one.key()] = r.value(value, one, graphqlTypes[of][one.name].of, here)
	}
	return answered
}

func (r *graphqlRun) value(value any, one graphqlSelection, of string, path []any) any {
	switch value := value.(type) {
	case nil:
		return nil
	case []any:
		list := make([]any, 0, len(value))
		for at, item := range value {
			list = append(list, r.value(item, one, of, append(slices.Clone(path), at)))
		}
		return list
	default:
		if of == "" {
			return value
		}
		if m, is := value.(*member); is && r.behaviors.GitHub.QueryErrors == QueryPartial && m.serial%2 == 1 {
			r.errors = append(r.errors, graphqlErrorf("SERVICE_UNAVAILABLE", "The user could not be loaded.").at(path))
			return nil
		}
		return r.object(one.selections, of, value, path)
	}
}

// memberPage is a page of the members of an organization.
type memberPage struct {
	members        []*member
	total          int
	earlier, later bool
}

// memberEdge is a member beside the role.
type memberEdge struct{ *member }

func (r *graphqlRun) resolve(object any, one graphqlSelection) (any, *graphqlError) {
	switch object := object.(type) {
	case nil:
		return r.root(one)
	case *organization:
		switch one.name {
		case "membersWithRole":
			return r.page(object, one)
		default:
			return map[string]any{
				"id": githubNode("O", object.number), "databaseId": githubNumber(object.number),
				"login": object.id, "name": object.name,
			}[one.name], nil
		}
	case memberPage:
		return object.resolve(one.name), nil
	case memberEdge:
		switch one.name {
		case "cursor":
			return object.cursor(), nil
		case "role":
			return strings.ToUpper(object.grant.Role), nil
		default:
			return object.visibleNode(), nil
		}
	case pageInfo:
		return object[one.name], nil
	case *member:
		return r.user(object, one)
	case *invitation:
		return r.invitee(object, one.name), nil
	}
	panic(fmt.Sprintf("no fields of %T", object))
}

// root finds an organization, or the invitation that has a node id.
func (r *graphqlRun) root(one graphqlSelection) (any, *graphqlError) {
	if one.name == "organization" {
		if o := r.service.organization(fmt.Sprint(one.arguments["login"])); o != nil {
			return o, nil
		}
		return nil, graphqlErrorf("NOT_FOUND", "Could not resolve to an Organization with the login of '%v'.", one.arguments["login"])
	}
	for _, o := range r.service.organizations {
		for _, i := range o.invitations {
			there := i.status(r.now()) == Pending || r.behaviors.GitHub.AcceptedNodes && !i.accepted.IsZero()
			if there && githubNode("OI", i.id) == one.arguments["id"] {
				return i, nil
			}
		}
	}
	return nil, graphqlErrorf("NOT_FOUND", "Could not resolve to a node with the global id of '%v'", one.arguments["id"])
}

// page answers members in the order in which they came. Billing managers are none.
func (r *graphqlRun) page(o *organization, one graphqlSelection) (any, *graphqlError) {
	first, given := one.arguments["first"].(int64)
	switch {
	case !given:
		return nil, graphqlErrorf("MISSING_PAGINATION_BOUNDARIES",
			"You must provide a `first` or `last` value to properly paginate the `membersWithRole` connection.")
	case first < 1 || first > githubMaxPageSize:
		return nil, graphqlErrorf("EXCESSIVE_PAGINATION",
			"Requesting %d records on the `membersWithRole` connection exceeds the `first` limit of %d records.",
			first, githubMaxPageSize)
	}
	after := 0
	if cursor, given := one.arguments["after"].(string); given {
		text, err := base64.StdEncoding.DecodeString(cursor)
		position, numberErr := strconv.Atoi(strings.TrimPrefix(string(text), cursorMark))
		if err != nil || numberErr != nil {
			return nil, graphqlErrorf("INVALID_CURSOR_ARGUMENTS", "`%s` does not appear to be a valid cursor.", cursor)
		}
		after = position
	}
	managesBilling := func(m *member) bool { return m.grant.Role == githubBillingManager }
	members := slices.DeleteFunc(slices.Clone(o.members), managesBilling)
	page := memberPage{total: len(members)}
	for _, m := range members {
		switch {
		case m.serial <= after:
			page.earlier = true
		case len(page.members) == int(first):
			page.later = true
		default:
			page.members = append(page.members, m)
		}
	}
	return page, nil
}

const cursorMark = "cursor:v2:"

func (m *member) cursor() string {
	return base64.StdEncoding.EncodeToString([]byte(cursorMark + strconv.Itoa(m.serial)))
}

// visibleNode is the account of the member; nil if it may not be seen.
func (m *member) visibleNode() any {
	if m.hidden == HiddenAccount {
		return nil
	}
	return m
}

type pageInfo map[string]any

func (p memberPage) resolve(field string) any {
	var list []any
	switch field {
	case "totalCount":
		return p.total
	case "edges":
		for _, m := range p.members {
			list = append(list, memberEdge{m})
		}
	case "nodes":
		for _, m := range p.members {
			list = append(list, m.visibleNode())
		}
	default:
		info := pageInfo{"hasNextPage": p.later, "hasPreviousPage": p.earlier, "startCursor": nil, "endCursor": nil}
		if len(p.members) > 0 {
			info["startCursor"], info["endCursor"] = p.members[0].cursor(), p.members[len(p.members)-1].cursor()
		}
		return info
	}
	return append([]any{}, list...)
}

func (r *graphqlRun) user(m *member, one graphqlSelection) (any, *graphqlError) {
	public, verified := r.visible(m)
	switch one.name {
	case "id":
		return githubNode("U", m.id), nil
	case "databaseId":
		return githubNumber(m.id), nil
	case "login":
		return m.login, nil
	case "name":
		if m.name == "" {
			return nil, nil
		}
		return m.name, nil
	case "email":
		return public, nil // it cannot be null, so that it is empty where there is none
	}
	emails := []any{}
	if o := r.service.organization(fmt.Sprint(one.arguments["login"])); o != nil && o.memberByLogin(m.login) == m {
		for _, email := range verified {
			emails = append(emails, email)
		}
	}
	return emails, nil
}

func (r *graphqlRun) invitee(i *invitation, field string) any {
	switch field {
	case "id":
		return githubNode("OI", i.id)
	case "email":
		return i.email
	case "role":
		return strings.ToUpper(githubInvitationRole(i.grant.Role))
	}
	for _, o := range r.service.organizations {
		if m := o.memberByID(i.userID); m != nil && i.userID != "" {
			return m
		}
	}
	return nil
}
