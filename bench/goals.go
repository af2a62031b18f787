// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"time"
)

// goal is something that the provider is to reach. Goals are only reported: times depend on how busy the machine is.
type goal struct {
	what     string
	measured string
	reached  bool
}

// The most that a plan of 1000 pending invitations may take.
const (
	goalSize         = 1000
	goalLatency      = 50 * time.Millisecond
	mostOfFloor      = 2.2 // times terraform_data
	mostOfOther      = 0.5 // times time_offset of hashicorp/time
	mostOfFloorApply = 2.5 // times terraform_data, without the time of the requests themselves
)

// goals returns the goals for which enough was measured.
func (r results) goals() (all []goal) {
	for _, name := range r.measuredPlatforms() {
		title := platforms[name].title
		if f, ok := r.find(name, goalLatency, goalSize, planPending); ok && f.TimesFloor > 0 {
			all = append(all,
				goal{
					fmt.Sprintf("%s: a plan of %d pending at %s takes at most %.1f times terraform_data",
						title, goalSize, goalLatency, mostOfFloor),
					fmt.Sprintf("%.2f", f.TimesFloor), f.TimesFloor <= mostOfFloor,
				},
				goal{
					fmt.Sprintf("%s: and at most %.1f times time_offset", title, mostOfOther),
					fmt.Sprintf("%.2f", f.TimesOther), f.TimesOther <= mostOfOther,
				})
		}
	}
	return append(append(all, r.batches()...), r.growth()...)
}

// batches compares an apply on Elastic Cloud, which waits for others before it sends, with what its requests take.
func (r results) batches() []goal {
	const name, n = "elastic_cloud", 100
	f, ok := r.find(name, goalLatency, n, applyCreates)
	if !ok || f.TimesFloor == 0 {
		return nil
	}
	bound := mostOfFloorApply*f.Seconds/f.TimesFloor + float64(f.Budget)*goalLatency.Seconds()
	return []goal{{
		fmt.Sprintf("%s: an apply of %d creates at %s takes at most %.1f times terraform_data and the latency of %d requests",
			platforms[name].title, n, goalLatency, mostOfFloorApply, f.Budget),
		fmt.Sprintf("%.2f s of %.2f s", f.Seconds, bound), f.Seconds <= bound,
	}}
}

// growth compares the most invitations with the fewest: the ratio to the floor must not rise.
func (r results) growth() (all []goal) {
	sizes := r.sizes()
	if len(sizes) < 2 {
		return nil
	}
	few, many := sizes[0], sizes[len(sizes)-1]
	for _, name := range r.measuredPlatforms() {
		for _, latency := range r.latencies() {
			for _, at := range steps {
				before, ok := r.find(name, latency, few, at)
				after, also := r.find(name, latency, many, at)
				if ok && also && before.TimesFloor > 0 {
					all = append(all, goal{
						fmt.Sprintf("%s, %s, %s: from %d to %d, the time grows no faster than that of terraform_data",
							platforms[name].title, latency, at, few, many),
						fmt.Sprintf("%.2f, then %.2f times terraform_data", before.TimesFloor, after.TimesFloor),
						after.TimesFloor <= before.TimesFloor,
					})
				}
			}
		}
	}
	return all
}
