// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// Sizes of a page of the REST API. A page of the GraphQL API has as many as are asked for, up to the same maximum.
const (
	githubPageSize    = 30
	githubMaxPageSize = 100
)

// answerPage answers one page of a list; wire is called for the entries on it.
func (p github) answerPage(c *call, entries int, wire func(int) any) answer {
	size, page := githubPageSize, 1
	for _, parameter := range []struct {
		name string
		max  int
		into *int
	}{{"per_page", githubMaxPageSize, &size}, {"page", 1 << 30, &page}} {
		text := c.URL.Query().Get(parameter.name)
		if text == "" {
			continue
		}
		number, err := strconv.Atoi(text)
		if err != nil || number < 1 || number > parameter.max {
			return githubInvalid(fmt.Sprintf("%s must be a number from 1 to %d, not %q.", parameter.name, parameter.max, text))
		}
		*parameter.into = number
	}
	last := max(1, (entries+size-1)/size)
	data := []any{}
	for at := (page - 1) * size; at < min(page*size, entries); at++ {
		data = append(data, wire(at))
	}
	listed := githubOK(http.StatusOK, data)
	if links := p.links(c, page, last); links != "" {
		listed.header.Set("Link", links)
	}
	return listed
}

// links is the header with the addresses of the other pages; empty if there are none. The misbehaving forms lead on
// from every page, so that an organization need not be large to show them.
func (p github) links(c *call, page, last int) string {
	var links []string
	add := func(relation string, to int) {
		links = append(links, fmt.Sprintf("<%s>; rel=%q", p.pageURL(c, to), relation))
	}
	if page > 1 {
		add("prev", page-1)
	}
	switch form := p.behaviors.GitHub.PageLink; {
	case form == PageSelf:
		add("next", page)
	case page < last, form == PageOtherOrigin:
		add("next", page+1)
	}
	if page < last {
		add("last", last)
	}
	if page > 1 {
		add("first", 1)
	}
	return strings.Join(links, ", ")
}

func (p github) pageURL(c *call, page int) string {
	query := c.URL.Query()
	query.Set("page", strconv.Itoa(page))
	parts := strings.SplitN(strings.TrimPrefix(c.URL.EscapedPath(), GitHub.BaseURL("")), "/", 4) // "", orgs, its name, the list
	base, organization := githubURL(c, ""), "/organizations/"+c.organization.number
	switch p.behaviors.GitHub.PageLink {
	case PageByLogin:
		organization = "/orgs/" + c.organization.id
	case PageOtherOrigin:
		base = GitHub.BaseURL("https://elsewhere.invalid")
	case PageByNumber, PageSelf:
	}
	return base + organization + "/" + parts[3] + "?" + query.Encode()
}
