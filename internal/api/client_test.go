// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
)

func TestDoDecodes(t *testing.T) {
	for _, contentType := range []string{
		"application/json", "application/json; charset=utf-8", "application/json;", "APPLICATION/JSON", "application/vnd.api+json",
	} {
		t.Run(contentType, func(t *testing.T) {
			client := newClient(t, inTurn(status(200, " {\"name\":\"it\"}\n", "Content-Type", contentType)))
			out := map[string]string{"left": "over"}
			if err := client.Do(t.Context(), get, &out); err != nil {
				t.Fatal(err)
			}
			if len(out) != 1 || out["name"] != "it" {
				t.Errorf("got %v", out)
			}
		})
	}
}

func TestDoIgnoresTheBody(t *testing.T) {
	for name, answer := range map[string]answer{
		"204": status(204, ``), "anything": status(200, `[{}]`), "cut": cutShort,
	} {
		t.Run(name, func(t *testing.T) {
			network := inTurn(answer)
			if err := newClient(t, network).Do(t.Context(), post, nil); err != nil || network.count() != 1 {
				t.Errorf("%v after %d requests", err, network.count())
			}
		})
	}
}

// A page of a proxy is not an answer, even if the content of the answer is not needed. Neither is an empty body.
func TestDoTakesNoPageForAnAnswer(t *testing.T) {
	for _, answer := range []answer{status(200, `<p>Sign in</p>`, "Content-Type", "text/html"), status(200, ``), status(200, `null`)} {
		network := inTurn(answer)
		if err := newClient(t, network).Do(t.Context(), post, nil); err == nil || !failure(t, err).Uncertain() {
			t.Errorf("got %v", err)
		}
	}
}

// A 2xx that is not the documented JSON is a failure and uncertain, never an empty answer.
func TestDoRefusesOtherBodies(t *testing.T) {
	for _, test := range []struct {
		name, contentType, body, want string
	}{
		{"HTML", "text/html; charset=utf-8", `{}`, `its content type is "text/html; charset=utf-8", not JSON`},
		{"text", "text/plain", `{}`, `not JSON`},
		{"no type", "", `{}`, "it has no content type"},
		{"nonsense type", ";;", `{}`, `not JSON`},
		{"empty", "application/json", ``, "its body is empty"},
		{"blank", "application/json", " \r\n\t", "its body is empty"},
		{"null", "application/json", ` null`, "its body is null"},
		{"nothing like JSON", "application/json", `nope`, "its JSON is not the documented one"},
		{"HTML all the same", "application/json", `<html>`, "its JSON is not the documented one"},
		{"list for object", "application/json", `[]`, "its JSON is not the documented one"},
		{"number for string", "application/json", `{"name":1}`, "its JSON is not the documented one"},
		{"half", "application/json", `{"name":"`, "its JSON breaks off"},
		{"trailing garbage", "application/json", `{"name":"x"}<p>`, "followed by something else"},
		{"two values", "application/json", `{"name":"x"}{"name":"y"}`, "followed by something else"},
	} {
		t.Run(test.name, func(t *testing.T) {
			client := newClient(t, inTurn(status(201, test.body, "Content-Type", test.contentType, "X-Request-Id", "r")))
			out := thing{Name: "before"}
			err := failure(t, client.Do(t.Context(), post, &out))
			if text := err.Error(); !strings.HasPrefix(text, "Example answered 201 Created, but ") ||
				!strings.Contains(text, test.want) || !strings.HasSuffix(text, "(request id r)") {
				t.Errorf("got %q", text)
			}
			if err.Status != 201 || !err.Uncertain() || out.Name != "before" {
				t.Errorf("status %d, uncertain %t, out %+v", err.Status, err.Uncertain(), out)
			}
		})
	}
}

// checked is an answer with a Check.
type checked struct {
	Things []thing `json:"things"`
}

func (c *checked) Check() error {
	if c.Things == nil {
		return errors.New(`"things" is missing`)
	}
	return nil
}

func TestDoChecks(t *testing.T) {
	client := newClient(t, inTurn(status(200, `{}`), status(200, `{"things":[]}`)))
	err := failure(t, client.Do(t.Context(), get, new(checked)))
	if !err.Uncertain() || err.Status != 200 || !strings.Contains(err.Error(), `"things" is missing`) {
		t.Errorf("got %v", err)
	}
	if err := client.Do(t.Context(), get, new(checked)); err != nil {
		t.Error(err)
	}
}

func TestRequestOnTheWire(t *testing.T) {
	network := inTurn(status(200, `{}`))
	client := newClient(t, network, func(c *api.Config) {
		c.BaseURL = mustParse(t, "https://user:pw@gateway.example.test:8443/some%2Fprefix//?x=y#z")
		c.UserAgent = "terraform-provider-orginvite/1.2.3"
		c.Authorize = func(header http.Header) { header.Set("X-API-Key", "the-key") }
	})
	var body string
	network.answer = func(request *http.Request) (*http.Response, error) {
		content, err := io.ReadAll(request.Body)
		body = string(content)
		if err != nil {
			return nil, err
		}
		return status(200, `{}`)(request)
	}
	err := client.Do(t.Context(), api.Request{
		Method: http.MethodPost, Path: []string{"v1", "things"}, Query: url.Values{"q": {"a b"}},
		Body: map[string]any{"n": 1}, ContentType: "application/vnd.api+json",
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	request := network.asked[0]
	if got, want := request.URL.String(), "https://gateway.example.test:8443/some%2Fprefix/v1/things?q=a+b"; got != want {
		t.Errorf("URL %s, want %s", got, want)
	}
	for name, want := range map[string]string{
		"User-Agent": "terraform-provider-orginvite/1.2.3", "X-Api-Key": "the-key", "Authorization": "",
		"Content-Type": "application/vnd.api+json", "Accept": "application/json, application/vnd.api+json",
	} {
		if got := request.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if body != `{"n":1}` || request.ContentLength != int64(len(body)) {
		t.Errorf("body %q, length %d", body, request.ContentLength)
	}
}

// No content of an id changes the rest of the path.
func TestPathElements(t *testing.T) {
	for _, id := range []string{"a/b", "%2e%2e", "..%2f..", "?x", "#x", "a b", "ü", "a,b", "a;b", `a\b`, "a+b", "...", " ", "\n", "%", "a/../b"} {
		t.Run(id, func(t *testing.T) {
			network := inTurn(status(200, `{}`))
			err := newClient(t, network).Do(t.Context(), api.Request{Path: []string{"things", id, "parts"}}, nil)
			if err != nil {
				t.Fatal(err)
			}
			// What a server sees: the parsed request line.
			seen := mustParse(t, network.asked[0].URL.RequestURI())
			elements := strings.Split(strings.TrimPrefix(seen.EscapedPath(), "/"), "/")
			if len(elements) != 3 || seen.RawQuery != "" {
				t.Fatalf("became %s", seen)
			}
			if got, err := url.PathUnescape(elements[1]); err != nil || got != id {
				t.Errorf("became %q", got)
			}
		})
	}
	for _, id := range []string{"", ".", ".."} {
		t.Run("refuses "+id, func(t *testing.T) {
			network := inTurn(status(200, `{}`))
			err := failure(t, newClient(t, network).Do(t.Context(), api.Request{Path: []string{"things", id}}, nil))
			if network.count() != 0 || err.Uncertain() || err.Status != 0 || !strings.Contains(err.Error(), "was not sent to Example") {
				t.Errorf("%v after %d requests", err, network.count())
			}
		})
	}
}

func TestBodyThatIsNoJSON(t *testing.T) {
	network := inTurn(status(200, `{}`))
	err := failure(t, newClient(t, network).Do(t.Context(), api.Request{Method: http.MethodPost, Path: []string{"x"}, Body: func() {}}, nil))
	if _, ok := errors.AsType[*json.UnsupportedTypeError](err); !ok || network.count() != 0 || err.Uncertain() {
		t.Errorf("%v after %d requests", err, network.count())
	}
}

func TestSentences(t *testing.T) {
	for _, test := range []struct {
		err  *api.Error
		want string
	}{
		{
			&api.Error{Platform: "IcePanel", Method: "POST", Route: "/v1/x", Cause: errRefused, Unsent: true},
			"IcePanel did not answer POST /v1/x: dial tcp: connect: connection refused",
		},
		{&api.Error{Platform: "IcePanel", Method: "GET", Route: "/v1/x", Attempts: 5}, "IcePanel did not answer GET /v1/x (5 attempts)"},
		{
			&api.Error{Platform: "Snyk", Status: 503, Attempts: 5, RequestID: "r"},
			"Snyk answered 503 Service Unavailable (5 attempts, request id r)",
		},
		{
			&api.Error{Platform: "Snyk", Method: "POST", Route: "/v1/x", Cause: fmt.Errorf("sending: %w", context.Canceled)},
			"waiting for Snyk to answer POST /v1/x was interrupted",
		},
		{
			&api.Error{Platform: "Snyk", Method: "GET", Route: "/v1/x", Cause: context.DeadlineExceeded},
			"waiting for Snyk to answer GET /v1/x was stopped at its deadline",
		},
		{
			&api.Error{Platform: "Snyk", Status: 200, Cause: context.Canceled},
			"Snyk answered 200 OK, but waiting for the rest was interrupted",
		},
	} {
		if got := test.err.Error(); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}
