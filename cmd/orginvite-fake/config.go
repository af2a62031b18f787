// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// config holds the flags.
type config struct {
	listen      string
	allowRemote bool
	seed        string
	quiet       bool
	behaviors   fake.Behaviors
}

// introduction is printed before the list of flags.
const introduction = `orginvite-fake serves the invitation APIs of IcePanel, Snyk, Elastic Cloud, GitHub
and Anthropic from memory. It sends no mail.
It prints the variables that the provider reads on standard output, and requests and mails on standard error.
Stop it with Ctrl-C.

  orginvite-fake > fake.env &
  set -a; . ./fake.env; set +a
  terraform apply

http://127.0.0.1:8080/_fake/ is the inbox. A browser shows the mails that would have been sent, with buttons to accept
them, let them expire and revoke them. With curl, it is the same as text, with all that a script can do.

A file for -seed looks like this:

  {"icepanel": {"members": [{"email": "grace@example.com", "grant": {"permission": "admin"}}],
                "invites": [{"email": "ada@example.com", "grant": {"permission": "write"}, "expires_in": "2d"}]}}

Flags:
`

func parse(arguments []string, usage io.Writer) (config, error) {
	var c config
	var latency time.Duration
	var writes int
	flags := flag.NewFlagSet("orginvite-fake", flag.ContinueOnError)
	flags.SetOutput(usage)
	flags.Usage = func() {
		_, _ = io.WriteString(usage, introduction)
		flags.PrintDefaults()
	}
	flags.StringVar(&c.listen, "listen", "127.0.0.1:8080", "`address` to listen on; port 0 takes a free port")
	flags.BoolVar(&c.allowRemote, "allow-remote", false, "allow -listen with an address that other machines can reach")
	flags.IntVar(&c.behaviors.IcePanel.Seats, "icepanel-seats", 0, "paid seats of an IcePanel organization; 0 is no limit")
	flags.DurationVar(&latency, "latency", 0, "time to wait before every answer")
	flags.IntVar(&writes, "writes-per-minute", 0, "requests that write, for each platform and minute; 0 is no limit")
	flags.Func("accept", "`people` who accept as soon as they are invited: addresses or @domains, separated by commas", people(&c.behaviors.Accepts))
	flags.Func("expire", "`people` whose invitations expire as soon as they are sent: addresses or @domains, separated by commas", people(&c.behaviors.Expires))
	flags.StringVar(&c.seed, "seed", "", "JSON `file` of members and invitations to start with, in the format of POST /_fake/seed")
	flags.BoolVar(&c.quiet, "quiet", false, "do not print requests and mails")
	if err := flags.Parse(arguments); err != nil {
		return config{}, err
	}
	if flags.NArg() > 0 {
		return config{}, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	c.behaviors.Latency = fake.Duration(latency)
	for _, p := range fake.Platforms {
		c.behaviors.Common(p).WritesPerMinute = writes
	}
	return c, c.checkAddress()
}

// people parses addresses and domains that are separated by commas.
func people(into *fake.People) func(string) error {
	return func(text string) error {
		for who := range strings.SplitSeq(text, ",") {
			if who = strings.TrimSpace(who); !strings.Contains(who, "@") {
				return fmt.Errorf("%q must be an address or a @domain", who)
			}
			*into = append(*into, who)
		}
		return nil
	}
}

// checkAddress refuses addresses that other machines can reach: the control endpoints need no credential.
func (c config) checkAddress() error {
	host, _, err := net.SplitHostPort(c.listen)
	if err != nil {
		return fmt.Errorf("-listen: %w", err)
	}
	if c.allowRemote || host == "localhost" || net.ParseIP(host).IsLoopback() {
		return nil
	}
	return errors.New("-listen must be a loopback address, unless -allow-remote is set")
}
