// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

func TestFaultStatusHasThePlatformsOwnShape(t *testing.T) {
	shapes := map[fake.Platform][]any{
		fake.IcePanel: {"message"}, fake.Snyk: {"errors", 0, "detail"}, fake.ElasticCloud: {"errors", 0, "code"},
		fake.GitHub:    {"message"},
		fake.Anthropic: {"error", "message"},
	}
	for _, p := range fake.Platforms {
		path := shapes[p]
		if path == nil {
			t.Fatalf("nobody knows the shape of an error of %s", p)
		}
		for _, status := range []int{400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503} {
			b := newBench(t, fake.Options{})
			b.Fail(fake.Fault{Status: status})
			got := b.create(p, "ada@example.com")
			if got.status != status || at(got.json, path...) == nil {
				t.Errorf("%s %d: %d %s", p, status, got.status, got.text)
			}
			if len(b.Mails()) != 0 || b.Journal()[0].Status != status {
				t.Errorf("%s %d: acted, or the journal has %d", p, status, b.Journal()[0].Status)
			}
		}
	}
}

func TestFaultAfterActing(t *testing.T) {
	for _, fault := range []fake.Fault{
		{Status: 500}, {Kind: fake.HTML}, {Kind: fake.Empty}, {Kind: fake.Null}, {Kind: fake.RateLimited}, {Kind: fake.Dropped},
	} {
		for _, after := range []bool{false, true} {
			fault.After = after
			b := newBench(t, fake.Options{})
			b.Fail(fault)
			_, _ = b.do(request{method: "POST", path: b.invitesPath(fake.Snyk), body: b.createBody(fake.Snyk, "ada@example.com")})
			if acted := len(b.Mails()) == 1; acted != after {
				t.Errorf("%s, after=%v: acted=%v", fault.Kind, after, acted)
			}
		}
	}
}

func TestFaultMatchesSkipsAndEnds(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.Fail(fake.Fault{Platform: fake.Snyk, Operation: fake.ListInvites, Method: "get", PathContains: "limit=10", Skip: 1, Times: 2, Status: 503})
	statuses := []int{}
	for range 5 {
		statuses = append(statuses, b.send("GET", b.invitesPath(fake.Snyk)+"&limit=10", "").status)
		b.want(200, "GET", b.invitesPath(fake.Snyk), "")
		b.want(200, "GET", b.invitesPath(fake.IcePanel), "")
	}
	if want := []int{200, 503, 503, 200, 200}; !slices.Equal(statuses, want) {
		t.Errorf("%v, want %v", statuses, want)
	}
	b.Fail(fake.Fault{Status: 500})
	b.ClearFaults()
	b.want(200, "GET", b.invitesPath(fake.Snyk), "")
}

func TestFaultDoRunsBeforeActing(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.create(fake.IcePanel, "ada@example.com")
	id := b.Invitations(fake.IcePanel, "")[0].ID
	b.Fail(fake.Fault{Operation: fake.RevokeInvite, Times: 1, Do: func() {
		if _, err := b.Accept(fake.IcePanel, "", "ada@example.com"); err != nil {
			t.Error(err)
		}
	}})
	got := b.want(200, "POST", b.icepanelUsers()+"/invites/"+id, "")
	if at(got.json, "organizationUserInvite", "usedAt") == nil {
		t.Errorf("accepted in the middle: %s", got.text)
	}
}

func TestFaultRateLimit(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.Fail(fake.Fault{Kind: fake.RateLimited, RetryAfter: "7", Header: map[string]string{"X-More": "1"}})
	got := b.want(429, "GET", b.invitesPath(fake.IcePanel), "")
	if got.header.Get("Retry-After") != "7" || got.header.Get("X-More") != "1" || got.json["message"] != "Too Many Requests" {
		t.Errorf("%v %s", got.header, got.text)
	}
}

func TestFaultBrokenAnswers(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.create(fake.IcePanel, "ada@example.com")
	list := request{method: "GET", path: b.invitesPath(fake.IcePanel)}
	whole := b.want(200, "GET", list.path, "").text

	b.Fail(fake.Fault{Kind: fake.Dropped, Times: 1})
	if got, err := b.do(list); !errors.Is(err, io.EOF) {
		t.Errorf("drop: %v %v", got, err)
	}
	if last := b.Journal()[len(b.Journal())-1]; last.Status != 0 {
		t.Errorf("drop is in the journal with %d", last.Status)
	}
	b.Fail(fake.Fault{Kind: fake.Truncated, Times: 1})
	if got, err := b.do(list); !errors.Is(err, io.ErrUnexpectedEOF) || got.text == "" || !strings.HasPrefix(whole, got.text) {
		t.Errorf("truncate: %q %v", got.text, err)
	}
	b.Fail(fake.Fault{Kind: fake.Huge, Size: 1 << 20, Times: 1})
	if got := b.send("GET", list.path, ""); len(got.text) != 1<<20 || !strings.HasPrefix(got.text, `{"padding":"a`) {
		t.Errorf("huge: %d bytes", len(got.text))
	}
	b.Fail(fake.Fault{Kind: fake.WrongType, Times: 1})
	if got := b.send("GET", list.path, ""); got.text != whole || !strings.HasPrefix(got.header.Get("Content-Type"), "text/plain") {
		t.Errorf("contenttype: %v %s", got.header, got.text)
	}
	b.Fail(fake.Fault{Kind: fake.Redirect, Times: 1})
	if got := b.send("GET", list.path, ""); got.status != http.StatusFound || got.header.Get("Location") != "https://elsewhere.invalid"+list.path {
		t.Errorf("redirect: %d %v", got.status, got.header)
	}
	for kind, want := range map[fake.Kind]string{
		fake.HTML: "<!DOCTYPE html>", fake.Empty: "", fake.Null: "null",
		fake.NullFields: `"email":null`, fake.MissingFields: `{"organizationUserInvites":[{}]}`,
		fake.UnknownValues: `"permission":"invented-tomorrow"`, fake.ZeroDates: `"usedAt":"0001-01-01T00:00:00.000Z"`,
	} {
		b.Fail(fake.Fault{Kind: kind, Times: 1})
		got := b.send("GET", list.path, "")
		if got.status != 200 || !strings.Contains(got.text, want) || got.text == whole || want == "" && got.text != "" {
			t.Errorf("%s: %d %s", kind, got.status, got.text)
		}
		if got.header.Get("X-Request-Id") == "" {
			t.Errorf("%s: no request id", kind)
		}
	}
	if got := b.send("GET", list.path, ""); got.text != whole {
		t.Errorf("afterwards: %s", got.text)
	}
}

func TestFaultHang(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.Fail(fake.Fault{Kind: fake.Hanging, After: true, Times: 1})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	sent, err := http.NewRequestWithContext(ctx, http.MethodPost, b.url+b.invitesPath(fake.ElasticCloud), strings.NewReader(`{"emails":["a@example.com"]}`))
	must(t, err)
	for name, value := range b.headers("/api/", "{}") {
		sent.Header.Set(name, value)
	}
	if _, err := b.client.Do(sent); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("hang: %v", err)
	}
	if len(b.Mails()) != 1 {
		t.Error("it has not acted")
	}

	b.Fail(fake.Fault{Kind: fake.Hanging})
	ended := make(chan error)
	go func() {
		_, err := b.do(request{method: "GET", path: b.invitesPath(fake.ElasticCloud)})
		ended <- err
	}()
	for len(b.Journal()) < 2 {
		time.Sleep(time.Millisecond)
	}
	b.Close()
	if err := <-ended; err == nil {
		t.Error("a hanging request was answered")
	}
}

func TestUnknownFaultsAndSwitchesPanic(t *testing.T) {
	b := newBench(t, fake.Options{})
	for name, act := range map[string]func(){
		"fault":  func() { b.Fail(fake.Fault{Kind: "flood"}) },
		"switch": func() { b.Set(func(s *fake.Behaviors) { s.Snyk.NextLink = "sideways" }) },
		"option": func() {
			fake.New(fake.Options{Behaviors: fake.Behaviors{IcePanel: fake.IcePanelBehaviors{LandscapePermissions: "x"}}})
		},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			act()
		}()
	}
}
