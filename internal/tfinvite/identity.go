// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// identityModel is what stays the same when somebody sends an invitation again: who is invited, and to which
// organization. The address is in lower case.
type identityModel struct {
	OrganizationID types.String `tfsdk:"organization_id"`
	Email          types.String `tfsdk:"email"`
}

func (r *inviteResource[G]) IdentitySchema(
	_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse,
) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"organization_id": identityschema.StringAttribute{
			OptionalForImport: true,
			Description:       "Id of the " + r.Title + " organization. Default: the provider's.",
		},
		"email": identityschema.StringAttribute{
			RequiredForImport: true,
			Description:       "Address of the person, in lower case.",
		},
	}}
}

// identify writes the identity of a state. The framework requires one after each read, even of a resource that is gone,
// and with every version of Terraform.
func identify(ctx context.Context, identity *tfsdk.ResourceIdentity, organization, email string) diag.Diagnostics {
	return setIdentity(ctx, identity, identityModel{
		OrganizationID: types.StringValue(organization),
		Email:          types.StringValue(invite.NormalizeEmail(email)),
	})
}

// setIdentity writes an identity, where the framework asks for one.
func setIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, model any) diag.Diagnostics {
	if identity == nil {
		return nil
	}
	return identity.Set(ctx, model)
}
