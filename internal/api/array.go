// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
)

// Array is one page of a list that is a JSON array. The link to the next page is in the Link header of the answer:
//
//	for page, err := range api.Pages(ctx, client, "", first, (*api.Array[invitation]).NextLink) {
//
// https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
type Array[T Checker] struct {
	// Items are the elements of the array.
	Items []T
	next  Link
}

// NextLink is the link to the next page; empty on the last one.
func (a *Array[T]) NextLink() Link { return a.next }

// UnmarshalJSON implements json.Unmarshaler.
func (a *Array[T]) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, &a.Items) }

// Check refuses an array with an element that its own Check refuses.
func (a *Array[T]) Check() error { return CheckList("elements", a.Items) }

// readHeader implements headerReader.
func (a *Array[T]) readHeader(header http.Header) (err error) {
	a.next, err = nextLink(header)
	return err
}

// errLinkHeader is the error of a Link header that cannot be read: it must not count as the end of a list.
var errLinkHeader = errors.New("its Link header is malformed")

// nextLink returns the target of the link with the relation "next", or "" if there is none.
// https://www.rfc-editor.org/rfc/rfc8288#section-3
func nextLink(header http.Header) (Link, error) {
	rest := strings.Join(header.Values("Link"), ",")
	for {
		if rest = strings.TrimLeft(rest, ", \t"); rest == "" {
			return "", nil
		}
		target, parameters, found := strings.Cut(rest, ">")
		if !found || !strings.HasPrefix(target, "<") {
			return "", errLinkHeader
		}
		relations, after, err := linkRelations(parameters)
		if err != nil {
			return "", err
		}
		if slices.Contains(relations, "next") {
			if target == "<" {
				return "", errLinkHeader
			}
			return Link(target[1:]), nil
		}
		rest = after
	}
}

// linkRelations reads the parameters of one link: its relations, and what follows the link in the header.
func linkRelations(text string) (relations []string, rest string, err error) {
	for {
		text = strings.TrimLeft(text, " \t")
		if text == "" || text[0] == ',' {
			return relations, text, nil
		}
		if text[0] != ';' {
			return nil, "", errLinkHeader
		}
		text = strings.TrimLeft(text[1:], " \t")
		end := strings.IndexAny(text+",", "=;, \t")
		name := text[:end]
		text = strings.TrimLeft(text[end:], " \t")
		if !strings.HasPrefix(text, "=") {
			continue
		}
		text = strings.TrimLeft(text[1:], " \t")
		var value string
		if strings.HasPrefix(text, `"`) {
			var closed bool
			if value, text, closed = strings.Cut(text[1:], `"`); !closed {
				return nil, "", errLinkHeader
			}
		} else {
			end := strings.IndexAny(text+",", ";, \t")
			value, text = text[:end], text[end:]
		}
		if strings.EqualFold(name, "rel") {
			relations = append(relations, strings.Fields(strings.ToLower(value))...)
		}
	}
}
