// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import "encoding/json"

// addRoleAssignments words a grant, with unset lists as they are switched. The field itself is absent if nobody set it
// and unset lists are.
func (p elasticCloud) addRoleAssignments(wire map[string]any, grant Grant) {
	var unset any
	grant.RoleAssignments = grant.RoleAssignments.spelled(p.behaviors.ElasticCloud.ProjectRoles)
	switch p.behaviors.ElasticCloud.UnsetLists {
	case ListsAbsent:
		if grant.RoleAssignments != nil {
			wire["role_assignments"] = grant.RoleAssignments
		}
		return
	case ListsNull:
	case ListsEmpty:
		unset = []any{}
	}
	scopes := map[string]any{}
	if grant.RoleAssignments != nil {
		scopes = generic(grant.RoleAssignments)
	}
	projects, _ := scopes["project"].(map[string]any)
	if projects == nil {
		projects = map[string]any{}
		scopes["project"] = projects
	}
	fill(projects, unset, projectTypes...)
	fill(scopes, unset, "platform", "organization", "deployment")
	for _, list := range projects {
		fillEach(list, unset, "project_ids", "application_roles")
	}
	fillEach(scopes["deployment"], unset, "deployment_ids", "application_roles")
	fillEach(scopes["organization"], unset, "application_roles")
	wire["role_assignments"] = scopes
}

func fill(object map[string]any, unset any, names ...string) {
	for _, name := range names {
		if object[name] == nil {
			object[name] = unset
		}
	}
}

func fillEach(list, unset any, names ...string) {
	entries, _ := list.([]any)
	for _, entry := range entries {
		if object, ok := entry.(map[string]any); ok {
			fill(object, unset, names...)
		}
	}
}

// generic is the value as JSON would have it.
func generic(value any) map[string]any {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // a wire type of this package
	}
	var object map[string]any
	if err := json.Unmarshal(text, &object); err != nil {
		panic(err)
	}
	return object
}
