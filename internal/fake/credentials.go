package fake

import (
	"encoding/base64"
	"slices"
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
}

func newCredentials() Credentials {
	return Credentials{
		IcePanelAPIKey:      randomShortID() + ":" + randomHex(32),
		IcePanelBearerToken: "icepanel-bearer-" + randomHex(32),
		SnykToken:           randomUUID(),
		SnykOAuthToken:      "snyk-oauth-" + randomHex(32),
		ElasticCloudAPIKey:  base64.StdEncoding.EncodeToString([]byte("essu_" + randomText(letters, 20) + ":" + randomText(letters, 22))),
	}
}

// icepanelKeyID is the public half of the IcePanel key; invitations name it as their creator.
func (c Credentials) icepanelKeyID() string {
	id, _, _ := strings.Cut(c.IcePanelAPIKey, ":")
	return id
}

// Credentials returns what this instance accepts.
func (f *Fake) Credentials() Credentials { return f.credentials }

// Environment returns one NAME=value line for every variable the provider reads: credentials, organization ids and base
// URLs, the latter all being baseURL.
func (f *Fake) Environment(baseURL string) []string {
	return []string{
		"ICEPANEL_API_KEY=" + f.credentials.IcePanelAPIKey,
		"ICEPANEL_TOKEN=" + f.credentials.IcePanelBearerToken,
		"ICEPANEL_ORGANIZATION_ID=" + f.Organization(IcePanel),
		"ICEPANEL_BASE_URL=" + baseURL,
		"SNYK_TOKEN=" + f.credentials.SnykToken,
		"SNYK_OAUTH_TOKEN=" + f.credentials.SnykOAuthToken,
		"SNYK_ORG_ID=" + f.Organization(Snyk),
		"SNYK_API=" + baseURL,
		"EC_API_KEY=" + f.credentials.ElasticCloudAPIKey,
		"EC_ORGANIZATION_ID=" + f.Organization(ElasticCloud),
		"EC_ENDPOINT=" + baseURL,
	}
}

// Secrets returns every text that must never appear in a state file, a plan or a log: the credentials, the secret half
// of the IcePanel key on its own, and every Elastic Cloud invitation token ever handed out.
func (f *Fake) Secrets() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, half, _ := strings.Cut(f.credentials.IcePanelAPIKey, ":")
	return slices.Concat([]string{
		f.credentials.IcePanelAPIKey, half, f.credentials.IcePanelBearerToken,
		f.credentials.SnykToken, f.credentials.SnykOAuthToken, f.credentials.ElasticCloudAPIKey,
	}, f.tokens)
}
