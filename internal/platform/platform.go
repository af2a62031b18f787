// Package platform says what a platform is to the provider, and connects to it
// as the provider block, the environment and the defaults say.
package platform

import (
	"net/http"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

// Platform is one platform, as values. The provider knows nothing else about it.
type Platform struct {
	// Name is that of its block in the provider's configuration and part of its resources' names.
	Name string
	// Title is its name for people.
	Title string
	// Credentials are the ways to authenticate; one of them is used.
	Credentials []Credential
	// OrganizationEnv and BaseURLEnv are environment variables to fall back to.
	OrganizationEnv, BaseURLEnv string
	// BaseURL is the default origin.
	BaseURL string
	// BaseURLHint tells when another base URL is wanted.
	BaseURLHint string
	// Open returns the *invite.Service that works with a client of this platform. It makes no request.
	Open func(*api.Client) any

	// Offers are its resources, data sources, list resources and actions.
	tfinvite.Registration
}

// Credential is one way to authenticate.
type Credential struct {
	// Attribute is the argument of the platform's block, Env the environment variable to fall back to.
	Attribute, Env string
	// Markdown says what it is and where to get it.
	Markdown string
	// Authorize puts the value into the headers of a request.
	Authorize func(header http.Header, value string)
}
