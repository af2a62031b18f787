package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// measured are results of a run with 100 and 1000 invitations to Elastic Cloud, where everything takes the floor times
// ratio, by N.
func measured(ratio map[int]float64, requests int) *results {
	const latency = 50 * time.Millisecond
	r := &results{
		config:  config{sizes: []int{100, 1000}, latencies: []time.Duration{latency}, platforms: []string{"elastic_cloud"}, parallelism: 10, repeat: 1},
		figures: figures{}, terraform: "Terraform v1.2.3", start: []start{{name: "orginvite", answered: 20 * time.Millisecond, size: 20 << 20}},
	}
	for n, factor := range ratio {
		floor := time.Duration(n) * 10 * time.Millisecond
		for _, at := range steps {
			own := usage{wall: time.Duration(factor * float64(floor)), total: floor, cpu: floor, peak: 64 << 20, requests: requests}
			if at == applyCreates {
				own.sends = n / 10
			}
			r.figures.add(subject{"elastic_cloud", latency, n}, at, own)
			if at == at.likened() {
				r.figures.add(subject{floorName, 0, n}, at, usage{wall: floor, total: floor})
				r.figures.add(subject{otherName, 0, n}, at, usage{wall: 4 * floor, total: floor, peak: 90 << 20})
			}
		}
	}
	return r
}

// unreached are the goals that were missed, in short.
func (r *results) unreached(about string) (count int) {
	for _, goal := range r.goals() {
		if !goal.Reached && strings.Contains(goal.What, about) {
			count++
		}
	}
	return count
}

func TestGoals(t *testing.T) {
	for name, test := range map[string]struct {
		ratio    map[int]float64
		requests int
		missed   map[string]int
	}{
		"all reached":        {map[int]float64{100: 2, 1000: 1.9}, 0, nil},
		"too slow":           {map[int]float64{100: 2.6, 1000: 2.3}, 0, map[string]int{"2.2 times": 1, "half of": 1}},
		"only the apply":     {map[int]float64{100: 3.1, 1000: 2}, 0, map[string]int{"ten requests": 1}},
		"growing":            {map[int]float64{100: 1.5, 1000: 1.6}, 0, map[string]int{"grows no faster": len(steps)}},
		"acceptance asks":    {map[int]float64{100: 2, 1000: 1.9}, 1, map[string]int{"cost no request": 2}},
		"few people a batch": {map[int]float64{100: 2, 1000: 1.9}, 0, map[string]int{"to a POST": 1}},
	} {
		t.Run(name, func(t *testing.T) {
			r := measured(test.ratio, test.requests)
			if name == "few people a batch" {
				r.figures[subject{"elastic_cloud", 50 * time.Millisecond, 100}][applyCreates][0].sends = 21
			}
			for _, about := range []string{"2.2 times", "half of", "ten requests", "grows no faster", "cost no request", "to a POST"} {
				if got, want := r.unreached(about), test.missed[about]; got != want {
					t.Errorf("%s: %d missed, want %d", about, got, want)
				}
			}
		})
	}
}

func TestOverBudget(t *testing.T) {
	if err := measured(map[int]float64{100: 2}, 0).overBudget(); err != nil {
		t.Error(err)
	}
	if err := measured(map[int]float64{100: 2}, 1000).overBudget(); err == nil || !strings.Contains(err.Error(), "made 1000 requests") {
		t.Errorf("%v", err)
	}
}

func TestPageAndPicture(t *testing.T) {
	r := measured(map[int]float64{100: 2, 1000: 1.9}, 0)
	r.config.page = t.TempDir()
	if err := r.write(io.Discard); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(r.config.page, "guides", "benchmark.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Terraform v1.2.3", "| orginvite | 20 | 20.0 |", "| Elastic Cloud | 50ms | 1000 | plan, all pending | 0 | 1 | 19.00 | 1.90 |",
		"| terraform_data | 100 | plan of creates | 1.00 |", "| yes |", "](../assets/benchmark.svg)",
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	picture, err := os.Open(filepath.Join(r.config.page, "assets", "benchmark.svg"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = picture.Close() }()
	drawn, decoder := map[string]int{}, xml.NewDecoder(picture)
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
			t.Errorf("%s writes the page: %v", part, err)
		}
	}
	for _, wrong := range []string{"-n=0", "-n=many", "-latency=long", "-platform=github", "more"} {
		if _, err := parse([]string{wrong}, io.Discard); err == nil {
			t.Errorf("%s: no error", wrong)
		}
	}
}

// A platform that is not measured is not forgotten in silence.
func TestEveryPlatformIsMeasured(t *testing.T) {
	for _, p := range fake.Platforms {
		for at := range platforms["icepanel"].budget {
			if platforms[string(p)].budget[at] == nil {
				t.Errorf("%s has no budget for the %s", p, at)
			}
		}
	}
}
