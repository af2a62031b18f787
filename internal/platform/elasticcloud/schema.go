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

// What the parts of role_assignments mean, in both schemas.
const (
	rolesMarkdown   = "Roles that the person has after accepting, by what they are for. Each assignment is for this organization; its id is filled in."
	projectMarkdown = "Roles for serverless projects, by the type of the project."
	allMarkdown     = "`true`: the role is for all %s of the organization, those made later included."
	idsMarkdown     = "Ids of the %s that the role is for."
)

// appRolesMarkdown says what is known about application roles.
var appRolesMarkdown = map[Scope]string{
	Organization: "Application roles: roles defined in Elasticsearch that the person gets when signing in. " +
		"Those of an organization role reach every project of the organization. " + replaceMarkdown,
	Deployment: "Application roles: roles defined in Elasticsearch that the person gets when signing in to the " +
		"deployments. Elastic documents them for serverless projects only, so try them out before you rely on them here.",
	Elasticsearch: "Application roles: roles defined in Elasticsearch that the person gets when signing in to the " +
		"projects. " + replaceMarkdown,
}

const replaceMarkdown = "In serverless projects they **replace** what `role_id` grants there, they do not add to it. " +
	"So removing them gives the person more access: all that `role_id` grants. A plan that does so warns."

const listedAppRolesMarkdown = "Application roles: roles defined in Elasticsearch that the person gets when " +
	"signing in. In serverless projects they replace what `role_id` grants there. Null without any."

// appRoles describes the application roles of a scope.
func appRoles(scope Scope) string {
	if scope.isProject() {
		scope = Elasticsearch
	}
	return appRolesMarkdown[scope]
}

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
	roleMarkdown = map[Scope]string{
		Organization:  "The role: `organization-admin` (Organization owner) or `billing-admin`, at the time of writing.",
		Deployment:    "The role: `deployment-admin`, `deployment-editor` or `deployment-viewer`, at the time of writing.",
		Elasticsearch: "The role, such as `elasticsearch-admin`, `elasticsearch-developer` or `elasticsearch-viewer`.",
		Observability: "The role, such as `observability-admin`, `observability-editor` or `observability-viewer`.",
		Security:      "The role, such as `security-admin`, `security-editor`, `security-viewer` or `security-t1-analyst`.",
		WorkplaceAI:   "The id of the role.",
		VectorDB:      "The id of the role.",
	}
)

const (
	asWritten = " Passed on as it is written, so that new roles work at once."
	spellings = " With or without `%s-` in front of it, and with `_` or `-`, it is the same role: " +
		"Elastic's own documents spell it both ways."
	replaces = " A change replaces an invitation that was not accepted yet."
)

// things are what the roles of a scope are for.
func things(scope Scope) string {
	if scope == Deployment {
		return "deployments"
	}
	return "projects"
}

// rolesAttribute describes what is granted, as an argument.
func rolesAttribute() schema.Attribute {
	projects := map[string]schema.Attribute{}
	for _, scope := range projectScopes {
		projects[string(scope)] = scopeAttribute(scope)
	}
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: rolesMarkdown + " Leaving it out sends none, and is the same as leaving it empty. " +
			"A plan warns of a part that is written and grants nothing: it may hold a misspelled name, which Terraform drops without an error." + replaces,
		Validators: []validator.Object{emptyValidator{}},
		Attributes: map[string]schema.Attribute{
			string(Organization): scopeAttribute(Organization),
			string(Deployment):   scopeAttribute(Deployment),
			"project": schema.SingleNestedAttribute{
				Optional:            true,
				MarkdownDescription: projectMarkdown,
				Attributes:          projects,
			},
		},
	}
}

func scopeAttribute(scope Scope) schema.Attribute {
	spelling := ""
	if scope.isProject() {
		spelling = fmt.Sprintf(spellings, scope)
	}
	assignment := schema.NestedAttributeObject{
		Attributes: map[string]schema.Attribute{
			"role_id": schema.StringAttribute{
				Required: true, MarkdownDescription: roleMarkdown[scope] + asWritten + spelling,
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"application_roles": setAttribute(appRoles(scope)),
		},
	}
	markdown := scopeMarkdown[scope]
	if scope != Organization {
		ids := idsName(scope)
		markdown += fmt.Sprintf(" Each is either for all %[1]s (`all = true`) or for those in `%[2]s`.", things(scope), ids)
		assignment.Validators = []validator.Object{reachValidator{scope}}
		assignment.Attributes["all"] = schema.BoolAttribute{
			Optional:            true,
			MarkdownDescription: fmt.Sprintf(allMarkdown, things(scope)) + fmt.Sprintf(" Exactly one of this and `%s` is needed; `false` is the same as leaving it out.", ids),
		}
		assignment.Attributes[ids] = setAttribute(fmt.Sprintf(idsMarkdown, things(scope)) + " Needed unless `all` is `true`.")
	}
	return schema.SetNestedAttribute{
		Optional: true, MarkdownDescription: markdown, NestedObject: assignment,
		Validators: []validator.Set{setvalidator.NoNullValues()},
	}
}

func setAttribute(markdown string) schema.Attribute {
	return schema.SetAttribute{
		Optional: true, ElementType: types.StringType, MarkdownDescription: markdown,
		Validators: []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
	}
}

// listedRolesAttribute describes what is granted, as a result.
func listedRolesAttribute() datasource.Attribute {
	projects := map[string]datasource.Attribute{}
	for _, scope := range projectScopes {
		projects[string(scope)] = listedScopeAttribute(scope)
	}
	return datasource.SingleNestedAttribute{
		Computed:            true,
		MarkdownDescription: "Roles by what they are for, in the form of the resource's `role_assignments`. Null without any, and where the platform does not show them.",
		Attributes: map[string]datasource.Attribute{
			string(Organization): listedScopeAttribute(Organization),
			string(Deployment):   listedScopeAttribute(Deployment),
			"project": datasource.SingleNestedAttribute{
				Computed:            true,
				MarkdownDescription: projectMarkdown + " Null without any.",
				Attributes:          projects,
			},
		},
	}
}

func listedScopeAttribute(scope Scope) datasource.Attribute {
	assignment := map[string]datasource.Attribute{
		"role_id":           datasource.StringAttribute{Computed: true, MarkdownDescription: "Id of the role, as the platform spells it."},
		"application_roles": listedSetAttribute(listedAppRolesMarkdown),
	}
	if scope != Organization {
		assignment["all"] = datasource.BoolAttribute{Computed: true, MarkdownDescription: fmt.Sprintf(allMarkdown, things(scope)) + " Null otherwise."}
		assignment[idsName(scope)] = listedSetAttribute(fmt.Sprintf(idsMarkdown, things(scope)) + " Null where it is for all.")
	}
	return datasource.SetNestedAttribute{
		Computed: true, MarkdownDescription: scopeMarkdown[scope] + " Null without any.",
		NestedObject: datasource.NestedAttributeObject{Attributes: assignment},
	}
}

func listedSetAttribute(markdown string) datasource.Attribute {
	return datasource.SetAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: markdown}
}

// reachValidator wants an assignment to say what it is for: everything, or a list.
type reachValidator struct{ scope Scope }

// Description says what is wanted.
func (v reachValidator) Description(context.Context) string {
	return fmt.Sprintf("exactly one of all = true and a non-empty %s", idsName(v.scope))
}

// MarkdownDescription says what is wanted.
func (v reachValidator) MarkdownDescription(context.Context) string {
	return fmt.Sprintf("exactly one of `all = true` and a non-empty `%s`", idsName(v.scope))
}

// ValidateObject refuses neither and both. What is not known yet may turn out right.
func (v reachValidator) ValidateObject(_ context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	values := req.ConfigValue.Attributes()
	all, _ := values["all"].(types.Bool)
	ids, _ := values[idsName(v.scope)].(types.Set)
	if all.IsUnknown() || ids.IsUnknown() {
		return
	}
	name := idsName(v.scope)
	switch some := len(ids.Elements()) > 0; {
	case all.ValueBool() && some:
		resp.Diagnostics.AddAttributeError(req.Path, "Role for all and for some "+things(v.scope),
			fmt.Sprintf("A role with all = true is for all %s, so that %s has to be left out. Remove one of them.", things(v.scope), name))
	case !all.ValueBool() && !some:
		resp.Diagnostics.AddAttributeError(req.Path, "Role for no "+things(v.scope),
			fmt.Sprintf("Say which %s the role is for: either set all = true, or list their ids in %s.", things(v.scope), name))
	}
}
