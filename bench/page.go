package main

import (
	_ "embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"text/template"
	"time"
)

//go:embed page.md.tmpl
var pageForm string

// write writes the page and its picture among the templates of the
// documentation, from which docs/ is rendered: so that a rendering is the same until somebody measures again.
func (r *results) write(out io.Writer) error {
	form, err := template.New("page").Funcs(template.FuncMap{
		"ms":      func(d time.Duration) string { return fmt.Sprint(d.Milliseconds()) },
		"seconds": func(d time.Duration) string { return fmt.Sprintf("%.2f", d.Seconds()) },
		"mib":     func(bytes int64) string { return fmt.Sprintf("%.0f", float64(bytes)/(1<<20)) },
		"ratio":   ratioText,
		"title":   func(name string) string { return platforms[name].title },
		"yes":     func(reached bool) string { return map[bool]string{true: "yes", false: "**no**"}[reached] },
	}).Parse(pageForm)
	if err != nil {
		return err
	}
	var page strings.Builder
	if err := form.Execute(&page, map[string]any{
		"Terraform": r.terraform, "System": runtime.GOOS + "/" + runtime.GOARCH, "Processors": runtime.NumCPU(), "Go": runtime.Version(),
		"Parallelism": r.config.parallelism, "Few": r.config.rounds(100), "Many": r.config.rounds(1000), "Start": r.startRows(), "Rows": r.rows(), "References": r.references(), "Goals": r.goals(),
	}); err != nil {
		return err
	}
	for name, content := range map[string]string{
		filepath.Join("guides", "benchmark.md"):  page.String(),
		filepath.Join("assets", "benchmark.svg"): r.picture(),
	} {
		file := filepath.Join(r.config.page, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil { //nolint:gosec // likewise
			return err
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil { //nolint:gosec // documentation, for everybody to read
			return err
		}
		_, _ = fmt.Fprintln(out, "wrote", file)
	}
	_, err = fmt.Fprintln(out, "`make generate` renders it into docs/")
	return err
}

func ratioText(ratio float64) string {
	if ratio == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", ratio)
}

// startRow is a line about starting up.
type startRow struct {
	Name, Answered, Size string
}

func (r *results) startRows() (all []startRow) {
	for _, s := range r.start {
		all = append(all, startRow{s.name, fmt.Sprint(s.answered.Milliseconds()), fmt.Sprintf("%.1f", float64(s.size)/(1<<20))})
	}
	return all
}

// references are what the references themselves took.
func (r *results) references() (all []row) {
	for _, name := range []string{floorName, otherName} {
		for _, n := range r.config.sizes {
			for _, at := range steps {
				var walls []time.Duration
				one := row{Subject: subject{Name: name, N: n}, Step: at}
				for _, took := range r.figures[one.Subject][at] {
					walls = append(walls, took.wall)
					one.Peak = max(one.Peak, took.peak)
				}
				if len(walls) > 0 {
					one.Wall = median(walls)
					all = append(all, one)
				}
			}
		}
	}
	return all
}
