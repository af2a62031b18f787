// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// defaultTransport is a clone of the default one of net/http.
func defaultTransport() http.RoundTripper {
	standard, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return http.DefaultTransport
	}
	own := standard.Clone()
	own.MaxIdleConnsPerHost = maxInFlight
	// Many servers close idle connections after a minute. Closing them earlier avoids a race: a request that is sent
	// while the server closes the connection may or may not have been read.
	own.IdleConnTimeout = 30 * time.Second
	return own
}

// send sends a request with the credential. It is the last guard against a request to another origin, which it refuses.
func (c *Client) send(request *http.Request) (*http.Response, error) {
	if !sameOrigin(request.URL, c.base) {
		return nil, refusal{fmt.Errorf("%s is not the configured host", origin(request.URL))}
	}
	if c.config.UserAgent != "" {
		request.Header.Set("User-Agent", c.config.UserAgent)
	}
	if c.config.Authorize != nil {
		c.config.Authorize(request.Header)
	}
	for name, values := range request.Header {
		// A copied token may end with a line break. net/http would fail as well, but with an error that looks
		// transient.
		if strings.ContainsFunc(strings.Join(values, ""), unicode.IsControl) {
			return nil, refusal{fmt.Errorf("the value of its %s header contains a line break or another "+
				"control character: check the credential", name)}
		}
	}
	return c.config.Transport.RoundTrip(request)
}

// sendLogged logs an attempt with its result, but no header, body or query, which contain credentials and e-mail
// addresses.
func (c *Client) sendLogged(request *http.Request, route string, attempt int) (*http.Response, error) {
	start := time.Now()
	response, err := c.send(request)
	fields := map[string]any{
		"platform":    c.config.Platform,
		"method":      request.Method,
		"path":        route,
		"attempt":     attempt,
		"duration_ms": time.Since(start).Milliseconds(),
	}
	if err != nil {
		fields["error"] = c.masks.text(plain(err), maxMessage)
	} else {
		fields["status"] = response.StatusCode
		if id := requestID(response.Header); id != "" {
			fields["request_id"] = c.masks.text(id, maxWord)
		}
	}
	tflog.Debug(request.Context(), "request to a platform", fields)
	return response, err
}
