// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// With -debug the provider waits for a debugger, and a Terraform that is told its address plans with that very process.
func TestAccProcessDebug(t *testing.T) {
	t.Parallel()
	world, address := platforms(t)
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	provider := exec.CommandContext(t.Context(), program)
	provider.Env = append(append(os.Environ(), world.Environment(address)...), serveInstead+"=-debug")
	said, err := provider.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := provider.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = provider.Process.Kill()
		_ = provider.Wait()
	})
	reattach := ""
	for lines := bufio.NewScanner(said); reattach == "" && lines.Scan(); {
		if _, value, found := strings.Cut(lines.Text(), "TF_REATTACH_PROVIDERS='"); found {
			reattach = strings.TrimSuffix(value, "'")
		}
	}
	if acctest.Tofu(t) {
		reattach = strings.Replace(reattach, "registry.terraform.io", "registry.opentofu.org", 1)
	}
	work := t.TempDir()
	write(t, filepath.Join(work, "main.tf"), 0o600, invitation)
	plan := exec.CommandContext(t.Context(), acctest.CLI(t), "plan", "-input=false", "-no-color")
	plan.Dir = work
	// The platforms' variables are the provider's alone.
	plan.Env = append(os.Environ(), "TF_REATTACH_PROVIDERS="+reattach)
	out, err := plan.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "1 to add") || world.Count(fake.ListInvites) != 1 {
		t.Errorf("attached to %q: %v\n%s", reattach, err, out)
	}
}
