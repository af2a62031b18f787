// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// built is the folder with the provider that this test builds.
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

// arrange returns what the demo needs: a Terraform, the provider and the examples.
func arrange(t *testing.T) config {
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
	c := arrange(t)
	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv("ICEPANEL_API_KEY", "a-real-key-in-the-shell-is-not-used")
	var printed bytes.Buffer
	if err := show(t.Context(), c, &printer{out: &printed}); err != nil {
		t.Fatalf("%v\n%s", err, printed.String())
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	for _, p := range fake.Platforms {
		if !strings.Contains(printed.String(), p.Title()) {
			t.Errorf("%s is not mentioned", p.Title())
		}
	}
}

func TestShowFailsWithoutProvider(t *testing.T) {
	c := arrange(t)
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

// cancelAt cancels a context when a text is printed.
type cancelAt struct {
	text   string
	cancel func()
}

func (c cancelAt) Write(printed []byte) (int, error) {
	if strings.Contains(string(printed), c.text) {
		c.cancel()
	}
	return len(printed), nil
}

func TestShowInterrupted(t *testing.T) {
	c := arrange(t)
	t.Setenv("TMPDIR", t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	err := show(ctx, c, &printer{out: cancelAt{" apply invite.tfplan", cancel}})
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "step 2") {
		t.Errorf("%v", err)
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestReadDiagnostics(t *testing.T) {
	const place = `"range":{"filename":"main.tf","start":{"line":1,"column":1,"byte":0},"end":{"line":1,"column":2,"byte":1}}`
	warnings, problems := readDiagnostics([]byte(`{"@message":"Plan: 1 to add","type":"change_summary"}
{"type":"diagnostic","diagnostic":{"severity":"warning","summary":"overrides are in effect"}}
{"type":"diagnostic","diagnostic":{"severity":"warning","summary":"stays a member",` + place + `}}
{"type":"diagnostic","diagnostic":{"severity":"error","summary":"No credential","detail":"Set one."}}
not JSON
`))
	if !slices.Equal(warnings, []string{"stays a member"}) {
		t.Errorf("warnings %q", warnings)
	}
	if want := "No credential\nSet one.\nnot JSON"; problems == nil || problems.Error() != want {
		t.Errorf("problems %v, want %q", problems, want)
	}
}

func TestSummarize(t *testing.T) {
	change := func(actions ...tfjson.Action) *tfjson.ResourceChange {
		return &tfjson.ResourceChange{Change: &tfjson.Change{Actions: actions}}
	}
	got := summarize(&tfjson.Plan{ResourceChanges: []*tfjson.ResourceChange{
		change(tfjson.ActionNoop), change(tfjson.ActionRead), change(tfjson.ActionUpdate), change(tfjson.ActionCreate),
		change(tfjson.ActionDelete, tfjson.ActionCreate), change(tfjson.ActionDelete),
	}})
	if want := "Plan: 2 to add, 1 to change, 2 to destroy."; got != want {
		t.Errorf("%q, want %q", got, want)
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
