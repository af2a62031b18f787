// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Command live asks real platforms what their documentation leaves open, with the credentials in the environment. It
// only reads, unless LIVE_EMAIL is an address of the caller's own: then it invites that address to each platform, with
// a tag, and revokes the invitation. What it prints and writes holds no address, no name, no id and no credential.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/provider"
)

func main() {
	report := flag.String("report", ".cache/live.json", "`file` to write the report to")
	version := flag.String("version", "dev", "`version` of the provider, for the report")
	flag.Parse()
	// An invitation that was sent is revoked before the program ends.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := check(ctx, config{
		getenv: os.Getenv, platforms: provider.Platforms(), version: *version, report: *report, out: os.Stdout,
		pause: 5 * time.Second,
	})
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "live:", err)
		os.Exit(1)
	}
}
