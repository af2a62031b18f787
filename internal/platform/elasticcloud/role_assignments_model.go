// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The types of role_assignments, from the inside out.
var (
	idsType        = types.SetType{ElemType: types.StringType}
	rolesInOrgType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"role_id": types.StringType, "application_roles": idsType,
	}}
	rolesInDeplType = reachingType(Deployment)
	rolesInProjType = reachingType(Elasticsearch)
	projectsType    = projectsTypeOf(rolesInProjType)
	rolesType       = types.ObjectType{AttrTypes: map[string]attr.Type{
		string(Organization): types.SetType{ElemType: rolesInOrgType},
		string(Deployment):   types.SetType{ElemType: rolesInDeplType},
		"project":            projectsType,
	}}
)

// reachingType is an assignment in a scope with deployments or projects.
func reachingType(scope Scope) types.ObjectType {
	return types.ObjectType{AttrTypes: map[string]attr.Type{
		"role_id": types.StringType, "all": types.BoolType, idsName(scope): idsType, "application_roles": idsType,
	}}
}

// projectsTypeOf is an object with the assignments of each type of project.
func projectsTypeOf(assignment types.ObjectType) types.ObjectType {
	byType := map[string]attr.Type{}
	for _, scope := range projectScopes {
		byType[string(scope)] = types.SetType{ElemType: assignment}
	}
	return types.ObjectType{AttrTypes: byType}
}

// idsName is the name of the attribute with the ids of deployments or projects.
func idsName(scope Scope) string {
	if scope == Deployment {
		return "deployment_ids"
	}
	return "project_ids"
}

// readRoles reads role_assignments. Null and unknown values count as unset.
func readRoles(roles types.Object) Grant {
	grant := Grant{}
	all := roles.Attributes()
	projects, _ := all["project"].(types.Object)
	for _, scope := range scopes {
		value := all[string(scope)]
		if scope.isProject() {
			value = projects.Attributes()[string(scope)]
		}
		list, _ := value.(types.Set)
		for _, element := range list.Elements() {
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
		IDs:              texts(values[idsName(scope)]),
		ApplicationRoles: texts(values["application_roles"]),
	}
}

// texts reads a set of strings.
func texts(value attr.Value) (all []string) {
	set, _ := value.(types.Set)
	for _, element := range set.Elements() {
		if text, ok := element.(types.String); ok && text.ValueString() != "" {
			all = append(all, text.ValueString())
		}
	}
	return all
}

// writeRoles writes role_assignments in the shortest form: empty parts are null, and "all" is null if there are ids.
// Roles that role_assignments cannot express are left out.
func writeRoles(grant Grant) (types.Object, diag.Diagnostics) {
	normal := grant.expressible()
	if len(normal) == 0 {
		return types.ObjectNull(rolesType.AttrTypes), nil
	}
	w := writer{grant: normal}
	projects := types.ObjectNull(projectsType.AttrTypes)
	values := map[string]attr.Value{}
	some := false
	for _, scope := range projectScopes {
		values[string(scope)] = w.set(scope, rolesInProjType)
		some = some || len(normal[scope]) > 0
	}
	if some {
		projects = w.object(projectsType, values)
	}
	return w.object(rolesType, map[string]attr.Value{
		string(Organization): w.set(Organization, rolesInOrgType),
		string(Deployment):   w.set(Deployment, rolesInDeplType),
		"project":            projects,
	}), w.diags
}

// writer writes parts of a grant and collects the errors.
type writer struct {
	grant Grant
	diags diag.Diagnostics
}

func (w *writer) object(objectType types.ObjectType, values map[string]attr.Value) types.Object {
	object, diags := types.ObjectValue(objectType.AttrTypes, values)
	w.diags.Append(diags...)
	return object
}

// set writes the assignments of one scope.
func (w *writer) set(scope Scope, objectType types.ObjectType) types.Set {
	elements := make([]attr.Value, 0, len(w.grant[scope]))
	for _, assignment := range w.grant[scope] {
		values := map[string]attr.Value{
			"role_id":           types.StringValue(assignment.RoleID),
			"application_roles": w.texts(assignment.ApplicationRoles),
		}
		if scope != Organization {
			values["all"] = types.BoolNull()
			if assignment.All {
				values["all"] = types.BoolValue(true)
			}
			values[idsName(scope)] = w.texts(assignment.IDs)
		}
		elements = append(elements, w.object(objectType, values))
	}
	if len(elements) == 0 {
		return types.SetNull(objectType)
	}
	set, diags := types.SetValue(objectType, elements)
	w.diags.Append(diags...)
	return set
}

func (w *writer) texts(all []string) types.Set {
	if len(all) == 0 {
		return types.SetNull(types.StringType)
	}
	elements := make([]attr.Value, 0, len(all))
	for _, text := range all {
		elements = append(elements, types.StringValue(text))
	}
	set, diags := types.SetValue(types.StringType, elements)
	w.diags.Append(diags...)
	return set
}
