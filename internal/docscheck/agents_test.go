// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package docscheck_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
)

var (
	quotedTest = regexp.MustCompile("`(Test[A-Za-z0-9]+)`")
	quotedPath = regexp.MustCompile("`([a-z.]+/[a-zA-Z0-9_./-]+|\\.golangci\\.yml)`")
)

// TestGuardsOfTraps: the tests and files that AGENTS.md names exist.
func TestGuardsOfTraps(t *testing.T) {
	t.Parallel()
	root := acctest.Root(t)
	page, err := os.ReadFile(filepath.Join(root, "AGENTS.md"))
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		case !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		content, err := os.ReadFile(path)
		tests.Write(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := quotedTest.FindAllStringSubmatch(string(page), -1)
	if len(named) < 20 {
		t.Errorf("only %d tests were found", len(named))
	}
	for _, found := range named {
		if !strings.Contains(tests.String(), "func "+found[1]+"(") {
			t.Errorf("AGENTS.md names %s, which does not exist", found[1])
		}
	}
	for _, found := range quotedPath.FindAllStringSubmatch(string(page), -1) {
		if strings.HasPrefix(found[1], "net/") {
			continue // a package of Go
		}
		if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(found[1]))); err != nil {
			t.Errorf("AGENTS.md names %s: %v", found[1], err)
		}
	}
}
