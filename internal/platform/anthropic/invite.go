// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package anthropic

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

// inviteModel is the Terraform model of an invitation to Anthropic.
type inviteModel struct {
	tfinvite.Base
	tfinvite.Expiring
	tfinvite.Acceptance[Grant]
	Role         types.String `tfsdk:"role"`
	RBACGroupIDs types.Set    `tfsdk:"rbac_group_ids"`
}

func newModel() tfinvite.Model[Grant] {
	return &inviteModel{RBACGroupIDs: types.SetNull(types.StringType)}
}

// Grant reads what is to be granted.
func (m *inviteModel) Grant(ctx context.Context) (Grant, diag.Diagnostics) {
	grant := Grant{Role: m.Role.ValueString()}
	if m.RBACGroupIDs.IsNull() || m.RBACGroupIDs.IsUnknown() {
		return grant, nil
	}
	return grant, m.RBACGroupIDs.ElementsAs(ctx, &grant.Groups, false)
}

// SetGrant writes what is granted. Groups that the answer leaves out stay as they are.
func (m *inviteModel) SetGrant(ctx context.Context, grant Grant) (diags diag.Diagnostics) {
	m.Role = types.StringValue(grant.Role)
	if grant.Groups == nil {
		return nil
	}
	m.RBACGroupIDs = types.SetNull(types.StringType)
	if len(grant.Groups) > 0 {
		m.RBACGroupIDs, diags = types.SetValueFrom(ctx, types.StringType, grant.Groups)
	}
	return diags
}

const (
	removeAccess = "the organization's members in the Claude Console (Settings → Members), " +
		"or at claude.ai for Claude Enterprise"

	inviteMarkdown = "Invites a person to an Anthropic organization on the Claude Console or Claude Enterprise, " +
		"follows the invitation until it is accepted, and revokes it on destroy."

	roleMarkdown = "Role of the person: `user`, `claude_code_user`, `developer` or `billing` on the Claude Console, " +
		"`user` or `managed` on Claude Enterprise. " +
		"It is passed through, and Anthropic refuses roles that cannot be granted."
	groupsMarkdown = "Ids of groups that the person joins, on Claude Enterprise only."
	replaces       = " A change replaces an invitation that is not accepted yet."
)

// descriptor describes invitations to Anthropic.
func descriptor() *tfinvite.Descriptor[Grant] {
	return &tfinvite.Descriptor[Grant]{
		Traits: invite.Traits{
			Title:           "Anthropic",
			Resource:        "orginvite_anthropic_invite",
			RemoveAccess:    removeAccess,
			Lifetime:        21 * 24 * time.Hour,
			OwnOrganization: true,
		},
		Platform:        "anthropic",
		Markdown:        inviteMarkdown,
		New:             newModel,
		FixedLifetime:   true,
		GrantAttributes: []string{"role", "rbac_group_ids"},
		Attributes: map[string]schema.Attribute{
			"role": schema.StringAttribute{
				Required: true, MarkdownDescription: roleMarkdown + replaces,
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"rbac_group_ids": schema.SetAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: groupsMarkdown + replaces + " It cannot be changed after acceptance.",
				Validators:          []validator.Set{setvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
			},
			"accepted_at": tfinvite.AcceptedAt(),
		},
		Listed: tfinvite.Listed{
			Markdown: map[string]string{
				"role":           "Role of the person.",
				"rbac_group_ids": groupsMarkdown + " Null if Anthropic shows none, as for members.",
			},
			Filter: "role",
		},
	}
}
