package invite

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// reference is what an import id names: an invitation or an address, in an
// organization that may be left to the provider's default.
type reference struct {
	organization string // "" : the provider's
	target       string // the id of an invitation, or an address
}

// parseReference reads an import id: ID, EMAIL, ORGANIZATION/ID or ORGANIZATION/EMAIL.
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
		if err := CheckEmail(target); err != nil {
			return reference{}, fmt.Errorf("%q is not an e-mail address: %w", target, err)
		}
	}
	return reference{organization: organization, target: target}, nil
}

// importForms lists what can be imported, for messages.
func (k *Kind[G]) importForms() string {
	if k.SecretIDs {
		return "EMAIL or ORGANIZATION_ID/EMAIL"
	}
	return "ID, EMAIL, ORGANIZATION_ID/ID or ORGANIZATION_ID/EMAIL"
}

// ImportState looks up what is named, so that a wrong id is told here in plain
// words rather than as an object that could not be read.
func (r *inviteResource[G]) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	named, err := parseReference(req.ID)
	if err == nil && r.SecretIDs && !strings.Contains(named.target, "@") {
		err = errors.New("invitations are imported by address there, since their ids are secrets")
	}
	if err != nil {
		resp.Diagnostics.AddError(fmt.Sprintf("Not an import id of %s", r.Resource),
			fmt.Sprintf("%q: %s. Use %s.", req.ID, err, r.importForms()))
		return
	}
	service := r.usable(&resp.Diagnostics)
	if service == nil {
		return
	}
	organization := r.organization(Text(named.organization), &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	record, err := service.Find(ctx, organization.ValueString(), named.target)
	if err != nil {
		r.reportImport(resp, named, organization.ValueString(), err)
		return
	}
	model := r.New()
	base := model.Shared()
	base.AdoptExisting, base.ManageMembership = types.BoolValue(false), types.BoolValue(false)
	if ends := model.Ends(); ends != nil {
		ends.ReinviteExpired = types.BoolValue(false)
	}
	resp.Diagnostics.Append(remember(ctx, model, record)...)
	resp.Diagnostics.Append(model.SetGrant(ctx, record.Grant)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

func (r *inviteResource[G]) reportImport(resp *resource.ImportStateResponse, named reference, organization string, err error) {
	summary := fmt.Sprintf("Could not import %s from %s", named.target, r.organizationName(organization))
	if errors.Is(err, ErrNotFound) {
		resp.Diagnostics.AddError(summary, fmt.Sprintf("%s Use %s. Invitations that were revoked cannot be imported.", sentence(err), r.importForms()))
		return
	}
	r.report(&resp.Diagnostics, summary, err)
}
