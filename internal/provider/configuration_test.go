// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// everywhere are all platforms, in the order of their names.
var everywhere = slices.Sorted(slices.Values(fake.Platforms))

// seeded is a world with one pending invitation on each platform, in its
// default organization, and another one in the second.
func seeded(t *testing.T) *acctest.World {
	t.Helper()
	w := acctest.NewWorld(t)
	for _, p := range everywhere {
		people := map[string]string{"": "first@example.com", w.SecondOrganization(p): "second@example.com"}
		if w.SecondOrganization(p) == "" { // the credential belongs to one organization
			people = map[string]string{"": "first@example.com"}
		}
		for organization, email := range people {
			if _, err := w.SeedInvite(p, organization, fake.Invitation{Email: email}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return w
}

// lists is a list of invitations of each platform, and what is in them as an output.
func lists() string {
	var config strings.Builder
	for _, p := range everywhere {
		fmt.Fprintf(&config, "data \"orginvite_%[1]s_invites\" \"all\" {}\noutput %[1]q {\n  value = join(\" \", data.orginvite_%[1]s_invites.all.invites[*].email)\n}\n", p)
	}
	return config.String()
}

// expectLists wants every list to show just this.
func expectLists(t *testing.T, dir *acctest.Workspace, want string) {
	t.Helper()
	for _, p := range everywhere {
		if got := dir.State()["output."+string(p)].Text("value"); got != want {
			t.Errorf("%s: listed %q, want %q", p, got, want)
		}
	}
}

// TestAccEnvironment: everything can come from the environment.
func TestAccEnvironment(t *testing.T) {
	t.Parallel()
	w := seeded(t)
	dir := acctest.NewBuiltWorkspace(t, w.Environment(w.URL)...)

	// The environment alone: two credentials of one platform are no conflict there, the first wins.
	dir.Write(lists())
	dir.Apply().Succeeds()
	expectLists(t, dir, "first@example.com")

	// Empty strings count as unset.
	dir.Write("provider \"orginvite\" {\n  request_timeout = \"\"\n  icepanel = { api_key = \"\", bearer_token = \"\", organization_id = \"\", base_url = \"\" }\n  snyk = { token = \"\", oauth_token = \"\", organization_id = \"\", base_url = \"\" }\n  elastic_cloud = { api_key = \"\", organization_id = \"\", base_url = \"\" }\n}\n", lists())
	dir.Apply().Succeeds()
	expectLists(t, dir, "first@example.com")

	// The block comes first, argument by argument.
	block := "provider \"orginvite\" {\n"
	for _, p := range everywhere {
		if second := w.SecondOrganization(p); second != "" {
			block += fmt.Sprintf("  %s = { organization_id = %q }\n", p, second)
		}
	}
	dir.Write(block+"}\n", lists())
	dir.Apply().Succeeds()
	for _, p := range everywhere {
		want := "second@example.com"
		if w.SecondOrganization(p) == "" {
			want = "first@example.com"
		}
		if got := dir.State()["output."+string(p)].Text("value"); got != want {
			t.Errorf("%s: listed %q, want %q", p, got, want)
		}
	}
	dir.Write("provider \"orginvite\" {\n  max_retries = 0\n  snyk = { token = \"wrong\" }\n}\n", lists())
	dir.Plan().Fails("401", "Snyk")

	// A credential in the block puts the other kind in the environment aside.
	known := w.Credentials()
	dir.Write(fmt.Sprintf("provider \"orginvite\" {\n  icepanel = { bearer_token = %q }\n  snyk = { oauth_token = %q }\n}\n", known.IcePanelBearerToken, known.SnykOAuthToken), lists())
	dir.Apply().Succeeds()
	expectLists(t, dir, "first@example.com")

	// Each kind alone; and nothing else has a credential then.
	var credentials, others []string
	for _, p := range everywhere {
		names := p.Variables()
		last := len(names) - 2 // the organization and the base URL
		credentials, others = append(credentials, names[:last]...), append(others, names[last:]...)
	}
	for _, one := range credentials {
		var some []string
		for _, setting := range w.Environment(w.URL) {
			name, _, _ := strings.Cut(setting, "=")
			if name == one || slices.Contains(others, name) {
				some = append(some, setting)
			}
		}
		alone := acctest.NewBuiltWorkspace(t, some...)
		alone.Write("data \"orginvite_invites\" \"all\" {}\noutput \"all\" {\n  value = join(\" \", data.orginvite_invites.all.invites[*].email)\n}\n")
		alone.Apply().Succeeds()
		if got := alone.State()["output.all"].Text("value"); got != "first@example.com" {
			t.Errorf("%s: listed %q", one, got)
		}
	}
}

// TestAccBaseURL: what people paste from the documentation is understood.
func TestAccBaseURL(t *testing.T) {
	t.Parallel()
	w := seeded(t)
	prefixed := httptest.NewServer(http.StripPrefix("/a/proxy", w.Fake))
	t.Cleanup(prefixed.Close)
	proxy := prefixed.URL + "/a/proxy"
	baseURL := regexp.MustCompile(`"` + regexp.QuoteMeta(w.URL) + `([^"]*)"`)
	for _, pasted := range []struct{ origin, version string }{
		{w.URL, ""},
		{w.URL, "/"},
		{w.URL, "/v1"},
		{w.URL, "/v1/"},
		{w.URL, "/rest"},
		{w.URL, "/api"},
		{w.URL, "/api/v1/"},
		{strings.Replace(w.URL, "127.0.0.1", "localhost", 1), ""},
		{proxy, ""},
		{proxy, "/"},
		{proxy, "/v1"},
		{proxy, "/api/v1/"},
	} {
		dir := acctest.NewWorkspace(t)
		dir.Write(baseURL.ReplaceAllString(w.Provider(everywhere...), `"`+pasted.origin+`${1}`+pasted.version+`"`), lists())
		t.Log(pasted)
		dir.Apply().Succeeds()
		expectLists(t, dir, "first@example.com")
	}
}

// TestAccLeavingTheOrigin: a credential goes nowhere but to the configured origin.
func TestAccLeavingTheOrigin(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a redirect was followed") }))
	t.Cleanup(elsewhere.Close)
	for _, p := range everywhere {
		w := seeded(t)
		w.Fail(fake.Fault{Platform: p, Kind: fake.Redirect, Location: elsewhere.URL + "/v1"})
		dir := acctest.NewWorkspace(t)
		dir.Write(w.Provider(everywhere...), fmt.Sprintf("data \"orginvite_%s_invites\" \"all\" {}\n", p))
		dir.Plan().Fails("Could not list the invites", "redirect")
	}
}
