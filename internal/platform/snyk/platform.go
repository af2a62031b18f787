// Package snyk invites people to organizations on Snyk.
package snyk

import (
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

// Platform describes Snyk to the provider.
func Platform() platform.Platform {
	kind := kind()
	return platform.Platform{
		Name:  kind.Platform,
		Title: kind.Title,
		Credentials: []platform.Credential{
			{
				Attribute: "token", Env: "SNYK_TOKEN",
				Markdown: "API token of a service account (organization settings → Service Accounts) or of a person. API access needs Snyk's Enterprise plan. " +
					"The mail names the token's owner as the one who invites.",
				// The scheme is in lower case: an old page of the documentation insists on it, nothing minds it.
				Authorize: func(header http.Header, value string) { header.Set("Authorization", "token "+value) },
			},
			{
				Attribute: "oauth_token", Env: "SNYK_OAUTH_TOKEN",
				Markdown:  "OAuth 2.0 access token of a service account or a Snyk App, instead of an API token. It must live as long as the run.",
				Authorize: func(header http.Header, value string) { header.Set("Authorization", "Bearer "+value) },
			},
		},
		OrganizationEnv: "SNYK_ORG_ID",
		BaseURLEnv:      "SNYK_API",
		BaseURL:         "https://api.snyk.io",
		BaseURLHint: "Needed for the other regions, `https://api.us.snyk.io`, `https://api.eu.snyk.io` and `https://api.au.snyk.io`, and for a private cloud: " +
			"a token of another region is refused as wrong.",
		Open: func(client *api.Client) any {
			return invite.NewService(kind.Traits, newBackend(client))
		},
		Registration: offers(kind),
	}
}

// offers adds the roles, which only Snyk has.
func offers(kind *tfinvite.Descriptor[Grant]) tfinvite.Registration {
	offers := tfinvite.NewRegistration(kind)
	offers.DataSources = append(offers.DataSources, newRolesDataSource(kind))
	return offers
}
