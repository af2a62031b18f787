// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

// invitesDataSource lists the invitations of every configured platform: the
// one thing that spans platforms.
type invitesDataSource struct {
	// names are the platforms there are, in the order of the list.
	names       []string
	connections tfinvite.Connections
}

var _ datasource.DataSourceWithConfigure = (*invitesDataSource)(nil)

type invitesModel struct {
	tfinvite.FilterModel
	tfinvite.ExpiryFilterModel
	Platforms types.Set      `tfsdk:"platforms"`
	Invites   []summaryModel `tfsdk:"invites"`
}

type summaryModel struct {
	Platform       types.String      `tfsdk:"platform"`
	OrganizationID types.String      `tfsdk:"organization_id"`
	ID             types.String      `tfsdk:"id"`
	Email          types.String      `tfsdk:"email"`
	Status         types.String      `tfsdk:"status"`
	Grant          types.String      `tfsdk:"grant"`
	CreatedAt      timetypes.RFC3339 `tfsdk:"created_at"`
	ExpiresAt      timetypes.RFC3339 `tfsdk:"expires_at"`
}

func (d *invitesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "orginvite_invites"
}

func (d *invitesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := tfinvite.FilterAttributes()
	maps.Copy(attributes, tfinvite.ExpiryFilterAttributes())
	attributes["platforms"] = schema.SetAttribute{
		Optional: true, ElementType: types.StringType,
		MarkdownDescription: fmt.Sprintf("Platforms to list: any of `%s`. Default: those whose block is in the provider configuration, and those with both a credential and an organization in the environment.", strings.Join(d.names, "`, `")),
		Validators:          []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.ValueStringsAre(stringvalidator.OneOf(d.names...))},
	}
	attributes["invites"] = schema.ListNestedAttribute{
		Computed:            true,
		MarkdownDescription: "What was found, ordered by platform, address and id; empty when there is nothing.",
		NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"platform":        schema.StringAttribute{Computed: true, MarkdownDescription: fmt.Sprintf("One of `%s`.", strings.Join(d.names, "`, `"))},
			"organization_id": schema.StringAttribute{Computed: true, MarkdownDescription: "Id of the organization: the provider's default organization of that platform."},
			"id":              schema.StringAttribute{Computed: true, MarkdownDescription: "Id of the invitation; the lower-cased address where the platform's id is a secret."},
			"email":           schema.StringAttribute{Computed: true, MarkdownDescription: "Address of the person, as the platform spells it."},
			"status":          schema.StringAttribute{Computed: true, MarkdownDescription: "`pending`, `accepted`, `expired` or `revoked`."},
			"grant":           schema.StringAttribute{Computed: true, MarkdownDescription: "What is granted, as a short text for people."},
			"created_at":      schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "When the invitation was sent, in RFC 3339; null where the platform does not show it."},
			"expires_at":      schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "When the invitation ends, in RFC 3339; null where it does not end."},
		}},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the invitations on every configured platform at once. If one platform fails, that is an error which names it, never a shorter list.",
		Attributes:          attributes,
	}
}

func (d *invitesDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.connections = tfinvite.ConnectionsFrom(req.ProviderData, &resp.Diagnostics)
}

// Read asks the platforms side by side.
func (d *invitesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model invitesModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	names := d.chosen(ctx, model, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	filter := model.Filter(model.ExpiringBefore)
	found := make([][]summaryModel, len(names))
	failures := make([]diag.Diagnostics, len(names))
	var asking sync.WaitGroup
	for i, name := range names {
		asking.Go(func() { found[i], failures[i] = summarize(ctx, d.connections[name], filter) })
	}
	asking.Wait() // one platform's failures do not hide another's
	model.Invites = []summaryModel{}
	for i := range names {
		resp.Diagnostics.Append(failures[i]...)
		model.Invites = append(model.Invites, found[i]...)
	}
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.Set(ctx, &model)...)
	}
}

const nothingConfiguredDetail = "A platform is configured if its block is in the provider configuration, " +
	"or if both its credential and its organization are in the environment. " +
	"That holds for none of %s."

// chosen names the platforms to list, in order.
func (d *invitesDataSource) chosen(ctx context.Context, model invitesModel, diags *diag.Diagnostics) []string {
	var names []string
	if !model.Platforms.IsNull() {
		diags.Append(model.Platforms.ElementsAs(ctx, &names, false)...)
	} else {
		for _, name := range d.names {
			if d.connections[name].Configured {
				names = append(names, name)
			}
		}
		if len(names) == 0 {
			diags.AddError("No platform is configured", fmt.Sprintf(nothingConfiguredDetail, strings.Join(d.names, ", ")))
		}
	}
	slices.Sort(names)
	return names
}

// summarize lists one platform's invitations.
func summarize(ctx context.Context, connection *tfinvite.Connection, filter invite.Filter) (found []summaryModel, diags diag.Diagnostics) {
	diags.Append(connection.Problems...)
	if diags.HasError() {
		return nil, diags
	}
	organization := connection.OrganizationToList(ctx, types.StringNull(), "invites", &diags)
	if diags.HasError() {
		return nil, diags
	}
	lister := connection.Summarizer(&diags)
	if lister == nil {
		return nil, diags
	}
	summaries, err := lister.Summaries(ctx, organization, filter)
	if err != nil {
		diags.AddError(fmt.Sprintf("Could not list the invites of the %s organization %s", connection.Title, organization), tfinvite.Explanation(err))
		return nil, diags
	}
	for _, summary := range summaries {
		found = append(found, summaryModel{
			Platform:       types.StringValue(connection.Platform),
			OrganizationID: types.StringValue(organization),
			ID:             types.StringValue(summary.ID),
			Email:          types.StringValue(summary.Email),
			Status:         types.StringValue(string(summary.Status)),
			Grant:          types.StringValue(summary.Grant),
			CreatedAt:      tfinvite.Time(summary.CreatedAt),
			ExpiresAt:      tfinvite.Time(summary.ExpiresAt),
		})
	}
	return found, diags
}
