package snyk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

// newRolesDataSource returns the constructor of the list of roles.
func newRolesDataSource(kind *tfinvite.Descriptor[Grant]) func() datasource.DataSource {
	return tfinvite.NewListDataSource(kind, tfinvite.List[Grant]{
		Name: "roles",
		Markdown: "Lists the roles that can be granted in an organization on Snyk: those of its group, custom ones included. " +
			"The token needs access to the group and the permission Read Roles, which by default only Group Admins have.",
		OutputMarkdown: "The roles, ordered by name.",
		Item: map[string]schema.Attribute{
			"id":          schema.StringAttribute{Computed: true, MarkdownDescription: "The role's public id, as `role_id` of an invitation takes it."},
			"name":        schema.StringAttribute{Computed: true, MarkdownDescription: "The role's name, as `role` of an invitation takes it."},
			"description": schema.StringAttribute{Computed: true, MarkdownDescription: "What the role is for; null where nobody said."},
			"custom":      schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether somebody made the role, rather than Snyk; null where Snyk does not say."},
		},
		Items: func(ctx context.Context, service invite.Backend[Grant], organization string) ([]map[string]attr.Value, error) {
			b, ok := service.(*backend)
			if !ok {
				return nil, fmt.Errorf("roles cannot be listed by %T", service)
			}
			roles, err := b.rolesOf(ctx, organization)
			if err != nil {
				return nil, err
			}
			roles = slices.SortedStableFunc(slices.Values(roles), func(a, b role) int { return strings.Compare(a.Name, b.Name) })
			items := make([]map[string]attr.Value, 0, len(roles))
			for _, role := range roles {
				items = append(items, map[string]attr.Value{
					"id":          types.StringValue(role.ID),
					"name":        types.StringValue(role.Name),
					"description": tfinvite.Text(role.Description),
					"custom":      types.BoolPointerValue(role.Custom),
				})
			}
			return items, nil
		},
	})
}
