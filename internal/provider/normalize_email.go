// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// normalizeEmail is provider::orginvite::normalize_email.
type normalizeEmail struct{}

func (normalizeEmail) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "normalize_email"
}

func (normalizeEmail) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary:             "The form in which addresses are compared",
		MarkdownDescription: "Takes the spaces around an e-mail address away and writes it in lower case: the form in which this provider compares addresses. Use it for keys of maps, so that two spellings of one person meet.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "email", MarkdownDescription: "An e-mail address, such as `Ada@Example.com`."},
		},
		Return: function.StringReturn{},
	}
}

func (normalizeEmail) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var email string
	if resp.Error = req.Arguments.Get(ctx, &email); resp.Error != nil {
		return
	}
	normal := invite.NormalizeEmail(email)
	if err := invite.CheckEmail(normal); err != nil {
		resp.Error = function.NewArgumentFuncError(0, "not an e-mail address: "+err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, normal)
}
