package main

import (
	"fmt"
	"io"
	"time"
)

// results are everything that a run found out.
type results struct {
	config    config
	terraform string
	figures   figures
	start     []start
	took      time.Duration
}

// row is one line of a table: a step on a platform, beside what it is compared with.
type row struct {
	Subject  subject
	Step     step
	Wall     time.Duration
	Requests int
	Budget   int
	Sends    int
	Peak     int64
	CPU      time.Duration
	// Floor and Other are the ratios of wall time to the references, and
	// Effort that of processor time to the floor; zero where they were not measured.
	Floor, Other, Effort float64
}

// row puts together what was measured for a step on a platform.
func (r *results) row(s subject, at step) (row, bool) {
	taken := r.figures[s][at]
	if len(taken) == 0 {
		return row{}, false
	}
	one := row{Subject: s, Step: at, Budget: platforms[s.Name].budget[at](s.N, r.config.parallelism)}
	var walls, cpus []time.Duration
	for _, took := range taken {
		walls, cpus = append(walls, took.wall), append(cpus, took.cpu)
		one.Requests, one.Sends, one.Peak = max(one.Requests, took.requests), max(one.Sends, took.sends), max(one.Peak, took.peak)
	}
	one.Wall, one.CPU = median(walls), median(cpus)
	one.Floor, one.Other = r.ratio(s, at, floorName, wall), r.ratio(s, at, otherName, wall)
	one.Effort = r.ratio(s, at, floorName, effort)
	return one, true
}

// ratio is the median of the ratios that the rounds gave: what disturbs the machine disturbs both.
func (r *results) ratio(s subject, at step, name string, of func(usage) time.Duration) float64 {
	beside := r.figures[subject{Name: name, N: s.N}][at.likened()]
	var ratios []float64
	for i, took := range r.figures[s][at] {
		if i < len(beside) {
			ratios = append(ratios, of(took).Seconds()/of(beside[i]).Seconds())
		}
	}
	if len(ratios) == 0 {
		return 0
	}
	return median(ratios)
}

func wall(u usage) time.Duration   { return u.wall }
func effort(u usage) time.Duration { return u.total }

// rows are all lines of the tables, platform by platform.
func (r *results) rows() (all []row) {
	for _, name := range r.config.platforms {
		for _, latency := range r.config.latencies {
			for _, n := range r.config.sizes {
				for _, at := range steps {
					if one, measured := r.row(subject{name, latency, n}, at); measured {
						all = append(all, one)
					}
				}
			}
		}
	}
	return all
}

func (r *results) overBudget() error {
	for _, one := range r.rows() {
		if one.Requests > one.Budget {
			return fmt.Errorf("%s of %d on %s made %d requests, the budget is %d", one.Step, one.Subject.N, one.Subject.Name, one.Requests, one.Budget)
		}
	}
	return nil
}

// print prints the tables.
func (r *results) print(out io.Writer) error {
	for _, s := range r.start {
		if _, err := fmt.Fprintf(out, "%s: schema after %d ms, %.1f MiB\n", s.name, s.answered.Milliseconds(), float64(s.size)/(1<<20)); err != nil {
			return err
		}
	}
	for _, one := range r.rows() {
		if _, err := fmt.Fprintf(out, "%5d  %-31s %-15s %5s %8.2f s  %5.2f x floor (%5.2f CPU)  %5.2f x time  %5d of %5d requests  %4d MiB %6.2f s CPU\n",
			one.Subject.N, one.Step, one.Subject.Name, one.Subject.Latency, one.Wall.Seconds(), one.Floor, one.Effort, one.Other, one.Requests, one.Budget, one.Peak>>20, one.CPU.Seconds()); err != nil {
			return err
		}
	}
	for _, goal := range r.goals() {
		if _, err := fmt.Fprintf(out, "%-6s %s: %s\n", map[bool]string{true: "yes", false: "NO"}[goal.Reached], goal.What, goal.Measured); err != nil {
			return err
		}
	}
	return nil
}
