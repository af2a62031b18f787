package main

import (
	"fmt"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// target is what the benchmark knows about a platform: how to declare a grant, and how many requests a step may make.
type target struct {
	platform fake.Platform
	title    string
	// grants returns the arguments that declare two different grants.
	grants func(*fake.Fake) (a, b string)
	// budget returns the most requests that a step may make.
	budget map[step]func(n, parallelism int) int
}

var platforms = map[string]target{
	"icepanel": {
		platform: fake.IcePanel, title: "IcePanel",
		grants: func(*fake.Fake) (a, b string) { return `permission = "read"`, `permission = "billing"` },
		budget: map[step]func(n, parallelism int) int{
			planCreates:  constant(2),
			applyCreates: func(n, _ int) int { return 2 + n },
			planPending:  constant(1),
			planChange:   constant(2),
			applyChange:  func(n, _ int) int { return 2 + 2*n },
			seeAccepted:  constant(2),
			planAccepted: constant(0),
			applyDestroy: func(n, _ int) int { return n },
		},
	},
	"snyk": {
		platform: fake.Snyk, title: "Snyk",
		grants: func(f *fake.Fake) (a, b string) {
			roles := f.SnykRoles()
			return fmt.Sprintf("role_id = %q", roles[0].ID), fmt.Sprintf("role_id = %q", roles[1].ID)
		},
		budget: map[step]func(n, parallelism int) int{
			planCreates:  constant(2),
			applyCreates: func(n, _ int) int { return 2 + n },
			planPending:  func(n, _ int) int { return pages(n) },
			planChange:   func(n, _ int) int { return pages(n) + 1 },
			applyChange:  func(n, _ int) int { return pages(n) + 1 + 2*n },
			seeAccepted:  func(n, _ int) int { return 1 + pages(n) },
			planAccepted: constant(0),
			applyDestroy: func(n, _ int) int { return n },
		},
	},
	"elastic_cloud": {
		platform: fake.ElasticCloud, title: "Elastic Cloud",
		grants: func(*fake.Fake) (a, b string) {
			return `role_assignments = { organization = [{ role_id = "billing-admin" }] }`,
				`role_assignments = { organization = [{ role_id = "organization-admin" }] }`
		},
		budget: map[step]func(n, parallelism int) int{
			planCreates:  constant(2),
			applyCreates: func(n, _ int) int { return 2 + batches(n) },
			planPending:  constant(1),
			planChange:   constant(2),
			applyChange:  func(n, _ int) int { return 2 + 2*batches(n) },
			seeAccepted:  constant(2),
			planAccepted: constant(0),
			applyDestroy: func(n, _ int) int { return 1 + batches(n) },
		},
	},
}

// platformNames returns the names of the platforms in the order of the fake.
func platformNames() (names []string) {
	for _, p := range fake.Platforms {
		names = append(names, string(p))
	}
	return names
}

func constant(requests int) func(int, int) int { return func(int, int) int { return requests } }

// pages returns how many requests list so many people on Snyk.
func pages(n int) int { return max(1, (n+99)/100) }

// batches is the most requests for so many people on Elastic Cloud.
func batches(n int) int { return (n + 4) / 5 }
