package main

import (
	"fmt"
	"slices"
	"time"
)

// goal is something that the provider has to reach, and whether it did. Goals in
// times are only reported: a busy machine misses them.
type goal struct {
	What     string
	Measured string
	Reached  bool
}

// goals are those for which enough was measured.
func (r *results) goals() (all []goal) {
	add := func(reached bool, what, measured string, values ...any) {
		all = append(all, goal{what, fmt.Sprintf(measured, values...), reached})
	}
	for _, name := range r.config.platforms {
		title := platforms[name].title
		if one, ok := r.row(subject{name, 50 * time.Millisecond, 1000}, planPending); ok && one.Floor > 0 {
			add(one.Floor <= 2.2, title+", 1000 at 50 ms: a plan of pending invitations takes at most 2.2 times `terraform_data`", "%.2f", one.Floor)
			add(one.Other <= 0.5, title+", 1000 at 50 ms: and at most half of `time_offset`", "%.2f", one.Other)
		}
		for _, n := range r.config.sizes {
			for _, latency := range r.config.latencies {
				if one, ok := r.row(subject{name, latency, n}, planAccepted); ok && latency == r.config.latencies[0] {
					add(one.Requests == 0, fmt.Sprintf("%s, %d: people who accepted cost no request", title, n), "%d", one.Requests)
				}
			}
		}
	}
	const together = "elastic_cloud"
	if one, ok := r.row(subject{together, 50 * time.Millisecond, 100}, applyCreates); ok && one.Sends > 0 {
		people := float64(one.Subject.N) / float64(one.Sends)
		add(people >= 5, "Elastic Cloud, 100 at 50 ms: at least 5 people to a POST", "%.1f", people)
		if one.Floor > 0 {
			bound := time.Duration(2.5*one.Wall.Seconds()/one.Floor*float64(time.Second)) + 10*one.Subject.Latency
			add(one.Wall <= bound, "Elastic Cloud, 100 at 50 ms: the apply takes at most 2.5 times `terraform_data` and ten requests' latency", "%.2f s of %.2f s", one.Wall.Seconds(), bound.Seconds())
		}
	}
	return append(all, r.growth()...)
}

// growth compares how much longer everything takes with the most invitations than with
// the fewest, beside how much longer the floor takes: the ratio to it must not rise.
func (r *results) growth() (all []goal) {
	few, many := slices.Min(r.config.sizes), slices.Max(r.config.sizes)
	if few == many {
		return nil
	}
	for _, name := range r.config.platforms {
		for _, latency := range r.config.latencies {
			for _, at := range steps {
				before, ok := r.row(subject{name, latency, few}, at)
				after, also := r.row(subject{name, latency, many}, at)
				if ok && also && before.Floor > 0 {
					all = append(all, goal{
						fmt.Sprintf("%s, %s, %s: from %d to %d, the time grows no faster than that of `terraform_data`", platforms[name].title, latency, at, few, many),
						fmt.Sprintf("%.1f times, `terraform_data` %.1f times", after.Wall.Seconds()/before.Wall.Seconds(), after.Wall.Seconds()/before.Wall.Seconds()*before.Floor/after.Floor),
						after.Floor <= before.Floor,
					})
				}
			}
		}
	}
	return all
}
