// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// sample returns the results of a run with 100 and 1000 invitations to Elastic Cloud. Everything takes the floor times
// a ratio, by the number of invitations.
func sample(ratio map[int]float64, requests int) results {
	const latency = 50 * time.Millisecond
	c := config{
		sizes: []int{100, 1000}, latencies: []time.Duration{latency}, platforms: []string{"elastic_cloud"},
		parallelism: 10, repeat: 1,
	}
	all := figures{}
	for n, factor := range ratio {
		floor := time.Duration(n) * 10 * time.Millisecond
		for _, at := range steps {
			own := usage{wall: time.Duration(factor * float64(floor)), total: floor, cpu: floor, peak: 64 << 20}
			own.requests = requests
			all.add(subject{"elastic_cloud", latency, n}, at, own)
			if at == at.likened() {
				all.add(subject{floorName, 0, n}, at, usage{wall: floor, total: floor})
				all.add(subject{otherName, 0, n}, at, usage{wall: 4 * floor, total: floor, peak: 90 << 20})
			}
		}
	}
	return newResults(c, "Terraform 1.2.3", []start{{Name: "orginvite", SchemaMS: 20, SizeMiB: 20}}, all)
}

// unreached counts the goals about something that were missed.
func (r results) unreached(about string) (count int) {
	for _, goal := range r.goals() {
		if !goal.reached && strings.Contains(goal.what, about) {
			count++
		}
	}
	return count
}

func TestGoals(t *testing.T) {
	for name, test := range map[string]struct {
		ratio  map[int]float64
		missed map[string]int
	}{
		"all reached":  {map[int]float64{100: 2, 1000: 1.9}, nil},
		"too slow":     {map[int]float64{100: 2.6, 1000: 2.3}, map[string]int{"2.2 times": 1, "0.5 times": 1}},
		"slow batches": {map[int]float64{100: 4.7, 1000: 2}, map[string]int{"22 requests": 1}},
		"growing":      {map[int]float64{100: 1.5, 1000: 1.6}, map[string]int{"grows no faster": len(steps)}},
	} {
		t.Run(name, func(t *testing.T) {
			r := sample(test.ratio, 0)
			for _, about := range []string{"2.2 times", "0.5 times", "22 requests", "grows no faster"} {
				if got, want := r.unreached(about), test.missed[about]; got != want {
					t.Errorf("%s: %d missed, want %d", about, got, want)
				}
			}
		})
	}
}

func TestOverBudget(t *testing.T) {
	if err := sample(map[int]float64{100: 2}, 0).overBudget(); err != nil {
		t.Error(err)
	}
	err := sample(map[int]float64{100: 2}, 1000).overBudget()
	if err == nil || !strings.Contains(err.Error(), "made 1000 requests") {
		t.Errorf("%v", err)
	}
}

func TestPrint(t *testing.T) {
	var out strings.Builder
	if err := sample(map[int]float64{100: 2, 1000: 1.9}, 0).print(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"orginvite", "plan, all pending", "19.00", "yes"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestPageAndPicture(t *testing.T) {
	r := sample(map[int]float64{100: 2, 1000: 1.9}, 1)
	page, err := r.page()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Terraform 1.2.3", "takes 1.9 times as long", "It takes 0.5 times as long", "](../assets/benchmark.svg)",
		"| Elastic Cloud |", "| plan, 1000 pending | 10.0 s | 40.0 s | 19.0 s, 1 request |", "medians of 3 rounds",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	drawn, decoder := map[string]int{}, xml.NewDecoder(strings.NewReader(r.picture()))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if element, ok := token.(xml.StartElement); ok {
			drawn[element.Name.Local]++
		}
	}
	if drawn["polyline"] != 3 || drawn["circle"] != 6 {
		t.Errorf("%v", drawn)
	}
}

func TestSaveAndLoad(t *testing.T) {
	file := filepath.Join(t.TempDir(), "results.json")
	saved := sample(map[int]float64{100: 2, 1000: 1.9}, 1)
	if err := saved.save(file); err != nil {
		t.Fatal(err)
	}
	if loaded, err := load(file); err != nil || !reflect.DeepEqual(loaded, saved) {
		t.Errorf("%+v, %v", loaded, err)
	}
}

// The page that is committed shows the results that are committed.
func TestPageIsUpToDate(t *testing.T) {
	r, err := load("results.json")
	if err != nil {
		t.Fatal(err)
	}
	page, err := r.page()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"guides/benchmark.md": page, "assets/benchmark.svg": r.picture()} {
		got, err := os.ReadFile(filepath.Join("..", "templates", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("templates/%s does not show bench/results.json: run `make bench BENCHARGS=-render`", name)
		}
	}
	if err := r.overBudget(); err != nil {
		t.Error(err)
	}
}

func TestMedianAndCeiling(t *testing.T) {
	if got := median([]float64{3, 1, 2}); got != 2 {
		t.Errorf("median %v", got)
	}
	for value, want := range map[float64]float64{0.1: 0.1, 1.1: 1.5, 7: 8, 83: 100} {
		if got := ceiling(value); got < want*0.999 || got > want*1.001 {
			t.Errorf("ceiling of %v is %v, want %v", value, got, want)
		}
	}
}

func TestCommandLine(t *testing.T) {
	c, err := parse(nil, io.Discard)
	if err != nil || !c.write || len(c.sizes) != 2 || len(c.latencies) != 2 || len(c.platforms) != len(platforms) {
		t.Errorf("%+v, %v", c, err)
	}
	for _, part := range []string{"-n=50", "-latency=1ms", "-platform=snyk", "-parallelism=2", "-references=false"} {
		if c, err := parse([]string{part}, io.Discard); err != nil || c.write {
			t.Errorf("%s writes the results: %v", part, err)
		}
	}
	for _, wrong := range []string{"-n=0", "-n=many", "-latency=long", "-platform=gitlab", "more"} {
		if _, err := parse([]string{wrong}, io.Discard); err == nil {
			t.Errorf("%s: no error", wrong)
		}
	}
}

// A new platform must be measured too.
func TestEveryPlatformIsMeasured(t *testing.T) {
	for _, p := range fake.Platforms {
		for at := range platforms["icepanel"].budget {
			if platforms[string(p)].budget[at] == nil {
				t.Errorf("%s has no budget for the %s", p, at)
			}
		}
	}
}
