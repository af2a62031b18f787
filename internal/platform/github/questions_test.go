// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"net/http"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/live/question"
)

// TestScopes: the fake's token is like a fine-grained one, of which GitHub shows no scopes. An unknown scope is not
// told.
func TestScopes(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"admin:org, user:email, something-private": "admin:org, user:email",
		"repo": "none",
		"":     "none",
	} {
		answers := question.Answers{ByName: map[string]question.Answer{
			question.Invitations: {Status: 200, Header: http.Header{"X-Oauth-Scopes": {header}}},
		}}
		if got := scopes(answers).String(); got != want {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
	}
}
