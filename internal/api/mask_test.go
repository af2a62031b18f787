// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestMasks(t *testing.T) {
	masks := newMasks()
	for _, secret := range []string{"token-1", "token-12", "k/y=+ ü", `quo"te`, "overlap", "lapping", "", "abc"} {
		masks.add(secret)
	}
	for text, want := range map[string]string{
		"":                                      "",
		"nothing":                               "nothing",
		"token-1":                               "***",
		"token-12,token-1":                      "***,***",
		"a token-13 b":                          "a ***3 b",
		"overlapping":                           "***",
		"abc is too short":                      "abc is too short",
		"/p/" + url.PathEscape("k/y=+ ü"):       "/p/***",
		"?q=" + url.QueryEscape("k/y=+ ü"):      "?q=***",
		"/p/k%2fy=+%20%c3%bc":                   "/p/***",
		`{"x":"quo\"te"}`:                       `{"x":"***"}`,
		"token-1token-1":                        "******",
		"ütoken-1ü":                             "ü***ü",
		url.PathEscape("token-1,token-12") + "": "***%2C***",
	} {
		if got := masks.apply(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

// An organization on Elastic Cloud may have very many invitations, each with a token to mask, and every path and every
// error is masked.
func TestManyMasks(t *testing.T) {
	const many = 100_000
	masks := newMasks()
	start := time.Now()
	token := func(i int) string { return fmt.Sprintf("invitation-token-%020d", i) }
	for i := range many {
		masks.add(token(i))
	}
	text := strings.Repeat("no secret here, ", 4000) + token(77_777)
	for range 2 {
		if got := masks.apply(text); !strings.HasSuffix(got, "***") {
			t.Fatal("not masked")
		}
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
}

func BenchmarkMaskPath(b *testing.B) {
	masks := newMasks()
	for i := range 100_000 {
		masks.add(fmt.Sprintf("invitation-token-%020d", i))
	}
	path := fmt.Sprintf("/api/v1/organizations/123456789/invitations/invitation-token-%020d", 5)
	for b.Loop() {
		masks.apply(path)
	}
}
