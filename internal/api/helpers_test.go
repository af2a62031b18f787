// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api_test

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
)

const origin = "https://api.example.test"

// network is an http.RoundTripper made of a function. It records the requests and their times.
type network struct {
	answer func(request *http.Request) (*http.Response, error)

	mu    sync.Mutex
	asked []*http.Request
	at    []time.Time
}

func (n *network) RoundTrip(request *http.Request) (*http.Response, error) {
	n.mu.Lock()
	n.asked = append(n.asked, request)
	n.at = append(n.at, time.Now())
	n.mu.Unlock()
	if request.Body != nil {
		defer request.Body.Close()
	}
	return n.answer(request)
}

func (n *network) count() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.asked)
}

// gaps are the pauses between the requests.
func (n *network) gaps() []time.Duration {
	n.mu.Lock()
	defer n.mu.Unlock()
	var gaps []time.Duration
	for i := 1; i < len(n.at); i++ {
		gaps = append(gaps, n.at[i].Sub(n.at[i-1]))
	}
	return gaps
}

// inTurn answers with each of the given answers in turn, and with the last one from then on.
func inTurn(answers ...func(*http.Request) (*http.Response, error)) *network {
	var mu sync.Mutex
	return &network{answer: func(request *http.Request) (*http.Response, error) {
		mu.Lock()
		next := answers[0]
		if len(answers) > 1 {
			answers = answers[1:]
		}
		mu.Unlock()
		return next(request)
	}}
}

type answer = func(*http.Request) (*http.Response, error)

// status answers with JSON, and with headers given as names and values.
func status(code int, body string, header ...string) answer {
	return func(request *http.Request) (*http.Response, error) {
		return response(request, code, strings.NewReader(body), append([]string{"Content-Type", "application/json"}, header...)...), nil
	}
}

func response(request *http.Request, code int, body io.Reader, header ...string) *http.Response {
	response := &http.Response{
		StatusCode: code, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{}, Body: io.NopCloser(body), ContentLength: -1, Request: request,
	}
	for pair := range slices.Chunk(header, 2) {
		response.Header.Set(pair[0], pair[1])
	}
	return response
}

// lost fails like a connection that is lost after the request was sent.
func lost(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF }

// never answers only when the request is canceled.
func never(request *http.Request) (*http.Response, error) {
	<-request.Context().Done()
	return nil, request.Context().Err()
}

// cutShort answers with a success whose body is incomplete.
func cutShort(request *http.Request) (*http.Response, error) {
	body := io.MultiReader(strings.NewReader(`{"name":"hal`), failingReader{})
	return response(request, http.StatusOK, body, "Content-Type", "application/json"), nil
}

type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func newClient(t testing.TB, transport http.RoundTripper, change ...func(*api.Config)) *api.Client {
	t.Helper()
	config := api.Config{Platform: "Example", BaseURL: mustParse(t, origin), Transport: transport, MaxRetries: 4}
	for _, change := range change {
		change(&config)
	}
	return api.New(config)
}

// noRetries leaves only the repetitions that do not depend on the configuration.
func noRetries(c *api.Config) { c.MaxRetries = 0 }

func mustParse(t testing.TB, text string) *url.URL {
	t.Helper()
	parsed, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func failure(t testing.TB, err error) *api.Error {
	t.Helper()
	failure, ok := errors.AsType[*api.Error](err)
	if !ok {
		t.Fatalf("got %T %v, want an *api.Error", err, err)
	}
	return failure
}

var (
	get    = api.Request{Path: []string{"things"}}
	post   = api.Request{Method: http.MethodPost, Path: []string{"things"}, Body: map[string]string{"name": "x"}}
	revoke = api.Request{Method: http.MethodPost, Path: []string{"things", "1"}, Repeatable: true}
)

type thing struct {
	Name string `json:"name"`
}
