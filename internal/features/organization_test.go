// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package features_test

import (
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake/faketest"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
)

// TestEmptyOrganization: an empty organization_id is refused while validating, before anything is requested.
func TestEmptyOrganization(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		p := s.start(t, w)
		want := func(diags prototest.Diagnostics) {
			t.Helper()
			p.expect(diags, "organization_id string length must be at least 1")
			for _, one := range diags {
				if prototest.PathOf(one) != "organization_id" {
					t.Errorf("the error is about %q", prototest.PathOf(one))
				}
			}
		}
		want(p.ValidateQuery(t.Context(), s.Resource(), prototest.Query{Config: attrs{"organization_id": ""}}))
		for _, name := range []string{"resend", "revoke"} {
			_, diags := p.Invoke(t.Context(), p.prefix+name, attrs{"email": ada, "organization_id": ""})
			want(diags)
		}
		if requests := w.Journal(); len(requests) > 0 {
			t.Errorf("requested: %v", requests)
		}
	})
}
