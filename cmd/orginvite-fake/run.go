// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// shutdownGrace is how long requests in flight may take when the program stops.
const shutdownGrace = 2 * time.Second

// run serves until the context ends.
func run(ctx context.Context, arguments []string, out, log io.Writer) error {
	c, err := parse(arguments, log)
	if err != nil {
		return err
	}
	options := fake.Options{Behaviors: c.behaviors}
	if !c.quiet {
		options.Log = func(r fake.Request) {
			_, _ = fmt.Fprintf(log, "%4d %-13s %-16s %-6s %d %s\n", r.Seq, r.Platform, r.Operation, r.Method, r.Status, r.Path)
		}
		options.Mailed = func(m fake.Mail) { _, _ = fmt.Fprintln(log, "    ", m) }
	}
	platforms := fake.New(options)
	if err := load(platforms, c.seed); err != nil {
		return err
	}
	var listening net.ListenConfig
	listener, err := listening.Listen(ctx, "tcp", c.listen)
	if err != nil {
		return err
	}
	base := baseURL(listener.Addr())
	if _, err := fmt.Fprintln(out, strings.Join(platforms.Environment(base), "\n")); err != nil {
		return errors.Join(err, listener.Close())
	}
	if !c.quiet {
		_, _ = fmt.Fprintf(log, "listening on %s; the inbox is %s/_fake/\n", base, base)
	}
	return serve(ctx, listener, platforms)
}

func serve(ctx context.Context, listener net.Listener, platforms *fake.Fake) error {
	server := &http.Server{Handler: platforms, ReadHeaderTimeout: time.Minute}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	platforms.Close()
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer cancel()
	if err := server.Shutdown(ending); err != nil {
		return server.Close() // the time for open requests is over
	}
	return nil
}

func load(platforms *fake.Fake, path string) error {
	if path == "" {
		return nil
	}
	file, err := os.Open(path) //nolint:gosec // the user named the file
	if err != nil {
		return err
	}
	err = platforms.LoadSeed(file)
	return errors.Join(err, file.Close())
}

// baseURL returns the URL under which this machine reaches the listener.
func baseURL(address net.Addr) string {
	tcp, ok := address.(*net.TCPAddr)
	if !ok {
		return "http://" + address.String()
	}
	host := tcp.IP.String()
	if tcp.IP.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, strconv.Itoa(tcp.Port))
}
