package elasticcloud

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// emptyValidator warns of parts of role_assignments that are written and grant nothing. Terraform drops names that an
// object does not have without an error, so this is all that a provider can see of a misspelled one.
type emptyValidator struct{}

// Description says what is wanted.
func (emptyValidator) Description(context.Context) string {
	return "a part that is written must grant a role"
}

// MarkdownDescription says what is wanted.
func (v emptyValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateObject warns once of each outermost part that grants nothing.
func (emptyValidator) ValidateObject(_ context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	warnEmpty(req.Path, req.ConfigValue, resp)
}

// warnEmpty looks at an object of scopes.
func warnEmpty(at path.Path, value attr.Value, resp *validator.ObjectResponse) {
	if grantsNothing(value) {
		resp.Diagnostics.AddAttributeWarning(at, at.String()+" grants nothing",
			"It is written, but there is no role in it. To grant none, leave it out.\n\n"+
				"Otherwise check the names in it: Terraform drops a misspelled name inside role_assignments without an error. "+
				"The names are organization, deployment and project, and in project "+projectNames()+".")
		return
	}
	object, _ := value.(types.Object)
	for name, part := range object.Attributes() {
		warnEmpty(at.AtName(name), part, resp)
	}
}

// grantsNothing reports whether a scope or an object of scopes is written, known, and holds no role.
func grantsNothing(value attr.Value) bool {
	return !value.IsNull() && holdsNothing(value)
}

// holdsNothing is grantsNothing, or not written at all. What is not known yet may turn out to hold a role.
func holdsNothing(value attr.Value) bool {
	if value.IsUnknown() {
		return false
	}
	switch value := value.(type) {
	case types.Set:
		return len(value.Elements()) == 0
	case types.Object:
		for _, part := range value.Attributes() {
			if !holdsNothing(part) {
				return false
			}
		}
	}
	return true
}

// projectNames lists the types of projects.
func projectNames() string {
	names := make([]string, 0, len(projectScopes))
	for _, scope := range projectScopes {
		names = append(names, string(scope))
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
