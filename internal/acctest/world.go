// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake/faketest"
)

// World is a set of platforms of a test's own, and how to reach them.
type World struct {
	*fake.Fake
	URL      string
	recorder recorder
}

// NewWorld starts platforms that end with the test.
func NewWorld(t testing.TB, behaviors ...func(*fake.Behaviors)) *World {
	t.Helper()
	var options fake.Options
	for _, set := range behaviors {
		set(&options.Behaviors)
	}
	platforms := fake.New(options)
	server := httptest.NewServer(platforms)
	t.Cleanup(func() {
		platforms.Close()
		server.Close()
	})
	return &World{Fake: platforms, URL: server.URL}
}

// Block is one platform's part of the provider block, with everything in it.
func (w *World) Block(p fake.Platform) string {
	argument, secret := w.Credential(p)
	return fmt.Sprintf("  %s = {\n    %s = %q\n    organization_id = %q\n    base_url = %q\n  }\n",
		p, argument, secret, w.Organization(p), p.BaseURL(w.URL))
}

// Provider is a provider block for the given platforms. Nothing in it is left
// to the environment, so that tests can run side by side. A failed request is not
// repeated, so that they need not wait.
func (w *World) Provider(platforms ...fake.Platform) string {
	return w.ProviderWith("max_retries = 0", platforms...)
}

// ProviderWith is Provider with other arguments than its own.
func (w *World) ProviderWith(arguments string, platforms ...fake.Platform) string {
	var blocks strings.Builder
	for _, p := range platforms {
		blocks.WriteString(w.Block(p))
	}
	return "provider \"orginvite\" {\n  " + arguments + "\n" + blocks.String() + "}\n"
}

// During does something with an empty journal and returns what was requested meanwhile.
func (w *World) During(do func()) Requests {
	w.ResetJournal()
	do()
	return w.Journal()
}

// Requests is a part of the journal.
type Requests = faketest.Requests

// Counts is how many requests there are, by operation.
type Counts = faketest.Counts

// ExpectMails fails the test unless our own mails went to exactly these people, in any order.
func (w *World) ExpectMails(t testing.TB, want ...string) {
	t.Helper()
	if err := w.Mailed(want...)(); err != nil {
		t.Error(err)
	}
}

// Mailed wants the provider's own invitations to have been mailed to exactly these people, in any order.
func (w *World) Mailed(want ...string) Check {
	return func() error {
		var got []string
		for _, mail := range w.Mails() {
			if !mail.Outside {
				got = append(got, strings.ToLower(mail.To))
			}
		}
		want := slices.Clone(want)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			return fmt.Errorf("mails: got %v, want %v", got, want)
		}
		return nil
	}
}

// Requested wants exactly these requests since the journal was reset.
func (w *World) Requested(want Counts) Check {
	return func() error {
		if got := Requests(w.Journal()).Count().String(); got != want.String() {
			return fmt.Errorf("requests: got %s, want %s", got, want)
		}
		return nil
	}
}

// NoneRequested wants none of these requests since the journal was reset.
func (w *World) NoneRequested(operations ...fake.Operation) Check {
	return func() error {
		if w.Count(operations...) > 0 {
			return fmt.Errorf("requests: %s, want none of %s", Requests(w.Journal()).Count(), operations)
		}
		return nil
	}
}

// ResetRequests resets the journal between other checks.
func (w *World) ResetRequests() Check {
	return func() error {
		w.ResetJournal()
		return nil
	}
}
