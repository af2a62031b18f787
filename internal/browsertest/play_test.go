// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package browsertest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

const repository = "../.."

// programs is the folder with the programs that this test builds.
var programs string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "orginvite-browser-test-")
	if err != nil {
		panic(err)
	}
	programs = folder
	code := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// game is what `make play` started.
type game struct {
	t      *testing.T
	inbox  string
	folder string // of the configuration
	cli    string
}

// play starts it, until the test ends.
func play(t *testing.T) *game {
	t.Helper()
	cli := os.Getenv("TF_ACC_TERRAFORM_PATH")
	if cli == "" {
		t.Fatal("TF_ACC_TERRAFORM_PATH names no Terraform; `make test-browser` does")
	}
	provider := build(t, "terraform-provider-orginvite", ".")
	playing := exec.CommandContext(t.Context(), build(t, "demo", "./internal/demo"), "-play", "-terraform", cli, "-provider", provider)
	playing.Dir = repository
	playing.Env = append(os.Environ(), "TMPDIR="+t.TempDir())
	playing.Stderr = os.Stderr
	playing.Cancel = func() error { return playing.Process.Signal(os.Interrupt) }
	output, err := playing.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := playing.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = playing.Cancel()
		_, _ = io.Copy(io.Discard, output)
		_ = playing.Wait()
	})
	g := &game{t: t, cli: cli}
	for lines := bufio.NewScanner(output); lines.Scan() && !strings.HasPrefix(lines.Text(), "Ctrl-C"); {
		line := strings.TrimSpace(lines.Text())
		if strings.HasPrefix(line, "http://") {
			g.inbox = line
		}
		if folder, ok := strings.CutPrefix(line, "cd "); ok {
			g.folder = folder
		}
	}
	if g.inbox == "" || g.folder == "" {
		t.Fatal("it does not start")
	}
	return g
}

// building keeps tests from building the same program at once.
var building sync.Mutex

// build builds a program of the repository, once.
func build(t *testing.T, name, source string) string {
	t.Helper()
	building.Lock()
	defer building.Unlock()
	file := filepath.Join(programs, name)
	if _, err := os.Stat(file); err == nil {
		return file
	}
	compiler := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", file, source)
	compiler.Dir = repository
	if output, err := compiler.CombinedOutput(); err != nil {
		t.Fatalf("building %s: %v\n%s", name, err, output)
	}
	return file
}

// terraform runs it in the folder as the printed commands do.
func (g *game) terraform(arguments string) string {
	g.t.Helper()
	shell := exec.CommandContext(g.t.Context(), "sh", "-ec", ". ./fake.env; exec "+g.cli+" "+arguments)
	shell.Dir = g.folder
	output, err := shell.Output()
	if err != nil {
		problems := ""
		if failed, ok := err.(*exec.ExitError); ok {
			problems = string(failed.Stderr)
		}
		g.t.Fatalf("%s: %v\n%s\n%s", arguments, err, output, problems)
	}
	return string(output)
}

// plan returns, for each type of resource, the status that a plan finds, or "gone" where it would create it.
func (g *game) plan() map[string]string {
	g.t.Helper()
	g.terraform("plan -out=look.tfplan")
	var plan struct {
		Changes []struct {
			Type   string `json:"type"`
			Change struct {
				Actions []string                `json:"actions"`
				Before  struct{ Status string } `json:"before"`
			} `json:"change"`
		} `json:"resource_changes"`
	}
	if err := json.Unmarshal([]byte(g.terraform("show -json look.tfplan")), &plan); err != nil {
		g.t.Fatal(err)
	}
	found := map[string]string{}
	for _, resource := range plan.Changes {
		status := resource.Change.Before.Status
		switch strings.Join(resource.Change.Actions, " ") {
		case "no-op":
		case "create":
			status = "gone"
		default:
			status += " with " + strings.Join(resource.Change.Actions, " ")
		}
		found[resource.Type] = status
	}
	return found
}

// finds waits for a plan to find these. The provider takes an invitation that is missing from the list in its first minute
// for one that the list does not have yet.
func (g *game) finds(want map[string]string) {
	g.t.Helper()
	wanted := fmt.Sprint(want)
	late := time.After(90 * time.Second)
	for {
		found := fmt.Sprint(g.plan())
		if found == wanted {
			return
		}
		select {
		case <-late:
			g.t.Fatalf("the plan finds %s, want %s", found, wanted)
		case <-time.After(2 * time.Second):
		}
	}
}

// control sends JSON to a control endpoint of the fake.
func (g *game) control(endpoint, body string) {
	g.t.Helper()
	answer, err := http.Post(g.inbox+endpoint, "application/json", strings.NewReader(body))
	if err != nil {
		g.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if text, _ := io.ReadAll(answer.Body); answer.StatusCode != http.StatusOK {
		g.t.Fatalf("%s: %s %s", endpoint, answer.Status, text)
	}
}

// invite has an administrator send somebody an invitation again, which is a mail without Terraform.
func (g *game) invite(platform, email string) {
	g.t.Helper()
	person, err := json.Marshal(email)
	if err != nil {
		g.t.Fatal(err)
	}
	g.control("seed", `{"`+platform+`":{"invites":[{"email":`+string(person)+`}]}}`)
	g.control("resend", `{"platform":"`+platform+`","email":`+string(person)+`}`)
}
