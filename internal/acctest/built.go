// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/orginvite/terraform-provider-orginvite/internal/cliconfig"
)

// built is the provider as a program, made once for all tests of a package.
var built struct {
	sync.Once
	folder string
	err    error
}

// build makes the program, and returns the folder it is in.
func build(t testing.TB) string {
	t.Helper()
	built.Do(func() {
		if built.folder, built.err = os.MkdirTemp("", "orginvite-acctest-"); built.err != nil { //nolint:usetesting // it outlives the test
			return
		}
		command := exec.Command("go", "build", "-buildvcs=false", "-o", built.folder+string(filepath.Separator), ".") //nolint:noctx // our own program, built for every test that comes after
		command.Dir = Root(t)
		if said, err := command.CombinedOutput(); err != nil {
			built.err = fmt.Errorf("%w: %s", err, said)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.folder
}

// Clean removes what was built. A package that uses [NewBuiltWorkspace] calls it at the end of its TestMain.
func Clean() {
	if built.folder != "" {
		_ = os.RemoveAll(built.folder)
	}
}

// NewBuiltWorkspace makes an empty working directory whose provider is the program that users run, with settings of its
// own, as NAME=value. With TF_LOG among them, the log is part of each [Result].
func NewBuiltWorkspace(t testing.TB, env ...string) *Workspace {
	t.Helper()
	folder := t.TempDir()
	settings := filepath.Join(folder, "cli.tfrc")
	w := newWorkspace(t, folder, nil, append([]string{"TF_CLI_CONFIG_FILE=" + settings}, env...))
	if err := os.WriteFile(settings, cliconfig.Override(build(t), addresses...), 0o600); err != nil {
		t.Fatal(err)
	}
	given := map[string]string{}
	for _, setting := range append(os.Environ(), w.env...) {
		name, value, _ := strings.Cut(setting, "=")
		given[name] = value
	}
	if level := given["TF_LOG"]; level != "" {
		w.trace = "terraform.log"
		if err := errors.Join(w.cli.SetLog(level), w.cli.SetLogPath(filepath.Join(folder, w.trace))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.cli.SetEnv(tfexec.CleanEnv(given)); err != nil {
		t.Fatal(err)
	}
	return w
}
