// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// Whoever interrupts Terraform while a platform makes the provider wait does not wait either.
func TestAccProcessInterrupt(t *testing.T) {
	t.Parallel()
	world, address := platforms(t)
	asked := make(chan struct{}, 100)
	world.Fail(fake.Fault{Operation: fake.CreateInvite, Status: 429, RetryAfter: "240", Do: func() { asked <- struct{}{} }})
	apply := terraform(t, filepath.Join(t.TempDir(), "log"), "apply", "-input=false", "-auto-approve", "-no-color")
	apply.Env = append(apply.Env, world.Environment(address)...)
	var said bytes.Buffer
	apply.Stdout, apply.Stderr = &said, &said
	if err := apply.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- apply.Wait() }()
	select {
	case <-asked:
	case err := <-ended:
		t.Fatalf("it ended before anybody was to be invited: %v\n%s", err, said.String())
	}
	begun := time.Now()
	if err := apply.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		for _, text := range []string{"Could not invite ada@example.com", "interrupted"} {
			if err == nil || !strings.Contains(said.String(), text) {
				t.Errorf("%v, without %q:\n%s", err, text, said.String())
			}
		}
		if mails := world.Mails(); len(mails) > 0 {
			t.Errorf("mailed all the same: %v", mails)
		}
	case <-time.After(2 * time.Minute):
		_ = apply.Process.Kill()
		<-ended
		t.Errorf("still waiting %s after the interrupt:\n%s", time.Since(begun), said.String())
	}
}
