// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
)

// report is an answer that can report a failure.
type report struct {
	Data   thing         `json:"data"`
	Errors []api.Problem `json:"errors"`
}

func (r report) Problems() []api.Problem { return r.Errors }

// An answer that reports a failure is one, also if it has data: the data may be incomplete. Secrets in it are masked.
func TestReportedFailure(t *testing.T) {
	client := newClient(t, inTurn(
		status(200, `{"data":{"name":"half"},"errors":[{"Code":"FORBIDDEN","Message":"no the-secret","Field":"a/b"}]}`, "X-Request-Id", "r"),
		status(200, `{"data":{"name":"whole"},"errors":[]}`),
	), func(c *api.Config) { c.Secrets = []string{"the-secret"} })
	out := report{Data: thing{"before"}}
	err := failure(t, client.Do(t.Context(), query, &out))
	if !err.HasCode("FORBIDDEN") || err.Status != 200 || err.RateLimited || out.Data.Name != "before" {
		t.Errorf("got %+v, %+v", err, out)
	}
	text := err.Error()
	if !strings.HasPrefix(text, `Example answered 200 OK, but "no `) || strings.Contains(text, "the-secret") ||
		!strings.HasSuffix(text, `" [FORBIDDEN, a/b] (request id r)`) {
		t.Errorf("got %s", text)
	}
	if err := client.Do(t.Context(), query, &out); err != nil || out.Data.Name != "whole" {
		t.Errorf("got %v, %+v", err, out)
	}
}

// A reported failure that is due to a rate limit is waited for like a 403, but only if the request can be repeated: it
// may have acted on a part of it.
func TestReportedRateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limited := status(200, `{"data":{},"errors":[{"Code":"RATE_LIMITED"}]}`, "x-ratelimit-remaining", "0", "Retry-After", "40")
		network := inTurn(limited, status(200, `{"data":{"name":"x"}}`))
		var out report
		if err := newClient(t, network).Do(t.Context(), query, &out); err != nil || out.Data.Name != "x" || network.gaps()[0] != 40*time.Second {
			t.Errorf("got %v, %+v, waited %s", err, out, network.gaps())
		}
		network = inTurn(limited)
		if err := failure(t, newClient(t, network).Do(t.Context(), post, &out)); err.RateLimited || !err.Uncertain() || network.count() != 1 {
			t.Errorf("got %v after %d requests", err, network.count())
		}
	})
}
