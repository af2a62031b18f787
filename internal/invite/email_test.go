// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

func TestCheckEmail(t *testing.T) {
	t.Parallel()
	for address, complaint := range map[string]string{
		"ada@example.com":                "",
		"Ada.Lovelace+x@Sub.Example.COM": "",
		"o'brien@example.co.uk":          "",
		"ada@bücher.example":             "",
		"a/b@example.com":                "",
		"":                               "form",
		"ada":                            "form",
		"ada@":                           "form",
		"@example.com":                   "form",
		"ada@example..com":               "form",
		"ada@@example.com":               "form",
		"ada@example.com, bob@e.com":     "form",
		" ada@example.com":               "space",
		"ada@example.com\n":              "space",
		"Ada <ada@example.com>":          "bare",
		"<ada@example.com>":              "bare",
		"ada@example.com (Ada)":          "bare",
		`"a b"@example.com`:              "bare",
		"ada@localhost":                  "dot",
		"ada@[127.0.0.1]":                "host name",
		"ada@-example.com":               "host name",
		"ada@example-.com":               "host name",
		"ada@exam_ple.com":               "host name",
	} {
		err := invite.CheckEmail(address)
		if (err != nil) != (complaint != "") || err != nil && !strings.Contains(err.Error(), complaint) {
			t.Errorf("%q: %v, want %q", address, err, complaint)
		}
	}
}

func TestDomain(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{"Ada@Example.COM ": "example.com", `"a@b"@c.com`: "c.com", "ada": "ada", "": ""} {
		invitetest.Same(t, address, invite.Domain(address), want)
	}
}

func FuzzSameEmail(f *testing.F) {
	f.Add("ada@example.com", "ADA@Example.com")
	f.Add(" ada@example.com", "ada@example.com\t")
	f.Add("ada@example.com", "bob@example.com")
	f.Add("\u0130@example.com", "i\u0307@example.com")
	f.Add("\u212a@example.com", "k@example.com")
	f.Add("\xff@example.com", "")
	f.Fuzz(func(t *testing.T, a, b string) {
		invitetest.Same(t, "same as itself", invite.SameEmail(a, a), true)
		invitetest.Same(t, "same as its normal form", invite.SameEmail(a, invite.NormalizeEmail(a)), true)
		invitetest.Same(t, "normal form of the normal form", invite.NormalizeEmail(invite.NormalizeEmail(a)), invite.NormalizeEmail(a))
		invitetest.Same(t, "the other way round", invite.SameEmail(b, a), invite.SameEmail(a, b))
		invitetest.Same(t, "same as equal keys", invite.SameEmail(a, b), invite.NormalizeEmail(a) == invite.NormalizeEmail(b))
		if invite.SameEmail(a, b) {
			invitetest.Same(t, "domain", invite.Domain(a), invite.Domain(b))
		}
	})
}
