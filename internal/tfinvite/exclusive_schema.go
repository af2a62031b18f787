// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

var (
	emailsPath      = path.Root("emails")
	exceptPath      = path.Root("except")
	maxRemovalsPath = path.Root("max_removals")
	undeclaredPath  = path.Root("undeclared")
)

// defaultMaxRemovals is how many invitations an apply may revoke when the user does not say.
const defaultMaxRemovals = 5

// exclusiveModel is the Terraform shape of the exclusive resource.
type exclusiveModel struct {
	OrganizationID types.String `tfsdk:"organization_id"`
	Emails         types.List   `tfsdk:"emails"`
	Except         types.List   `tfsdk:"except"`
	Enforce        types.Bool   `tfsdk:"enforce"`
	AllowEmpty     types.Bool   `tfsdk:"allow_empty"`
	MaxRemovals    types.Int64  `tfsdk:"max_removals"`
	Undeclared     types.Map    `tfsdk:"undeclared"`
}

// allowed returns who may have a pending invitation.
func (m *exclusiveModel) allowed() invite.Allowed {
	return invite.NewAllowed(texts(m.Emails.Elements()), texts(m.Except.Elements()))
}

// texts returns the elements of a list or set of strings. Unknown and null ones are left out.
func texts(elements []attr.Value) []string {
	all := make([]string, 0, len(elements))
	for _, element := range elements {
		if text, ok := element.(types.String); ok && !text.IsNull() && !text.IsUnknown() {
			all = append(all, text.ValueString())
		}
	}
	return all
}

const (
	exclusiveMarkdown = "Finds the pending invitations to an organization on %s that nobody declared. " +
		"It reports them, or revokes them with `enforce = true`. " +
		"It manages no invitation itself, and it never touches members. " +
		"Creating it revokes nobody, and destroying it does nothing."
	emailsMarkdown = "Addresses of the people who may have a pending invitation, whatever their letter case. " +
		"Usually the addresses of the invitations in the same configuration: `[for r in %s.person : r.email]`. " +
		"It must be known while planning, and contain each address once. An empty list needs `allow_empty = true`."
	exceptMarkdown = "Further addresses that are left alone, such as `ada@example.com`. " +
		"`@example.com` is everybody at exactly this domain."
	enforceMarkdown = "What to do about undeclared invitations. `false` (default): the plan warns of them. " +
		"`true`: the plan shows each of them as removed from `undeclared`, and the apply revokes those, and no others. " +
		"Creating the resource revokes nobody: the first invitations are revoked by the apply after that."
	allowEmptyMarkdown = "Whether `emails` may be empty. Default: `false`. " +
		"With an empty list, everybody who is not in `except` is undeclared."
	maxRemovalsMarkdown = "How many invitations one apply may revoke. Default: `%d`. " +
		"A plan that would revoke more is an error that names them."
	undeclaredMarkdown = "The pending invitations that are in neither `emails` nor `except`: " +
		"addresses in lower case, and what was granted. If an address has several invitations, it is all that they grant."
)

// exclusiveSchema is the whole resource.
func (k *Descriptor[G]) exclusiveSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: fmt.Sprintf(exclusiveMarkdown, k.Title),
		Attributes: map[string]schema.Attribute{
			"organization_id": k.organizationArgument(" A change replaces the resource, which revokes nobody."),
			"emails": schema.ListAttribute{
				Required: true, ElementType: types.StringType,
				MarkdownDescription: fmt.Sprintf(emailsMarkdown, k.Resource),
			},
			"except": schema.ListAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: exceptMarkdown,
			},
			"enforce":     flag(enforceMarkdown),
			"allow_empty": flag(allowEmptyMarkdown),
			"max_removals": schema.Int64Attribute{
				Optional: true, Computed: true, Default: int64default.StaticInt64(defaultMaxRemovals),
				MarkdownDescription: fmt.Sprintf(maxRemovalsMarkdown, defaultMaxRemovals),
				Validators:          []validator.Int64{int64validator.AtLeast(0)},
			},
			"undeclared": schema.MapAttribute{
				Computed: true, ElementType: types.StringType,
				MarkdownDescription: undeclaredMarkdown,
			},
		},
	}
}

// exclusiveIdentity is what the resource is imported by.
type exclusiveIdentity struct {
	OrganizationID types.String `tfsdk:"organization_id"`
}

func (r *exclusiveResource[G]) IdentitySchema(
	_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse,
) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"organization_id": identityschema.StringAttribute{
			RequiredForImport: true,
			Description:       "Id of the " + r.Title + " organization.",
		},
	}}
}

// ValidateConfig refuses lists that cannot be meant. It goes through each list once: a validator of the framework for
// each address would cost more than everything else that a plan does.
func (r *exclusiveResource[G]) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	var config exclusiveModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	checkAddresses(&resp.Diagnostics, config.Emails, emailsPath, checkDeclared)
	checkAddresses(&resp.Diagnostics, config.Except, exceptPath, checkException)
	known := !config.Emails.IsUnknown() && !config.AllowEmpty.IsUnknown()
	if known && len(config.Emails.Elements()) == 0 && !config.AllowEmpty.ValueBool() {
		resp.Diagnostics.AddAttributeError(emailsPath, "emails is empty",
			"With an empty list, every pending invitation to the organization is undeclared. "+
				"List the addresses that may be invited. If nobody may be, set allow_empty = true.")
	}
}

// checkDeclared says what is wrong with an element of emails.
func checkDeclared(text string) error {
	if strings.HasPrefix(text, "@") {
		return fmt.Errorf("a whole domain belongs in except, such as except = [%q]", text)
	}
	return invite.CheckEmail(text)
}

// checkException says what is wrong with an element of except.
func checkException(text string) error {
	domain, found := strings.CutPrefix(text, "@")
	if !found {
		return invite.CheckEmail(text)
	}
	if err := invite.CheckEmail("x@" + domain); err != nil {
		return fmt.Errorf("%w; a domain has the form @example.com", err)
	}
	return nil
}

// maxNames is how many names or errors of one kind are shown.
const maxNames = 10

// checkAddresses adds an error for each address that is wrong or repeated, up to [maxNames].
func checkAddresses(diags *diag.Diagnostics, list types.List, at path.Path, check func(string) error) {
	first := make(map[string]int, len(list.Elements()))
	problems := 0
	for i, element := range list.Elements() {
		text, ok := element.(types.String)
		if !ok || text.IsUnknown() {
			continue
		}
		summary, detail := "", ""
		written := text.ValueString()
		before, repeated := first[invite.NormalizeEmail(written)]
		switch err := check(written); {
		case text.IsNull():
			summary, detail = "Not an e-mail address", "The element is null. Leave it out, or write an address."
		case err != nil:
			summary, detail = "Not an e-mail address", fmt.Sprintf("%q: %s.", written, err)
		case repeated:
			summary = "Duplicate address"
			detail = fmt.Sprintf("%q is also at %s; letter case does not make another address. List it once.",
				written, at.AtListIndex(before))
		default:
			first[invite.NormalizeEmail(written)] = i
			continue
		}
		diags.AddAttributeError(at.AtListIndex(i), summary, detail)
		if problems++; problems == maxNames {
			return
		}
	}
}

// enumerate lists at most [maxNames] names, and says how many more there are.
func enumerate(names []string) string {
	if len(names) <= maxNames {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:maxNames], ", "), len(names)-maxNames)
}
