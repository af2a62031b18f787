// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package platform describes a platform as values, and makes the connection to it from the provider block, the
// environment and the defaults.
package platform

import (
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/live/question"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

// Platform is one platform, as values. The provider has no other code about it.
type Platform struct {
	// Name is the name of its block in the provider's configuration, and part of the names of its resources.
	Name string
	// Title is its name in messages and in the documentation.
	Title string
	// Credentials are the ways to authenticate, of which one is used.
	Credentials []Credential
	// OrganizationEnv and BaseURLEnv are the environment variables for arguments that are not set in the block.
	OrganizationEnv, BaseURLEnv string
	// OwnOrganization: a credential belongs to one organization, which is the default.
	OwnOrganization bool
	// BaseURL is the default origin.
	BaseURL string
	// BaseURLHint is a sentence that says when another base URL is needed.
	BaseURLHint string
	// SerialWrites: the platform asks for one write at a time, see [api.Config].
	SerialWrites bool
	// Open returns the *invite.Service that uses a client of this platform. It makes no request.
	Open func(*api.Client) any
	// Questions are what no documentation settles. Only the live check asks them, never the provider.
	Questions question.Set

	// Registration holds its resources, data sources, list resources and actions.
	tfinvite.Registration
}

// Credential is one way to authenticate.
type Credential struct {
	// Attribute is the argument of the platform's block, Env the environment variable that is used if it is not set.
	Attribute, Env string
	// Markdown describes what it is and where to get it.
	Markdown string
	// Authorize sets the headers of a request that carry the value.
	Authorize func(header http.Header, value string)
}
