// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// The measures of the picture.
const (
	width, height   = 720, 400
	left, right     = 70, 190
	top, bottom     = 40, 50
	plotWidth       = width - left - right
	plotHeight      = height - top - bottom
	background, ink = "#ffffff", "#24292f"
	grid            = "#d0d7de"
	pictured        = planPending
)

var colours = []string{"#57606a", "#bf8700", "#0969da", "#8250df", "#1a7f37", "#cf222e"}

// line is one line of the plot.
type line struct {
	title  string
	points [][2]float64
}

// lines returns the plan of pending invitations by their number: of the references, and of each platform at the
// greatest latency.
func (r results) lines() (all []line) {
	latency := slices.Max(r.latencies())
	for _, name := range append([]string{floorName, otherName}, r.measuredPlatforms()...) {
		one, of := line{title: name}, time.Duration(0)
		if target, known := platforms[name]; known {
			of = latency
			one.title = fmt.Sprintf("%s, %s", target.title, latency)
		}
		for _, n := range r.sizes() {
			if f, ok := r.find(name, of, n, pictured); ok {
				one.points = append(one.points, [2]float64{float64(n), f.Seconds})
			}
		}
		if len(one.points) > 0 {
			all = append(all, one)
		}
	}
	return all
}

// picture returns the plot as SVG.
func (r results) picture() string {
	lines := r.lines()
	most, longest := 1.0, 0.1
	for _, line := range lines {
		for _, point := range line.points {
			most, longest = max(most, point[0]), max(longest, point[1])
		}
	}
	longest = ceiling(longest)
	x := func(n float64) float64 { return left + n/most*plotWidth }
	y := func(s float64) float64 { return top + plotHeight - s/longest*plotHeight }

	var svg strings.Builder
	draw := func(form string, values ...any) { fmt.Fprintf(&svg, form+"\n", values...) }
	draw(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" fill="%s">`, width, height, ink)
	draw(`<rect width="%d" height="%d" fill="%s"/>`, width, height, background)
	draw(`<text x="%d" y="22" font-size="14">Seconds that a plan of pending invitations takes, by their number</text>`, left)
	for i := range 6 {
		at := longest * float64(i) / 5
		draw(`<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="%s"/>`, left, left+plotWidth, y(at), y(at), grid)
		draw(`<text x="%d" y="%.1f" text-anchor="end">%.3g</text>`, left-8, y(at)+4, at)
	}
	for _, n := range r.sizes() {
		draw(`<text x="%.1f" y="%d" text-anchor="middle">%d</text>`, x(float64(n)), top+plotHeight+20, n)
	}
	for i, line := range lines {
		colour := colours[i%len(colours)]
		var path []string
		for _, point := range line.points {
			path = append(path, fmt.Sprintf("%.1f,%.1f", x(point[0]), y(point[1])))
			draw(`<circle cx="%.1f" cy="%.1f" r="3.5" fill="%s"/>`, x(point[0]), y(point[1]), colour)
		}
		draw(`<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>`, strings.Join(path, " "), colour)
		draw(`<rect x="%d" y="%d" width="12" height="12" fill="%s"/><text x="%d" y="%d">%s</text>`, width-right+15, top+22*i, colour, width-right+33, top+22*i+10, line.title)
	}
	draw(`</svg>`)
	return svg.String()
}

// ceiling returns the next round number.
func ceiling(value float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(value)))
	for _, round := range []float64{1, 1.5, 2, 3, 4, 5, 8, 10} {
		if round*unit >= value {
			return round * unit
		}
	}
	return value
}
