// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// inviteList finds invitations for `terraform query`, which generates import blocks and configuration from them.
type inviteList[G invite.Grant[G]] struct {
	inviteBase[G]
}

var _ list.ListResourceWithConfigure = (*inviteList[noGrant])(nil)

// listModel is the configuration of a list block.
type listModel struct {
	OrganizationID types.String `tfsdk:"organization_id"`
	Status         types.List   `tfsdk:"status"`
	EmailDomain    types.String `tfsdk:"email_domain"`
}

// NewListResource returns the constructor of a platform's list resource.
func NewListResource[G invite.Grant[G]](descriptor *Descriptor[G]) func() list.ListResource {
	return func() list.ListResource {
		return &inviteList[G]{inviteBase[G]{configured[G]{Descriptor: descriptor}, "invite"}}
	}
}

const (
	queryMarkdown = "Finds invitations to an organization on %s for `terraform query`, " +
		"which can generate `import` blocks and configuration for them. " +
		"A query cannot see state, so it also lists those that are declared."

	queryStatusMarkdown = "Which invitations to find: any of `%s`. Default: only `pending`."

	queryDomainMarkdown = "Only invitations at exactly this domain, ignoring case."
)

func (l *inviteList[G]) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = schema.Schema{
		MarkdownDescription: fmt.Sprintf(queryMarkdown, l.Title),
		Attributes: map[string]schema.Attribute{
			"organization_id": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: l.organizationMarkdown(),
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"status": schema.ListAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: fmt.Sprintf(queryStatusMarkdown, strings.Join(importable, "`, `")),
				Validators: []validator.List{
					listvalidator.SizeAtLeast(1),
					listvalidator.ValueStringsAre(stringvalidator.OneOf(importable...)),
				},
			},
			"email_domain": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: queryDomainMarkdown,
				Validators:          []validator.String{domainValidator},
			},
		},
	}
}

// importable are the statuses of invitations that can be imported.
var importable = []string{string(invite.Pending), string(invite.Accepted), string(invite.Expired)}

// List streams the invitations that are found.
func (l *inviteList[G]) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	organization, invitations, diags := l.find(ctx, req)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = func(yield func(list.ListResult) bool) {
		for i, invitation := range invitations {
			if req.Limit > 0 && int64(i) >= req.Limit {
				return
			}
			if !yield(l.result(ctx, req, organization, invitation)) {
				return
			}
		}
	}
}

// find reads the configuration and returns the invitations that it selects.
func (l *inviteList[G]) find(
	ctx context.Context, req list.ListRequest,
) (organization string, invitations []invite.Invite[G], diags diag.Diagnostics) {
	var config listModel
	diags.Append(req.Config.Get(ctx, &config)...)
	service, organization := l.target(ctx, config.OrganizationID, &diags)
	if service == nil {
		return "", nil, diags
	}
	invitations, err := service.Importable(ctx, organization, invite.Filter{
		Domain:   config.EmailDomain.ValueString(),
		Statuses: chosenStatuses(config.Status.Elements()),
	})
	if err != nil {
		l.report(&diags, "Could not list the invitations to "+l.OrganizationName(organization), err)
	}
	return organization, invitations, diags
}

// result is one invitation: the state that its import would write, without a fixed end. Terraform would generate the
// end into the configuration, and then a new invitation would be sent as soon as somebody sends this one again.
func (l *inviteList[G]) result(
	ctx context.Context, req list.ListRequest, organization string, invitation invite.Invite[G],
) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = invitation.Email
	result.Diagnostics.Append(identify(ctx, result.Identity, organization, invitation.Email)...)
	if req.IncludeResource {
		stored := invite.State[G]{Organization: organization, Invite: invitation}
		model, diags := importedModel(ctx, l.Descriptor, stored)
		if ends := model.Expiry(); ends != nil && l.FixedEnd {
			ends.ExpiresAt = timetypes.NewRFC3339Null()
		}
		result.Diagnostics.Append(diags...)
		result.Diagnostics.Append(result.Resource.Set(ctx, model)...)
	}
	return result
}
