// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package platform_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

// All requests share the rules of an operation: Explain must not write into them.
func TestExplainLeavesTheRulesAlone(t *testing.T) {
	rules := make([]platform.Rule, 1, 10)
	_ = platform.Explain(&api.Error{Status: http.StatusTeapot}, rules...)
	for _, rule := range rules[1:cap(rules)] {
		if rule != (platform.Rule{}) {
			t.Fatalf("it wrote %+v", rule)
		}
	}
}

// A 403 of a rate limit is not about permissions: a rule for 403 must not turn it into "members may not be listed".
func TestExplainRateLimit(t *testing.T) {
	rules := []platform.Rule{
		{Status: http.StatusForbidden, Failure: invite.Failure{Meaning: invite.ErrForbidden, Advice: "Use another key."}},
	}
	for _, status := range []int{http.StatusForbidden, http.StatusTooManyRequests} {
		failure, ok := errors.AsType[*invite.Failure](platform.Explain(&api.Error{Status: status, RateLimited: true}, rules...))
		if !ok || failure.Meaning != nil || !strings.Contains(failure.Advice, "too many requests") {
			t.Errorf("%d: %+v", status, failure)
		}
	}
	failure, ok := errors.AsType[*invite.Failure](platform.Explain(&api.Error{Status: http.StatusForbidden}, rules...))
	if !ok || !errors.Is(failure.Meaning, invite.ErrForbidden) || failure.Advice != "Use another key." {
		t.Errorf("an ordinary 403: %+v", failure)
	}
}
