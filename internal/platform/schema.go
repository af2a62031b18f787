// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

const (
	organizationMarkdown = "Id of the organization for resources and data sources that set none. " +
		"Default: the environment variable `%s`."
	baseURLMarkdown = "Base URL of the API: an origin with an optional path prefix, without the version. " +
		"%s " +
		"`http` is accepted only for loopback addresses. " +
		"Default: the environment variable `%s`, then `%s`."
	blockMarkdown = "Connection to %s. " +
		"Each argument can come from the environment instead. " +
		"A platform that is not used needs no configuration."
)

// Block describes the platform's part of the provider's configuration.
func (p Platform) Block() schema.Attribute {
	attributes := map[string]schema.Attribute{
		"organization_id": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: fmt.Sprintf(organizationMarkdown, p.OrganizationEnv),
		},
		"base_url": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: fmt.Sprintf(baseURLMarkdown, p.BaseURLHint, p.BaseURLEnv, p.BaseURL),
			Validators:          []validator.String{baseURLValidator{}},
		},
	}
	for _, credential := range p.Credentials {
		others := p.others(credential)
		markdown := fmt.Sprintf("%s Default: the environment variable `%s`.", credential.Markdown, credential.Env)
		if len(others) > 0 {
			markdown += " Conflicts with `" + strings.Join(others, "`, `") + "`."
		}
		attributes[credential.Attribute] = schema.StringAttribute{
			Optional: true, Sensitive: true,
			MarkdownDescription: markdown,
			Validators:          []validator.String{conflictsValidator{others}},
		}
	}
	return schema.SingleNestedAttribute{
		Optional:            true,
		MarkdownDescription: fmt.Sprintf(blockMarkdown, p.Title),
		Attributes:          attributes,
	}
}

// others are the attributes of the credentials that conflict with one.
func (p Platform) others(credential Credential) []string {
	var names []string
	for _, other := range p.Credentials {
		if other.Attribute != credential.Attribute {
			names = append(names, other.Attribute)
		}
	}
	return names
}
