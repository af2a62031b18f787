package tfinvite

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

var (
	idPath           = path.Root("id")
	emailPath        = path.Root("email")
	organizationPath = path.Root("organization_id")
	statusPath       = path.Root("status")
	expiresInPath    = path.Root("expires_in")
	expiresAtPath    = path.Root("expires_at")
)

// textCheck is a validator of strings made from a function that says what is wrong.
type textCheck struct {
	want  string
	check func(string) error
}

func (c textCheck) Description(context.Context) string         { return c.want }
func (c textCheck) MarkdownDescription(context.Context) string { return c.want }

func (c textCheck) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := c.check(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Not "+c.want, fmt.Sprintf("%q: %s.", req.ConfigValue.ValueString(), err))
	}
}

// EmailValidator accepts bare e-mail addresses.
func EmailValidator() validator.String {
	return textCheck{want: "an e-mail address", check: invite.CheckEmail}
}

// DomainValidator accepts the domain of an e-mail address.
func DomainValidator() validator.String {
	return textCheck{want: "a domain", check: func(text string) error { return invite.CheckEmail("x@" + text) }}
}

// DurationValidator accepts lifetimes such as "72h" or "7d".
func DurationValidator() validator.String {
	return textCheck{want: "a duration", check: func(text string) error {
		_, err := invite.ParseDuration(text)
		return err
	}}
}

// baseAttributes describes [Base].
func (k *Descriptor[G]) baseAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"email": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "Address of the person to invite, such as `ada@example.com`. Letter case does not matter: changing it is no change, and the spelling written first stays. " +
				"Another address replaces the invitation.",
			Validators: []validator.String{EmailValidator()},
		},
		"organization_id": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: fmt.Sprintf("Id of the %s organization. Default: `organization_id` of the provider's `%s` block. A change replaces the invitation.", k.Title, k.Platform),
			Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
		},
		"adopt_existing": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "What to do when the address is already invited or already a member. `false` (default): an error that says how to import it; nothing is sent. " +
				"`true`: an invitation that grants the same is taken over without a mail, one that differs is revoked and sent anew, and a member is recorded as `accepted`. A change takes effect without a request.",
		},
		"manage_membership": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "What to do once the invitation was accepted. `false` (default): nothing more; the person stays a member whatever happens to this resource. " +
				"`true`: this resource stands for the member: changes of what is granted are made in place, differences are shown, and **destroying it removes the person from the organization**. A change takes effect without a request.",
		},
		"id": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: k.idDescription(),
		},
		"status": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: k.statusDescription(),
		},
		"member_id": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: fmt.Sprintf("%s's id of the user. Null until the invitation was accepted, known afterwards.", k.Title),
		},
	}
}

func (k *Descriptor[G]) idDescription() string {
	if k.SecretIDs {
		return "The address in lower case. The platform's own id of an invitation is a secret with which anybody could accept it, so it is never stored."
	}
	return "The platform's id of the invitation. It changes when somebody sends the invitation again. For a person who was a member already it is the user's id."
}

func (k *Descriptor[G]) statusDescription() string {
	if k.Lifetime == 0 {
		return "`pending` or `accepted`."
	}
	return "`pending`, `accepted` or `expired`."
}

// expiryAttributes describes [Expiry].
func (k *Descriptor[G]) expiryAttributes() map[string]schema.Attribute {
	if k.Lifetime == 0 {
		return nil
	}
	standard := invite.FormatDuration(k.Lifetime)
	expiresIn := schema.StringAttribute{
		Optional: true, Computed: true,
		MarkdownDescription: fmt.Sprintf("How long the invitation lives, counted from the moment it is sent: whole numbers of `m`, `h`, `d` or `w`, such as `90m`, `72h`, `7d` or `2w`. Default: `%s`. "+
			"A change replaces an invitation that was not accepted yet. Null after an import or an adoption, until an apply records what is configured.", standard),
		Validators: []validator.String{DurationValidator()},
	}
	expiresAt := schema.StringAttribute{
		Computed: true, CustomType: timetypes.RFC3339Type{},
		MarkdownDescription: "When the invitation ends, in RFC 3339.",
	}
	if k.FixedEnd {
		expiresIn.MarkdownDescription += " Conflicts with `expires_at`, and is null when that is given."
		expiresIn.Validators = append(expiresIn.Validators, stringvalidator.ConflictsWith(path.MatchRoot("expires_at")))
		expiresAt.Optional = true
		expiresAt.MarkdownDescription = "When the invitation ends, in RFC 3339, such as `2030-01-31T12:00:00Z`. It must lie in the future when an invitation is to be sent. " +
			"Default: the moment of sending plus `expires_in`. Another moment replaces an invitation that was not accepted yet; another spelling of the same moment is no change. Conflicts with `expires_in`."
	}
	return map[string]schema.Attribute{
		"reinvite_expired": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "What to do when the invitation expired before it was accepted. `false` (default): a warning on every refresh. `true`: the plan shows a replacement, which sends a new invitation with its full lifetime. A change takes effect without a request.",
		},
		"expires_in": expiresIn,
		"expires_at": expiresAt,
		"created_at": schema.StringAttribute{
			Computed: true, CustomType: timetypes.RFC3339Type{},
			MarkdownDescription: "When the invitation was sent, in RFC 3339.",
		},
	}
}

// schema is the whole resource.
func (k *Descriptor[G]) schema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: k.Markdown,
		Attributes:          typed(merged(k.baseAttributes(), k.expiryAttributes(), k.Attributes)),
	}
}

// typed gives nested attributes the types that they have anyway. Without it the framework puts them
// together from their parts, each time it looks at a value.
func typed(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	settled := make(map[string]schema.Attribute, len(attributes))
	for name, attribute := range attributes {
		switch nested := attribute.(type) {
		case schema.SingleNestedAttribute:
			nested.Attributes = typed(nested.Attributes)
			nested.CustomType, _ = nested.GetType().(basetypes.ObjectTypable)
			attribute = nested
		case schema.SetNestedAttribute:
			nested.NestedObject.Attributes = typed(nested.NestedObject.Attributes)
			nested.NestedObject.CustomType = nested.NestedObject.Type()
			nested.CustomType, _ = nested.GetType().(basetypes.SetTypable)
			attribute = nested
		}
		settled[name] = attribute
	}
	return settled
}
