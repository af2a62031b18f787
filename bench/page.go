// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	_ "embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
)

//go:embed page.md.tmpl
var pageForm string

// asked are the rows of the page's table: what users ask about.
var asked = []struct {
	question string
	n        int
	step     step
}{
	{"plan, 100 pending", 100, planPending},
	{"plan, 1000 pending", 1000, planPending},
	{"plan, 1000 accepted", 1000, planAccepted},
	{"apply that invites 100", 100, applyCreates},
	{"apply that invites 1000", 1000, applyCreates},
	{"apply that revokes 1000", 1000, applyDestroy},
}

// write writes the page and its picture among the templates of the documentation, from which docs/ is generated.
func (r results) write(templates string, out io.Writer) error {
	page, err := r.page()
	if err != nil {
		return err
	}
	for name, content := range map[string]string{
		filepath.Join("guides", "benchmark.md"):  page,
		filepath.Join("assets", "benchmark.svg"): r.picture(),
	} {
		file := filepath.Join(templates, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil { //nolint:gosec // for everybody to read
			return err
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil { //nolint:gosec // for everybody to read
			return err
		}
		_, _ = fmt.Fprintln(out, "wrote", file)
	}
	_, err = fmt.Fprintln(out, "Run `make generate` to render it into docs/.")
	return err
}

// page returns the page in Markdown.
func (r results) page() (string, error) {
	form, err := template.New("page").Parse(pageForm)
	if err != nil {
		return "", err
	}
	latency := slices.Max(r.latencies())
	var floors, others, peaks []float64
	for _, name := range r.measuredPlatforms() {
		for _, f := range r.Figures {
			if f.Of == name {
				peaks = append(peaks, f.PeakMiB)
			}
		}
		if f, ok := r.find(name, latency, 1000, planPending); ok {
			floors, others = append(floors, f.TimesFloor), append(others, f.TimesOther)
		}
	}
	var page strings.Builder
	err = form.Execute(&page, map[string]any{
		"Results": r, "LatencyMS": latency.Milliseconds(), "Few": r.Rounds[100], "Many": r.Rounds[1000],
		"Table": r.table(), "Floor": span(floors), "Other": span(others), "Peak": fmt.Sprintf("%.0f", slices.Max(peaks)),
	})
	return page.String(), err
}

// table returns the table of the page in Markdown, with the platforms at their greatest latency.
func (r results) table() string {
	latency := slices.Max(r.latencies())
	heading, rule := "| | `terraform_data` | `time_offset` |", "| --- | ---: | ---: |"
	for _, name := range r.measuredPlatforms() {
		heading, rule = heading+" "+platforms[name].title+" |", rule+" ---: |"
	}
	lines := []string{heading, rule}
	for _, row := range asked {
		line := "| " + row.question + " |"
		for _, name := range []string{floorName, otherName} {
			if f, ok := r.find(name, 0, row.n, row.step.likened()); ok {
				line += fmt.Sprintf(" %.1f s", f.Seconds)
			}
			line += " |"
		}
		for _, name := range r.measuredPlatforms() {
			if f, ok := r.find(name, latency, row.n, row.step); ok {
				line += fmt.Sprintf(" %.1f s, %s", f.Seconds, requests(f.Requests))
			}
			line += " |"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func requests(n int) string {
	if n == 1 {
		return "1 request"
	}
	return fmt.Sprintf("%d requests", n)
}

// span returns the least and the most of some ratios, such as "1.6 to 2.1".
func span(ratios []float64) string {
	if len(ratios) == 0 {
		return "?"
	}
	least, most := fmt.Sprintf("%.1f", slices.Min(ratios)), fmt.Sprintf("%.1f", slices.Max(ratios))
	if least == most {
		return least
	}
	return least + " to " + most
}
