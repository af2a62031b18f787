// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package snyk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

const (
	rolesMarkdown = "Lists the roles that can be granted in an organization on Snyk: " +
		"the roles of its group, custom roles included. " +
		"The token needs access to the group and the permission Read Roles, " +
		"which by default only Group Admins have."
	listedIDMarkdown          = "Public id of the role, for the argument `role_id` of an invitation."
	listedNameMarkdown        = "Name of the role, for the argument `role` of an invitation."
	listedDescriptionMarkdown = "What the role is for. Null if it has no description."
	listedCustomMarkdown      = "Whether it is a custom role. Null if Snyk does not show it."
)

// newRolesDataSource returns the constructor of the list of roles.
func newRolesDataSource(descriptor *tfinvite.Descriptor[Grant]) func() datasource.DataSource {
	return tfinvite.NewListDataSource(descriptor, tfinvite.List[Grant]{
		Name:           "roles",
		Markdown:       rolesMarkdown,
		OutputMarkdown: "The roles, ordered by name.",
		Item: map[string]schema.Attribute{
			"id":          schema.StringAttribute{Computed: true, MarkdownDescription: listedIDMarkdown},
			"name":        schema.StringAttribute{Computed: true, MarkdownDescription: listedNameMarkdown},
			"description": schema.StringAttribute{Computed: true, MarkdownDescription: listedDescriptionMarkdown},
			"custom":      schema.BoolAttribute{Computed: true, MarkdownDescription: listedCustomMarkdown},
		},
		Items: listRoles,
	})
}

// listRoles reads the roles of an organization as values of the data source.
func listRoles(
	ctx context.Context, service *invite.Service[Grant], organization string, _ datasource.ReadRequest,
	_ *diag.Diagnostics,
) ([]map[string]attr.Value, error) {
	b, ok := service.Backend().(*backend)
	if !ok {
		return nil, fmt.Errorf("roles cannot be listed by %T", service.Backend())
	}
	roles, err := b.rolesOf(organization).All(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(roles, func(a, b wireRole) int { return strings.Compare(a.Name, b.Name) })
	items := make([]map[string]attr.Value, 0, len(roles))
	for _, role := range roles {
		items = append(items, map[string]attr.Value{
			"id":          types.StringValue(role.PublicID),
			"name":        types.StringValue(role.Name),
			"description": tfinvite.Text(role.Description),
			"custom":      types.BoolPointerValue(role.CustomRole),
		})
	}
	return items, nil
}
