// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// reference is what an import id names: an invitation or an address, in an organization, which may be the default.
type reference struct {
	organization string // empty: the provider's
	target       string // the id of an invitation, or an address
}

// parseReference reads an import id: ID, EMAIL, ORGANIZATION_ID/ID or ORGANIZATION_ID/EMAIL.
func parseReference(text string) (reference, error) {
	organization, target, split := strings.Cut(text, "/")
	if !split {
		organization, target = "", text
	}
	switch {
	case split && organization == "":
		return reference{}, errors.New("there is nothing before the slash")
	case target == "":
		return reference{}, errors.New("there is no id and no address")
	case text != strings.TrimSpace(text) || strings.ContainsAny(text, " \t\r\n"):
		return reference{}, errors.New("it contains a space")
	case strings.Contains(organization, "@"):
		return reference{}, errors.New("the organization comes before the address")
	case strings.Contains(target, "/") && !strings.Contains(target, "@"):
		return reference{}, errors.New("it has more than one slash")
	case strings.Contains(target, "@"):
		if err := invite.CheckEmail(target); err != nil {
			return reference{}, fmt.Errorf("%q is not an e-mail address: %w", target, err)
		}
	}
	return reference{organization: organization, target: target}, nil
}

// importText returns the import id, or what it would be for an import by identity.
func importText(ctx context.Context, req resource.ImportStateRequest) (string, diag.Diagnostics) {
	if req.ID != "" || req.Identity == nil {
		return req.ID, nil
	}
	var identity identityModel
	diags := req.Identity.Get(ctx, &identity)
	if !strings.Contains(identity.Email.ValueString(), "@") && !diags.HasError() {
		// An id would find an invitation too, but its identity would be another one.
		diags.AddError("Not an identity",
			fmt.Sprintf("%q: its email is not an e-mail address.", identity.Email.ValueString()))
	}
	if identity.OrganizationID.ValueString() == "" {
		return identity.Email.ValueString(), diags
	}
	return identity.OrganizationID.ValueString() + "/" + identity.Email.ValueString(), diags
}

// importForms names the forms of an import id.
func (d *Descriptor[G]) importForms() string {
	if d.SecretIDs {
		return "EMAIL or ORGANIZATION_ID/EMAIL"
	}
	return "ID, EMAIL, ORGANIZATION_ID/ID or ORGANIZATION_ID/EMAIL"
}

const notImportableDetail = "%s Use %s. Invitations that were revoked cannot be imported."

// ImportState looks up what is named. So a wrong id is an error that says so, instead of an object that Terraform could
// not read.
func (r *inviteResource[G]) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	text, diags := importText(ctx, req)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	named, err := parseReference(text)
	if err == nil && r.SecretIDs && !strings.Contains(named.target, "@") {
		err = errors.New("these invitations are imported by address, because their ids are secrets")
	}
	if err != nil {
		resp.Diagnostics.AddError(fmt.Sprintf("Not an import id of %s", r.Resource),
			fmt.Sprintf("%q: %s. Use %s.", text, err, r.importForms()))
		return
	}
	service, organization := r.target(ctx, Text(named.organization), &resp.Diagnostics)
	if service == nil {
		return
	}
	stored, err := service.Import(ctx, organization, named.target)
	if err != nil {
		summary := fmt.Sprintf("Could not import %s from %s", named.target, r.OrganizationName(organization))
		if errors.Is(err, invite.ErrNotFound) {
			resp.Diagnostics.AddError(summary, fmt.Sprintf(notImportableDetail, sentence(err), r.importForms()))
			return
		}
		r.report(&resp.Diagnostics, summary, err)
		return
	}
	model, diags := importedModel(ctx, r.Descriptor, stored)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
	resp.Diagnostics.Append(save(ctx, resp.Private, resp.Identity, stored)...)
}

// importedModel is the state of an invitation that was found, not sent: every flag has its default, and the lifetime is
// not known.
func importedModel[G invite.Grant[G]](
	ctx context.Context, descriptor *Descriptor[G], stored invite.State[G],
) (Model[G], diag.Diagnostics) {
	model := descriptor.New()
	base := model.Common()
	base.AdoptExisting, base.ManageMembership = types.BoolValue(false), types.BoolValue(false)
	if ends := model.Expiry(); ends != nil {
		ends.ReinviteExpired = types.BoolValue(false)
	}
	diags := writeState(ctx, model, stored)
	return model, append(diags, model.SetGrant(ctx, stored.Grant)...)
}
