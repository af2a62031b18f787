// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// dataSourceBase is what all data sources of a platform have in common.
type dataSourceBase[G invite.Grant[G]] struct {
	configured[G]
	// name ends the type of the data source. That of a list is also the name of its output, such as "invites".
	name       string
	definition schema.Schema
}

func (d *dataSourceBase[G]) Metadata(
	_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = d.typeName(d.name)
}

func (d *dataSourceBase[G]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = d.definition
}

func (d *dataSourceBase[G]) Configure(
	_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse,
) {
	d.configure(req.ProviderData, &resp.Diagnostics)
}

// listDataSource returns a list of what belongs to an organization.
type listDataSource[G invite.Grant[G]] struct {
	dataSourceBase[G]
	item  types.ObjectType
	items listItems[G]
}

// listItems asks the service for the items, and applies the filters of the configuration.
type listItems[G invite.Grant[G]] func(
	ctx context.Context, service *invite.Service[G], organization string, config datasource.ReadRequest,
	diags *diag.Diagnostics,
) ([]map[string]attr.Value, error)

var _ datasource.DataSourceWithConfigure = (*listDataSource[noGrant])(nil)

// newListDataSource returns the constructor of a data source. The schema is built once.
func newListDataSource[G invite.Grant[G]](
	descriptor *Descriptor[G], name string, definition schema.Schema, item map[string]schema.Attribute,
	items listItems[G],
) func() datasource.DataSource {
	itemType := itemType(item)
	return func() datasource.DataSource {
		return &listDataSource[G]{
			dataSourceBase: dataSourceBase[G]{configured[G]{Descriptor: descriptor}, name, definition},
			item:           itemType,
			items:          items,
		}
	}
}

// Read lists. A failure is an error, never a short list.
func (d *listDataSource[G]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var configured types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, organizationPath, &configured)...)
	service := d.service(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	organization := d.connection.OrganizationToList(ctx, configured, d.name, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	items, err := d.items(ctx, service, organization, req, &resp.Diagnostics)
	if err != nil {
		summary := fmt.Sprintf("Could not list the %s of %s", d.name, d.OrganizationName(organization))
		d.report(&resp.Diagnostics, summary, err)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.State.Raw = req.Config.Raw
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, organizationPath, organization)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(d.name), d.list(items, &resp.Diagnostics))...)
}

// list is the output.
func (d *listDataSource[G]) list(items []map[string]attr.Value, diags *diag.Diagnostics) types.List {
	objects := make([]attr.Value, 0, len(items))
	for _, values := range items {
		object, objectDiags := types.ObjectValue(d.item.AttrTypes, values)
		diags.Append(objectDiags...)
		objects = append(objects, object)
	}
	list, listDiags := types.ListValue(d.item, objects)
	diags.Append(listDiags...)
	return list
}

const foundMarkdown = "What was found, ordered by address and then id. Empty if there is nothing."

// listSchema describes the filters and the output.
func (d *Descriptor[G]) listSchema(
	name, markdown, output string, filters, item map[string]schema.Attribute,
) schema.Schema {
	return schema.Schema{
		MarkdownDescription: markdown,
		Attributes: merged(filters, map[string]schema.Attribute{
			"organization_id": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: d.organizationMarkdown() + " State has the id of the organization that was read.",
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			name: schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: output,
				NestedObject:        schema.NestedAttributeObject{Attributes: item},
			},
		}),
	}
}

// itemType is the type of one item of a list.
func itemType(attributes map[string]schema.Attribute) types.ObjectType {
	all := make(map[string]attr.Type, len(attributes))
	for name, attribute := range attributes {
		all[name] = attribute.GetType()
	}
	return types.ObjectType{AttrTypes: all}
}

// computed describes a string in an item of a list.
func computed(markdown string) schema.Attribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: markdown}
}

// addressArguments reads the filters by address.
func addressArguments(
	ctx context.Context, req datasource.ReadRequest, email, domain *types.String,
) diag.Diagnostics {
	diags := req.Config.GetAttribute(ctx, path.Root("email"), email)
	return append(diags, req.Config.GetAttribute(ctx, path.Root("email_domain"), domain)...)
}
