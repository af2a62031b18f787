// Command bench measures what the provider costs: a real Terraform works on N
// invitations against the fake platforms, beside the same N of terraform_data,
// which is the floor that Terraform itself sets, and of hashicorp/time, which is what an ordinary plugin costs.
//
// A run of everything writes templates/guides/benchmark.md and its picture,
// from which docs/ is generated; a run of a part only prints.
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

// config is what the command line says.
type config struct {
	terraform   string
	cache       string
	page        string
	sizes       []int
	latencies   []time.Duration
	platforms   []string
	repeat      int
	parallelism int
	write       bool
	references  bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run returns the exit code: 1 where a budget was exceeded too, since requests
// can be counted exactly. Times depend on the machine, so they only are reported.
func run(ctx context.Context, arguments []string, out, problems io.Writer) int {
	c, err := parse(arguments, problems)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err == nil {
		err = measure(ctx, c, out)
	}
	if err != nil {
		_, _ = fmt.Fprintln(problems, "bench:", err)
		return 1
	}
	return 0
}

// rounds is how often N invitations are measured. What takes a second is more easily disturbed than what takes a minute.
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
	flags.StringVar(&c.page, "templates", "templates", "`folder` of the documentation's templates")
	flags.IntVar(&c.repeat, "repeat", 1, "how often everything is measured, 100 invitations and fewer three times as often; the medians are shown")
	flags.IntVar(&c.parallelism, "parallelism", 10, "how many resources Terraform works on at once")
	flags.BoolVar(&c.references, "references", true, "measure terraform_data and hashicorp/time too")
	sizes := flags.String("n", "100,1000", "`numbers` of invitations, separated by commas")
	latencies := flags.String("latency", "0s,50ms", "`latencies` of the platforms, separated by commas")
	names := flags.String("platform", strings.Join(platformNames(), ","), "`platforms`, separated by commas")
	write := flags.String("write", "auto", "write the page: `yes`, no, or auto, which is yes for a run of everything")
	if err := flags.Parse(arguments); err != nil {
		return c, err
	}
	if flags.NArg() > 0 {
		return c, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	for size := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(size))
		if err != nil || n < 1 {
			return c, fmt.Errorf("-n: %q is not a number of invitations", size)
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
			return c, fmt.Errorf("-platform: no such platform %q", name)
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
