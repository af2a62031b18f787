package main

import (
	"bufio"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// With -debug the provider waits for a debugger, and a Terraform that is told its address plans with that very process.
func TestProcessDebug(t *testing.T) {
	t.Parallel()
	cli, world := acctest.CLI(t), fake.New(fake.Options{})
	server := httptest.NewServer(world)
	t.Cleanup(func() {
		world.Close()
		server.Close()
	})
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	provider := exec.CommandContext(t.Context(), program)
	provider.Env = append(append(os.Environ(), world.Environment(server.URL)...), serveInstead+"=-debug")
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
	terraform := exec.CommandContext(t.Context(), cli, "plan", "-input=false", "-no-color")
	terraform.Dir = work
	// The platforms' variables are the provider's alone.
	terraform.Env = append(os.Environ(), "TF_REATTACH_PROVIDERS="+reattach)
	out, err := terraform.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "1 to add") || world.Count(fake.ListInvites) != 1 {
		t.Errorf("attached to %q: %v\n%s", reattach, err, out)
	}
}
