// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

var (
	emailValidator  = textValidator{"an e-mail address", invite.CheckEmail}
	domainValidator = textValidator{"a domain", func(text string) error { return invite.CheckEmail("x@" + text) }}

	// durationValidator accepts lifetimes such as "72h" or "7d".
	durationValidator = textValidator{"a duration", func(text string) error {
		_, err := invite.ParseDuration(text)
		return err
	}}
)

// textValidator is a validator made of a function that returns what is wrong with a string.
type textValidator struct {
	want  string
	check func(string) error
}

func (v textValidator) Description(context.Context) string         { return v.want }
func (v textValidator) MarkdownDescription(context.Context) string { return v.want }

func (v textValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	text := req.ConfigValue.ValueString()
	if err := v.check(text); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Not "+v.want, fmt.Sprintf("%q: %s.", text, err))
	}
}
