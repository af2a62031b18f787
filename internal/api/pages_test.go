// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api_test

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
)

type page struct {
	Data  []string `json:"data"`
	Links struct {
		Next api.Link `json:"next"`
	} `json:"links"`
}

func nextLink(p *page) api.Link { return p.Links.Next }

// pagesByCursor answers each cursor with its page.
func pagesByCursor(pages map[string]string) *network {
	return &network{answer: func(request *http.Request) (*http.Response, error) {
		return status(200, pages[request.URL.Query().Get("after")])(request)
	}}
}

func readAll(t *testing.T, network *network) ([]string, error) {
	t.Helper()
	first := api.Request{Path: []string{"rest", "things"}, Query: url.Values{"version": {"2024-10-15"}, "limit": {"100"}}}
	var all []string
	for page, err := range api.Pages(t.Context(), newClient(t, network), "rest", first, nextLink) {
		if err != nil {
			return nil, err
		}
		all = append(all, page.Data...)
	}
	return all, nil
}

func TestPages(t *testing.T) {
	network := pagesByCursor(map[string]string{
		"":  `{"data":["a","b"],"links":{"next":"/things?version=2024-10-15&limit=100&after=1"}}`,
		"1": `{"data":[],"links":{"next":{"href":"/rest/things?version=2024-10-15&limit=100&after=2"}}}`,
		"2": `{"data":["c"],"links":{"next":"https://api.example.test/rest/things?after=3&version=2024-10-15&limit=100"}}`,
		"3": `{"data":["d"],"links":{"next":null}}`,
	})
	all, err := readAll(t, network)
	if err != nil || !slices.Equal(all, []string{"a", "b", "c", "d"}) {
		t.Fatalf("got %q, %v", all, err)
	}
	for _, request := range network.asked {
		if request.URL.Path != "/rest/things" || strings.Count(request.URL.RawQuery, "version=") != 1 {
			t.Errorf("asked for %s", request.URL)
		}
	}
}

func TestPagesRefuses(t *testing.T) {
	for _, test := range []struct {
		name, next, want string
		asked            int
	}{
		{"itself", "/things?limit=100&version=2024-10-15", "already read", 1},
		{"a loop", "/things?after=1", "already read", 3},
		{"another host", "https://evil.example.test/rest/things?after=1", "another host, https://evil.example.test,", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			network := pagesByCursor(map[string]string{
				"":  `{"data":["a"],"links":{"next":"` + test.next + `"}}`,
				"1": `{"data":["b"],"links":{"next":"/things?after=2"}}`,
				"2": `{"data":["c"],"links":{"next":"/rest/things?after=1"}}`,
			})
			_, err := readAll(t, network)
			if got := failure(t, err); !strings.Contains(got.Error(), test.want) || !strings.HasPrefix(got.Error(), "Example answered 200 OK, but ") {
				t.Errorf("got %v", err)
			}
			if network.count() != test.asked {
				t.Errorf("asked %d times", network.count())
			}
		})
	}
}

// A list is complete or an error: no failing page, and no malformed link, counts as the end.
func TestPagesFails(t *testing.T) {
	for name, second := range map[string]answer{
		"forbidden": status(403, `{}`), "null": status(200, `null`), "HTML": status(200, `<p>`, "Content-Type", "text/html"),
		"odd link": status(200, `{"data":[],"links":{"next":7}}`),
	} {
		t.Run(name, func(t *testing.T) {
			all, err := readAll(t, inTurn(status(200, `{"data":["a"],"links":{"next":"/things?after=1"}}`), second))
			if err == nil {
				t.Errorf("got %q", all)
			}
		})
	}
}

func TestPagesStopsWhenAskedTo(t *testing.T) {
	network := pagesByCursor(map[string]string{"": `{"links":{"next":"/things?after=1"}}`})
	for range api.Pages(t.Context(), newClient(t, network), "rest", get, nextLink) {
		break
	}
	if network.count() != 1 {
		t.Errorf("asked %d times", network.count())
	}
}

// A loop that stops at a page with a bad link gets the error of the link.
func TestPagesStoppedAtABadLink(t *testing.T) {
	pages := pagesByCursor(map[string]string{
		"": `{"data":["a"],"links":{"next":"https://evil.example.test/rest/things?after=1"}}`,
	})
	first := api.Request{Path: []string{"rest", "things"}}
	for page, err := range api.Pages(t.Context(), newClient(t, pages), "rest", first, nextLink) {
		if page != nil || err == nil || !strings.Contains(err.Error(), "another host") {
			t.Errorf("got %v, %v, want the error of the link", page, err)
		}
		break
	}
	if pages.count() != 1 {
		t.Errorf("asked %d times", pages.count())
	}
}

// item is an element of a JSON array.
type item string

func (i item) Check() error {
	if i == "" {
		return errors.New("an item is empty")
	}
	return nil
}

func readArray(t *testing.T, network *network) ([]item, error) {
	t.Helper()
	first := api.Request{Path: []string{"orgs", "acme", "things"}, Query: url.Values{"per_page": {"100"}}}
	all := []item{}
	for page, err := range api.Pages(t.Context(), newClient(t, network), "", first, (*api.Array[item]).NextLink) {
		if err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
	}
	return all, nil
}

// A list can be an array whose link to the next page is in a header, under another path of the same origin.
func TestArrayPages(t *testing.T) {
	link := func(page string) string {
		return `<` + origin + `/organizations/7/things?per_page=100&page=` + page + `>; rel="next", <` + origin + `/x>; rel="last"`
	}
	network := inTurn(
		status(200, `["a","b"]`, "Link", link("2")), status(200, `[]`, "Link", link("3")),
		status(200, `["c"]`, "Link", `<`+origin+`/x>; rel="first"`),
	)
	all, err := readArray(t, network)
	if err != nil || !slices.Equal(all, []item{"a", "b", "c"}) {
		t.Fatalf("got %q, %v", all, err)
	}
	for i, want := range []string{
		"/orgs/acme/things?per_page=100", "/organizations/7/things?per_page=100&page=2", "/organizations/7/things?per_page=100&page=3",
	} {
		if got := network.asked[i].URL.RequestURI(); got != want {
			t.Errorf("asked for %s, want %s", got, want)
		}
	}
	if all, err := readArray(t, inTurn(status(200, `[]`))); err != nil || len(all) != 0 {
		t.Errorf("got %q, %v", all, err)
	}
}

// No page that cannot be read, and no link that cannot be followed, counts as the end of an array.
func TestArrayPagesRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		answer answer
		want   string
	}{
		"another host": {status(200, `["a"]`, "Link", `<https://evil.example.test/x?page=2>; rel="next"`), "another host"},
		"itself":       {status(200, `["a"]`, "Link", `<`+origin+`/orgs/acme/things?per_page=100>; rel="next"`), "already read"},
		"malformed":    {status(200, `["a"]`, "Link", `<`+origin+`/x; rel="next"`), "Link header is malformed"},
		"null":         {status(200, `null`), "null"},
		"an object":    {status(200, `{}`), "cannot unmarshal"},
		"a bad item":   {status(200, `["a",""]`), "an item is empty"},
		"forbidden":    {status(403, `{"message":"no"}`), "no"},
	} {
		t.Run(name, func(t *testing.T) {
			if all, err := readArray(t, inTurn(test.answer)); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %q, %v, want an error with %q", all, err, test.want)
			}
		})
	}
}

// A missing list is not an empty one, and no item is left out.
func TestCheckList(t *testing.T) {
	for _, test := range []struct {
		items []item
		want  string
	}{
		{nil, "it has no things"},
		{[]item{}, ""},
		{[]item{"a", "b"}, ""},
		{[]item{"a", ""}, "an item is empty"},
	} {
		got := ""
		if err := api.CheckList("things", test.items); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%q: got %q, want %q", test.items, got, test.want)
		}
	}
}
