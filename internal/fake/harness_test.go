// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// bench is a fake behind a real server, with a client that never repeats a request by itself.
type bench struct {
	*fake.Fake
	t      *testing.T
	url    string
	client *http.Client
}

func newBench(t *testing.T, options fake.Options) *bench {
	t.Helper()
	f := fake.New(options)
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	t.Cleanup(f.Close)
	client := &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &bench{Fake: f, t: t, url: server.URL, client: client}
}

// request is one request; unset headers are those that the platform wants.
type request struct {
	method, path string
	body         string
	header       map[string]string // "" leaves a header out
}

type reply struct {
	status int
	header http.Header
	text   string
	json   map[string]any
}

func (b *bench) headers(path, body string) map[string]string {
	headers := map[string]string{}
	credentials := b.Credentials()
	switch {
	case strings.HasPrefix(path, "/github/"):
		headers["Authorization"] = "Bearer " + credentials.GitHubToken
	case strings.HasPrefix(path, "/api/"):
		headers["Authorization"] = "ApiKey " + credentials.ElasticCloudAPIKey
	case strings.HasPrefix(path, "/rest/"), strings.HasPrefix(path, "/v1/group/"):
		headers["Authorization"] = "token " + credentials.SnykToken
	case strings.HasPrefix(path, anthropicPath):
		headers["X-Api-Key"], headers["Anthropic-Version"] = credentials.AnthropicAdminKey, "2023-06-01"
	default:
		headers["X-API-Key"] = credentials.IcePanelAPIKey
	}
	if body != "" {
		headers["Content-Type"] = "application/json"
		if strings.HasPrefix(path, "/rest/") {
			headers["Content-Type"] = "application/vnd.api+json"
		}
	}
	return headers
}

func (b *bench) do(r request) (reply, error) {
	b.t.Helper()
	sent, err := http.NewRequestWithContext(b.t.Context(), r.method, b.url+r.path, strings.NewReader(r.body))
	if err != nil {
		b.t.Fatal(err)
	}
	for name, value := range b.headers(r.path, r.body) {
		sent.Header.Set(name, value)
	}
	for name, value := range r.header {
		sent.Header.Del(name)
		if value != "" {
			sent.Header.Set(name, value)
		}
	}
	response, err := b.client.Do(sent)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	got := reply{status: response.StatusCode, header: response.Header, text: string(body)}
	_ = json.Unmarshal(body, &got.json) // what is no object is looked at as text
	return got, err
}

func (b *bench) send(method, path, body string) reply {
	b.t.Helper()
	got, err := b.do(request{method: method, path: path, body: body})
	if err != nil {
		b.t.Fatalf("%s %s: %v", method, path, err)
	}
	return got
}

// want sends and fails the test on another status.
func (b *bench) want(status int, method, path, body string) reply {
	b.t.Helper()
	got := b.send(method, path, body)
	if got.status != status {
		b.t.Fatalf("%s %s: %d, want %d: %s", method, path, got.status, status, got.text)
	}
	return got
}

// must is for control methods that are expected to work.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// at walks into decoded JSON by object keys and list indexes.
func at(value any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, _ := value.(map[string]any)
			value = object[step]
		case int:
			list, _ := value.([]any)
			if step >= len(list) {
				return nil
			}
			value = list[step]
		}
	}
	return value
}

func length(value any) int {
	list, _ := value.([]any)
	return len(list)
}

func (b *bench) icepanelUsers() string {
	return "/v1/organizations/" + b.Organization(fake.IcePanel) + "/users"
}

func (b *bench) snykOrg() string { return "/rest/orgs/" + b.Organization(fake.Snyk) }

func (b *bench) elasticOrg() string {
	return "/api/v1/organizations/" + b.Organization(fake.ElasticCloud)
}

func (b *bench) githubOrg() string { return "/github/orgs/" + b.Organization(fake.GitHub) }

const anthropicPath = "/anthropic/v1/organizations/"

const version = "?version=2024-10-15"

// createBody is a complete request to invite on the platform.
func (b *bench) createBody(p fake.Platform, email string) string {
	switch p {
	case fake.IcePanel:
		return fmt.Sprintf(`{"email":%q,"permission":"write","expiresAt":"2999-01-01T00:00:00Z"}`, email)
	case fake.Snyk:
		return fmt.Sprintf(`{"data":{"type":"org_invitation","attributes":{"email":%q,"role":%q}}}`, email, b.SnykRoleID("Developer"))
	case fake.ElasticCloud:
		return fmt.Sprintf(`{"emails":[%q]}`, email)
	case fake.GitHub:
		return fmt.Sprintf(`{"email":%q}`, email)
	case fake.Anthropic:
		return fmt.Sprintf(`{"email":%q,"role":"developer"}`, email)
	}
	b.t.Fatalf("nobody knows how to invite on %s", p)
	return ""
}

func (b *bench) invitesPath(p fake.Platform) string {
	switch p {
	case fake.IcePanel:
		return b.icepanelUsers() + "/invites"
	case fake.Snyk:
		return b.snykOrg() + "/invites" + version
	case fake.ElasticCloud:
		return b.elasticOrg() + "/invitations"
	case fake.GitHub:
		return b.githubOrg() + "/invitations"
	case fake.Anthropic:
		return anthropicPath + "invites"
	}
	b.t.Fatalf("nobody knows where %s has its invitations", p)
	return ""
}

func (b *bench) create(p fake.Platform, email string) reply {
	b.t.Helper()
	return b.send(http.MethodPost, b.invitesPath(p), b.createBody(p, email))
}

var created = map[fake.Platform]int{
	fake.IcePanel: 200, fake.Snyk: 201, fake.ElasticCloud: 201, fake.GitHub: 201, fake.Anthropic: 200,
}
