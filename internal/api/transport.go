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

// newTransport chains the round trippers, the outermost first: log, user agent, credential, network. The log sees a
// request as it is before the credential is added.
func newTransport(config Config, base *url.URL, masks *masks) http.RoundTripper {
	var next http.RoundTripper = &authTransport{next: network(config.Transport), base: base, authorize: config.Authorize}
	if config.UserAgent != "" {
		next = &userAgentTransport{next: next, userAgent: config.UserAgent}
	}
	return &logTransport{next: next, platform: config.Platform, masks: masks}
}

// network is the configured transport, or one of our own.
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
	// Servers drop idle connections after a minute or so. Being quicker avoids the race in which a request is on its
	// way while they do, and nobody can tell whether it was read.
	own.IdleConnTimeout = 30 * time.Second
	return own
}

// userAgentTransport says who is calling.
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

// authTransport adds the credential. Nothing should lead a request to another origin; if something does, it ends
// here.
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
		// The line break at the end of a copied token; net/http would fail too, but in a way that looks transient.
		if strings.ContainsFunc(strings.Join(values, ""), unicode.IsControl) {
			return nil, refuse(request, fmt.Errorf("the value of its %s header contains a line break or another "+
				"control character; is there one in the credential?", name))
		}
	}
	return t.next.RoundTrip(request)
}

// refuse ends a request here. Closing the body is the duty of a round tripper, also when it fails.
func refuse(request *http.Request, reason error) error {
	if request.Body != nil {
		_ = request.Body.Close()
	}
	return refusal{reason}
}

// logTransport logs each attempt: what was asked and how it went, but no header, no body and no query, which hold
// credentials and e-mail addresses.
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

// logged is what the log cannot see in a request.
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
