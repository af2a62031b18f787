// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Command demo shows the life of an invitation with a real Terraform, the provider built from this repository, and the
// fake in place of the platforms. It checks everything it prints, and fails if a check fails. With -play, it serves the
// fake with its inbox beside a configuration to apply, until it is interrupted.
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

// config holds the flags.
type config struct {
	terraform string
	provider  string
	examples  string
	play      bool
}

func main() {
	// When the reader goes away, as in `make demo | head`, there is still something to clean up.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGPIPE)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run returns the exit code.
func run(ctx context.Context, arguments []string, out *os.File, problems io.Writer) int {
	c, err := parse(arguments, problems)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	switch {
	case err != nil:
	case c.play:
		err = play(ctx, c, newPrinter(out))
	default:
		err = show(ctx, c, newPrinter(out))
	}
	switch {
	case err == nil:
		return 0
	case ctx.Err() != nil:
		_, _ = fmt.Fprintln(problems, "demo: interrupted; its temporary folder was removed")
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
	flags.StringVar(&c.provider, "provider", "bin/terraform-provider-orginvite", "`file` of the provider that was built")
	flags.StringVar(&c.examples, "examples", "examples", "`folder` with the examples")
	flags.BoolVar(&c.play, "play", false, "serve the fake beside a configuration to apply, in place of the demo")
	if err := flags.Parse(arguments); err != nil {
		return config{}, err
	}
	if flags.NArg() > 0 {
		return config{}, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	return c, nil
}
