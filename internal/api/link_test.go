// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestLinkForms(t *testing.T) {
	for text, want := range map[string]Link{
		`{}`:                                    "",
		`{"next":null}`:                         "",
		`{"next":""}`:                           "",
		`{"next":"/a?b=c"}`:                     "/a?b=c",
		`{"next":{"href":"/a","meta":{"x":1}}}`: "/a",
		`{"next":{"href":null}}`:                "",
	} {
		var links struct{ Next Link }
		if err := json.Unmarshal([]byte(text), &links); err != nil || links.Next != want {
			t.Errorf("%s: %q, %v", text, links.Next, err)
		}
	}
	for _, text := range []string{`{"next":1}`, `{"next":true}`, `{"next":["/a"]}`, `{"next":{}}`, `{"next":{"href":1}}`} {
		var links struct{ Next Link }
		if json.Unmarshal([]byte(text), &links) == nil {
			t.Errorf("%s passes for %q", text, links.Next)
		}
	}
}

func TestLinkResolve(t *testing.T) {
	const plain, gateway = "https://api.example.test", "https://gateway.example.test:8443/snyk"
	for _, test := range []struct{ base, link, want string }{
		{plain, "/orgs/1/invites?version=1&starting_after=x", "/rest/orgs/1/invites?version=1&starting_after=x"},
		{plain, "/rest/orgs/1/invites?version=1", "/rest/orgs/1/invites?version=1"},
		{plain, "orgs/1/invites?a=b", "/rest/orgs/1/invites?a=b"},
		{plain, "https://api.example.test/rest/orgs/1/invites?a=b", "/rest/orgs/1/invites?a=b"},
		{plain, "https://API.example.test:443/orgs/1/invites?a=b", "/rest/orgs/1/invites?a=b"},
		{plain, "//api.example.test/rest/orgs/1/invites?a=b", "/rest/orgs/1/invites?a=b"},
		{plain, "?starting_after=x", "/rest/orgs/1/page?starting_after=x"},
		{plain, "/restaurants?a=b", "/rest/restaurants?a=b"},
		{plain, "/orgs/a%2Fb/invites?a=b%20c#fragment", "/rest/orgs/a%2Fb/invites?a=b%20c"},
		{gateway, "/orgs/1/invites?a=b", "/snyk/rest/orgs/1/invites?a=b"},
		{gateway, "/rest/orgs/1/invites?a=b", "/snyk/rest/orgs/1/invites?a=b"},
		{gateway, "/snyk/rest/orgs/1/invites?a=b", "/snyk/rest/orgs/1/invites?a=b"},
		{gateway, "https://gateway.example.test:8443/snyk/rest/orgs/1/invites?a=b", "/snyk/rest/orgs/1/invites?a=b"},
		{gateway, "https://gateway.example.test:8443/rest/orgs/1/invites?a=b", "/snyk/rest/orgs/1/invites?a=b"},
		{plain, "https://evil.example.test/rest/orgs?a=b", "error: another host, https://evil.example.test,"},
		{plain, "http://api.example.test/rest/orgs", "error: another host, http://api.example.test,"},
		{plain, "https://api.example.test:8443/rest/orgs", "error: another host"},
		{plain, "https://api.example.test@evil.example.test/", "error: another host, https://evil.example.test,"},
		{plain, "//evil.example.test/rest", "error: another host"},
		{plain, "mailto:somebody@api.example.test", "error: another host"},
		{plain, "/rest/../v1/user?a=b", "error: . or .."},
		{plain, "/rest/%2e%2e/v1/user?a=b", "error: . or .."},
		{plain, "https://api.example.test/rest/%zz", "error: not a URL"},
	} {
		base, err := url.Parse(test.base)
		if err != nil {
			t.Fatal(err)
		}
		page := *base
		page.Path += "/rest/orgs/1/page"
		page.RawQuery = "version=1&limit=100"

		got, err := Link(test.link).resolve(base, "rest", &page)
		if reason, wantsError := strings.CutPrefix(test.want, "error: "); wantsError {
			if err == nil || !strings.Contains(err.Error(), reason) {
				t.Errorf("%s: got %v, %v, want an error with %q", test.link, got, err, reason)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", test.link, err)
			continue
		}
		if got.Host != base.Host || got.RequestURI() != test.want {
			t.Errorf("%s: got %s, want %s", test.link, got, test.want)
		}
	}
}

// Without a root, every path under the base URL can follow a page: GitHub's links name an organization by its number.
func TestLinkResolveWithoutRoot(t *testing.T) {
	for base, want := range map[string]string{
		"https://api.example.test":              "/organizations/7/invitations?page=2",
		"https://api.example.test:8443/a/proxy": "/a/proxy/organizations/7/invitations?page=2",
	} {
		base, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		page := base.JoinPath("orgs", "acme", "invitations")
		for _, link := range []string{
			base.String() + "/organizations/7/invitations?page=2", "/organizations/7/invitations?page=2",
			"https://" + base.Host + "/organizations/7/invitations?page=2",
		} {
			got, err := Link(link).resolve(base, "", page)
			if err != nil || got.Host != base.Host || got.RequestURI() != want {
				t.Errorf("%s: got %v, %v, want %s", link, got, err, want)
			}
		}
		if got, err := Link("?page=3").resolve(base, "", page); err != nil || got.Path != page.Path || got.RawQuery != "page=3" {
			t.Errorf("got %v, %v", got, err)
		}
		if got, err := Link("https://evil.example.test/orgs").resolve(base, "", page); err == nil {
			t.Errorf("got %v", got)
		}
	}
}

// Every link resolves to a URL under the root, or is an error.
func FuzzLink(f *testing.F) {
	for _, seed := range []string{
		"/orgs/1?a=b", "/rest/orgs", "https://api.example.test/rest/x", "//x", "http:", "https:x", "/..", "%2e%2e/", "/%2f..%2f", "?", "\\..\\x", "/rest",
	} {
		f.Add(seed)
	}
	base := &url.URL{Scheme: "https", Host: "api.example.test", Path: "/prefix"}
	page := &url.URL{Scheme: "https", Host: "api.example.test", Path: "/prefix/rest/page"}
	f.Fuzz(func(t *testing.T, link string) {
		for _, root := range []string{"rest", ""} {
			target, err := Link(link).resolve(base, root, page)
			if err != nil {
				continue
			}
			again, err := url.Parse(target.String())
			if err != nil {
				t.Fatal(err)
			}
			elements := strings.Split(again.Path, "/")
			under := len(elements) > 1 && elements[1] == "prefix" && (root == "" || len(elements) > 2 && elements[2] == root)
			if !sameOrigin(again, base) || !under || slices.Contains(elements, "..") {
				t.Errorf("%q leads to %s", link, target)
			}
		}
	})
}
