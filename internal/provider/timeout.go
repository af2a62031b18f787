// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// maxTimeout is longer than any platform takes to answer.
const maxTimeout = time.Hour

// readTimeout reads how long one request may take. An empty string counts as unset.
func readTimeout(value types.String, at path.Path, diags *diag.Diagnostics) time.Duration {
	text := value.ValueString()
	if text == "" {
		return defaultRequestTimeout
	}
	duration, err := time.ParseDuration(text)
	if err != nil || duration <= 0 || duration > maxTimeout {
		diags.AddAttributeError(at, "Not a time-out", fmt.Sprintf(
			"%q must be a positive number with a unit of ms, s or m, such as \"30s\", and at most %s.", text, maxTimeout))
	}
	return duration
}

// timeoutValidator checks a time-out while planning.
type timeoutValidator struct{}

func (timeoutValidator) Description(context.Context) string {
	return fmt.Sprintf("must be positive and at most %s", maxTimeout)
}

func (v timeoutValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (timeoutValidator) ValidateString(
	_ context.Context, req validator.StringRequest, resp *validator.StringResponse,
) {
	readTimeout(req.ConfigValue, req.Path, &resp.Diagnostics)
}
