// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// conflictsValidator refuses an argument together with others of its block. Unlike the framework's own validator it
// treats an empty string as unset, as the whole provider block does.
type conflictsValidator struct {
	others []string
}

func (v conflictsValidator) Description(context.Context) string {
	return "must not be set together with " + strings.Join(v.others, ", ")
}

func (v conflictsValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (v conflictsValidator) ValidateString(
	ctx context.Context, req validator.StringRequest, resp *validator.StringResponse,
) {
	if req.ConfigValue.ValueString() == "" { // null, unknown or empty
		return
	}
	for _, other := range v.others {
		at := req.Path.ParentPath().AtName(other)
		var value types.String
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, at, &value)...)
		if value.ValueString() != "" {
			resp.Diagnostics.AddAttributeError(req.Path, "More than one credential",
				fmt.Sprintf("%s and %s are both set. Set one of them.", req.Path, at))
		}
	}
}
