// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake/faketest"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	ec "github.com/orginvite/terraform-provider-orginvite/internal/platform/elasticcloud"
)

// world is the fake Elastic Cloud with a client.
type world struct {
	fake *fake.Fake
	*testing.T
	ec.Backend
	org string
}

// TestMain takes the network into memory, so that a test can run in a bubble of synctest, where waiting takes no time.
func TestMain(m *testing.M) {
	faketest.UseMemory()
	os.Exit(m.Run())
}

func newWorld(t *testing.T, change ...func(*fake.ElasticCloudBehaviors)) *world {
	t.Helper()
	served := faketest.New(t)
	f := served.Fake
	base, err := url.Parse(served.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range change {
		f.Set(func(s *fake.Behaviors) { c(&s.ElasticCloud) })
	}
	client := api.New(api.Config{
		Platform:   "Elastic Cloud",
		BaseURL:    base,
		Authorize:  func(h http.Header) { h.Set("Authorization", "ApiKey "+f.Credentials().ElasticCloudAPIKey) },
		MaxRetries: 2,
		Timeout:    5 * time.Second,
	})
	return &world{fake: f, T: t, Backend: ec.NewBackend(client), org: f.Organization(fake.ElasticCloud)}
}

// request is a request for an invitation that lasts a day.
func request(email string, grant ec.Grant) invite.Request[ec.Grant] {
	return invite.Request[ec.Grant]{Email: email, Grant: grant, Lifetime: 24 * time.Hour}
}

func (w *world) send(email string, grant ec.Grant) invite.Invite[ec.Grant] {
	w.Helper()
	sent, err := w.Send(w.Context(), w.org, request(email, grant))
	if err != nil {
		w.Fatal(err)
	}
	return sent
}

func (w *world) invites() []invite.Invite[ec.Grant] {
	w.Helper()
	listed, err := w.Invites(w.Context(), w.org)
	if err != nil {
		w.Fatal(err)
	}
	return listed
}

func (w *world) members() []invite.Member[ec.Grant] {
	w.Helper()
	listed, err := w.Members(w.Context(), w.org)
	if err != nil {
		w.Fatal(err)
	}
	return listed
}

// refuse answers the next request of an operation with codes.
func (w *world) refuse(operation fake.Operation, status int, codes ...string) {
	failures := []map[string]any{}
	for _, code := range codes {
		failures = append(failures, map[string]any{"code": code, "message": "because of " + code})
	}
	body, _ := json.Marshal(map[string]any{"errors": failures})
	w.fake.Fail(fake.Fault{Operation: operation, Times: 1, Status: status, Body: string(body)})
}

// bodies are the bodies of the requests of an operation.
func (w *world) bodies(operation fake.Operation) []string {
	var all []string
	for _, request := range w.fake.Journal() {
		if request.Operation == operation {
			all = append(all, request.Body)
		}
	}
	return all
}

func (w *world) wantCount(want int, operation fake.Operation) {
	w.Helper()
	if got := w.fake.Count(operation); got != want {
		w.Errorf("%s: %d requests, want %d", operation, got, want)
	}
}

// wantMails checks that so many people got a mail, and nobody got two.
func (w *world) wantMails(people int) {
	w.Helper()
	mailed := map[string]int{}
	for _, mail := range w.fake.Mails() {
		mailed[strings.ToLower(mail.To)]++
	}
	for to, count := range mailed {
		if count > 1 {
			w.Errorf("%s got %d mails", to, count)
		}
	}
	if len(mailed) != people {
		w.Errorf("%d people got a mail, want %d", len(mailed), people)
	}
}

// failed is the failure in an error.
func failed(t *testing.T, err error) *invite.Failure {
	t.Helper()
	var failure *invite.Failure
	if !errors.As(err, &failure) {
		t.Fatalf("no failure: %v", err)
	}
	return failure
}

// everything is a grant in all scopes.
var everything = ec.Grant{
	ec.Organization:  {{RoleID: "billing-admin"}},
	ec.Deployment:    {{RoleID: "deployment-viewer", IDs: []string{"d2", "d1"}}, {RoleID: "deployment-admin", All: true}},
	ec.Elasticsearch: {{RoleID: "elasticsearch-viewer", IDs: []string{"p1"}, ApplicationRoles: []string{"b", "a"}}},
	ec.Observability: {{RoleID: "observability-viewer", All: true}},
	ec.Security:      {{RoleID: "security-viewer", All: true, ApplicationRoles: []string{"soc"}}},
}
