// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

func TestParseReference(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]reference{
		"inv-1":                {target: "inv-1"},
		"ada@example.com":      {target: "ada@example.com"},
		"acme/inv-1":           {organization: "acme", target: "inv-1"},
		"acme/Ada@example.com": {organization: "acme", target: "Ada@example.com"},
		"acme/a/b@example.com": {organization: "acme", target: "a/b@example.com"},
	} {
		got, err := parseReference(text)
		if err != nil || got != want {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for text, complaint := range map[string]string{
		"": "no id", "/": "before the slash", "/inv-1": "before the slash", "acme/": "no id",
		"acme/inv/1": "more than one slash", " inv-1": "a space", "inv 1": "a space", "acme/inv-1\n": "a space",
		"ada@example.com/inv-1": "comes before", "ada@": "not an e-mail address", "acme/Ada<ada@example.com>": "not an e-mail address",
	} {
		if got, err := parseReference(text); err == nil || !strings.Contains(err.Error(), complaint) {
			t.Errorf("%q: %+v, %v, want %q", text, got, err, complaint)
		}
	}
}

// What is read names something, and writes as what it was.
func FuzzParseReference(f *testing.F) {
	for _, seed := range []string{"", "/", "inv-1", "acme/inv-1", "ada@example.com", "acme/ada@example.com", "acme/a/b@example.com", "a@b/c", "\u00a0inv", "acme//x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		named, err := parseReference(text)
		if err != nil {
			invitetest.Same(t, "reference beside an error", named, reference{})
			return
		}
		whole := named.target
		if named.organization != "" {
			whole = named.organization + "/" + named.target
		}
		invitetest.Same(t, "written", whole, text)
		if named.target == "" || strings.Contains(named.organization, "/") || strings.ContainsAny(text, " \t\r\n") {
			t.Errorf("%q: %+v", text, named)
		}
		if strings.Contains(named.target, "@") {
			invitetest.Same(t, "address", invite.CheckEmail(named.target), nil)
		}
	})
}
