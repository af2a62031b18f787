// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package faults

import (
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// maxInFlight is how many requests of one provider process may be on their way at once.
const maxInFlight = 16

// However many resources Terraform works on at once, the platform sees sixteen requests at a time.
func TestRequestsInFlight(t *testing.T) {
	for _, platform := range testplatform.All {
		t.Run(string(platform.Name), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				o := newOrganization(t.Context(), platform, fake.Behaviors{}, false)
				defer o.close()
				const people = 100
				for person := range people {
					o.declare(person, declaration{Person: person, Grant: person, ExpiresIn: fmt.Sprintf("%dm", 60+person)})
				}
				all := pace{Workers: people, Hasty: true}
				out := o.plan(all, nil)
				o.apply(all, &out)
				if out.wrong != "" || len(o.State) != people {
					t.Fatalf("%s%d in state: %v", out.wrong, len(o.State), out.reports[:min(1, len(out.reports))])
				}
				if most := o.net.MostInFlight(); most > maxInFlight {
					t.Errorf("%d requests in flight, want at most %d", most, maxInFlight)
				}
				clear(o.Declared)
				out = o.plan(all, nil)
				o.apply(all, &out)
				if len(o.State) != 0 {
					t.Errorf("%d are left", len(o.State))
				}
				t.Logf("at most %d requests in flight", o.net.MostInFlight())
			})
		})
	}
}
