// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"slices"
	"strings"
)

// Platform names one of the platforms.
type Platform string

// The platforms that a [Fake] serves.
const (
	IcePanel     Platform = "icepanel"
	Snyk         Platform = "snyk"
	ElasticCloud Platform = "elastic_cloud"
	GitHub       Platform = "github"
	Anthropic    Platform = "anthropic"
)

// Platforms are all of them.
var Platforms = []Platform{IcePanel, Snyk, ElasticCloud, GitHub, Anthropic}

// facts are what everybody has to know about a platform.
type facts struct {
	title string
	// prefix is the path below which the platform is served, so that it shares no path with another one; empty where
	// its natural paths are its own.
	prefix string
	// paths are the beginnings of its paths, for a platform without a prefix.
	paths []string
	// credentials are the ways to authenticate. Tests use the first one.
	credentials []credential
	// organization and baseURL are the environment variables that the provider reads.
	organization, baseURL string
}

// credential is one way to authenticate: the argument of the provider's block, the environment variable, and what is in it.
type credential struct {
	argument, variable string
	secret             func(Credentials) string
}

var known = map[Platform]facts{
	IcePanel: {
		title: "IcePanel",
		credentials: []credential{
			{"api_key", "ICEPANEL_API_KEY", func(c Credentials) string { return c.IcePanelAPIKey }},
			{"bearer_token", "ICEPANEL_TOKEN", func(c Credentials) string { return c.IcePanelBearerToken }},
		},
		organization: "ICEPANEL_ORGANIZATION_ID", baseURL: "ICEPANEL_BASE_URL",
	},
	Snyk: {
		title: "Snyk",
		// Its first API shares /v1 with IcePanel.
		paths: []string{"/rest/", "/v1/group/", "/v1/org/", "/v1/orgs", "/v1/user/"},
		credentials: []credential{
			{"token", "SNYK_TOKEN", func(c Credentials) string { return c.SnykToken }},
			{"oauth_token", "SNYK_OAUTH_TOKEN", func(c Credentials) string { return c.SnykOAuthToken }},
		},
		organization: "SNYK_ORG_ID", baseURL: "SNYK_API",
	},
	ElasticCloud: {
		title: "Elastic Cloud",
		paths: []string{"/api/"},
		credentials: []credential{
			{"api_key", "EC_API_KEY", func(c Credentials) string { return c.ElasticCloudAPIKey }},
		},
		organization: "EC_ORGANIZATION_ID", baseURL: "EC_ENDPOINT",
	},
	GitHub: {
		title:  "GitHub",
		prefix: "/github",
		credentials: []credential{
			{"token", "GITHUB_TOKEN", func(c Credentials) string { return c.GitHubToken }},
		},
		organization: "GITHUB_OWNER", baseURL: "GITHUB_BASE_URL",
	},
	Anthropic: {
		title:  "Anthropic",
		prefix: "/anthropic",
		credentials: []credential{
			{"api_key", "ANTHROPIC_ADMIN_API_KEY", func(c Credentials) string { return c.AnthropicAdminKey }},
		},
		organization: "ANTHROPIC_ORGANIZATION_ID", baseURL: "ANTHROPIC_ADMIN_BASE_URL",
	},
}

// Title is the platform's name as people write it.
func (p Platform) Title() string { return known[p].title }

// BaseURL is the platform's base URL if the fake is served at the origin, which has no slash at its end.
func (p Platform) BaseURL(origin string) string { return origin + known[p].prefix }

// Variables returns the names of the environment variables that the provider reads for the platform.
func (p Platform) Variables() []string {
	var names []string
	for _, credential := range known[p].credentials {
		names = append(names, credential.variable)
	}
	return append(names, known[p].organization, known[p].baseURL)
}

// IsVariable reports whether the provider reads the environment variable of that name: where a real platform must
// not be reached, it is not for the provider to see.
func IsVariable(name string) bool {
	return slices.ContainsFunc(Platforms, func(p Platform) bool { return slices.Contains(p.Variables(), name) })
}

// CleanEnvironment returns NAME=value settings without those that [IsVariable] knows, and those whose names begin with
// one of the prefixes.
func CleanEnvironment(settings []string, prefixes ...string) []string {
	return slices.DeleteFunc(slices.Clone(settings), func(setting string) bool {
		name, _, _ := strings.Cut(setting, "=")
		return IsVariable(name) || slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
	})
}

// owner tells whose path it is. What is nobody else's is IcePanel's.
func owner(path string) Platform {
	for p, about := range known {
		if about.prefix != "" && (path == about.prefix || strings.HasPrefix(path, about.prefix+"/")) {
			return p
		}
		for _, beginning := range about.paths {
			if strings.HasPrefix(path, beginning) {
				return p
			}
		}
	}
	return IcePanel
}
