// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package docscheck_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
)

// block is a fenced block of a page.
type block struct {
	page     string // from the root of the repository
	line     int
	language string
	text     string
}

// pages are what people read and somebody wrote: not docs/, which is made of the templates.
func pages(t *testing.T) (all []string) {
	t.Helper()
	root := acctest.Root(t)
	for _, pattern := range []string{"*.md", "templates/*.tmpl", "templates/guides/*"} {
		found, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v, %v", pattern, found, err)
		}
		all = append(all, found...)
	}
	return all
}

// blocks are the fenced blocks of all pages in one of the languages.
func blocks(t *testing.T, languages ...string) (all []block) {
	t.Helper()
	for _, page := range pages(t) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		name, err := filepath.Rel(acctest.Root(t), page)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range fenced(string(text)) {
			for _, language := range languages {
				if one.language == language {
					one.page = filepath.ToSlash(name)
					all = append(all, one)
				}
			}
		}
	}
	return all
}

// fenced finds the blocks of a page. One that is indented, in a list, loses its indentation.
func fenced(text string) (all []block) {
	var open *block
	var indent string
	for number, line := range strings.Split(text, "\n") {
		bare := strings.TrimLeft(line, " ")
		fence, isFence := strings.CutPrefix(bare, "```")
		switch {
		case isFence && open == nil:
			indent = line[:len(line)-len(bare)]
			open = &block{line: number + 1, language: strings.TrimSpace(fence)}
		case isFence:
			all = append(all, *open)
			open = nil
		case open != nil:
			open.text += strings.TrimPrefix(line, indent) + "\n"
		}
	}
	return all
}

// copyFolder copies a folder, without what was left there by trying it out.
func copyFolder(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if entry.Name() == ".terraform" {
				return filepath.SkipDir
			}
			return os.MkdirAll(filepath.Join(to, name), 0o750)
		}
		if !strings.Contains(name, ".tf") || strings.Contains(name, ".tfstate") {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, name), content, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
}
