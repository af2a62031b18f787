// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package docscheck_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
)

// requirement is added to what does not say which provider it means.
const requirement = `terraform {
  required_providers {
    orginvite = {
      source = "orginvite/orginvite"
    }
  }
}
`

// newerThings are parts of a configuration that only newer programs know.
var newerThings = []struct {
	sign    *regexp.Regexp
	feature acctest.Feature
}{
	{regexp.MustCompile(`(?m)^list "`), acctest.Queries},
	{regexp.MustCompile(`(?m)^action "`), acctest.Actions},
	{regexp.MustCompile(`provider::orginvite::`), acctest.Functions},
	{regexp.MustCompile(`(?m)^run "`), acctest.ModuleTests},
	{regexp.MustCompile(`(?m)^\s*ephemeral += true`), acctest.Ephemeral},
	{regexp.MustCompile(`(?m)^(removed \{|import \{\n  for_each)`), acctest.Removed},
	{regexp.MustCompile(`(?m)^  identity = \{`), acctest.Identity},
}

// fileFor is the name under which Terraform reads a configuration.
func fileFor(text string) string {
	switch {
	case regexp.MustCompile(`(?m)^list "`).MatchString(text):
		return "shown.tfquery.hcl"
	case regexp.MustCompile(`(?m)^run "`).MatchString(text):
		return filepath.Join("tests", "shown.tftest.hcl")
	default:
		return "shown.tf"
	}
}

// TestAccConfigurationsInPages: whoever copies a configuration from a page gets one that is formatted and valid. Those
// with other providers, marked as hcl, are only formatted: those providers are not at hand.
func TestAccConfigurationsInPages(t *testing.T) {
	t.Parallel()
	shown := blocks(t, "terraform", "hcl")
	if len(shown) < 20 {
		t.Fatalf("only %d were found", len(shown))
	}
	dir := acctest.NewWorkspace(t)
	for number, one := range shown {
		folder := filepath.Join(dir.Folder(), fmt.Sprintf("%03d", number))
		write(t, filepath.Join(folder, fileFor(one.text)), one.text)
		if result := dir.Run("-chdir="+folder, "fmt", "-recursive", "-check", "-diff", "-no-color"); result.Out != "" {
			t.Errorf("%s:%d is not formatted:\n%s", one.page, one.line, result.Out)
		}
		if one.language == "hcl" {
			continue
		}
		t.Run(fmt.Sprintf("%s:%d", one.page, one.line), func(t *testing.T) {
			for _, newer := range newerThings {
				if newer.sign.MatchString(one.text) {
					acctest.Needs(t, newer.feature)
				}
			}
			if !strings.Contains(one.text, "required_providers") {
				write(t, filepath.Join(folder, "versions.tf"), requirement)
			}
			validate(t, dir, folder)
		})
	}
}

// TestAccExamples: every example is a configuration that the real schema accepts.
func TestAccExamples(t *testing.T) {
	t.Parallel()
	dir, examples := acctest.NewWorkspace(t), filepath.Join(acctest.Root(t), "examples")
	folders, err := filepath.Glob(filepath.Join(examples, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	alone, err := filepath.Glob(filepath.Join(examples, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for number, example := range append(folders, alone...) {
		files, _ := filepath.Glob(filepath.Join(example, "*.tf"))
		if len(files) == 0 {
			continue
		}
		t.Run(strings.TrimPrefix(example, examples+string(filepath.Separator)), func(t *testing.T) {
			kind := filepath.Base(filepath.Dir(example))
			if feature, newer := map[string]acctest.Feature{
				"functions": acctest.Functions, "actions": acctest.Actions, "list-resources": acctest.Queries,
			}[kind]; newer {
				acctest.Needs(t, feature)
			}
			folder := filepath.Join(dir.Folder(), fmt.Sprintf("%03d", number))
			copyFolder(t, example, folder)
			if kind == "resources" {
				// Both import the same thing. Each is tried in a story of its own.
				for _, name := range []string{"import-by-string-id.tf", "import-by-identity.tf"} {
					if err := os.Remove(filepath.Join(folder, name)); err != nil {
						t.Fatal(err)
					}
				}
			}
			dir.Run("-chdir="+folder, "get")
			validate(t, dir, folder)
		})
	}
}

func validate(t *testing.T, dir *acctest.Workspace, folder string) {
	t.Helper()
	if result := dir.Run("-chdir="+folder, "validate", "-no-color"); result.Failed() {
		t.Errorf("not valid:\n%s%s", result.Out, result.Log)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
