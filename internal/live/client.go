// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/live/question"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

const (
	// requestTimeout is the limit for one request, and maxBody that for the bytes of its answer.
	requestTimeout = 30 * time.Second
	maxBody        = 32 << 20
)

var errNoWrites = errors.New("only requests that read are allowed")

// client makes requests with a platform's credential, apart from the provider's own client: what that one hides or
// repeats is to be seen.
type client struct {
	http      *http.Client
	base      string
	authorize func(http.Header)
	agent     string
	// writes: requests that change something are allowed.
	writes bool
}

// newClient returns a client with the credential in the environment. It fails with [skipped] if there is none.
func newClient(p platform.Platform, c config, writes bool) (*client, error) {
	base := c.getenv(p.BaseURLEnv)
	if base == "" {
		base = p.BaseURL
	}
	origin, err := platform.ParseBaseURL(base)
	if err != nil {
		return nil, errors.New(p.BaseURLEnv + " is invalid: " + err.Error())
	}
	for _, credential := range p.Credentials {
		value := strings.TrimSpace(c.getenv(credential.Env))
		if value == "" {
			continue
		}
		return &client{
			http: &http.Client{
				Timeout: requestTimeout,
				// The credential goes nowhere else. A redirect is an answer like others.
				CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			},
			base:      origin.String(),
			authorize: func(header http.Header) { credential.Authorize(header, value) },
			agent:     userAgent(c.version),
			writes:    writes,
		}, nil
	}
	return nil, skipped("there is no credential in the environment")
}

func userAgent(version string) string {
	return "terraform-provider-orginvite/" + version + " (live check)"
}

// do sends a request once. An answer that is not JSON has no body. Without an answer, the status is 0.
func (c *client) do(ctx context.Context, request *question.Request) (question.Answer, error) {
	method := request.Method
	if method == "" {
		method = http.MethodGet
	}
	if method != http.MethodGet && !request.ReadOnly && !c.writes {
		return question.Answer{}, errNoWrites
	}
	var body io.Reader
	if request.Body != nil {
		text, err := json.Marshal(request.Body)
		if err != nil {
			return question.Answer{}, err
		}
		body = bytes.NewReader(text)
	}
	target, err := url.Parse(c.base + request.Path)
	if err != nil {
		return question.Answer{}, err
	}
	sent, err := http.NewRequestWithContext(ctx, method, target.String(), body)
	if err != nil {
		return question.Answer{}, err
	}
	sent.GetBody = nil // net/http would send the request again after a lost connection
	c.authorize(sent.Header)
	sent.Header.Set("User-Agent", c.agent)
	if body != nil {
		sent.Header.Set("Content-Type", "application/json")
	}
	if request.ContentType != "" {
		sent.Header.Set("Content-Type", request.ContentType)
	}
	received, err := c.http.Do(sent)
	if err != nil {
		return question.Answer{}, err
	}
	defer func() { _ = received.Body.Close() }()
	answer := question.Answer{Status: received.StatusCode, Header: received.Header}
	decoder := json.NewDecoder(io.LimitReader(received.Body, maxBody))
	decoder.UseNumber()
	_ = decoder.Decode(&answer.Body.Value) // what is no JSON has nothing to look at
	return answer, nil
}
