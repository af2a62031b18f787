// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"net/http"
	"testing"
)

func TestNextLink(t *testing.T) {
	const next = "https://api.example.test/organizations/7/invitations?page=2&per_page=100"
	for _, test := range []struct {
		header []string
		want   Link
	}{
		{nil, ""},
		{[]string{""}, ""},
		{[]string{`<` + next + `>; rel="next", <https://api.example.test/x?page=9>; rel="last"`}, next},
		{[]string{`<https://api.example.test/x?page=1>; rel="prev",<` + next + `>;rel=next`}, next},
		{[]string{`<https://api.example.test/x?page=1>; rel="first"`, `<` + next + `>; title="a, b; c"; REL="last Next"`}, next},
		{[]string{`<https://api.example.test/x?page=1>; rel="prev", <https://api.example.test/x>; rel="first"`}, ""},
		{[]string{`</x?a=1,2;3>; rel="next"`}, "/x?a=1,2;3"},
		{[]string{`<` + next + `>; crossorigin; rel = "next"`}, next},
		{[]string{`<` + next + `>`}, ""},
		{[]string{`<` + next + `>; title="rel=next"`}, ""},
		{[]string{`<` + next + `>; rel="nextish"`}, ""},
	} {
		got, err := nextLink(http.Header{"Link": test.header})
		if err != nil || got != test.want {
			t.Errorf("%q: got %q, %v, want %q", test.header, got, err, test.want)
		}
	}
	for _, malformed := range []string{
		next, `<` + next, `<` + next + `>; rel="next`, `<` + next + `> rel="next"`, `<>; rel="next"`, `x, <` + next + `>; rel="next"`,
	} {
		if got, err := nextLink(http.Header{"Link": {malformed}}); err == nil {
			t.Errorf("%q counts as %q", malformed, got)
		}
	}
}

func FuzzNextLink(f *testing.F) {
	for _, seed := range []string{`<a>; rel="next"`, `<a>;rel=prev,<b>;rel="next"`, `<`, `>;`, `<a>;x="`, `<a>;;;=,`} {
		f.Add(seed)
	}
	f.Fuzz(func(_ *testing.T, header string) {
		_, _ = nextLink(http.Header{"Link": {header}})
	})
}
