// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

const membersMarkdown = "Lists the members of an organization on %s. " +
	"It reads all of them, with the same request that the resources of the run share."

// memberItem describes what every platform shows of a member.
var memberItem = map[string]schema.Attribute{
	"id":    computed("The platform's id of the user. Null if the platform does not say whose membership it is."),
	"email": computed("Address of the person. Null if the platform does not show it."),
	"name":  computed("Name of the person. Null if the platform does not show it."),
}

// NewMembersDataSource returns the constructor of a platform's list of members.
func NewMembersDataSource[G invite.Grant[G]](descriptor *Descriptor[G]) func() datasource.DataSource {
	return NewListDataSource(descriptor, List[G]{
		Name:           "members",
		Markdown:       fmt.Sprintf(membersMarkdown, descriptor.Title),
		OutputMarkdown: foundMarkdown,
		Filters:        addressFilters("members"),
		Item:           merged(memberItem, descriptor.listed(descriptor.GrantAttributes)),
		Items:          descriptor.listMembers,
	})
}

// listMembers lists the members that the configuration asks for.
func (d *Descriptor[G]) listMembers(
	ctx context.Context, service *invite.Service[G], organization string, req datasource.ReadRequest,
	diags *diag.Diagnostics,
) ([]map[string]attr.Value, error) {
	var email, domain types.String
	diags.Append(addressArguments(ctx, req, &email, &domain)...)
	if diags.HasError() {
		return nil, nil
	}
	members, err := service.Members(ctx, organization)
	if err != nil {
		return nil, err
	}
	items := []map[string]attr.Value{}
	for _, member := range invite.SelectMembers(members, email.ValueString(), domain.ValueString()) {
		model := d.listedModel(ctx, member.Grant, diags)
		items = append(items, merged(map[string]attr.Value{
			"id":    Text(member.ID),
			"email": Text(member.Email),
			"name":  Text(member.Name),
		}, listedValues(model, d.GrantAttributes)))
	}
	return items, nil
}
