// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

const noRoleInPart = "It is in the configuration, but has no role in it. " +
	"To grant no role, leave it out.\n\n" +
	"Otherwise check the names in it: Terraform drops a misspelled name inside role_assignments without an error. " +
	"The names are organization, deployment and project, " +
	"and in project elasticsearch, observability, security, workplaceai and vectordb."

// emptyValidator warns of parts of role_assignments that are in the configuration and grant nothing. Terraform drops
// unknown names in an object without an error, so the empty part is all that a provider can see of a misspelled name.
type emptyValidator struct{}

// Description describes a valid value.
func (emptyValidator) Description(context.Context) string {
	return "each part must grant a role"
}

// MarkdownDescription describes a valid value.
func (v emptyValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateObject warns once of each outermost part that grants nothing.
func (emptyValidator) ValidateObject(_ context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	warnEmpty(req.Path, req.ConfigValue, resp)
}

// warnEmpty checks a scope or an object of scopes.
func warnEmpty(at path.Path, value attr.Value, resp *validator.ObjectResponse) {
	if !value.IsNull() && hasNoRole(value) {
		resp.Diagnostics.AddAttributeWarning(at, at.String()+" grants nothing", noRoleInPart)
		return
	}
	object, _ := value.(types.Object)
	for name, part := range object.Attributes() {
		warnEmpty(at.AtName(name), part, resp)
	}
}

// hasNoRole reports whether a scope or an object of scopes has no role. Null has none; an unknown value may have one.
func hasNoRole(value attr.Value) bool {
	if value.IsUnknown() {
		return false
	}
	switch value := value.(type) {
	case types.Set:
		return len(value.Elements()) == 0
	case types.Object:
		for _, part := range value.Attributes() {
			if !hasNoRole(part) {
				return false
			}
		}
	}
	return true
}
