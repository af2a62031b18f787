// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// maxInFlight is how many requests of one Client are in flight at once. More would not be faster on a platform that
// limits the requests per minute.
const maxInFlight = 16

// Config describes where a platform is and how to make requests to it.
type Config struct {
	// Platform is its title in errors and logs, such as "IcePanel".
	Platform string
	// BaseURL is an origin with an optional path prefix.
	BaseURL *url.URL
	// Authorize sets the headers that carry the credential. It is called for each attempt, and only for requests to
	// the origin of BaseURL. It may be called from several goroutines at once. Nil: no credential.
	Authorize func(http.Header)
	// Secrets are values to mask in errors and logs, above all credentials. A value of fewer than four bytes is not
	// masked, because it occurs in ordinary words.
	Secrets []string
	// UserAgent names the provider and its version. IcePanel shows it in its organization log. Empty: that of
	// net/http.
	UserAgent string
	// MaxRetries is how often a request that is safe to repeat is repeated after a transient failure.
	MaxRetries int
	// SerialWrites sends the requests that change something one after the other, for platforms that ask for it. Once a
	// rate limit has refused any request, there is a pause of at least a second between them too.
	SerialWrites bool
	// Timeout is the limit for one attempt, from the connection to the last byte of the answer. Zero: no limit.
	Timeout time.Duration
	// Transport sends the requests. Nil: a clone of http.DefaultTransport, which respects the proxy variables and
	// verifies certificates.
	Transport http.RoundTripper
}

// Client makes requests to one platform with one credential. It is safe for concurrent use by several goroutines,
// which share its limits: at most 16 requests are in flight at once, and when the platform refuses one because of a
// rate limit, all wait.
type Client struct {
	config Config
	base   *url.URL
	masks  *masks
	gate   *gate
	writes *writeQueue // nil: writes need not wait for each other
	slots  chan struct{}
}

// New returns a client. It makes no request.
func New(config Config) *Client {
	base := &url.URL{
		Scheme:  config.BaseURL.Scheme,
		Host:    config.BaseURL.Host,
		Path:    strings.TrimRight(config.BaseURL.Path, "/"),
		RawPath: strings.TrimRight(config.BaseURL.RawPath, "/"),
	}
	masks := newMasks()
	for _, secret := range config.Secrets {
		masks.add(secret)
	}
	if config.Transport == nil {
		config.Transport = defaultTransport()
	}
	client := &Client{
		config: config,
		base:   base,
		masks:  masks,
		gate:   newGate(),
		slots:  make(chan struct{}, maxInFlight),
	}
	if config.SerialWrites {
		client.writes = &writeQueue{turn: make(chan struct{}, 1)}
	}
	return client
}

// Mask masks a value in errors and logs from now on, also if it is escaped in a path or a query. It is cheap enough
// for every invitation token of a large organization.
func (c *Client) Mask(secret string) {
	c.masks.add(secret)
}

// Do sends a request, and repeats it where that is safe. It decodes the JSON of a 2xx answer into out, a pointer,
// whose value is replaced as a whole, and only on success. With a nil out, any JSON and a 204 are a success; a page of
// HTML or an empty answer is still a failure.
//
// Every failure is an [*Error]. If ctx ended the request or the wait before it, the error satisfies
// errors.Is(err, context.Canceled) or context.DeadlineExceeded. After [Config].Timeout it satisfies neither.
func (c *Client) Do(ctx context.Context, request Request, out any) error {
	call, err := c.prepare(request)
	if err != nil {
		return err
	}
	return c.do(ctx, call, out)
}
