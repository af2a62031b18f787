// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// isRedirect reports whether an answer is a redirect.
func isRedirect(response *http.Response) bool {
	switch response.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// follow is the target of a redirect, or the reason why it is not followed. http.Client would follow it to any host,
// and would turn a POST into a GET.
func (c *Client) follow(call *call, from *url.URL, response *http.Response, hop int) (*url.URL, error) {
	target, err := from.Parse(response.Header.Get("Location"))
	switch {
	case err != nil || response.Header.Get("Location") == "":
		return nil, errors.New("it redirects without a valid location")
	case !sameOrigin(target, c.base):
		return nil, fmt.Errorf("it redirects to another host, %s, which is not followed",
			c.masks.text(origin(target), maxWord))
	case call.method != http.MethodGet:
		return nil, fmt.Errorf("it redirects a %s, which is not followed", call.method)
	case hop >= maxHops:
		return nil, errors.New("it redirects too often")
	}
	target.User, target.Fragment = nil, ""
	return target, nil
}

// sameOrigin compares scheme, host and port.
func sameOrigin(a, b *url.URL) bool {
	return origin(a) == origin(b)
}

// origin is the scheme, host and port of a URL in normal form.
func origin(u *url.URL) string {
	scheme, host, port := strings.ToLower(u.Scheme), strings.ToLower(u.Hostname()), u.Port()
	if scheme == "https" && port == "443" || scheme == "http" && port == "80" {
		port = ""
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port != "" {
		host += ":" + port
	}
	return scheme + "://" + host
}
