// Command demo shows the whole life of an invitation: a real Terraform, the provider as built from this source, and
// platforms that are played by the fake. It checks everything it says and fails where something is not so.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// config is what the command line says.
type config struct {
	terraform string
	provider  string
	examples  string
}

func main() {
	// A reader that goes away, as in `make demo | head`, is an interrupt too: there is something to clean up.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGPIPE)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run returns the exit code of the program.
func run(ctx context.Context, arguments []string, out *os.File, problems io.Writer) int {
	c, err := parse(arguments, problems)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err == nil {
		err = show(ctx, c, newPrinter(out))
	}
	switch {
	case err == nil:
		return 0
	case ctx.Err() != nil:
		_, _ = fmt.Fprintln(problems, "demo: interrupted; nothing was left behind")
		return 130
	default:
		_, _ = fmt.Fprintln(problems, "demo:", err)
		return 1
	}
}

func parse(arguments []string, usage io.Writer) (config, error) {
	var c config
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.SetOutput(usage)
	flags.StringVar(&c.terraform, "terraform", "terraform", "Terraform or OpenTofu `program`")
	flags.StringVar(&c.provider, "provider", "bin/terraform-provider-orginvite", "`file` of the provider, as built")
	flags.StringVar(&c.examples, "examples", "examples", "`folder` of the examples")
	if err := flags.Parse(arguments); err != nil {
		return config{}, err
	}
	if flags.NArg() > 0 {
		return config{}, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	return c, nil
}
