package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// built is the folder with the provider, as this test built it.
var built string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "orginvite-demo-test-")
	if err != nil {
		panic(err)
	}
	built = folder
	code := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// stand is what the demo needs: a Terraform, the provider, the examples.
func stand(t *testing.T) config {
	t.Helper()
	program := os.Getenv("TF_ACC_TERRAFORM_PATH")
	if program == "" {
		t.Skip("TF_ACC_TERRAFORM_PATH names no Terraform; `make test` does")
	}
	c := config{terraform: program, provider: filepath.Join(built, "terraform-provider-orginvite"), examples: "../../examples"}
	if _, err := os.Stat(c.provider); err == nil {
		return c
	}
	build := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", c.provider, "../..")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the provider: %v\n%s", err, output)
	}
	return c
}

func TestShow(t *testing.T) {
	c := stand(t)
	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv("ICEPANEL_API_KEY", "a-real-key-in-the-shell-is-not-used")
	var said bytes.Buffer
	if err := show(t.Context(), c, &printer{out: &said}); err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	for _, p := range fake.Platforms {
		if !strings.Contains(said.String(), p.Title()) {
			t.Errorf("nothing is said about %s", p.Title())
		}
	}
}

func TestShowFailsWithoutProvider(t *testing.T) {
	c := stand(t)
	c.provider = filepath.Join(t.TempDir(), "terraform-provider-orginvite")
	t.Setenv("TMPDIR", t.TempDir())
	if err := show(t.Context(), c, &printer{out: &bytes.Buffer{}}); err == nil {
		t.Error("no error")
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestAcceptorsAreDifferentPeople(t *testing.T) {
	var all []seat
	for _, person := range []string{"ada", "barbara", "grace"} {
		for _, p := range fake.Platforms {
			all = append(all, seat{platform: p, person: person})
		}
	}
	chosen := acceptors(all)
	different := map[string]bool{}
	for _, one := range chosen {
		different[one.person] = true
	}
	if len(chosen) != len(fake.Platforms) || len(different) != min(len(fake.Platforms), 3) {
		t.Errorf("%v", chosen)
	}
	if alone := acceptors(all[:1]); len(alone) != 1 {
		t.Errorf("%v", alone)
	}
}

func TestReadPicksWhatMatters(t *testing.T) {
	told, problems := read([]byte(`{"@message":"Plan: 1 to add","type":"change_summary"}
{"type":"diagnostic","diagnostic":{"severity":"warning","summary":"overrides are in effect"}}
{"type":"diagnostic","diagnostic":{"severity":"warning","summary":"stays a member","address":"a.b"}}
{"type":"diagnostic","diagnostic":{"severity":"error","summary":"No credential","detail":"Set one."}}
not JSON
`))
	if told.summary != "Plan: 1 to add" || !slices.Equal(told.warnings, []string{"stays a member"}) {
		t.Errorf("%+v", told)
	}
	if want := []string{"No credential\nSet one.", "not JSON\n"}; !slices.Equal(problems, want) {
		t.Errorf("%q", problems)
	}
}

func TestTableAlignsColumns(t *testing.T) {
	var out bytes.Buffer
	(&printer{out: &out}).table([][]string{{"", "IcePanel", "Snyk"}, {"ada", "–", "pending"}, {"barbara", "accepted", "–"}})
	want := "             IcePanel   Snyk\n   ada       –          pending\n   barbara   accepted   –\n"
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}

func TestWords(t *testing.T) {
	for want, words := range map[string][]string{"": nil, "a": {"a"}, "a and b": {"a", "b"}, "a, b and c": {"a", "b", "c"}} {
		if have := enumerate(words); have != want {
			t.Errorf("%q, want %q", have, want)
		}
	}
	if count(1, "mail") != "1 mail" || count(2, "mail") != "2 mails" {
		t.Error("count")
	}
}
