// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Command bench measures what the provider costs. A real Terraform works on N invitations against the fake platforms,
// and on the same number of terraform_data, which is the floor that Terraform itself sets, and of time_offset from
// hashicorp/time, which is what an ordinary plugin costs.
//
// A run of everything writes bench/results.json, and from that a page and a picture among the templates of the
// documentation. A run of a part only prints.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// config holds the flags.
type config struct {
	terraform   string
	cache       string
	templates   string
	results     string
	sizes       []int
	latencies   []time.Duration
	platforms   []string
	repeat      int
	parallelism int
	write       bool
	render      bool
	exclusive   bool
	references  bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run returns the exit code. It is also 1 if a step made too many requests, because requests do not depend on the
// machine. Times do, so they are only reported.
func run(ctx context.Context, arguments []string, out, problems io.Writer) int {
	c, err := parse(arguments, problems)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err == nil {
		err = bench(ctx, c, out)
	}
	if err != nil {
		_, _ = fmt.Fprintln(problems, "bench:", err)
		return 1
	}
	return 0
}

// bench measures, or loads what was measured, and writes what the flags ask for.
func bench(ctx context.Context, c config, out io.Writer) error {
	if c.render {
		r, err := load(c.results)
		if err != nil {
			return err
		}
		return r.write(c.templates, out)
	}
	if c.exclusive {
		return benchExclusive(ctx, c, out)
	}
	r, err := measure(ctx, c, out)
	if err != nil {
		return err
	}
	if err := r.print(out); err != nil {
		return err
	}
	if c.write {
		if err := errors.Join(r.save(c.results), r.write(c.templates, out)); err != nil {
			return err
		}
	}
	return r.overBudget()
}

// rounds is how often N invitations are measured. A short command is more easily disturbed than a long one.
func (c config) rounds(n int) int {
	if n <= 100 {
		return 3 * c.repeat
	}
	return c.repeat
}

func parse(arguments []string, usage io.Writer) (config, error) {
	c := config{}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(usage)
	flags.StringVar(&c.terraform, "terraform", "terraform", "Terraform or OpenTofu `program`")
	flags.StringVar(&c.cache, "cache", ".cache/bench", "`folder` for what is built")
	flags.StringVar(&c.templates, "templates", "templates", "`folder` of the documentation's templates")
	flags.StringVar(&c.results, "results", "bench/results.json", "`file` of the results")
	flags.IntVar(&c.repeat, "repeat", 1, "how often to measure; up to 100 invitations, it is three times that")
	flags.IntVar(&c.parallelism, "parallelism", 10, "how many resources Terraform works on at once")
	flags.BoolVar(&c.references, "references", true, "measure terraform_data and hashicorp/time too")
	flags.BoolVar(&c.exclusive, "exclusive", false,
		"measure only the plan of an exclusive resource, beside a terraform_data with the same list")
	flags.BoolVar(&c.render, "render", false, "measure nothing; write the page and the picture from the results")
	sizes := flags.String("n", "100,1000", "`numbers` of invitations, separated by commas")
	latencies := flags.String("latency", "0s,50ms", "`latencies` of the platforms, separated by commas")
	names := flags.String("platform", strings.Join(platformNames(), ","), "`platforms`, separated by commas")
	write := flags.String("write", "auto", "write results and page: `yes`, no, or auto, which is yes for a run of everything")
	if err := flags.Parse(arguments); err != nil {
		return c, err
	}
	if flags.NArg() > 0 {
		return c, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	for size := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(size))
		if err != nil || n < 1 {
			return c, fmt.Errorf("-n: %q must be a number greater than 0", size)
		}
		c.sizes = append(c.sizes, n)
	}
	for text := range strings.SplitSeq(*latencies, ",") {
		latency, err := time.ParseDuration(strings.TrimSpace(text))
		if err != nil {
			return c, fmt.Errorf("-latency: %w", err)
		}
		c.latencies = append(c.latencies, latency)
	}
	for name := range strings.SplitSeq(*names, ",") {
		if _, known := platforms[strings.TrimSpace(name)]; !known {
			return c, fmt.Errorf("-platform: %q is not a platform", name)
		}
		c.platforms = append(c.platforms, strings.TrimSpace(name))
	}
	partial := false
	flags.Visit(func(f *flag.Flag) {
		switch f.Name {
		case "n", "latency", "platform", "parallelism", "references":
			partial = true
		}
	})
	c.write = *write == "yes" || *write == "auto" && !partial
	return c, nil
}
