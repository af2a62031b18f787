// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// FilterModel holds the arguments that filter lists of invitations.
type FilterModel struct {
	Status      types.Set    `tfsdk:"status"`
	Email       types.String `tfsdk:"email"`
	EmailDomain types.String `tfsdk:"email_domain"`
}

// ExpiryFilterModel holds the filter that only lists of expiring invitations have.
type ExpiryFilterModel struct {
	ExpiringBefore timetypes.RFC3339 `tfsdk:"expiring_before"`
}

// statuses are what a list can be filtered by.
var statuses = []string{string(invite.Pending), string(invite.Accepted), string(invite.Expired), string(invite.Revoked)}

const (
	statusFilterMarkdown = "Which invitations to list: any of `%s`. " +
		"Default: only `pending`. " +
		"If a platform does not keep the others, there are none to list."

	expiringBeforeMarkdown = "Only invitations that expire before this moment, in RFC 3339. " +
		"Invitations without an end are left out."

	emailFilterMarkdown = "Only %s with this address, ignoring case."

	domainFilterMarkdown = "Only %s at exactly this domain, ignoring case: " +
		"`example.com` matches neither `sub.example.com` nor `notexample.com`."
)

// FilterAttributes describes [FilterModel].
func FilterAttributes() map[string]schema.Attribute {
	return merged(addressFilters("invitations"), map[string]schema.Attribute{
		"status": schema.SetAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: fmt.Sprintf(statusFilterMarkdown, strings.Join(statuses, "`, `")),
			Validators: []validator.Set{
				setvalidator.SizeAtLeast(1),
				setvalidator.ValueStringsAre(stringvalidator.OneOf(statuses...)),
			},
		},
	})
}

// ExpiryFilterAttributes describes [ExpiryFilterModel].
func ExpiryFilterAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"expiring_before": schema.StringAttribute{
			Optional: true, CustomType: timetypes.RFC3339Type{},
			MarkdownDescription: expiringBeforeMarkdown,
		},
	}
}

// addressFilters describes the filters by address, which lists of members have too.
func addressFilters(what string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"email": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: fmt.Sprintf(emailFilterMarkdown, what),
			Validators:          []validator.String{emailValidator},
		},
		"email_domain": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: fmt.Sprintf(domainFilterMarkdown, what),
			Validators:          []validator.String{domainValidator},
		},
	}
}

// Filter reads the arguments. The default status is pending.
func (m FilterModel) Filter(expiring timetypes.RFC3339) invite.Filter {
	return invite.Filter{
		Email:          m.Email.ValueString(),
		Domain:         m.EmailDomain.ValueString(),
		ExpiringBefore: instant(expiring),
		Statuses:       chosenStatuses(m.Status.Elements()),
	}
}

// chosenStatuses reads the elements of a set or list. Without any, only what is pending is chosen.
func chosenStatuses(elements []attr.Value) (chosen []invite.Status) {
	for _, status := range texts(elements) {
		chosen = append(chosen, invite.Status(status))
	}
	if len(chosen) == 0 {
		return invite.PendingOnly().Statuses
	}
	return chosen
}
