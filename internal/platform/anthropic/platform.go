// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package anthropic invites people to organizations on the Claude Console and on Claude Enterprise.
package anthropic

import (
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

const (
	// version is the version of the API that every request names.
	version = "2023-06-01"

	apiKeyMarkdown = "Admin API key, which begins with `sk-ant-admin`. " +
		"An admin of the organization creates it in the Claude Console at Settings → Admin keys. " +
		"On Claude Enterprise, the primary owner creates a key with the scopes `read:members` and `write:members`, " +
		"and `write:rbac_groups` for groups and the role `managed`. " +
		"A key for models is not accepted, and `ANTHROPIC_API_KEY` is not read. " +
		"The key decides which organization people are invited to."
	baseURLHint = "Needed only for a proxy or a test server."
)

// Platform describes Anthropic to the provider.
func Platform() platform.Platform {
	descriptor := descriptor()
	return platform.Platform{
		Name:  descriptor.Platform,
		Title: descriptor.Title,
		Credentials: []platform.Credential{{
			Attribute: "api_key", Env: "ANTHROPIC_ADMIN_API_KEY", Markdown: apiKeyMarkdown,
			Authorize: func(header http.Header, value string) {
				header.Set("X-Api-Key", value)
				header.Set("Anthropic-Version", version)
			},
		}},
		OrganizationEnv: "ANTHROPIC_ORGANIZATION_ID",
		OwnOrganization: descriptor.OwnOrganization,
		BaseURLEnv:      "ANTHROPIC_ADMIN_BASE_URL",
		BaseURL:         "https://api.anthropic.com",
		BaseURLHint:     baseURLHint,
		Open: func(client *api.Client) any {
			return invite.NewService(descriptor.Traits, &backend{api: client})
		},
		Questions:    questions(),
		Registration: tfinvite.NewRegistration(descriptor),
	}
}
