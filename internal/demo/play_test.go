// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// What is printed works as it is printed, and an interrupt leaves nothing behind.
func TestPlay(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands are for a shell")
	}
	c := arrange(t)
	temporary := t.TempDir()
	program := filepath.Join(built, "demo")
	if output, err := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	playing := exec.CommandContext(t.Context(), program, "-play", "-terraform", c.terraform, "-provider", c.provider, "-examples", c.examples)
	playing.Env = append(environment(), "TMPDIR="+temporary)
	playing.Stderr = os.Stderr
	output, err := playing.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := playing.Start(); err != nil {
		t.Fatal(err)
	}
	var indented []string
	lines := bufio.NewScanner(output)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "Ctrl-C") {
		if line, ok := strings.CutPrefix(lines.Text(), "   "); ok {
			indented = append(indented, line)
		}
	}
	if len(indented) != 4 {
		t.Fatalf("want an address and three commands, got %q", indented)
	}
	inbox, commands := indented[0], indented[1:]

	shell := exec.CommandContext(t.Context(), "sh", "-ec", strings.Join(commands, "\n")+" -auto-approve")
	shell.Env = append(environment(), "CHECKPOINT_DISABLE=1")
	if output, err := shell.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
	text := read(t, inbox)
	for _, p := range fake.Platforms {
		if n := strings.Count(text, "\nmail to ada@example.com: "+p.Title()+" "); n != 1 {
			t.Errorf("%d mails from %s:\n%s", n, p.Title(), text)
		}
	}

	if err := playing.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		_, _ = io.Copy(io.Discard, output)
		ended <- playing.Wait()
	}()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("the end: %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it does not end")
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if answer, err := http.Get(inbox); err == nil {
		_ = answer.Body.Close()
		t.Error("the fake still answers")
	}
}

func read(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// Without the examples there is nothing to play with, and no folder is left.
func TestPlayFails(t *testing.T) {
	c := arrange(t)
	t.Setenv("TMPDIR", t.TempDir())
	for _, c := range []config{
		{terraform: c.terraform, provider: c.provider, examples: t.TempDir()},
		{terraform: c.terraform, provider: filepath.Join(t.TempDir(), "absent"), examples: c.examples},
	} {
		if err := play(t.Context(), c, &printer{out: io.Discard}); err == nil {
			t.Errorf("%+v: no error", c)
		}
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
