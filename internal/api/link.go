// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Link is a link of a JSON:API document: a string, an object with an href, or null. It is empty if there is no link.
// The Link header of an [Array] has one too.
// https://jsonapi.org/format/#document-links
type Link string

// UnmarshalJSON implements json.Unmarshaler. Any other value is an error: it must not count as the end of a list.
func (l *Link) UnmarshalJSON(data []byte) error {
	var href *string
	if err := json.Unmarshal(data, &href); err != nil {
		var object struct {
			Href json.RawMessage `json:"href"`
		}
		if json.Unmarshal(data, &object) != nil || object.Href == nil || json.Unmarshal(object.Href, &href) != nil {
			return errors.New("a link is neither a string nor an object with an href")
		}
	}
	*l = ""
	if href != nil {
		*l = Link(*href)
	}
	return nil
}

// resolve is the URL of a link on a page. Its path may be relative to the origin, to the base URL or to the root under
// it, because even one platform has several forms. Its query is used as it is.
func (l Link) resolve(base *url.URL, root string, page *url.URL) (*url.URL, error) {
	link, err := url.Parse(string(l))
	if err != nil {
		return nil, errors.New("its link to the next page is not a URL")
	}
	if link.Scheme != "" || link.Host != "" {
		if absolute := page.ResolveReference(link); !sameOrigin(absolute, base) {
			return nil, fmt.Errorf("its link to the next page leads to another host, %s, which is not followed",
				origin(absolute))
		}
	}
	if slices.ContainsFunc(strings.Split(link.Path, "/"), func(s string) bool { return s == "." || s == ".." }) {
		return nil, errors.New("its link to the next page has . or .. as a path element")
	}

	if root != "" {
		root = "/" + root
	}
	target := *page
	target.RawQuery = link.RawQuery
	if path := link.EscapedPath(); path != "" {
		path = "/" + strings.TrimLeft(path, "/")
		path = trimElements(path, base.EscapedPath())
		path = trimElements(path, root)
		target.RawPath = base.EscapedPath() + root + path
		if target.Path, err = url.PathUnescape(target.RawPath); err != nil {
			return nil, errors.New("its link to the next page is not a URL")
		}
	}
	return &target, nil
}

// trimElements removes a prefix that consists of whole path elements.
func trimElements(path, prefix string) string {
	if rest, ok := strings.CutPrefix(path, prefix); ok && (rest == "" || rest[0] == '/') {
		return rest
	}
	return path
}
