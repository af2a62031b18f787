// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// snykPage is the part of a list that one request asks for. Cursors are positions in the order of insertion, so that
// what is removed meanwhile leaves no gap and what is added comes last.
type snykPage struct {
	limit         int
	after, before int  // exclusive bounds; 0 is none
	empty         bool // the extra page that NextEmptyPage puts between two others
}

const emptyPageMark = "empty:"

func cursor(position int, mark string) string {
	return "v1." + base64.RawURLEncoding.EncodeToString([]byte(mark+strconv.Itoa(position)))
}

func readPage(query url.Values) (snykPage, *answer) {
	page := snykPage{limit: 10}
	for _, parameter := range []string{"limit", "starting_after", "ending_before"} {
		values := query[parameter]
		if len(values) == 0 {
			continue
		}
		if err := page.set(parameter, values); err != nil {
			return snykPage{}, snykNonconforming(snykSource{Parameter: parameter}, err.Error())
		}
	}
	return page, nil
}

func (p *snykPage) set(parameter string, values []string) error {
	if len(values) > 1 {
		return fmt.Errorf("%s is given more than once", parameter)
	}
	if parameter == "limit" {
		limit, err := strconv.Atoi(values[0])
		if err != nil || limit < 10 || limit > 100 || limit%10 != 0 {
			return fmt.Errorf("limit must be a multiple of 10 from 10 to 100, not %q", values[0])
		}
		p.limit = limit
		return nil
	}
	encoded, _ := strings.CutPrefix(values[0], "v1.")
	text, err := base64.RawURLEncoding.DecodeString(encoded)
	position, marked := strings.CutPrefix(string(text), emptyPageMark)
	at, numberErr := strconv.Atoi(position)
	if err != nil || numberErr != nil {
		return fmt.Errorf("invalid cursor %q", values[0])
	}
	if parameter == "starting_after" {
		p.after, p.empty = at, marked
	} else {
		p.before = at
	}
	return nil
}

// cut returns the page of the items and whether others come before and after it.
func cut[T any](page snykPage, items []T, serial func(T) int) (on []T, earlier, later bool) {
	first, end := 0, len(items)
	for first < end && serial(items[first]) <= page.after {
		first++
	}
	if page.before > 0 {
		for end > first && serial(items[end-1]) >= page.before {
			end--
		}
	}
	switch {
	case end-first <= page.limit:
	case page.before > 0:
		first = end - page.limit
	default:
		end = first + page.limit
	}
	return items[first:end], first > 0, end < len(items)
}

// answerPage answers one page of items that the given function words.
func answerItems[T any](p snyk, c *call, items []T, serial func(T) int, wire func(T) any) answer {
	page, refusal := readPage(c.URL.Query())
	if refusal != nil {
		return *refusal
	}
	on, earlier, later := cut(page, items, serial)
	last := page.after
	if page.empty {
		on, later = nil, len(on) > 0
	} else if len(on) > 0 {
		last = serial(on[len(on)-1])
	}
	data := make([]any, 0, len(on))
	for _, item := range on {
		data = append(data, wire(item))
	}
	links := map[string]any{}
	if next := p.next(c, page, last, later); next != nil {
		links["next"] = next
	} else if p.behaviors.Snyk.NullNextAtEnd {
		links["next"] = nil
	}
	if earlier && len(on) > 0 {
		links["prev"] = p.link(c, "ending_before", cursor(serial(on[0]), ""))
	}
	return snykDocument(http.StatusOK, data, links)
}

// next is the link to the page after the last position, nil on the last page. The misbehaving forms are there on every
// page, so that an organization need not be large to show them.
func (p snyk) next(c *call, page snykPage, last int, later bool) any {
	form := p.behaviors.Snyk.NextLink
	switch {
	case form == NextSelf:
		return strings.TrimPrefix(c.URL.RequestURI(), "/rest")
	case form == NextEmptyPage && !page.empty:
		return p.link(c, "starting_after", cursor(last, emptyPageMark))
	case form == NextOtherOrigin, later:
		return p.link(c, "starting_after", cursor(last, ""))
	default:
		return nil
	}
}

// link is the request's own address with another cursor, in the form that is switched on.
func (p snyk) link(c *call, parameter, position string) any {
	query := c.URL.Query()
	query.Del("starting_after")
	query.Del("ending_before")
	query.Set(parameter, position)
	if !query.Has("limit") {
		query.Set("limit", "10")
	}
	path := strings.TrimPrefix(c.URL.EscapedPath(), "/rest") + "?" + query.Encode()
	switch p.behaviors.Snyk.NextLink {
	case NextWithRest:
		return "/rest" + path
	case NextAbsolute:
		return origin(c.Request) + "/rest" + path
	case NextOtherOrigin:
		return "https://elsewhere.invalid/rest" + path
	case NextObject:
		return map[string]any{"href": path, "meta": map[string]any{}}
	case NextRelative, NextSelf, NextEmptyPage:
	}
	return path
}

func origin(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
