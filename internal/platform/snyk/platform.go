// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package snyk invites people to organizations on Snyk.
package snyk

import (
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

const (
	tokenMarkdown = "API token of a service account (organization settings → Service Accounts) or of a person. " +
		"API access needs Snyk's Enterprise plan. " +
		"The mail names the owner of the token as the sender of the invitation."
	oauthTokenMarkdown = "OAuth 2.0 access token of a service account or a Snyk App, instead of an API token. " +
		"It must stay valid during the whole run."
	baseURLHint = "Needed for the other regions (`https://api.us.snyk.io`, `https://api.eu.snyk.io` and " +
		"`https://api.au.snyk.io`) and for a private cloud: a region refuses the tokens of another region."
)

// Platform describes Snyk to the provider.
func Platform() platform.Platform {
	descriptor := descriptor()
	return platform.Platform{
		Name:  descriptor.Platform,
		Title: descriptor.Title,
		Credentials: []platform.Credential{
			{
				Attribute: "token", Env: "SNYK_TOKEN", Markdown: tokenMarkdown,
				// An old page of the documentation requires the scheme in lower case; every server accepts it.
				Authorize: func(header http.Header, value string) { header.Set("Authorization", "token "+value) },
			},
			{
				Attribute: "oauth_token", Env: "SNYK_OAUTH_TOKEN", Markdown: oauthTokenMarkdown,
				Authorize: func(header http.Header, value string) { header.Set("Authorization", "Bearer "+value) },
			},
		},
		OrganizationEnv: "SNYK_ORG_ID",
		BaseURLEnv:      "SNYK_API",
		BaseURL:         "https://api.snyk.io",
		BaseURLHint:     baseURLHint,
		Open: func(client *api.Client) any {
			return invite.NewService(descriptor.Traits, newBackend(client))
		},
		Questions:    questions(),
		Registration: registration(descriptor),
	}
}

// registration adds the data source of roles, which only Snyk has.
func registration(descriptor *tfinvite.Descriptor[Grant]) tfinvite.Registration {
	registration := tfinvite.NewRegistration(descriptor)
	registration.DataSources = append(registration.DataSources, newRolesDataSource(descriptor))
	return registration
}
