package api

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// maxInFlight is how many requests of one Client are on their way at once. More of them do not make a platform that
// counts requests by the minute any faster.
const maxInFlight = 16

// Config says where a platform is and how to talk to it.
type Config struct {
	// Platform is its title in errors and logs, e.g. "IcePanel".
	Platform string
	// BaseURL is an origin with an optional path prefix.
	BaseURL *url.URL
	// Authorize sets the headers that carry the credential. It is called for each attempt, and only for requests to
	// the origin of BaseURL. It may be called from several goroutines at once. Nil: no credential.
	Authorize func(http.Header)
	// Secrets are values that nobody may see, credentials above all: they are masked in errors and logs. A value of
	// fewer than four bytes is not masked, it would turn up in ordinary words.
	Secrets []string
	// UserAgent names the provider and its version; IcePanel shows it to auditors. Empty: that of net/http.
	UserAgent string
	// MaxRetries is how often a request that is safe to repeat is repeated after a transient failure.
	MaxRetries int
	// Timeout bounds one attempt, from the connection to the last byte of the answer. Zero: no bound.
	Timeout time.Duration
	// Transport sends the requests. Nil: a clone of http.DefaultTransport, which respects the proxy variables and
	// verifies certificates.
	Transport http.RoundTripper
}

// Client talks to one platform with one credential. It is safe for use by several goroutines, which share its limits:
// at most 16 requests are on their way at once, and when the platform refuses one for coming too fast, all wait.
type Client struct {
	platform   string
	base       *url.URL
	transport  http.RoundTripper
	maxRetries int
	timeout    time.Duration
	masks      *masks
	gate       *gate
	slots      chan struct{}
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
	return &Client{
		platform:   config.Platform,
		base:       base,
		transport:  newTransport(config, base, masks),
		maxRetries: config.MaxRetries,
		timeout:    config.Timeout,
		masks:      masks,
		gate:       newGate(),
		slots:      make(chan struct{}, maxInFlight),
	}
}

// Mask has a value masked in errors and logs from now on, also where it appears escaped in a path or a query. It is
// cheap enough to be called for every invitation token of a large organization.
func (c *Client) Mask(secret string) {
	c.masks.add(secret)
}

// Do sends a request, as often as its kind allows, and decodes the JSON of a 2xx answer into out, a pointer, whose
// former value is replaced as a whole, and only on success. With a nil out any JSON will do, and a 204 is fine; but a page
// of HTML, or nothing at all in the place of an answer, is a failure all the same.
//
// Every failure is an [*Error]. Where ctx ended the request, or the wait for its turn, the error satisfies
// errors.Is(err, context.Canceled) or context.DeadlineExceeded; running into [Config].Timeout satisfies neither.
func (c *Client) Do(ctx context.Context, request Request, out any) error {
	call, err := c.prepare(request)
	if err != nil {
		return err
	}
	return c.do(ctx, call, out)
}
