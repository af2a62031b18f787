// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package faketest serves the fake platforms to tests: in memory for what runs in the test program itself, and on a real
// port for a Terraform in a process of its own. It counts requests and mails.
package faketest

import (
	"fmt"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// World is a set of platforms that belong to one test, and where they are served.
type World struct {
	*fake.Fake
	URL string
	// Network is what connects to them in memory; nil on a real port.
	Network *Network
}

// New serves platforms in memory until the test ends; see [UseMemory].
func New(t testing.TB, behaviors ...func(*fake.Behaviors)) *World {
	t.Helper()
	platforms := newFake(behaviors)
	network := NewNetwork(platforms)
	t.Cleanup(func() {
		platforms.Close()
		network.Stop()
	})
	return &World{Fake: platforms, URL: network.URL(), Network: network}
}

// Serve serves platforms on a real port until the test ends.
func Serve(t testing.TB, behaviors ...func(*fake.Behaviors)) *World {
	t.Helper()
	platforms := newFake(behaviors)
	server := httptest.NewServer(platforms)
	t.Cleanup(func() {
		platforms.Close()
		server.Close()
	})
	return &World{Fake: platforms, URL: server.URL}
}

func newFake(behaviors []func(*fake.Behaviors)) *fake.Fake {
	var options fake.Options
	for _, set := range behaviors {
		set(&options.Behaviors)
	}
	return fake.New(options)
}

// Block is a platform's part of the provider block, with everything in it: credential, organization, address.
func (w *World) Block(p fake.Platform) map[string]any {
	argument, secret := w.Credential(p)
	return map[string]any{argument: secret, "organization_id": w.Organization(p), "base_url": p.BaseURL(w.URL)}
}

// During does something with an empty journal, and returns what was requested meanwhile.
func (w *World) During(do func()) Requests {
	w.ResetJournal()
	do()
	return w.Journal()
}

// Requests is a part of the journal.
type Requests []fake.Request

// Count returns how many requests there were of each operation.
func (r Requests) Count() Counts {
	counts := Counts{}
	for _, request := range r {
		counts[request.Operation]++
	}
	return counts
}

// Expect fails the test unless the requests are exactly these.
func (r Requests) Expect(t testing.TB, want Counts) {
	t.Helper()
	if got := r.Count().String(); got != want.String() {
		t.Errorf("requests: got %s, want %s", got, want)
	}
}

// Counts is how many requests there are, by operation.
type Counts map[fake.Operation]int

// String is the counts in a fixed order, zeros left out.
func (c Counts) String() string {
	parts := make([]string, 0, len(c))
	for _, operation := range slices.Sorted(maps.Keys(c)) {
		if c[operation] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", operation, c[operation]))
		}
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// ExpectMails fails the test unless the provider's own mails went to exactly these people, in any order.
func (w *World) ExpectMails(t testing.TB, want ...string) {
	t.Helper()
	got := []string{}
	for _, mail := range w.Mails() {
		if !mail.Outside {
			got = append(got, strings.ToLower(mail.To))
		}
	}
	slices.Sort(got)
	want = slices.Sorted(slices.Values(want))
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("mails: got %v, want %v", got, want)
	}
}

// ExpectOneMailEach fails the test unless so many people got one mail each, and nobody got two.
func (w *World) ExpectOneMailEach(t testing.TB, people int) {
	t.Helper()
	mailed := map[string]int{}
	for _, mail := range w.Mails() {
		email := strings.ToLower(mail.To)
		if mailed[email]++; mailed[email] == 2 {
			t.Errorf("%s got a second mail", mail.To)
		}
	}
	if len(mailed) != people {
		t.Errorf("%d people got a mail, want %d", len(mailed), people)
	}
}
