// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// newTransport chains the round trippers, from the outside: log, user agent, credential, network. The log gets a
// request before the credential is added.
func newTransport(config Config, base *url.URL, masks *masks) http.RoundTripper {
	var next http.RoundTripper = &authTransport{next: network(config.Transport), base: base, authorize: config.Authorize}
	if config.UserAgent != "" {
		next = &userAgentTransport{next: next, userAgent: config.UserAgent}
	}
	return &logTransport{next: next, platform: config.Platform, masks: masks}
}

// network is the configured transport, or a clone of the default one.
func network(configured http.RoundTripper) http.RoundTripper {
	if configured != nil {
		return configured
	}
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

// userAgentTransport sets the User-Agent header.
type userAgentTransport struct {
	next      http.RoundTripper
	userAgent string
}

// RoundTrip implements http.RoundTripper.
func (t *userAgentTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.Header.Set("User-Agent", t.userAgent)
	return t.next.RoundTrip(request)
}

// authTransport adds the credential. It is the last guard against a request to another origin, which it refuses.
type authTransport struct {
	next      http.RoundTripper
	base      *url.URL
	authorize func(http.Header)
}

// RoundTrip implements http.RoundTripper.
func (t *authTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	if !sameOrigin(request.URL, t.base) {
		return nil, refuse(request, fmt.Errorf("%s is not the configured host", origin(request.URL)))
	}
	if t.authorize != nil {
		request = request.Clone(request.Context())
		t.authorize(request.Header)
	}
	for name, values := range request.Header {
		// A copied token may end with a line break. net/http would fail as well, but with an error that looks
		// transient.
		if strings.ContainsFunc(strings.Join(values, ""), unicode.IsControl) {
			return nil, refuse(request, fmt.Errorf("the value of its %s header contains a line break or another "+
				"control character: check the credential", name))
		}
	}
	return t.next.RoundTrip(request)
}

// refuse ends a request with an error. A round tripper must close the body, also if it fails.
func refuse(request *http.Request, reason error) error {
	if request.Body != nil {
		_ = request.Body.Close()
	}
	return refusal{reason}
}

// logTransport logs each attempt with its result, but no header, body or query, which contain credentials and e-mail
// addresses.
type logTransport struct {
	next     http.RoundTripper
	platform string
	masks    *masks
}

// RoundTrip implements http.RoundTripper.
func (t *logTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	start := time.Now()
	response, err := t.next.RoundTrip(request)
	ctx := request.Context()
	logged := loggedFrom(ctx)
	fields := map[string]any{
		"platform":    t.platform,
		"method":      request.Method,
		"path":        logged.route,
		"attempt":     logged.attempt,
		"duration_ms": time.Since(start).Milliseconds(),
	}
	if err != nil {
		fields["error"] = t.masks.text(plain(err), maxMessage)
	} else {
		fields["status"] = response.StatusCode
		if id := requestID(response.Header); id != "" {
			fields["request_id"] = t.masks.text(id, maxWord)
		}
	}
	tflog.Debug(ctx, "request to a platform", fields)
	return response, err
}

// logged is what the log needs and an http.Request does not have.
type logged struct {
	route   string
	attempt int
}

type loggedKey struct{}

func withLogged(ctx context.Context, route string, attempt int) context.Context {
	return context.WithValue(ctx, loggedKey{}, logged{route, attempt})
}

func loggedFrom(ctx context.Context) logged {
	value, _ := ctx.Value(loggedKey{}).(logged)
	return value
}
