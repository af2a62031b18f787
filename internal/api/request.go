// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

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
	// Path holds the elements after the base URL, unescaped. Each element is escaped by itself, and the elements "",
	// "." and ".." are refused, so that no id can change the rest of the path.
	Path []string
	// Query holds the parameters, unescaped. They are in no error and no log.
	Query url.Values
	// Body is sent as JSON; nil sends none.
	Body any
	// ContentType is the content type of Body; empty means application/json.
	ContentType string
	// Repeatable: sending the request twice has the same effect as sending it once. A GET is always repeatable.
	Repeatable bool
	// ReadOnly: the request changes nothing although it is not a GET, such as a query in GraphQL. It is repeatable, and
	// does not wait for the writes of [Config].SerialWrites.
	ReadOnly bool
	// Label replaces the path in errors and logs, such as "/organizations/{id}/invitations/{tokens}". Empty: the path
	// itself with its secrets masked. Use a label if the path can be very long.
	Label string
}

// call is a prepared request, which can be sent any number of times.
type call struct {
	method      string
	url         *url.URL
	body        []byte // nil: none
	contentType string
	repeatable  bool
	write       bool   // it changes something
	route       string // what errors and logs show for the path
}

// prepare prepares a request. After its error, nothing was sent.
func (c *Client) prepare(request Request) (*call, error) {
	call := &call{
		method:      cmp.Or(request.Method, http.MethodGet),
		contentType: cmp.Or(request.ContentType, "application/json"),
		route:       request.Label,
	}
	call.write = !request.ReadOnly && call.method != http.MethodGet
	call.repeatable = request.Repeatable || !call.write

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

// httpRequest is the request that net/http sends for one attempt.
//
// net/http repeats requests on its own. On a dead pooled connection it sends a GET again. Over HTTP/1 it repeats any
// request of which no byte was written, and over HTTP/2 any request that the peer refused or did not process before it
// closed the connection. All of that is harmless. But over HTTP/2 it also repeats any request whose stream the peer
// reset with PROTOCOL_ERROR (golang.org/issue/47635), although the peer may have acted on it.
//
// In both versions, and for every method, only a body that has been read from and cannot be read again prevents this:
// it has no GetBody, and is neither nil nor http.NoBody. So every request that must not be sent twice has such a body;
// an empty one is sent as an empty chunk. Only [Client.do] decides when to repeat a request.
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
