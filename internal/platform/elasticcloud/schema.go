// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Descriptions of the parts of role_assignments, in the resource and in lists.
const (
	rolesMarkdown = "Roles that the person has after accepting, by what the roles are for. " +
		"Each assignment is for this organization; its id is added automatically. " +
		"Leaving it out sends no roles, as does leaving it empty. " +
		"A plan warns of a part that grants nothing: " +
		"it may have a misspelled name, which Terraform drops without an error. " +
		"A change replaces an invitation that is not accepted yet."
	listedRolesMarkdown = "Roles by what they are for, in the form of the resource's `role_assignments`. " +
		"Null if there are none, and if the platform does not show them."

	projectMarkdown = "Roles for serverless projects, by the type of project."

	roleIDUnchecked = " The id is sent as it is written, so that new roles work at once."
	roleIDSpellings = " `%[1]s-` at the beginning is optional, and `_` and `-` are the same: " +
		"Elastic's own documents spell the roles in several ways."
	listedRoleIDMarkdown = "Id of the role, as the platform spells it."

	allMarkdown = "Whether the role is for all %s of the organization, including those created later."
	allOrIDs    = " Exactly one of `all = true` and a non-empty `%s` is required; " +
		"`false` is the same as leaving it out."
	idsMarkdown = "Ids of the %s that the role is for."

	nullIfNone = " Null if there are none."
)

// Descriptions of application roles.
const (
	appRolesMarkdown = "Application roles: roles defined in Elasticsearch that the person gets when signing in"
	appRolesReplace  = "In serverless projects they **replace** what `role_id` grants; they do not add to it. " +
		"Removing them gives the person more access: everything that `role_id` grants. " +
		"A plan that removes them warns of this."

	orgAppRolesMarkdown = appRolesMarkdown + ". " +
		"Those of an organization role apply to every project of the organization. " +
		appRolesReplace
	deploymentAppRolesMarkdown = appRolesMarkdown + " to the deployments. " +
		"Elastic documents them only for serverless projects, so test them before you rely on them here."
	projectAppRolesMarkdown = appRolesMarkdown + " to the projects. " +
		appRolesReplace
	listedAppRolesMarkdown = appRolesMarkdown + ". " +
		"In serverless projects they replace what `role_id` grants. " +
		"Null if there are none."
)

var (
	scopeMarkdown = map[Scope]string{
		Organization:  "Roles for the organization itself.",
		Deployment:    "Roles for hosted deployments.",
		Elasticsearch: "Roles for Elasticsearch projects.",
		Observability: "Roles for Observability projects.",
		Security:      "Roles for Security projects.",
		WorkplaceAI:   "Roles for Workplace AI projects.",
		VectorDB:      "Roles for vector database projects.",
	}
	roleIDMarkdown = map[Scope]string{
		Organization:  "Id of the role: currently `organization-admin` (Organization owner) or `billing-admin`.",
		Deployment:    "Id of the role: currently `deployment-admin`, `deployment-editor` or `deployment-viewer`.",
		Elasticsearch: "Id of the role, such as `elasticsearch-admin`, `elasticsearch-developer` or `elasticsearch-viewer`.",
		Observability: "Id of the role, such as `observability-admin`, `observability-editor` or `observability-viewer`.",
		Security:      "Id of the role, such as `security-admin`, `security-editor`, `security-viewer` or `security-t1-analyst`.",
		WorkplaceAI:   "Id of the role.",
		VectorDB:      "Id of the role.",
	}
)

// appRoles describes the application roles of a scope.
func appRoles(scope Scope) string {
	switch scope {
	case Organization:
		return orgAppRolesMarkdown
	case Deployment:
		return deploymentAppRolesMarkdown
	default:
		return projectAppRolesMarkdown
	}
}

// rolesAttribute is role_assignments in the resource.
func rolesAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Optional:            true,
		MarkdownDescription: rolesMarkdown,
		Validators:          []validator.Object{emptyValidator{}},
		Attributes: byScope(scopeAttribute, func(projects map[string]schema.Attribute) schema.Attribute {
			return schema.SingleNestedAttribute{
				Optional: true, MarkdownDescription: projectMarkdown, Attributes: projects,
			}
		}),
	}
}

func scopeAttribute(scope Scope) schema.Attribute {
	roleID := roleIDMarkdown[scope] + roleIDUnchecked
	if scope.isProject() {
		roleID += fmt.Sprintf(roleIDSpellings, scope.name())
	}
	assignment := schema.NestedAttributeObject{
		Attributes: map[string]schema.Attribute{
			"role_id": schema.StringAttribute{
				Required: true, MarkdownDescription: roleID,
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"application_roles": setAttribute(appRoles(scope)),
		},
	}
	markdown := scopeMarkdown[scope]
	if scope != Organization {
		things, ids := scope.things(), scope.ids()
		markdown += fmt.Sprintf(" Each is for all %[1]s (`all = true`) or for the %[1]s in `%[2]s`.", things, ids)
		assignment.Validators = []validator.Object{reachValidator{scope}}
		assignment.Attributes["all"] = schema.BoolAttribute{
			Optional:            true,
			MarkdownDescription: fmt.Sprintf(allMarkdown, things) + fmt.Sprintf(allOrIDs, ids),
		}
		assignment.Attributes[ids] = setAttribute(fmt.Sprintf(idsMarkdown, things) + " Required unless `all` is `true`.")
	}
	return schema.SetNestedAttribute{
		Optional: true, MarkdownDescription: markdown, NestedObject: assignment,
		Validators: []validator.Set{setvalidator.NoNullValues()},
	}
}

func setAttribute(markdown string) schema.Attribute {
	return schema.SetAttribute{
		Optional: true, ElementType: types.StringType, MarkdownDescription: markdown,
		Validators: []validator.Set{
			setvalidator.NoNullValues(), setvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1)),
		},
	}
}

// listedRolesAttribute is role_assignments in lists.
func listedRolesAttribute() datasource.Attribute {
	return datasource.SingleNestedAttribute{
		Computed:            true,
		MarkdownDescription: listedRolesMarkdown,
		Attributes: byScope(listedScopeAttribute, func(projects map[string]datasource.Attribute) datasource.Attribute {
			return datasource.SingleNestedAttribute{
				Computed: true, MarkdownDescription: projectMarkdown + nullIfNone, Attributes: projects,
			}
		}),
	}
}

func listedScopeAttribute(scope Scope) datasource.Attribute {
	assignment := map[string]datasource.Attribute{
		"role_id":           datasource.StringAttribute{Computed: true, MarkdownDescription: listedRoleIDMarkdown},
		"application_roles": listedSetAttribute(listedAppRolesMarkdown),
	}
	if scope != Organization {
		assignment["all"] = datasource.BoolAttribute{
			Computed:            true,
			MarkdownDescription: fmt.Sprintf(allMarkdown, scope.things()) + " `true` or null.",
		}
		assignment[scope.ids()] = listedSetAttribute(
			fmt.Sprintf(idsMarkdown, scope.things()) + " Null if it is for all.")
	}
	return datasource.SetNestedAttribute{
		Computed: true, MarkdownDescription: scopeMarkdown[scope] + nullIfNone,
		NestedObject: datasource.NestedAttributeObject{Attributes: assignment},
	}
}

func listedSetAttribute(markdown string) datasource.Attribute {
	return datasource.SetAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: markdown}
}

// reachValidator requires that an assignment is either for everything in its scope or for a list of ids.
type reachValidator struct{ scope Scope }

// Description describes a valid value.
func (v reachValidator) Description(context.Context) string {
	return fmt.Sprintf("must have exactly one of all = true and a non-empty %s", v.scope.ids())
}

// MarkdownDescription describes a valid value.
func (v reachValidator) MarkdownDescription(context.Context) string {
	return fmt.Sprintf("must have exactly one of `all = true` and a non-empty `%s`", v.scope.ids())
}

// ValidateObject refuses neither and both. Values that are not known yet may be right.
func (v reachValidator) ValidateObject(
	_ context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse,
) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	things, name := v.scope.things(), v.scope.ids()
	values := req.ConfigValue.Attributes()
	all, _ := values["all"].(types.Bool)
	ids, _ := values[name].(types.Set)
	if all.IsUnknown() || ids.IsUnknown() {
		return
	}
	switch some := len(ids.Elements()) > 0; {
	case all.ValueBool() && some:
		resp.Diagnostics.AddAttributeError(req.Path, "Role for all and for some "+things,
			fmt.Sprintf("The role has both all = true and %s. Remove one of them.", name))
	case !all.ValueBool() && !some:
		resp.Diagnostics.AddAttributeError(req.Path, "Role for no "+things,
			fmt.Sprintf("Set all = true, or list in %s the ids of the %s that the role is for.", name, things))
	}
}
