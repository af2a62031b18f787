// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package icepanel invites people to organizations on IcePanel.
package icepanel

import (
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

const (
	apiKeyMarkdown = "API key of the organization. " +
		"Create it in the app at organization → Manage → API keys. " +
		"It needs the permission `admin`."
	bearerTokenMarkdown = "OAuth or session token, instead of a key."
	baseURLHint         = "Needed only for a proxy or a test server."
)

// Platform describes IcePanel to the provider.
func Platform() platform.Platform {
	descriptor := descriptor()
	return platform.Platform{
		Name:  descriptor.Platform,
		Title: descriptor.Title,
		Credentials: []platform.Credential{
			{
				Attribute: "api_key", Env: "ICEPANEL_API_KEY", Markdown: apiKeyMarkdown,
				Authorize: func(header http.Header, value string) { header.Set("X-API-Key", value) },
			},
			{
				Attribute: "bearer_token", Env: "ICEPANEL_TOKEN", Markdown: bearerTokenMarkdown,
				Authorize: func(header http.Header, value string) { header.Set("Authorization", "Bearer "+value) },
			},
		},
		OrganizationEnv: "ICEPANEL_ORGANIZATION_ID",
		BaseURLEnv:      "ICEPANEL_BASE_URL",
		BaseURL:         "https://api.icepanel.io",
		BaseURLHint:     baseURLHint,
		Open: func(client *api.Client) any {
			return invite.NewService(descriptor.Traits, &backend{api: client})
		},
		Questions:    questions(),
		Registration: tfinvite.NewRegistration(descriptor),
	}
}
