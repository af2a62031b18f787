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

// List describes a data source that lists what belongs to an organization.
type List[G invite.Grant[G]] struct {
	// Name ends the type of the data source, and is the name of its output.
	Name string
	// Markdown describes the data source. OutputMarkdown describes the output, and how it is ordered.
	Markdown, OutputMarkdown string
	// Filters describes the arguments beside organization_id, and Item one item.
	Filters, Item map[string]schema.Attribute
	// Items asks the service for the items, and applies the filters of the configuration.
	Items func(
		ctx context.Context, service *invite.Service[G], organization string, config datasource.ReadRequest,
		diags *diag.Diagnostics,
	) ([]map[string]attr.Value, error)
}

// listDataSource is the data source that a [List] describes.
type listDataSource[G invite.Grant[G]] struct {
	dataSourceBase[G]
	List[G]
}

var _ datasource.DataSourceWithConfigure = (*listDataSource[noGrant])(nil)

// NewListDataSource returns the constructor of a data source. The schema is built once.
func NewListDataSource[G invite.Grant[G]](descriptor *Descriptor[G], list List[G]) func() datasource.DataSource {
	definition := schema.Schema{
		MarkdownDescription: list.Markdown,
		Attributes: merged(list.Filters, map[string]schema.Attribute{
			"organization_id": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: descriptor.organizationMarkdown() + " State has the id of the organization that was read.",
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			list.Name: schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: list.OutputMarkdown,
				NestedObject:        schema.NestedAttributeObject{Attributes: list.Item},
			},
		}),
	}
	base := dataSourceBase[G]{configured[G]{Descriptor: descriptor}, list.Name, definition}
	return func() datasource.DataSource { return &listDataSource[G]{base, list} }
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
	items, err := d.Items(ctx, service, organization, req, &resp.Diagnostics)
	if err != nil {
		summary := fmt.Sprintf("Could not list the %s of %s", d.name, d.OrganizationName(organization))
		d.report(&resp.Diagnostics, summary, err)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.State.Raw = req.Config.Raw
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, organizationPath, organization)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(d.name), d.output(items, &resp.Diagnostics))...)
}

// output is the value of the output.
func (d *listDataSource[G]) output(items []map[string]attr.Value, diags *diag.Diagnostics) types.List {
	itemTypes := make(map[string]attr.Type, len(d.Item))
	for name, attribute := range d.Item {
		itemTypes[name] = attribute.GetType()
	}
	objects := make([]attr.Value, 0, len(items))
	for _, values := range items {
		object, objectDiags := types.ObjectValue(itemTypes, values)
		diags.Append(objectDiags...)
		objects = append(objects, object)
	}
	list, listDiags := types.ListValue(types.ObjectType{AttrTypes: itemTypes}, objects)
	diags.Append(listDiags...)
	return list
}

const foundMarkdown = "What was found, ordered by address and then id. Empty if there is nothing."

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
