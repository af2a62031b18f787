// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package docscheck_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
)

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.+)$`)
	dropped = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// anchors are the names under which the headings of a page can be linked to.
func anchors(text string) map[string]bool {
	all := map[string]bool{}
	for _, found := range heading.FindAllStringSubmatch(text, -1) {
		all[strings.ReplaceAll(strings.ToLower(dropped.ReplaceAllString(found[1], "")), " ", "-")] = true
	}
	return all
}

// TestLinks: what a page of the repository links to is there.
func TestLinks(t *testing.T) {
	t.Parallel()
	root, followed := acctest.Root(t), 0
	var all []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	for _, page := range all {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range link.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(found[1], "://") {
				continue
			}
			followed++
			name, anchor, _ := strings.Cut(found[1], "#")
			target := page
			if name != "" {
				target = filepath.Join(filepath.Dir(page), filepath.FromSlash(name))
			}
			linked, err := os.ReadFile(target)
			if err != nil {
				if folder, _ := os.Stat(target); folder == nil || !folder.IsDir() {
					t.Errorf("%s links to %s: %v", page, found[1], err)
				}
				continue
			}
			if anchor != "" && !anchors(string(linked))[anchor] && !strings.Contains(string(linked), `id="`+anchor+`"`) {
				t.Errorf("%s links to %s, which has no such heading", page, found[1])
			}
		}
	}
	if followed < 40 {
		t.Errorf("only %d links were found", followed)
	}
}
