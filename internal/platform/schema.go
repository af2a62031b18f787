package platform

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Block describes the platform's part of the provider's configuration.
func (p Platform) Block() schema.Attribute {
	attributes := map[string]schema.Attribute{
		"organization_id": schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: fmt.Sprintf("Organization that resources and data sources use unless they name another. Default: the environment variable `%s`.", p.OrganizationEnv),
		},
		"base_url": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: fmt.Sprintf("Where the API is: an origin with an optional path prefix, without the version. %s "+
				"`http` is accepted for loopback addresses only. Default: the environment variable `%s`, then `%s`.", p.BaseURLHint, p.BaseURLEnv, p.BaseURL),
			Validators: []validator.String{baseURLValidator{}},
		},
	}
	for _, credential := range p.Credentials {
		attributes[credential.Attribute] = schema.StringAttribute{
			Optional: true, Sensitive: true,
			MarkdownDescription: fmt.Sprintf("%s Default: the environment variable `%s`.%s", credential.Markdown, credential.Env, p.conflictNote(credential)),
			Validators:          []validator.String{aloneValidator{others: p.others(credential)}},
		}
	}
	return schema.SingleNestedAttribute{
		Optional:            true,
		MarkdownDescription: fmt.Sprintf("How to reach %s. Everything in it can come from the environment instead. A platform that is not configured costs nothing.", p.Title),
		Attributes:          attributes,
	}
}

// others are the credentials that conflict with one.
func (p Platform) others(credential Credential) []string {
	var names []string
	for _, other := range p.Credentials {
		if other.Attribute != credential.Attribute {
			names = append(names, other.Attribute)
		}
	}
	return names
}

func (p Platform) conflictNote(credential Credential) string {
	if others := p.others(credential); len(others) > 0 {
		return " Conflicts with `" + strings.Join(others, "`, `") + "`."
	}
	return ""
}
