package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// target is one platform to the benchmark: how to declare a grant, and what its
// walks may cost. A platform more is an entry more.
type target struct {
	platform fake.Platform
	title    string
	// grants returns the arguments of two different grants.
	grants func(*fake.Fake) (a, b string)
	// budget is the most requests that a step may make.
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
			// How long the list of members is shows only while it is read: whoever was asked for before comes on top.
			seeAccepted:  func(n, parallelism int) int { return 1 + pages(n) + parallelism },
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
			applyCreates: func(n, parallelism int) int { return 2 + batches(n, parallelism) },
			planPending:  constant(1),
			planChange:   constant(2),
			applyChange:  func(n, parallelism int) int { return 2 + 2*batches(n, parallelism) },
			seeAccepted:  constant(2),
			planAccepted: constant(0),
			applyDestroy: func(n, parallelism int) int { return 1 + batches(n, parallelism) },
		},
	},
}

func platformNames() []string { return slices.Sorted(maps.Keys(platforms)) }

func constant(requests int) func(int, int) int { return func(int, int) int { return requests } }

// pages is how many requests it takes to list so many on Snyk.
func pages(n int) int { return max(1, (n+99)/100) }

// batches is N/5 at Terraform's default parallelism of ten: at least half of those who could travel together do.
func batches(n, parallelism int) int {
	together := max(1, parallelism/2)
	return (n + together - 1) / together
}
