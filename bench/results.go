// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"slices"
	"text/tabwriter"
	"time"
)

// results are the medians of one run, as results.json holds them.
type results struct {
	Terraform   string `json:"terraform"`
	System      string `json:"system"`
	Processors  int    `json:"processors"`
	Go          string `json:"go"`
	Parallelism int    `json:"parallelism"`
	// Rounds is how often everything was measured, by the number of invitations.
	Rounds  map[int]int `json:"rounds"`
	Start   []start     `json:"start"`
	Figures []figure    `json:"figures"`
}

// figure is what a step took, beside the references.
type figure struct {
	// Of is a platform or a reference.
	Of        string `json:"of"`
	LatencyMS int64  `json:"latency_ms"`
	N         int    `json:"n"`
	Step      step   `json:"step"`
	// Seconds is the time of the whole command.
	Seconds float64 `json:"seconds"`
	// Requests is the most that any round made, and Budget is how many it may make.
	Requests int `json:"requests"`
	Budget   int `json:"budget"`
	// PeakMiB is the most memory of a provider process, and CPUSeconds the processor time of all provider processes.
	PeakMiB    float64 `json:"peak_mib"`
	CPUSeconds float64 `json:"cpu_seconds"`
	// TimesFloor and TimesOther are the ratios of the times to those of terraform_data and of hashicorp/time.
	// TimesFloorCPU is the ratio of processor times, Terraform included. They are 0 where there is no reference.
	TimesFloor    float64 `json:"times_terraform_data,omitempty"`
	TimesFloorCPU float64 `json:"times_terraform_data_cpu,omitempty"`
	TimesOther    float64 `json:"times_hashicorp_time,omitempty"`
}

// newResults summarizes what was measured.
func newResults(c config, terraform string, start []start, measured figures) results {
	r := results{
		Terraform: terraform, System: runtime.GOOS + "/" + runtime.GOARCH, Processors: runtime.NumCPU(),
		Go: runtime.Version(), Parallelism: c.parallelism, Rounds: map[int]int{}, Start: start,
	}
	var subjects []subject
	for _, n := range c.sizes {
		r.Rounds[n] = c.rounds(n)
		subjects = append(subjects, subject{floorName, 0, n}, subject{otherName, 0, n})
		for _, name := range c.platforms {
			for _, latency := range c.latencies {
				subjects = append(subjects, subject{name, latency, n})
			}
		}
	}
	for _, s := range subjects {
		for _, at := range steps {
			if len(measured[s][at]) > 0 {
				r.Figures = append(r.Figures, measured.summarize(s, at, c.parallelism))
			}
		}
	}
	return r
}

// summarize returns the medians of a step, and the most requests and memory.
func (f figures) summarize(s subject, at step, parallelism int) figure {
	one := figure{Of: s.name, LatencyMS: s.latency.Milliseconds(), N: s.n, Step: at}
	var walls, cpus []float64
	for _, took := range f[s][at] {
		walls, cpus = append(walls, took.wall.Seconds()), append(cpus, took.cpu.Seconds())
		one.Requests = max(one.Requests, took.requests)
		one.PeakMiB = max(one.PeakMiB, rounded(float64(took.peak)/(1<<20)))
	}
	one.Seconds, one.CPUSeconds = rounded(median(walls)), rounded(median(cpus))
	if target, known := platforms[s.name]; known {
		one.Budget = target.budget[at](s.n, parallelism)
		one.TimesFloor, one.TimesOther = f.ratio(s, at, floorName, wall), f.ratio(s, at, otherName, wall)
		one.TimesFloorCPU = f.ratio(s, at, floorName, effort)
	}
	return one
}

// ratio returns the median of the ratios within each round: what disturbs the machine disturbs both. It is 0 if the
// reference was not measured.
func (f figures) ratio(s subject, at step, name string, of func(usage) time.Duration) float64 {
	beside := f[subject{name: name, n: s.n}][at.likened()]
	var ratios []float64
	for i, took := range f[s][at] {
		if i < len(beside) && of(beside[i]) > 0 {
			ratios = append(ratios, of(took).Seconds()/of(beside[i]).Seconds())
		}
	}
	if len(ratios) == 0 {
		return 0
	}
	return rounded(median(ratios))
}

func wall(u usage) time.Duration   { return u.wall }
func effort(u usage) time.Duration { return u.total }

// rounded keeps three decimals.
func rounded(value float64) float64 { return math.Round(value*1000) / 1000 }

// find returns the figure of a step.
func (r results) find(of string, latency time.Duration, n int, at step) (figure, bool) {
	i := slices.IndexFunc(r.Figures, func(f figure) bool {
		return f.Of == of && f.LatencyMS == latency.Milliseconds() && f.N == n && f.Step == at
	})
	if i < 0 {
		return figure{}, false
	}
	return r.Figures[i], true
}

// distinct returns the different values of a property, in the order in which they first appear.
func distinct[T comparable](r results, property func(figure) T) (all []T) {
	for _, f := range r.Figures {
		if value := property(f); !slices.Contains(all, value) {
			all = append(all, value)
		}
	}
	return all
}

func (r results) sizes() []int {
	return slices.Sorted(slices.Values(distinct(r, func(f figure) int { return f.N })))
}

// latencies returns the latencies of the platforms. The references have none.
func (r results) latencies() (all []time.Duration) {
	own := results{Figures: slices.DeleteFunc(slices.Clone(r.Figures), func(f figure) bool { return !isPlatform(f.Of) })}
	for _, ms := range distinct(own, func(f figure) int64 { return f.LatencyMS }) {
		all = append(all, time.Duration(ms)*time.Millisecond)
	}
	slices.Sort(all)
	return all
}

// measuredPlatforms returns the platforms in the results, in the order of the fake.
func (r results) measuredPlatforms() []string {
	of := distinct(r, func(f figure) string { return f.Of })
	return slices.DeleteFunc(platformNames(), func(name string) bool { return !slices.Contains(of, name) })
}

func isPlatform(name string) bool {
	_, known := platforms[name]
	return known
}

// overBudget fails if a step made more requests than it may.
func (r results) overBudget() error {
	for _, f := range r.Figures {
		if f.Requests > f.Budget {
			return fmt.Errorf("%s of %d on %s made %d requests, its budget is %d", f.Step, f.N, f.Of, f.Requests, f.Budget)
		}
	}
	return nil
}

// print writes the results and the goals as tables.
func (r results) print(out io.Writer) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(format string, values ...any) { _, _ = fmt.Fprintf(table, format+"\t\n", values...) }
	row("\nprovider\tms to schema\tMiB")
	for _, s := range r.Start {
		row("%s\t%d\t%.1f", s.Name, s.SchemaMS, s.SizeMiB)
	}
	row("\nof\tlatency\tn\tstep\ts\tx terraform_data\tits CPU\tx hashicorp/time\trequests\tbudget\tMiB\ts of CPU")
	for _, f := range r.Figures {
		row("%s\t%d ms\t%d\t%s\t%.2f\t%.2f\t%.2f\t%.2f\t%d\t%d\t%.0f\t%.2f", f.Of, f.LatencyMS, f.N, f.Step,
			f.Seconds, f.TimesFloor, f.TimesFloorCPU, f.TimesOther, f.Requests, f.Budget, f.PeakMiB, f.CPUSeconds)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	goals := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(goals, "\nreached\tgoal\tmeasured")
	for _, goal := range r.goals() {
		reached := map[bool]string{true: "yes", false: "NO"}[goal.reached]
		_, _ = fmt.Fprintf(goals, "%s\t%s\t%s\n", reached, goal.what, goal.measured)
	}
	return goals.Flush()
}

func load(file string) (r results, err error) {
	content, err := os.ReadFile(file) //nolint:gosec // the user named the file
	if err != nil {
		return r, err
	}
	err = json.Unmarshal(content, &r)
	return r, err
}

func (r results) save(file string) error {
	content, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(content, '\n'), 0o644) //nolint:gosec // for everybody to read
}
