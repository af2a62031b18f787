// Package elasticcloud invites people to organizations on Elastic Cloud.
package elasticcloud

import (
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

// Platform describes Elastic Cloud to the provider.
func Platform() platform.Platform {
	kind := kind()
	return platform.Platform{
		Name:  kind.Platform,
		Title: kind.Title,
		Credentials: []platform.Credential{
			{
				Attribute: "api_key", Env: "EC_API_KEY",
				Markdown: "Elastic Cloud API key, made in the console at Organization → API keys. It needs the role Organization owner: others may look at invitations, but not send or revoke them. " +
					"A key of Elasticsearch or Kibana does not work here.",
				Authorize: func(header http.Header, value string) { header.Set("Authorization", "ApiKey "+value) },
			},
		},
		OrganizationEnv: "EC_ORGANIZATION_ID",
		BaseURLEnv:      "EC_ENDPOINT",
		BaseURL:         "https://api.elastic-cloud.com",
		BaseURLHint:     "Needed only for a proxy or a test server: Elastic Cloud Enterprise does not offer invitations.",
		Open: func(client *api.Client) any {
			return invite.NewService(kind.Traits, newBackend(client))
		},
		Registration: tfinvite.NewRegistration(kind),
	}
}
