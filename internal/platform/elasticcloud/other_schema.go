// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// other is the attribute with the roles that role_assignments cannot express.
const other = "other_role_assignments"

const (
	otherMarkdown = "Roles that `role_assignments` cannot express, because this version of the provider " +
		"does not know them, as JSON in the form of Elastic Cloud's API. " +
		"Null if there are none."
	otherRemoved = " They cannot be declared, so a plan removes them: " +
		"it replaces a pending invitation, and changes a member whose membership is managed."
)

// otherAttribute is the attribute of the resource.
func otherAttribute() schema.Attribute {
	return schema.StringAttribute{
		Computed:            true,
		MarkdownDescription: otherMarkdown + otherRemoved,
		PlanModifiers:       []planmodifier.String{otherModifier{}},
	}
}

// otherModifier plans to remove roles that cannot be declared, except for a member who is not managed.
type otherModifier struct{}

// Description describes the plan.
func (otherModifier) Description(context.Context) string { return "planned to become null" }

// MarkdownDescription describes the plan.
func (m otherModifier) MarkdownDescription(ctx context.Context) string { return m.Description(ctx) }

// PlanModifyString plans null, except for a member who is not managed.
func (otherModifier) PlanModifyString(
	ctx context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse,
) {
	resp.PlanValue = types.StringNull()
	if req.StateValue.IsNull() {
		return
	}
	var status types.String
	var managed types.Bool
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("status"), &status)...)
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("manage_membership"), &managed)...)
	if status.ValueString() == string(invite.Accepted) && !managed.ValueBool() {
		resp.PlanValue = req.StateValue
	}
}
