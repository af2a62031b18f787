// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// target is what the benchmark knows about a platform: how many requests a step may make.
type target struct {
	platform fake.Platform
	title    string
	// budget returns the most requests that a step may make.
	budget map[step]func(n, parallelism int) int
}

var platforms = map[string]target{
	"icepanel": {
		platform: fake.IcePanel, title: fake.IcePanel.Title(),
		budget: map[step]func(n, parallelism int) int{
			planCreates:  constant(2),
			applyCreates: func(n, _ int) int { return 2 + n },
			planPending:  constant(1),
			planChange:   constant(2),
			// One more than on Snyk: a changed grant can take a paid seat, and the apply asks once too how many are free.
			applyChange:  func(n, _ int) int { return 3 + 2*n },
			seeAccepted:  constant(2),
			planAccepted: constant(0),
			applyDestroy: func(n, _ int) int { return n },
		},
	},
	"snyk": {
		platform: fake.Snyk, title: fake.Snyk.Title(),
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
		platform: fake.ElasticCloud, title: fake.ElasticCloud.Title(),
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
	// Each invitation takes a paid seat, so a walk that plans one asks how many are free.
	"github": {
		platform: fake.GitHub, title: fake.GitHub.Title(),
		budget: map[step]func(n, parallelism int) int{
			planCreates:  constant(3),
			applyCreates: func(n, _ int) int { return 3 + n },
			planPending:  func(n, _ int) int { return pages(n) },
			planChange:   func(n, _ int) int { return pages(n) + 1 },
			applyChange:  func(n, _ int) int { return pages(n) + 2 + 2*n },
			seeAccepted:  func(n, _ int) int { return 2 + pages(n) },
			planAccepted: constant(0),
			applyDestroy: func(n, _ int) int { return n },
		},
	},
	// One request more in each walk than elsewhere, for the organization of the key; a page has a thousand entries.
	"anthropic": {
		platform: fake.Anthropic, title: fake.Anthropic.Title(),
		budget: map[step]func(n, parallelism int) int{
			planCreates:  constant(3),
			applyCreates: func(n, _ int) int { return 3 + n },
			planPending:  func(n, _ int) int { return 1 + largePages(n) },
			planChange:   func(n, _ int) int { return 2 + largePages(n) },
			applyChange:  func(n, _ int) int { return 2 + largePages(n) + 2*n },
			seeAccepted:  func(n, _ int) int { return 1 + 2*largePages(n) },
			planAccepted: constant(0),
			applyDestroy: func(n, _ int) int { return 1 + n },
		},
	},
}

// grants returns the arguments that declare two different grants.
func (t target) grants(f *fake.Fake) (a, b string) {
	grants := testplatform.Of(t.platform).Grants(f, f.Organization(t.platform))
	return grants[0].HCL(), grants[1].HCL()
}

// platformNames returns the names of the platforms in the order of the fake.
func platformNames() (names []string) {
	for _, p := range fake.Platforms {
		names = append(names, string(p))
	}
	return names
}

func constant(requests int) func(int, int) int { return func(int, int) int { return requests } }

// pages returns how many requests list so many people on Snyk and GitHub.
func pages(n int) int { return max(1, (n+99)/100) }

// largePages returns how many requests list so many people on Anthropic.
func largePages(n int) int { return max(1, (n+999)/1000) }

// batches is the most requests for so many people on Elastic Cloud.
func batches(n int) int { return (n + 4) / 5 }
