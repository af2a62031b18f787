// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

func seedSnyk(b *bench, n int) {
	b.t.Helper()
	for i := range n {
		_, err := b.SeedInvite(fake.Snyk, "", fake.Invitation{Email: fmt.Sprintf("person%03d@example.com", i)})
		must(b.t, err)
	}
}

// follow turns a next link of any form into a path, "" at the end.
func follow(b *bench, next any) string {
	if object, ok := next.(map[string]any); ok {
		next = object["href"]
	}
	link, _ := next.(string)
	link = strings.TrimPrefix(link, b.url)
	if link != "" && !strings.HasPrefix(link, "/rest/") && strings.HasPrefix(link, "/") {
		link = "/rest" + link
	}
	return link
}

func TestSnykPagesInEveryForm(t *testing.T) {
	for form, looks := range map[fake.NextLink]string{
		fake.NextRelative: "/orgs/", fake.NextWithRest: "/rest/orgs/", fake.NextAbsolute: "http://127.0.0.1:",
		fake.NextObject: "map[href:/orgs/", fake.NextEmptyPage: "/orgs/",
	} {
		t.Run(string(form), func(t *testing.T) {
			b := newBench(t, fake.Options{Behaviors: fake.Behaviors{Snyk: fake.SnykBehaviors{NextLink: form}}})
			seedSnyk(b, 45)
			seen, pages, empty := map[any]bool{}, 0, 0
			for path := b.invitesPath(fake.Snyk) + "&limit=20"; path != ""; pages++ {
				page := b.want(200, "GET", path, "").json
				data, _ := page["data"].([]any)
				for _, item := range data {
					seen[at(item, "id")] = true
				}
				if len(data) == 0 {
					empty++
				}
				next := at(page, "links", "next")
				if next != nil && !strings.HasPrefix(fmt.Sprint(next), looks) {
					t.Errorf("next is %v", next)
				}
				path = follow(b, next)
				if strings.Count(path, "version=") > 1 || strings.Count(path, "limit=") > 1 {
					t.Errorf("repeated parameters in %s", path)
				}
			}
			wantEmpty := 0
			if form == fake.NextEmptyPage {
				wantEmpty = 3
			}
			if len(seen) != 45 || pages != 3+wantEmpty || empty != wantEmpty {
				t.Errorf("%d invitations on %d pages, %d of them empty", len(seen), pages, empty)
			}
		})
	}
}

func TestSnykPageDefaultsAndEnds(t *testing.T) {
	b := newBench(t, fake.Options{Behaviors: fake.Behaviors{Snyk: fake.SnykBehaviors{NullNextAtEnd: true}}})
	seedSnyk(b, 15)
	first := b.want(200, "GET", b.invitesPath(fake.Snyk), "").json
	if length(first["data"]) != 10 {
		t.Errorf("%d on a page by default", length(first["data"]))
	}
	last := b.want(200, "GET", follow(b, at(first, "links", "next")), "").json
	links, _ := last["links"].(map[string]any)
	if next, there := links["next"]; !there || next != nil || length(last["data"]) != 5 {
		t.Errorf("last page: %v", last)
	}
	back := b.want(200, "GET", follow(b, links["prev"]), "").json
	if at(back, "data", 0, "id") != at(first, "data", 0, "id") || length(back["data"]) != 10 {
		t.Errorf("the page before the last is not the first: %v", back)
	}
}

func TestSnykPagesSkipNothingWhenOneIsRevoked(t *testing.T) {
	b := newBench(t, fake.Options{})
	seedSnyk(b, 12)
	next := follow(b, at(b.want(200, "GET", b.invitesPath(fake.Snyk), "").json, "links", "next"))
	must(t, b.RevokeOutside(fake.Snyk, "", "person003@example.com"))
	if rest := b.want(200, "GET", next, "").json["data"]; length(rest) != 2 {
		t.Errorf("second page: %v", rest)
	}
}

func TestSnykMisbehavingLinks(t *testing.T) {
	b := newBench(t, fake.Options{})
	path := b.invitesPath(fake.Snyk) + "&limit=100"
	b.Set(func(s *fake.Behaviors) { s.Snyk.NextLink = fake.NextSelf })
	if next := follow(b, at(b.want(200, "GET", path, "").json, "links", "next")); next != path {
		t.Errorf("self: %s", next)
	}
	b.Set(func(s *fake.Behaviors) { s.Snyk.NextLink = fake.NextOtherOrigin })
	next, _ := at(b.want(200, "GET", path, "").json, "links", "next").(string)
	if !strings.HasPrefix(next, "https://elsewhere.invalid/rest/orgs/") {
		t.Errorf("other origin: %s", next)
	}
}
