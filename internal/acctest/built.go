package acctest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

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
		command := exec.Command("go", "build", "-buildvcs=false", "-o", built.folder+string(filepath.Separator), ".") //nolint:gosec,noctx // our own program, built for every test that comes after
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

// NewBuiltWorkspace makes an empty working directory whose provider is the
// program that users run, with an environment of its own, as NAME=value.
func NewBuiltWorkspace(t testing.TB, env ...string) *Workspace {
	t.Helper()
	w := &Workspace{t: t, cli: CLI(t), folder: t.TempDir()}
	settings := filepath.Join(w.folder, "cli.tfrc")
	if err := os.WriteFile(settings, cliconfig.Override(build(t), addresses...), 0o600); err != nil {
		t.Fatal(err)
	}
	w.env = append([]string{"TF_CLI_CONFIG_FILE=" + settings}, env...)
	return w
}
