// Package icepanel invites people to organizations on IcePanel.
package icepanel

import (
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

// Platform describes IcePanel to the provider.
func Platform() platform.Platform {
	kind := kind()
	return platform.Platform{
		Name:  kind.Platform,
		Title: kind.Title,
		Credentials: []platform.Credential{
			{
				Attribute: "api_key", Env: "ICEPANEL_API_KEY",
				Markdown:  "API key of the organization, made at app → organization → Manage → API keys. It needs the permission `admin`.",
				Authorize: func(header http.Header, value string) { header.Set("X-API-Key", value) },
			},
			{
				Attribute: "bearer_token", Env: "ICEPANEL_TOKEN",
				Markdown:  "OAuth or session token, instead of a key.",
				Authorize: func(header http.Header, value string) { header.Set("Authorization", "Bearer "+value) },
			},
		},
		OrganizationEnv: "ICEPANEL_ORGANIZATION_ID",
		BaseURLEnv:      "ICEPANEL_BASE_URL",
		BaseURL:         "https://api.icepanel.io",
		BaseURLHint:     "Needed only for a proxy or a test server.",
		Open: func(client *api.Client) any {
			return invite.NewService(kind.Traits, &backend{api: client})
		},
		Registration: tfinvite.NewRegistration(kind),
	}
}
