// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// organizationDataSource shows an organization of any platform.
type organizationDataSource[G invite.Grant[G]] struct {
	dataSourceBase[G]
}

var _ datasource.DataSourceWithConfigure = (*organizationDataSource[noGrant])(nil)

// NewOrganizationDataSource returns the constructor of a platform's organization.
func NewOrganizationDataSource[G invite.Grant[G]](descriptor *Descriptor[G]) func() datasource.DataSource {
	attributes := map[string]schema.Attribute{
		"organization_id": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: descriptor.organizationMarkdown() + " State says which organization was read.",
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		"name": computed("Name of the organization. Null where the platform does not show it."),
	}
	for name, markdown := range descriptor.OrganizationDetails {
		attributes[name] = computed(markdown)
	}
	if _, paid := any(*new(G)).(invite.PaidGrant); paid {
		attributes["seats"] = schema.Int64Attribute{
			Computed:            true,
			MarkdownDescription: "How many paid seats the organization has. Null where the platform does not show it.",
		}
		attributes["seats_used"] = schema.Int64Attribute{
			Computed: true,
			MarkdownDescription: "How many members take a paid seat. Pending invitations are not counted. " +
				"Null where the platform does not show it.",
		}
	}
	definition := schema.Schema{
		MarkdownDescription: fmt.Sprintf(
			"Reads an organization on %s, in one request that all data sources of the run share.", descriptor.Title),
		Attributes: attributes,
	}
	return func() datasource.DataSource {
		return &organizationDataSource[G]{
			dataSourceBase[G]{configured[G]{Descriptor: descriptor}, "organization", definition},
		}
	}
}

// Read asks the platform. A failure is an error.
func (d *organizationDataSource[G]) Read(
	ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse,
) {
	var chosen types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, organizationPath, &chosen)...)
	service, organization := d.target(ctx, chosen, &resp.Diagnostics)
	if service == nil {
		return
	}
	read, err := service.Details(ctx, organization)
	if err != nil {
		d.report(&resp.Diagnostics, "Could not read "+d.OrganizationName(organization), err)
		return
	}
	set := func(name string, value any) {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), value)...)
	}
	set("organization_id", organization)
	set("name", Text(read.Name))
	for name := range d.OrganizationDetails {
		set(name, Text(read.Details[name]))
	}
	if read.Seats != nil {
		set("seats", read.Seats.Total)
		set("seats_used", read.Seats.Used)
	}
}
