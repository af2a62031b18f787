// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
)

const org = "acme"

// server answers each request from a table, and records what was asked.
type server struct {
	*backend
	url string

	mu      sync.Mutex
	answers map[string][]reply
	asked   []string
	bodies  []string
}

// reply is one answer. Next is the path of its link to the next page.
type reply struct {
	status int
	body   string
	next   string
}

// serve starts a server that answers requests such as "GET /orgs/acme?per_page=100" in turn, and repeats the last
// answer. A request that is not in the table fails the test.
func serve(t *testing.T, answers map[string][]reply) *server {
	t.Helper()
	s := &server{answers: answers}
	started := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		key := r.Method + " " + r.URL.RequestURI()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.asked, s.bodies = append(s.asked, key), append(s.bodies, string(body))
		waiting := s.answers[key]
		if len(waiting) == 0 {
			t.Errorf("unexpected request %s", key)
			w.WriteHeader(http.StatusTeapot)
			return
		}
		if len(waiting) > 1 {
			s.answers[key] = waiting[1:]
		}
		for name, want := range map[string]string{
			"Authorization": "Bearer t0ken-t0ken", "Accept": "application/vnd.github+json", "X-Github-Api-Version": "2022-11-28",
		} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: header %s is %q", key, name, got)
			}
		}
		if next := waiting[0].next; next != "" {
			w.Header().Set("Link", fmt.Sprintf(`<%s%s>; rel="next", <%s/x>; rel="last"`, s.url, next, s.url))
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("X-GitHub-Request-Id", "R1")
		w.WriteHeader(cmp.Or(waiting[0].status, http.StatusOK))
		_, _ = io.WriteString(w, waiting[0].body)
	}))
	t.Cleanup(started.Close)
	s.url = started.URL
	base, err := url.Parse(started.URL)
	if err != nil {
		t.Fatal(err)
	}
	s.backend = &backend{api: api.New(api.Config{
		Platform: "GitHub", BaseURL: base, SerialWrites: true,
		Authorize: func(header http.Header) { authorize(header, "t0ken-t0ken") },
	})}
	return s
}

func (s *server) wantAsked(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(s.asked, want) {
		t.Errorf("asked for\n %s\nwant\n %s", strings.Join(s.asked, "\n "), strings.Join(want, "\n "))
	}
}

// body is the last body that was sent, as JSON.
func (s *server) body(t *testing.T) (decoded map[string]any) {
	t.Helper()
	if err := json.Unmarshal([]byte(s.bodies[len(s.bodies)-1]), &decoded); err != nil {
		t.Fatal(err)
	}
	return decoded
}
