// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
)

func serve(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Start()
	t.Cleanup(server.Close)
	return server
}

// ownClient is a client with the transport that it makes for itself.
func ownClient(t *testing.T, base string, change ...func(*api.Config)) *api.Client {
	t.Helper()
	return newClient(t, nil, append([]func(*api.Config){func(c *api.Config) {
		c.BaseURL = mustParse(t, base)
		c.MaxRetries = 1
		c.Authorize = func(header http.Header) { header.Set("Authorization", "Bearer the-credential") }
		c.Secrets = []string{"the-credential"}
	}}, change...)...)
}

// A reused connection is lost during a request. net/http then repeats a GET; a request that must not be sent twice is
// sent once.
func TestDeadConnection(t *testing.T) {
	for _, test := range []struct {
		request api.Request
		sent    int64
	}{
		{post, 1},
		{api.Request{Method: http.MethodPost, Path: []string{"things"}}, 1},
		{api.Request{Method: http.MethodDelete, Path: []string{"things"}}, 1},
		{revoke, 2},
		{get, 2},
	} {
		t.Run(fmt.Sprintf("%s body %t repeatable %t", test.request.Method, test.request.Body != nil, test.request.Repeatable), func(t *testing.T) {
			var sent atomic.Int64
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/warm" || sent.Add(1) > 1 {
					w.WriteHeader(http.StatusNoContent)
					return
				}
				_, _ = io.Copy(io.Discard, r.Body)
				panic(http.ErrAbortHandler)
			})
			client := ownClient(t, server.URL)
			if err := client.Do(t.Context(), api.Request{Path: []string{"warm"}}, nil); err != nil {
				t.Fatal(err)
			}
			err := client.Do(t.Context(), test.request, nil)
			if sent.Load() != test.sent {
				t.Errorf("sent %d times, want %d", sent.Load(), test.sent)
			}
			if wantErr := test.sent == 1; wantErr != (err != nil) {
				t.Fatalf("got %v", err)
			}
			if err != nil && !failure(t, err).Uncertain() {
				t.Errorf("%v is certain", err)
			}
		})
	}
}

// The same over HTTP/2, where a stream is reset instead of the connection.
func TestResetStream(t *testing.T) {
	var sent atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		sent.Add(1)
		if r.ProtoMajor != 2 {
			t.Errorf("asked over %s", r.Proto)
		}
		panic(http.ErrAbortHandler)
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	client := ownClient(t, server.URL, func(c *api.Config) { c.Transport = server.Client().Transport })
	for _, request := range []api.Request{post, {Method: http.MethodDelete, Path: []string{"x"}}} {
		sent.Store(0)
		err := failure(t, client.Do(t.Context(), request, nil))
		if sent.Load() != 1 || !err.Uncertain() {
			t.Errorf("%s: sent %d times, %v, uncertain %t", request.Method, sent.Load(), err, err.Uncertain())
		}
	}
}

// A request that must not be repeated lacks what net/http needs to repeat it.
func TestNothingForNetHTTPToRepeat(t *testing.T) {
	for _, request := range []api.Request{post, {Method: http.MethodDelete, Path: []string{"x"}}} {
		network := inTurn(status(204, ``))
		if err := newClient(t, network).Do(t.Context(), request, nil); err != nil {
			t.Fatal(err)
		}
		asked := network.asked[0]
		if asked.GetBody != nil || asked.Body == nil || asked.Body == http.NoBody {
			t.Errorf("%s can be repeated", request.Method)
		}
	}
}

func TestNoBodyIsNoBody(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength != 0 || len(r.TransferEncoding) != 0 {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	for _, request := range []api.Request{
		get, revoke, {Method: http.MethodDelete, Path: []string{"x"}},
	} {
		if err := ownClient(t, server.URL).Do(t.Context(), request, nil); err != nil {
			t.Errorf("%s: %v", request.Method, err)
		}
	}
}

// A request that got no connection was not sent, whatever the reason.
func TestNoConnection(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	silent, err := net.Listen("tcp", "127.0.0.1:0") // accepts, but no handshake ever ends
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	for name, test := range map[string]struct{ base, want string }{
		"refused":       {"http://" + listener.Addr().String(), "connection refused"},
		"TLS timed out": {"https://" + silent.Addr().String(), "timed out after 50ms"},
	} {
		t.Run(name, func(t *testing.T) {
			client := ownClient(t, test.base, func(c *api.Config) { c.Timeout = 50 * time.Millisecond })
			err := failure(t, client.Do(t.Context(), post, nil))
			if err.Uncertain() || err.Attempts != 2 || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, uncertain %t", err, err.Uncertain())
			}
		})
	}
}

func TestUntrustedCertificate(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	err := failure(t, ownClient(t, server.URL).Do(t.Context(), post, nil))
	if err.Uncertain() || err.Attempts != 1 || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("got %v, uncertain %t", err, err.Uncertain())
	}
}

func TestRedirects(t *testing.T) {
	var other atomic.Int64
	elsewhere := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		other.Add(1)
		t.Errorf("the other host was asked, with %q", r.Header.Get("Authorization"))
	})
	var posts atomic.Int64
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			posts.Add(1)
		}
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, elsewhere.URL+"/secret?q=the-query", http.StatusTemporaryRedirect)
		case "/here":
			http.Redirect(w, r, "/there?x=y", http.StatusPermanentRedirect)
		case "/there":
			if r.Header.Get("Authorization") != "Bearer the-credential" {
				t.Error("no credential after a redirect on the same host")
			}
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"name":"there"}`)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/nowhere":
			w.WriteHeader(http.StatusFound)
		case "/plain":
			w.WriteHeader(http.StatusNotModified)
		}
	})
	client := ownClient(t, server.URL)
	var out thing
	if err := client.Do(t.Context(), api.Request{Path: []string{"here"}}, &out); err != nil || out.Name != "there" {
		t.Errorf("got %+v, %v", out, err)
	}
	for _, test := range []struct{ method, path, want string }{
		{"GET", "away", "another host, " + elsewhere.URL},
		{"POST", "away", "another host, " + elsewhere.URL},
		{"POST", "here", "redirects a POST"},
		{"GET", "round", "too often"},
		{"GET", "nowhere", "without a valid location"},
		{"GET", "plain", "304 Not Modified"},
	} {
		posts.Store(0)
		err := failure(t, client.Do(t.Context(), api.Request{Method: test.method, Path: []string{test.path}}, &out))
		if text := err.Error(); !strings.Contains(text, test.want) || strings.Contains(text, "the-query") || strings.Contains(text, "/secret") {
			t.Errorf("%s %s: %v", test.method, test.path, err)
		}
		if err.Status < 300 || err.Status > 399 || test.method == "POST" && !err.Uncertain() {
			t.Errorf("%s %s: status %d, uncertain %t", test.method, test.path, err.Status, err.Uncertain())
		}
		if posts.Load() > 1 {
			t.Errorf("posted %d times", posts.Load())
		}
	}
	if other.Load() != 0 {
		t.Error("the other host was asked")
	}
}

func TestCredentialWithLineBreak(t *testing.T) {
	network := inTurn(status(204, ``))
	client := newClient(t, network, func(c *api.Config) {
		c.Authorize = func(header http.Header) { header.Set("Authorization", "token the-credential\n") }
	})
	err := failure(t, client.Do(t.Context(), post, nil))
	if network.count() != 0 || err.Uncertain() || err.Attempts != 1 || !strings.Contains(err.Error(), "Authorization") ||
		strings.Contains(err.Error(), "the-credential") {
		t.Errorf("got %v after %d requests", err, network.count())
	}
}

// Neither errors nor the log at its lowest level contain a credential, a token, a query or a body.
func TestNothingSecretIsSeen(t *testing.T) {
	const credential, token = "credential/with+specials", "invitation-token-1"
	for name, answer := range map[string]answer{
		"success":  status(200, `{"name":"the-body"}`),
		"an error": status(400, `{"message":"`+token+` is not `+credential+`","code":"`+token+`"}`, "X-Request-Id", token),
		"its path": func(r *http.Request) (*http.Response, error) { return status(404, r.URL.EscapedPath())(r) },
		"redirect": status(302, ``, "Location", "https://"+token+".example.test/"+token),
		"url.Error": func(r *http.Request) (*http.Response, error) {
			return nil, &url.Error{Op: "Get", URL: r.URL.String(), Err: errors.New("broken by " + token)}
		},
		"lost":     lost,
		"no JSON":  status(200, `x`, "Content-Type", "text/"+token),
		"bad JSON": status(200, `{"name":"the-body", `+token+`}`),
		"refused":  status(429, `{"message":"`+token+`"}`),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client := newClient(t, inTurn(answer), func(c *api.Config) {
					c.Secrets = []string{credential}
					c.Authorize = func(header http.Header) { header.Set("Authorization", "ApiKey "+credential) }
				})
				client.Mask(token)
				var logged bytes.Buffer
				ctx := tflogtest.RootLogger(t.Context(), &logged)
				var out thing
				err := client.Do(ctx, api.Request{
					Method: http.MethodDelete, Repeatable: true,
					Path:  []string{"organizations", "7", "invitations", token + "," + token, credential},
					Query: url.Values{"email": {"somebody@example.test"}},
					Body:  thing{Name: "the-body"},
				}, &out)

				seen := fmt.Sprint(err, "\n", logged.String())
				if err != nil {
					seen += fmt.Sprintf("%+v", failure(t, err).Problems)
				}
				for _, secret := range []string{credential, url.PathEscape(credential), url.QueryEscape(credential), token, "somebody", "the-body", "Authorization"} {
					if strings.Contains(seen, secret) {
						t.Errorf("%q is seen in\n%s", secret, seen)
					}
				}
				if !strings.Contains(logged.String(), `"path":"/organizations/7/invitations/***%2C***/***"`) {
					t.Errorf("the log says\n%s", logged.String())
				}
			})
		})
	}
}

func TestLogFields(t *testing.T) {
	var logged bytes.Buffer
	ctx := tflogtest.RootLogger(t.Context(), &logged)
	client := newClient(t, inTurn(status(200, ``, "X-Request-Id", "r1"), func(*http.Request) (*http.Response, error) {
		return nil, errors.New("no route")
	}), func(c *api.Config) { c.MaxRetries = 0 })
	_ = client.Do(ctx, get, nil)
	_ = client.Do(ctx, api.Request{Path: []string{"a", "b"}, Label: "/a/{id}"}, nil)
	entries, err := tflogtest.MultilineJSONDecode(&logged)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []map[string]any{
		{"@level": "debug", "platform": "Example", "method": "GET", "path": "/things", "status": 200.0, "request_id": "r1", "attempt": 1.0},
		{"@level": "debug", "platform": "Example", "method": "GET", "path": "/a/{id}", "error": "no route", "attempt": 1.0},
	} {
		for name, value := range want {
			if entries[i][name] != value {
				t.Errorf("entry %d has %s = %v, want %v", i, name, entries[i][name], value)
			}
		}
		if _, ok := entries[i]["duration_ms"]; !ok {
			t.Errorf("entry %d has no duration", i)
		}
	}
}

func TestLabel(t *testing.T) {
	err := failure(t, newClient(t, inTurn(status(404, ``))).Do(t.Context(), api.Request{Path: []string{"a", "b"}, Label: "/a/{id}"}, nil))
	if err.Route != "/a/{id}" || err.Method != http.MethodGet || err.Platform != "Example" {
		t.Errorf("got %+v", err)
	}
}
