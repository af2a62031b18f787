// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

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

const (
	invitesMarkdown = "Lists the invitations to an organization on %s. " +
		"It reads all of them, with the same request that the resources of the run share."

	listedEmailMarkdown = "Address of the person, as the platform spells it."

	listedOrganizationMarkdown = "Id of the %s organization that the invitation belongs to."

	listedMemberMarkdown = "The platform's id of the user who accepted. " +
		"Null if nobody did, or if the platform does not show it."
)

// NewInvitesDataSource returns the constructor of a platform's list of invitations.
func NewInvitesDataSource[G invite.Grant[G]](descriptor *Descriptor[G]) func() datasource.DataSource {
	filters := merged(FilterAttributes(), descriptor.grantFilter())
	if descriptor.Lifetime > 0 {
		filters = merged(filters, ExpiryFilterAttributes())
	}
	return NewListDataSource(descriptor, List[G]{
		Name:           "invites",
		Markdown:       fmt.Sprintf(invitesMarkdown, descriptor.Title),
		OutputMarkdown: foundMarkdown,
		Filters:        filters,
		Item:           merged(descriptor.invitationItem(), descriptor.listed(descriptor.listedInInvites())),
		Items:          descriptor.listInvites,
	})
}

// invitationItem describes what every platform shows of an invitation.
func (d *Descriptor[G]) invitationItem() map[string]schema.Attribute {
	item := map[string]schema.Attribute{
		"id":              computed(d.idMarkdown()),
		"email":           computed(listedEmailMarkdown),
		"organization_id": computed(fmt.Sprintf(listedOrganizationMarkdown, d.Title)),
		"status":          computed("`pending`, `accepted`, `expired` or `revoked`."),
		"member_id":       computed(listedMemberMarkdown),
	}
	if d.Lifetime > 0 {
		item["created_at"] = schema.StringAttribute{
			Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: createdAtMarkdown,
		}
		item["expires_at"] = schema.StringAttribute{
			Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: expiresAtMarkdown,
		}
	}
	return item
}

// grantFilter is the argument that selects by what is granted, if the platform has one.
func (d *Descriptor[G]) grantFilter() map[string]schema.Attribute {
	name, values := d.Listed.Filter, d.Listed.FilterValues
	if name == "" {
		return nil
	}
	filter := schema.StringAttribute{
		Optional:            true,
		MarkdownDescription: fmt.Sprintf("Only invitations with this %s.", name),
	}
	if len(values) > 0 {
		filter.MarkdownDescription = fmt.Sprintf("Only invitations with this %s: `%s`.", name, strings.Join(values, "`, `"))
		filter.Validators = []validator.String{stringvalidator.OneOf(values...)}
	}
	return map[string]schema.Attribute{name: filter}
}

// listInvites lists the invitations that the configuration asks for.
func (d *Descriptor[G]) listInvites(
	ctx context.Context, service *invite.Service[G], organization string, req datasource.ReadRequest,
	diags *diag.Diagnostics,
) ([]map[string]attr.Value, error) {
	var arguments FilterModel
	var expiring timetypes.RFC3339
	var granted types.String
	diags.Append(req.Config.GetAttribute(ctx, path.Root("status"), &arguments.Status)...)
	diags.Append(addressArguments(ctx, req, &arguments.Email, &arguments.EmailDomain)...)
	if d.Lifetime > 0 {
		diags.Append(req.Config.GetAttribute(ctx, path.Root("expiring_before"), &expiring)...)
	}
	if d.Listed.Filter != "" {
		diags.Append(req.Config.GetAttribute(ctx, path.Root(d.Listed.Filter), &granted)...)
	}
	if diags.HasError() {
		return nil, nil
	}
	invitations, err := service.Invites(ctx, organization, arguments.Filter(expiring))
	if err != nil {
		return nil, err
	}
	items := []map[string]attr.Value{}
	names := d.listedInInvites()
	for _, invitation := range invitations {
		model := d.listedModel(ctx, invitation.Grant, diags)
		model.SetDetails(invitation)
		values := merged(d.invitationValues(organization, invitation), listedValues(model, names))
		has, _ := values[d.Listed.Filter].(types.String)
		if granted.IsNull() || granted.ValueString() == has.ValueString() {
			items = append(items, values)
		}
	}
	return items, nil
}

// invitationValues are the values of [Descriptor.invitationItem].
func (d *Descriptor[G]) invitationValues(organization string, invitation invite.Invite[G]) map[string]attr.Value {
	values := map[string]attr.Value{
		"id":              types.StringValue(invitation.ID),
		"email":           types.StringValue(invitation.Email),
		"organization_id": types.StringValue(organization),
		"status":          types.StringValue(string(invitation.Status)),
		"member_id":       Text(invitation.MemberID),
	}
	if d.Lifetime > 0 {
		values["created_at"], values["expires_at"] = Time(invitation.CreatedAt), Time(invitation.ExpiresAt)
	}
	return values
}
