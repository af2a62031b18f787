// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Orginvite-fake serves the invitation APIs of IcePanel, Snyk, Elastic Cloud, GitHub and Anthropic from memory, on one
// port: GitHub's below /github, Anthropic's below /anthropic, and the others at their natural paths.
//
// On standard output, it prints one line NAME=value for each variable that the provider reads, and nothing else:
//
//	orginvite-fake > fake.env &
//	set -a; . ./fake.env; set +a
//	terraform apply
//
// GET /_fake/ on the same port is the inbox: in a browser, the mails, with buttons to accept them, let them expire and
// revoke them; otherwise the same as text, and the endpoints that do this and inject faults.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "orginvite-fake:", err)
		os.Exit(1)
	}
}
