// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// cli is the program that runs the provider.
type cli struct {
	path string
	tofu bool
}

// find looks for the program once, and removes the caller's own settings from the environment: they must not change
// what a test does, and a test must never reach a real organization.
var find = sync.OnceValue(func() cli {
	found := cli{path: os.Getenv("TF_ACC_TERRAFORM_PATH")}
	for _, name := range []string{"terraform", "tofu"} {
		if found.path == "" {
			found.path, _ = exec.LookPath(name)
		}
	}
	if found.path == "" {
		return found
	}
	for _, setting := range os.Environ() {
		name, _, _ := strings.Cut(setting, "=")
		steers := fake.IsVariable(name)
		for _, prefix := range []string{"TF_VAR_", "TF_CLI_", "TF_LOG", "TF_REATTACH"} {
			steers = steers || strings.HasPrefix(name, prefix)
		}
		if steers {
			_ = os.Unsetenv(name)
		}
	}
	set := map[string]string{
		"TF_ACC_TERRAFORM_PATH": found.path,
		"TF_CLI_CONFIG_FILE":    os.DevNull,
		"CHECKPOINT_DISABLE":    "1",
		// Short runs spend a third of their time on collecting garbage.
		"GOGC": "off", "GOMEMLIMIT": "512MiB",
		// Both the framework and the workspaces serve the provider without a handshake.
		"PLUGIN_PROTOCOL_VERSIONS": "5",
	}
	version, _ := exec.Command(found.path, "version").Output()
	if found.tofu = strings.Contains(string(version), "OpenTofu"); found.tofu {
		// By default the testing package serves the provider under its address in Terraform's registry.
		set["TF_ACC_PROVIDER_HOST"], set["TF_ACC_PROVIDER_NAMESPACE"] = "registry.opentofu.org", "hashicorp"
	}
	for name, value := range set {
		_ = os.Setenv(name, value)
	}
	return found
})

// CLI returns the path of the Terraform or OpenTofu to test with. Every test that calls it is named TestAcc. As in the
// testing package, such a test is skipped unless TF_ACC is set, which `make test` does. Then a test without a program
// fails: a skipped test would look like one that passes.
func CLI(t testing.TB) string {
	t.Helper()
	if os.Getenv(resource.EnvTfAcc) == "" {
		t.Skipf("%s is not set", resource.EnvTfAcc)
	}
	found := find()
	if found.path == "" {
		t.Fatal("Neither terraform nor tofu is on PATH, and TF_ACC_TERRAFORM_PATH is not set. Run the tests with `make test`, which builds an OpenTofu where there is none.")
	}
	return found.path
}

// Tofu reports whether the program is OpenTofu.
func Tofu(t testing.TB) bool {
	CLI(t)
	return find().tofu
}

// Root is the folder of the module.
func Root(t testing.TB) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		if folder == filepath.Dir(folder) {
			t.Fatal("no go.mod above the working directory")
		}
	}
}
