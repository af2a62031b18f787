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

// FilterModel holds the arguments by which lists of invitations are filtered.
type FilterModel struct {
	Status      types.Set    `tfsdk:"status"`
	Email       types.String `tfsdk:"email"`
	EmailDomain types.String `tfsdk:"email_domain"`
}

// ExpiryFilterModel holds the argument that only lists of expiring invitations have.
type ExpiryFilterModel struct {
	ExpiringBefore timetypes.RFC3339 `tfsdk:"expiring_before"`
}

// statuses are what a list can be asked for.
var statuses = []string{string(invite.Pending), string(invite.Accepted), string(invite.Expired), string(invite.Revoked)}

// FilterAttributes describes [FilterModel].
func FilterAttributes() map[string]schema.Attribute {
	return merged(addressFilters("invitations"), map[string]schema.Attribute{
		"status": schema.SetAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: "Which invitations to list: any of `" + strings.Join(statuses, "`, `") + "`. Default: only `pending`. A platform that does not keep the other kinds has none to list.",
			Validators:          []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.ValueStringsAre(stringvalidator.OneOf(statuses...))},
		},
	})
}

// ExpiryFilterAttributes describes [ExpiryFilterModel].
func ExpiryFilterAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"expiring_before": schema.StringAttribute{
			Optional: true, CustomType: timetypes.RFC3339Type{},
			MarkdownDescription: "Only invitations that end before this moment, in RFC 3339. Invitations without an end are left out.",
		},
	}
}

// addressFilters describes the filters by address, which members have too.
func addressFilters(what string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"email": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: fmt.Sprintf("Only %s of this address, whatever its letter case.", what),
			Validators:          []validator.String{EmailValidator()},
		},
		"email_domain": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: fmt.Sprintf("Only %s at exactly this domain, whatever its letter case: `example.com` matches neither `sub.example.com` nor `notexample.com`.", what),
			Validators:          []validator.String{DomainValidator()},
		},
	}
}

// Filter reads the arguments. Pending is the default.
func (m FilterModel) Filter(expiring timetypes.RFC3339) invite.Filter {
	filter := invite.Filter{
		Email:          m.Email.ValueString(),
		Domain:         m.EmailDomain.ValueString(),
		ExpiringBefore: instant(expiring),
	}
	filter.Statuses = statusesOr(m.Status.Elements(), invite.Pending)
	return filter
}

// statusesOr reads the elements of a set or list, or gives the default for none.
func statusesOr(elements []attr.Value, standard invite.Status) []invite.Status {
	var chosen []invite.Status
	for _, element := range elements {
		if status, ok := element.(types.String); ok {
			chosen = append(chosen, invite.Status(status.ValueString()))
		}
	}
	if len(chosen) == 0 {
		return []invite.Status{standard}
	}
	return chosen
}
