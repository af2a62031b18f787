package api

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// maxRoute is how many characters of a path errors and logs show.
const maxRoute = 300

// Request is one request to the platform.
type Request struct {
	// Method is an HTTP method; empty means GET.
	Method string
	// Path holds the elements after the base URL, unescaped. Each is escaped by itself, and the empty element, "." and
	// ".." are refused: whatever an id contains, it stays in its place.
	Path []string
	// Query holds the parameters, unescaped. They appear in no error and no log.
	Query url.Values
	// Body is sent as JSON; nil sends none.
	Body any
	// ContentType is that of Body; empty means application/json.
	ContentType string
	// Repeatable says that sending the request twice does no more than sending it once. A GET need not say so.
	Repeatable bool
	// Label replaces the path in errors and logs, e.g. "/organizations/{id}/invitations/{tokens}". Empty: the path
	// itself with what is secret masked, which is fine unless the path is very long.
	Label string
}

// call is a request made ready: it can be sent any number of times.
type call struct {
	method      string
	url         *url.URL
	body        []byte // nil: none
	contentType string
	repeatable  bool
	route       string // what errors and logs show for the path
}

// prepare makes a request ready. Its error says that nothing was sent.
func (c *Client) prepare(request Request) (*call, error) {
	call := &call{
		method:      cmp.Or(request.Method, http.MethodGet),
		contentType: cmp.Or(request.ContentType, "application/json"),
		route:       request.Label,
	}
	call.repeatable = request.Repeatable || call.method == http.MethodGet

	target, err := join(c.base, request.Path)
	if err != nil {
		call.route = cmp.Or(call.route, c.masks.text("/"+strings.Join(request.Path, "/"), maxRoute))
		return nil, c.unsent(call, 0, refusal{err})
	}
	target.RawQuery = request.Query.Encode()
	call.url = target
	call.route = cmp.Or(call.route, c.masks.text(target.EscapedPath(), maxRoute))

	if request.Body != nil {
		if call.body, err = json.Marshal(request.Body); err != nil {
			return nil, c.unsent(call, 0, refusal{c.masks.seal(err)})
		}
	}
	return call, nil
}

// join appends path elements to the base URL.
func join(base *url.URL, elements []string) (*url.URL, error) {
	var plain, escaped strings.Builder
	for _, element := range elements {
		switch element {
		case "", ".", "..":
			return nil, fmt.Errorf("%q cannot be part of a path", element)
		}
		plain.WriteString("/" + element)
		escaped.WriteString("/" + url.PathEscape(element))
	}
	target := *base
	target.Path = base.Path + plain.String()
	target.RawPath = base.EscapedPath() + escaped.String()
	return &target, nil
}

// httpRequest makes what net/http sends for one attempt.
//
// net/http repeats requests on its own. When a pooled connection turns out to be dead it sends a GET again; over
// HTTP/1 it does so with any request of which no byte was written, over HTTP/2 with any that the peer refused or did
// not take up before it went away: all of that is harmless. But over HTTP/2 it also repeats any request whose stream
// the peer reset with PROTOCOL_ERROR (golang.org/issue/47635), which does not rule out that the peer acted on it.
// The one thing that stops it, in both versions and whatever the method, is a body that has begun to be read and
// cannot be had again: no GetBody, and neither nil nor http.NoBody. So that is what every request gets that must not
// be sent twice (an empty one is sent as an empty chunk); when to repeat it is then decided in one place, [Client.do].
func (call *call) httpRequest(ctx context.Context, target *url.URL) *http.Request {
	request := &http.Request{
		Method: call.method,
		URL:    target,
		Host:   target.Host,
		Header: http.Header{"Accept": {"application/json, application/vnd.api+json"}},
	}
	if call.body != nil {
		request.Header.Set("Content-Type", call.contentType)
		request.ContentLength = int64(len(call.body))
	}
	fresh := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(call.body)), nil }
	switch {
	case !call.repeatable:
		request.Body, _ = fresh()
	case call.body != nil:
		request.Body, _ = fresh()
		request.GetBody = fresh
	}
	return request.WithContext(ctx)
}
