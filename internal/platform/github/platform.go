// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package github invites people to organizations on GitHub.
package github

import (
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

const (
	tokenMarkdown = "Token of an owner of the organization: " +
		"a fine-grained token or a token of a GitHub App with the organization permission *Members: read and write*, " +
		"or a classic token with the scopes `admin:org` and `user:email`. " +
		"If the organization uses SAML single sign-on, the classic token must be authorized for it."
	baseURLHint = "Needed for GitHub Enterprise Cloud with data residency, where it is " +
		"`https://api.SUBDOMAIN.ghe.com`. GitHub Enterprise Server is not supported."
)

// apiVersion is the version of the REST API whose answers are read here.
// https://docs.github.com/en/rest/about-the-rest-api/api-versions
const apiVersion = "2022-11-28"

// Platform describes GitHub to the provider.
func Platform() platform.Platform {
	descriptor := descriptor()
	return platform.Platform{
		Name:  descriptor.Platform,
		Title: descriptor.Title,
		Credentials: []platform.Credential{
			{Attribute: "token", Env: "GITHUB_TOKEN", Markdown: tokenMarkdown, Authorize: authorize},
		},
		OrganizationEnv: "GITHUB_OWNER",
		BaseURLEnv:      "GITHUB_BASE_URL",
		BaseURL:         "https://api.github.com",
		BaseURLHint:     baseURLHint,
		SerialWrites:    true,
		Open: func(client *api.Client) any {
			return invite.NewService(descriptor.Traits, &backend{api: client})
		},
		Questions:    questions(),
		Registration: tfinvite.NewRegistration(descriptor),
	}
}

// authorize sets the token, and what GitHub asks every request to say.
// https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#headers
func authorize(header http.Header, token string) {
	header.Set("Authorization", "Bearer "+token)
	header.Set("Accept", "application/vnd.github+json")
	header.Set("X-GitHub-Api-Version", apiVersion)
}
