// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
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

// parameter is one parameter of a link: its name, and its value with or without quotation marks.
const parameter = `([^=;,"<> \t]*)[ \t]*(?:=[ \t]*(?:"([^"]*)"|([^;,"<> \t]*)))?`

var (
	// linkForm is a link at the beginning of a header: its target, and its parameters.
	linkForm      = regexp.MustCompile(`^[ \t,]*<([^>]*)>((?:[ \t]*;[ \t]*` + parameter + `)*)[ \t]*(?:,|$)`)
	parameterForm = regexp.MustCompile(`;[ \t]*` + parameter)
)

// nextLink returns the target of the link with the relation "next", or "" if there is none.
// https://www.rfc-editor.org/rfc/rfc8288#section-3
func nextLink(header http.Header) (Link, error) {
	rest := strings.Join(header.Values("Link"), ",")
	for strings.Trim(rest, ", \t") != "" {
		link := linkForm.FindStringSubmatch(rest)
		if link == nil {
			return "", errLinkHeader
		}
		for _, parameter := range parameterForm.FindAllStringSubmatch(link[2], -1) {
			relations := strings.Fields(strings.ToLower(parameter[2] + parameter[3]))
			if !strings.EqualFold(parameter[1], "rel") || !slices.Contains(relations, "next") {
				continue
			}
			if link[1] == "" {
				return "", errLinkHeader
			}
			return Link(link[1]), nil
		}
		rest = rest[len(link[0]):]
	}
	return "", nil
}
