// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package elasticcloud invites people to organizations on Elastic Cloud.
package elasticcloud

import (
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

const (
	apiKeyMarkdown = "Elastic Cloud API key. " +
		"Create it in the console at Organization → API keys. " +
		"It needs the role Organization owner; other keys can read invitations, but not send or revoke them. " +
		"API keys of Elasticsearch or Kibana do not work."
	baseURLHint = "Needed only for a proxy or a test server: Elastic Cloud Enterprise has no invitations."
)

// Platform describes Elastic Cloud to the provider.
func Platform() platform.Platform {
	descriptor := descriptor()
	return platform.Platform{
		Name:  descriptor.Platform,
		Title: descriptor.Title,
		Credentials: []platform.Credential{
			{
				Attribute: "api_key", Env: "EC_API_KEY", Markdown: apiKeyMarkdown,
				Authorize: func(header http.Header, value string) { header.Set("Authorization", "ApiKey "+value) },
			},
		},
		OrganizationEnv: "EC_ORGANIZATION_ID",
		BaseURLEnv:      "EC_ENDPOINT",
		BaseURL:         "https://api.elastic-cloud.com",
		BaseURLHint:     baseURLHint,
		Open: func(client *api.Client) any {
			return invite.NewService(descriptor.Traits, newBackend(client))
		},
		Questions:    questions(),
		Registration: tfinvite.NewRegistration(descriptor),
	}
}
