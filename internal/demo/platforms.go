// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// platformOf returns the platform of a resource type such as orginvite_icepanel_invite.
func platformOf(resourceType string) (fake.Platform, bool) {
	for _, p := range fake.Platforms {
		if resourceType == fmt.Sprintf("orginvite_%s_invite", p) {
			return p, true
		}
	}
	return "", false
}

// titles returns the names of all platforms as one phrase.
func titles() string {
	names := make([]string, 0, len(fake.Platforms))
	for _, p := range fake.Platforms {
		names = append(names, p.Title())
	}
	return enumerate(names)
}

// serve starts the fake on an address of this machine. The returned function stops it.
func serve(ctx context.Context, address string) (platforms *fake.Fake, origin string, stop func(), err error) {
	var listening net.ListenConfig
	listener, err := listening.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, "", nil, fmt.Errorf("starting the fake: %w", err)
	}
	platforms = fake.New(fake.Options{})
	server := &http.Server{Handler: platforms, ReadHeaderTimeout: time.Minute}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Serve(listener) // ends with stop
	}()
	stop = func() {
		platforms.Close()
		_ = server.Close()
		<-ended
	}
	return platforms, "http://" + listener.Addr().String(), stop, nil
}

// enumerate joins words into a phrase: "a, b and c".
func enumerate(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
