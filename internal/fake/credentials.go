// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"encoding/base64"
	"strings"
)

// Credentials are the only ones a [Fake] accepts. They differ from instance to instance and are long enough to be
// searched for in logs and state files.
type Credentials struct {
	IcePanelAPIKey      string
	IcePanelBearerToken string
	SnykToken           string
	SnykOAuthToken      string
	ElasticCloudAPIKey  string
	GitHubToken         string
	AnthropicAdminKey   string
}

func newCredentials() Credentials {
	return Credentials{
		IcePanelAPIKey:      randomShortID() + ":" + randomHex(32),
		IcePanelBearerToken: "icepanel-bearer-" + randomHex(32),
		SnykToken:           randomUUID(),
		SnykOAuthToken:      "snyk-oauth-" + randomHex(32),
		ElasticCloudAPIKey:  base64.StdEncoding.EncodeToString([]byte("essu_" + randomText(letters, 20) + ":" + randomText(letters, 22))),
		GitHubToken:         "ghp_" + randomText(letters, 36),
		AnthropicAdminKey:   "sk-ant-admin01-" + randomText(letters, 80),
	}
}

// icepanelKeyID is the public half of the IcePanel key; invitations name it as their creator.
func (c Credentials) icepanelKeyID() string {
	id, _, _ := strings.Cut(c.IcePanelAPIKey, ":")
	return id
}

// Credentials returns what this instance accepts.
func (f *Fake) Credentials() Credentials { return f.credentials }

// Credential returns the first way to authenticate with the platform: the argument of the provider's block, and what is in it.
func (f *Fake) Credential(p Platform) (argument, secret string) {
	first := known[p].credentials[0]
	return first.argument, first.secret(f.credentials)
}

// Environment returns one NAME=value line for every variable the provider reads: credentials, organization ids and base
// URLs, the latter as [Platform.BaseURL] of the origin.
func (f *Fake) Environment(origin string) []string {
	var lines []string
	for _, p := range Platforms {
		for _, credential := range known[p].credentials {
			lines = append(lines, credential.variable+"="+credential.secret(f.credentials))
		}
		lines = append(lines, known[p].organization+"="+f.Organization(p), known[p].baseURL+"="+p.BaseURL(origin))
	}
	return lines
}

// Secrets returns every text that must never appear in a state file, a plan or a log: the credentials, the secret half
// of the IcePanel key on its own, and every Elastic Cloud invitation token ever handed out.
func (f *Fake) Secrets() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, half, _ := strings.Cut(f.credentials.IcePanelAPIKey, ":")
	secrets := []string{half}
	for _, p := range Platforms {
		for _, credential := range known[p].credentials {
			secrets = append(secrets, credential.secret(f.credentials))
		}
	}
	return append(secrets, f.tokens...)
}
