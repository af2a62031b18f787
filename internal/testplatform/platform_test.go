// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package testplatform_test

import (
	"fmt"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// Every platform has a row, its grants differ, and the fake takes them.
func TestEveryPlatform(t *testing.T) {
	if len(testplatform.All) != len(fake.Platforms) {
		t.Errorf("%d rows, want one for each of %v", len(testplatform.All), fake.Platforms)
	}
	for _, name := range fake.Platforms {
		platform, world := testplatform.Of(name), fake.New(fake.Options{})
		t.Cleanup(world.Close)
		grants := platform.Grants(world, world.Organization(name))
		if len(grants) < 2 {
			t.Errorf("%s: %d grants, want at least two", name, len(grants))
		}
		seen := map[string]bool{}
		for i, grant := range grants {
			if seen[grant.HCL()] {
				t.Errorf("%s: two grants are declared as %s", name, grant.HCL())
			}
			seen[grant.HCL()] = true
			email := fmt.Sprintf("p%d@example.com", i)
			if _, err := world.SeedInvite(name, "", fake.Invitation{Email: email, Grant: grant.Fake}); err != nil {
				t.Errorf("%s, %s: %v", name, grant.HCL(), err)
			}
		}
	}
}

func TestPages(t *testing.T) {
	for _, test := range []struct{ size, entries, want int }{{0, 1000, 1}, {100, 0, 1}, {100, 100, 1}, {100, 101, 2}} {
		if got := (testplatform.Platform{PageSize: test.size}).Pages(test.entries); got != test.want {
			t.Errorf("%d entries, %d a page: got %d, want %d", test.entries, test.size, got, test.want)
		}
	}
}
