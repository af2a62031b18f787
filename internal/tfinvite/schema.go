// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
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
	emailPath        = path.Root("email")
	organizationPath = path.Root("organization_id")
	statusPath       = path.Root("status")
	expiresInPath    = path.Root("expires_in")
	expiresAtPath    = path.Root("expires_at")
)

// Descriptions of attributes. Those with a verb name the platform.
const (
	emailMarkdown = "Address of the person to invite, such as `ada@example.com`. " +
		"Changing only the case has no effect; state keeps the original spelling. " +
		"Another address replaces the invitation."

	organizationMarkdown = "Id of the %s organization. " +
		"Default: `organization_id` of the provider's `%s` block."

	ownOrganizationMarkdown = " Without that, it is the organization that the credential belongs to. " +
		"Any other one is an error before anything is sent."

	adoptMarkdown = "What to do when the address is already invited or already a member. " +
		"`false` (default): an error that says how to import it; nothing is sent. " +
		"`true`: an invitation that grants the same is taken over without a mail, " +
		"one that differs is revoked and a new one is sent, and a member is recorded as `accepted`. " +
		"Changing it makes no API request."

	manageMarkdown = "What to do once the invitation is accepted. " +
		"`false` (default): nothing; the person stays a member whatever happens to this resource. " +
		"`true`: this resource manages the membership: it changes in place what is granted, it shows differences, " +
		"and **destroying it removes the person from the organization**. " +
		"Changing it makes no API request."

	unknownMarkdown = "`pending`, `accepted`, `expired`, or `unknown`: " +
		"the invitation was accepted or cancelled, and %s does not show which, " +
		"because some members of the organization have no visible address."

	memberMarkdown = "%s's id of the user. Null until the invitation is accepted, known afterwards."

	idMarkdown = "The platform's id of the invitation. " +
		"It changes when somebody sends the invitation again. " +
		"For a person who was already a member, it is the id of the user."

	secretIDMarkdown = "The address in lower case. " +
		"The platform's own id of an invitation is a secret with which anybody could accept it, so it is never stored."

	reinviteMarkdown = "What to do when the invitation expires before it is accepted. " +
		"`false` (default): every refresh warns. " +
		"`true`: the plan shows a replacement, which sends a new invitation with its full lifetime. " +
		"Changing it makes no API request."

	expiresInMarkdown = "How long the invitation is valid, counted from the moment it is sent: " +
		"whole numbers of `m`, `h`, `d` or `w`, such as `90m`, `72h`, `7d` or `2w`. " +
		"Default: `%s`. " +
		"A change replaces an invitation that is not accepted yet. " +
		"Null after an import or an adoption, until an apply records what is configured."

	expiresInConflictMarkdown = " Conflicts with `expires_at`, and is null when that is set."

	expiresAtMarkdown = "When the invitation expires, in RFC 3339."

	fixedEndMarkdown = "When the invitation expires, in RFC 3339, such as `2030-01-31T12:00:00Z`. " +
		"It must lie in the future when an invitation is to be sent. " +
		"Default: the moment of sending plus `expires_in`. " +
		"Another moment replaces an invitation that is not accepted yet; " +
		"another spelling of the same moment has no effect. " +
		"Conflicts with `expires_in`."

	fixedLifetimeMarkdown = " %s sets it to %s after it was sent; it cannot be chosen."

	createdAtMarkdown = "When the invitation was sent, in RFC 3339."

	acceptedAtMarkdown = "When the person accepted, in RFC 3339. Null until then."
)

// schema describes the whole resource.
func (d *Descriptor[G]) schema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: d.Markdown,
		Attributes:          typed(merged(d.baseAttributes(), d.expiryAttributes(), d.Attributes)),
	}
}

// baseAttributes describes [Base].
func (d *Descriptor[G]) baseAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"email": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: emailMarkdown,
			Validators:          []validator.String{emailValidator},
		},
		"organization_id":   d.organizationArgument(" A change replaces the invitation."),
		"adopt_existing":    flag(adoptMarkdown),
		"manage_membership": flag(manageMarkdown),
		"id":                schema.StringAttribute{Computed: true, MarkdownDescription: d.idMarkdown()},
		"status":            schema.StringAttribute{Computed: true, MarkdownDescription: d.statusMarkdown()},
		"member_id": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: fmt.Sprintf(memberMarkdown, d.Title),
		},
	}
}

// flag describes an argument that is false by default.
func flag(markdown string) schema.Attribute {
	return schema.BoolAttribute{
		Optional: true, Computed: true, Default: booldefault.StaticBool(false),
		MarkdownDescription: markdown,
	}
}

// organizationArgument describes organization_id in a resource. The note says what a change does.
func (d *Descriptor[G]) organizationArgument(note string) schema.Attribute {
	return schema.StringAttribute{
		Optional: true, Computed: true,
		MarkdownDescription: d.organizationMarkdown() + note,
		Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
	}
}

// organizationMarkdown describes organization_id wherever it is optional.
func (d *Descriptor[G]) organizationMarkdown() string {
	markdown := fmt.Sprintf(organizationMarkdown, d.Title, d.Platform)
	if d.OwnOrganization {
		markdown += ownOrganizationMarkdown
	}
	return markdown
}

func (d *Descriptor[G]) idMarkdown() string {
	if d.SecretIDs {
		return secretIDMarkdown
	}
	return idMarkdown
}

func (d *Descriptor[G]) statusMarkdown() string {
	if d.Lifetime == 0 {
		return "`pending` or `accepted`."
	}
	if d.HiddenMembersAdvice != "" {
		return fmt.Sprintf(unknownMarkdown, d.Title)
	}
	return "`pending`, `accepted` or `expired`."
}

// expiryAttributes describes [Expiring] or [ChosenExpiry].
func (d *Descriptor[G]) expiryAttributes() map[string]schema.Attribute {
	if d.Lifetime == 0 {
		return nil
	}
	attributes := map[string]schema.Attribute{
		"reinvite_expired": flag(reinviteMarkdown),
		"created_at": schema.StringAttribute{
			Computed: true, CustomType: timetypes.RFC3339Type{},
			MarkdownDescription: createdAtMarkdown,
		},
	}
	expiresAt := schema.StringAttribute{
		Computed: true, CustomType: timetypes.RFC3339Type{},
		MarkdownDescription: expiresAtMarkdown,
	}
	expiresIn := schema.StringAttribute{
		Optional: true, Computed: true,
		MarkdownDescription: fmt.Sprintf(expiresInMarkdown, invite.FormatDuration(d.Lifetime)),
		Validators:          []validator.String{durationValidator},
	}
	if d.FixedEnd {
		expiresIn.MarkdownDescription += expiresInConflictMarkdown
		expiresIn.Validators = append(expiresIn.Validators, stringvalidator.ConflictsWith(path.MatchRoot("expires_at")))
		expiresAt.Optional = true
		expiresAt.MarkdownDescription = fixedEndMarkdown
	}
	if d.FixedLifetime {
		expiresAt.MarkdownDescription += fmt.Sprintf(fixedLifetimeMarkdown, d.Title, invite.FormatDuration(d.Lifetime))
	} else {
		attributes["expires_in"] = expiresIn
	}
	attributes["expires_at"] = expiresAt
	return attributes
}

// AcceptedAt describes accepted_at in [Acceptance].
func AcceptedAt() schema.Attribute {
	return schema.StringAttribute{
		Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: acceptedAtMarkdown,
	}
}

// typed sets the types of nested attributes explicitly, to the types that they have anyway. Otherwise the framework
// builds them from their parts each time it looks at a value.
func typed(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	result := make(map[string]schema.Attribute, len(attributes))
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
		result[name] = attribute
	}
	return result
}
