// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"net/url"
)

// Pages reads a list in pages, each of which has a link to the next one. P is the documented form of a page, and next
// returns the link of a page. An empty page may have a link as well.
//
// The root is the path element under the base URL that the platform's links may leave out, such as "rest"; empty if
// there is none.
//
// The first failure, an [*Error], ends the iteration. A link to another origin and a link to a page that was already
// read are failures too. So a loop that ends without an error has read the whole list:
//
//	for page, err := range api.Pages(ctx, client, "rest", first, func(p *invites) api.Link { return p.Links.Next }) {
//		if err != nil {
//			return nil, err
//		}
//		all = append(all, page.Data...)
//	}
func Pages[P any](
	ctx context.Context, c *Client, root string, first Request, next func(*P) Link,
) iter.Seq2[*P, error] {
	return func(yield func(*P, error) bool) {
		call, err := c.prepare(first)
		if err != nil {
			yield(nil, err)
			return
		}
		read := map[string]bool{}
		for call != nil {
			page := new(P)
			if err := c.do(ctx, call, page); err != nil {
				yield(nil, err)
				return
			}
			read[pageKey(call.url)] = true
			// The link is checked before the page is returned: a loop that stops at this page gets the error as well.
			if call, err = c.nextPage(call, next(page), root, read); err != nil {
				yield(nil, err)
				return
			}
			if !yield(page, nil) {
				return
			}
		}
	}
}

// nextPage is the call for the page that a link leads to, or nil if there is no link.
func (c *Client) nextPage(page *call, link Link, root string, read map[string]bool) (*call, error) {
	if link == "" {
		return nil, nil
	}
	target, err := link.resolve(c.base, root, page.url)
	if err == nil && read[pageKey(target)] {
		err = errors.New("its link to the next page leads to a page already read")
	}
	if err != nil {
		failure := c.failure(page, c.masks.seal(err))
		failure.Status = http.StatusOK
		return nil, failure
	}
	following := *page
	following.url = target
	return &following, nil
}

// pageKey is the same for two URLs that differ only in the order of their parameters.
func pageKey(page *url.URL) string {
	query, err := url.ParseQuery(page.RawQuery)
	if err != nil {
		return page.EscapedPath() + "?" + page.RawQuery
	}
	return page.EscapedPath() + "?" + query.Encode()
}
