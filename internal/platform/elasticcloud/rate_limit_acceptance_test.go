// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// TestAccRateLimit: without Retry-After the wait is the one that x-ratelimit-interval asks for. Delays that grow from a second
// would be refused a second time.
func TestAccRateLimit(t *testing.T) {
	t.Parallel()
	w, s := acctest.NewWorld(t), subject()
	w.Set(func(behaviors *fake.Behaviors) {
		common := behaviors.Common(s.Name)
		common.WritesPerMinute, common.RateWindow = 1, fake.Duration(4*time.Second)
	})
	grants := s.Grants(w.Fake, w.Organization(s.Name))
	acctest.Case(t, func() {}, resource.TestStep{
		Config: w.Provider(s.Name) + s.Declare("ada", "ada@example.com", grants[0].HCL()) +
			s.Declare("grace", "grace@example.com", grants[1].HCL()),
		PostApplyFunc: func() {
			refused := 0
			for _, request := range w.Journal() {
				if request.Status == http.StatusTooManyRequests {
					refused++
				}
			}
			if refused != 1 {
				t.Errorf("%d requests were refused, want 1", refused)
			}
			w.ExpectMails(t, "ada@example.com", "grace@example.com")
			w.Set(func(behaviors *fake.Behaviors) { behaviors.Common(s.Name).WritesPerMinute = 0 })
		},
	})
}
