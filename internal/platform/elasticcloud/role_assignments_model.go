// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// rolesType is the type of role_assignments.
var rolesType, _ = rolesAttribute().GetType().(types.ObjectType)

// byScope builds what role_assignments has for each scope. Those of projects are in an object of their own.
func byScope[T any](build func(Scope) T, object func(projects map[string]T) T) map[string]T {
	all, projects := map[string]T{}, map[string]T{}
	for _, scope := range scopes {
		if scope.isProject() {
			projects[scope.name()] = build(scope)
		} else {
			all[scope.name()] = build(scope)
		}
	}
	all["project"] = object(projects)
	return all
}

// assignmentType is the type of one assignment.
func assignmentType(scope Scope) types.ObjectType {
	texts := types.SetType{ElemType: types.StringType}
	attributes := map[string]attr.Type{"role_id": types.StringType, "application_roles": texts}
	if scope != Organization {
		attributes["all"], attributes[scope.ids()] = types.BoolType, texts
	}
	return types.ObjectType{AttrTypes: attributes}
}

// readRoles reads role_assignments. Null and unknown values count as unset.
func readRoles(roles types.Object) Grant {
	values := roles.Attributes()
	if projects, ok := values["project"].(types.Object); ok {
		maps.Copy(values, projects.Attributes())
	}
	grant := Grant{}
	for _, scope := range scopes {
		for _, element := range elements(values[scope.name()]) {
			if assignment, ok := element.(types.Object); ok && !assignment.IsNull() && !assignment.IsUnknown() {
				grant[scope] = append(grant[scope], readAssignment(scope, assignment.Attributes()))
			}
		}
	}
	return grant.normal()
}

func readAssignment(scope Scope, values map[string]attr.Value) Assignment {
	role, _ := values["role_id"].(types.String)
	all, _ := values["all"].(types.Bool)
	return Assignment{
		RoleID:           role.ValueString(),
		All:              all.ValueBool(),
		IDs:              texts(values[scope.ids()]),
		ApplicationRoles: texts(values["application_roles"]),
	}
}

// texts reads a set of strings.
func texts(value attr.Value) (all []string) {
	for _, element := range elements(value) {
		if text, ok := element.(types.String); ok && text.ValueString() != "" {
			all = append(all, text.ValueString())
		}
	}
	return all
}

func elements(value attr.Value) []attr.Value {
	set, _ := value.(types.Set)
	return set.Elements()
}

// writeRoles writes role_assignments in the shortest form: empty parts are null, and "all" is null if there are ids.
// Roles that role_assignments cannot express are left out.
func writeRoles(grant Grant) (types.Object, diag.Diagnostics) {
	shown := grant.expressible()
	if len(shown) == 0 {
		return types.ObjectNull(rolesType.AttrTypes), nil
	}
	return types.ObjectValue(rolesType.AttrTypes, byScope(
		func(scope Scope) attr.Value {
			var assignments []attr.Value
			for _, assignment := range shown[scope] {
				assignments = append(assignments, writeAssignment(scope, assignment))
			}
			return setOrNull(assignmentType(scope), assignments)
		},
		func(projects map[string]attr.Value) attr.Value {
			kind, _ := rolesType.AttrTypes["project"].(types.ObjectType)
			for scope := range shown {
				if scope.isProject() {
					return types.ObjectValueMust(kind.AttrTypes, projects)
				}
			}
			return types.ObjectNull(kind.AttrTypes)
		},
	))
}

func writeAssignment(scope Scope, assignment Assignment) types.Object {
	values := map[string]attr.Value{
		"role_id":           types.StringValue(assignment.RoleID),
		"application_roles": textSet(assignment.ApplicationRoles),
	}
	if scope != Organization {
		values["all"], values[scope.ids()] = types.BoolNull(), textSet(assignment.IDs)
		if assignment.All {
			values["all"] = types.BoolValue(true)
		}
	}
	return types.ObjectValueMust(assignmentType(scope).AttrTypes, values)
}

func textSet(all []string) types.Set {
	var texts []attr.Value
	for _, text := range all {
		texts = append(texts, types.StringValue(text))
	}
	return setOrNull(types.StringType, texts)
}

// setOrNull is null instead of empty.
func setOrNull(element attr.Type, values []attr.Value) types.Set {
	if len(values) == 0 {
		return types.SetNull(element)
	}
	return types.SetValueMust(element, values)
}
