package tfinvite

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
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

// listDataSource is the common part of the data sources of one platform's
// organization: a list of items, found by asking the service.
type listDataSource[G invite.Grant[G]] struct {
	configured[G]
	name       string // "invites" or "members": also the name of the output
	definition schema.Schema
	item       types.ObjectType
	// items asks the service and applies the filters in the configuration.
	items func(ctx context.Context, service *invite.Service[G], organization string, req datasource.ReadRequest, diags *diag.Diagnostics) ([]map[string]attr.Value, error)
}

var _ datasource.DataSourceWithConfigure = (*listDataSource[noGrant])(nil)

func (d *listDataSource[G]) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.typeName(d.name)
}

func (d *listDataSource[G]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = d.definition
}

func (d *listDataSource[G]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.configure(req.ProviderData, &resp.Diagnostics)
}

// Read lists. A failure is an error, never a short list.
func (d *listDataSource[G]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var configured types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, organizationPath, &configured)...)
	service := d.service(&resp.Diagnostics)
	if service == nil {
		if !resp.Diagnostics.HasError() {
			d.connection.ReportPending(&resp.Diagnostics, d.name)
		}
		return
	}
	organization := d.connection.OrganizationOr(configured, &resp.Diagnostics)
	if organization.IsUnknown() {
		d.connection.ReportPending(&resp.Diagnostics, d.name)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	items, err := d.items(ctx, service, organization.ValueString(), req, &resp.Diagnostics)
	if err != nil {
		d.report(&resp.Diagnostics, fmt.Sprintf("Could not list the %s of %s", d.name, d.OrganizationName(organization.ValueString())), err)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	objects := make([]attr.Value, 0, len(items))
	for _, values := range items {
		object, diags := types.ObjectValue(d.item.AttrTypes, values)
		resp.Diagnostics.Append(diags...)
		objects = append(objects, object)
	}
	list, diags := types.ListValue(d.item, objects)
	resp.Diagnostics.Append(diags...)
	resp.State.Raw = req.Config.Raw
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, organizationPath, organization)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(d.name), list)...)
}

// listSchema puts filters and output together.
func (k *Descriptor[G]) listSchema(name, markdown string, filters, item map[string]schema.Attribute) schema.Schema {
	return schema.Schema{
		MarkdownDescription: markdown,
		Attributes: merged(filters, map[string]schema.Attribute{
			"organization_id": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: k.organizationMarkdown() + " State says which organization was read.",
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			name: schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "What was found, ordered by address and then id; empty when there is nothing.",
				NestedObject:        schema.NestedAttributeObject{Attributes: item},
			},
		}),
	}
}

// organizationMarkdown describes organization_id wherever it may be left out.
func (k *Descriptor[G]) organizationMarkdown() string {
	return fmt.Sprintf("Id of the %s organization. Default: `organization_id` of the provider's `%s` block.", k.Title, k.Platform)
}

// itemType is the type of one item of a list.
func itemType(attributes map[string]schema.Attribute) types.ObjectType {
	kinds := make(map[string]attr.Type, len(attributes))
	for name, attribute := range attributes {
		kinds[name] = attribute.GetType()
	}
	return types.ObjectType{AttrTypes: kinds}
}

// NewInvitesDataSource returns the constructor of a platform's list of invitations.
func NewInvitesDataSource[G invite.Grant[G]](descriptor *Descriptor[G]) func() datasource.DataSource {
	item := merged(descriptor.invitationItem(), descriptor.Listed.Grant, descriptor.Listed.Invite)
	filters := merged(FilterAttributes(), descriptor.grantFilter())
	if descriptor.Lifetime > 0 {
		filters = merged(filters, ExpiryFilterAttributes())
	}
	definition := descriptor.listSchema("invites", fmt.Sprintf("Lists the invitations to an organization on %s. It reads them all, in the same request that resources of the run share.", descriptor.Title), filters, item)
	return func() datasource.DataSource {
		return &listDataSource[G]{
			configured: configured[G]{Descriptor: descriptor}, name: "invites", definition: definition, item: itemType(item),
			items: descriptor.listInvites,
		}
	}
}

// invitationItem describes what every platform shows of an invitation.
func (k *Descriptor[G]) invitationItem() map[string]schema.Attribute {
	item := map[string]schema.Attribute{
		"id":    schema.StringAttribute{Computed: true, MarkdownDescription: k.idDescription()},
		"email": schema.StringAttribute{Computed: true, MarkdownDescription: "Address of the person, as the platform spells it."},
		"organization_id": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: fmt.Sprintf("Id of the %s organization that the invitation belongs to.", k.Title),
		},
		"status":    schema.StringAttribute{Computed: true, MarkdownDescription: "`pending`, `accepted`, `expired` or `revoked`."},
		"member_id": schema.StringAttribute{Computed: true, MarkdownDescription: "The platform's id of the user who accepted; null where nobody did or the platform does not say."},
	}
	if k.Lifetime > 0 {
		item["created_at"] = schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "When the invitation was sent, in RFC 3339."}
		item["expires_at"] = schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "When the invitation ends, in RFC 3339."}
	}
	return item
}

// grantFilter is the argument that selects by what is granted, where the platform has one.
func (k *Descriptor[G]) grantFilter() map[string]schema.Attribute {
	if k.Listed.Filter == "" {
		return nil
	}
	filter := schema.StringAttribute{
		Optional:            true,
		MarkdownDescription: fmt.Sprintf("Only invitations with this %s.", k.Listed.Filter),
	}
	if len(k.Listed.FilterValues) > 0 {
		filter.MarkdownDescription = fmt.Sprintf("Only invitations with this %s: `%s`.", k.Listed.Filter, strings.Join(k.Listed.FilterValues, "`, `"))
		filter.Validators = []validator.String{stringvalidator.OneOf(k.Listed.FilterValues...)}
	}
	return map[string]schema.Attribute{k.Listed.Filter: filter}
}

// listInvites lists the invitations that the configuration asks for.
func (k *Descriptor[G]) listInvites(ctx context.Context, service *invite.Service[G], organization string, req datasource.ReadRequest, diags *diag.Diagnostics) ([]map[string]attr.Value, error) {
	var arguments FilterModel
	var expiring timetypes.RFC3339
	var granted types.String
	diags.Append(req.Config.GetAttribute(ctx, path.Root("status"), &arguments.Status)...)
	diags.Append(addressArguments(ctx, req, &arguments.Email, &arguments.EmailDomain)...)
	if k.Lifetime > 0 {
		diags.Append(req.Config.GetAttribute(ctx, path.Root("expiring_before"), &expiring)...)
	}
	if k.Listed.Filter != "" {
		diags.Append(req.Config.GetAttribute(ctx, path.Root(k.Listed.Filter), &granted)...)
	}
	if diags.HasError() {
		return nil, nil
	}
	invitations, err := service.Invites(ctx, organization)
	if err != nil {
		return nil, err
	}
	items := []map[string]attr.Value{}
	for _, invitation := range invite.Select(invitations, arguments.Filter(expiring)) {
		if !granted.IsNull() && !k.Listed.Matches(invitation.Grant, granted.ValueString()) {
			continue
		}
		values, grantDiags := k.Listed.GrantValues(invitation.Grant)
		diags.Append(grantDiags...)
		common := map[string]attr.Value{
			"id":              types.StringValue(invitation.ID),
			"email":           types.StringValue(invitation.Email),
			"organization_id": types.StringValue(organization),
			"status":          types.StringValue(string(invitation.Status)),
			"member_id":       Text(invitation.MemberID),
		}
		if k.Lifetime > 0 {
			common["created_at"], common["expires_at"] = Time(invitation.CreatedAt), Time(invitation.ExpiresAt)
		}
		if k.Listed.InviteValues != nil {
			values = merged(values, k.Listed.InviteValues(invitation))
		}
		items = append(items, merged(common, values))
	}
	return items, nil
}

// NewMembersDataSource returns the constructor of a platform's list of members.
func NewMembersDataSource[G invite.Grant[G]](descriptor *Descriptor[G]) func() datasource.DataSource {
	item := merged(map[string]schema.Attribute{
		"id":    schema.StringAttribute{Computed: true, MarkdownDescription: "The platform's id of the user; null where it does not say whose membership it is."},
		"email": schema.StringAttribute{Computed: true, MarkdownDescription: "Address of the person; null where the platform does not show it."},
		"name":  schema.StringAttribute{Computed: true, MarkdownDescription: "Name of the person; null where the platform does not show it."},
	}, descriptor.Listed.Grant)
	definition := descriptor.listSchema("members", fmt.Sprintf("Lists the members of an organization on %s. It reads them all, in the same request that resources of the run share.", descriptor.Title), addressFilters("members"), item)
	return func() datasource.DataSource {
		return &listDataSource[G]{
			configured: configured[G]{Descriptor: descriptor}, name: "members", definition: definition, item: itemType(item),
			items: descriptor.listMembers,
		}
	}
}

// listMembers lists the members that the configuration asks for.
func (k *Descriptor[G]) listMembers(ctx context.Context, service *invite.Service[G], organization string, req datasource.ReadRequest, diags *diag.Diagnostics) ([]map[string]attr.Value, error) {
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
		values, grantDiags := k.Listed.GrantValues(member.Grant)
		diags.Append(grantDiags...)
		items = append(items, merged(map[string]attr.Value{
			"id":    Text(member.ID),
			"email": Text(member.Email),
			"name":  Text(member.Name),
		}, values))
	}
	return items, nil
}

// addressArguments reads the filters by address.
func addressArguments(ctx context.Context, req datasource.ReadRequest, email, domain *types.String) diag.Diagnostics {
	diags := req.Config.GetAttribute(ctx, path.Root("email"), email)
	return append(diags, req.Config.GetAttribute(ctx, path.Root("email_domain"), domain)...)
}
