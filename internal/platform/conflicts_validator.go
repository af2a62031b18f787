package platform

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// aloneValidator refuses an argument beside others of its block. Unlike the
// framework's own validator it takes an empty string for unset, as everything here does.
type aloneValidator struct {
	others []string
}

func (v aloneValidator) Description(context.Context) string {
	return "not together with " + strings.Join(v.others, ", ")
}

func (v aloneValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v aloneValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.ValueString() == "" { // unknown, too
		return
	}
	for _, other := range v.others {
		at := req.Path.ParentPath().AtName(other)
		var value types.String
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, at, &value)...)
		if value.ValueString() != "" {
			resp.Diagnostics.AddAttributeError(req.Path, "More than one credential", fmt.Sprintf("%s and %s are both set. Set one of them.", req.Path, at))
		}
	}
}
