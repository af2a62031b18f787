// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// pastedPaths are version paths that people copy from the documentation of the platforms. The longest one that matches
// is removed, because the provider adds the right one itself.
var pastedPaths = []string{"/api/v1", "/api", "/rest", "/v1"}

// ParseBaseURL parses an origin with an optional path prefix. Its error completes a sentence about the URL, such as
// "it must begin with ...", and never contains the text. A URL that would send a credential over an unencrypted
// connection is an error.
func ParseBaseURL(text string) (*url.URL, error) {
	parsed, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		// The error of net/url contains the text, which may have a password in it.
		return nil, errors.New("it is not a URL")
	}
	switch {
	case parsed.Scheme != "https" && parsed.Scheme != "http", parsed.Hostname() == "", parsed.Opaque != "":
		return nil, errors.New(`it must begin with "https://" and a host name`)
	case parsed.User != nil:
		return nil, errors.New("it must not contain a user name or password")
	case parsed.RawQuery != "" || parsed.ForceQuery || parsed.Fragment != "":
		return nil, errors.New("it must not have a query or a fragment")
	case parsed.Scheme == "http" && !isLoopback(parsed.Hostname()):
		return nil, errors.New("it must use https: http is accepted only for loopback addresses, because it sends the credential unencrypted")
	}
	prefix := strings.TrimRight(parsed.Path, "/")
	for _, pasted := range pastedPaths {
		if rest, found := strings.CutSuffix(prefix, pasted); found {
			prefix = strings.TrimRight(rest, "/")
			break
		}
	}
	return &url.URL{Scheme: parsed.Scheme, Host: parsed.Host, Path: prefix}, nil
}

func isLoopback(host string) bool {
	return strings.EqualFold(host, "localhost") || net.ParseIP(host).IsLoopback()
}

// baseURLValidator checks a base URL at plan time.
type baseURLValidator struct{}

func (baseURLValidator) Description(context.Context) string {
	return "must be an https origin with an optional path prefix"
}

func (v baseURLValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (baseURLValidator) ValidateString(
	_ context.Context, req validator.StringRequest, resp *validator.StringResponse,
) {
	if req.ConfigValue.IsUnknown() || req.ConfigValue.ValueString() == "" {
		return
	}
	if _, err := ParseBaseURL(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Unusable "+req.Path.String(), fmt.Sprintf("The base URL is invalid: %s.", err))
	}
}
