// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package docscheck_test

import (
	"bufio"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
)

// said are the texts in the product's code.
func said(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(filepath.Join(acctest.Root(t), "internal"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "fake" || entry.Name() == "acctest" || entry.Name() == "demo") {
			return filepath.SkipDir
		}
		if entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				text, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Error(err)
				}
				all.WriteString(text + "\n")
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// byOthers are beginnings of messages that come from Go, HTTP and the plugin framework.
var byOthers = []string{
	"answered ", ": dial tcp", "no such host", "connection refused", "failed to verify certificate",
	"Invalid Attribute ", "Null Set Value", "Invalid RFC3339 String Value",
}

// isSaid reports whether a part of a message is in the code. The code puts "Could not" before the name of an
// operation and "Not" before that of a kind of value, and begins the sentences of details with capitals.
func isSaid(part, known string) bool {
	for _, beginning := range byOthers {
		if strings.HasPrefix(part, beginning) {
			return true
		}
	}
	part = strings.TrimPrefix(strings.TrimPrefix(part, "Could not "), "Not ")
	return strings.Contains(strings.ToLower(known), strings.ToLower(part))
}

// TestMessagesThatAreExplained: the troubleshooting page quotes what the provider says, letter by letter, so that a
// search for a message finds it.
func TestMessagesThatAreExplained(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join(acctest.Root(t), "templates", "guides", "troubleshooting.md"))
	if err != nil {
		t.Fatal(err)
	}
	known, quoted := said(t), 0
	lines := bufio.NewScanner(strings.NewReader(string(page)))
	for lines.Scan() {
		for _, message := range messages(lines.Text()) {
			quoted++
			for part := range strings.SplitSeq(message, "…") {
				if part = strings.TrimSpace(part); len(part) > 3 && !isSaid(part, known) {
					t.Errorf("nothing says %q, which is a part of %q", part, message)
				}
			}
		}
	}
	if quoted < 25 {
		t.Errorf("only %d messages are explained", quoted)
	}
}

// messages are what a heading quotes, or the first cell of a row of a table.
func messages(line string) (quoted []string) {
	heading, isHeading := strings.CutPrefix(line, "### ")
	row, isRow := strings.CutPrefix(line, "| `")
	switch {
	case isHeading:
		line = heading
	case isRow:
		line, _, _ = strings.Cut("`"+row, " | ")
	default:
		return nil
	}
	for i, part := range strings.Split(line, "`") {
		if i%2 == 1 {
			quoted = append(quoted, part)
		}
	}
	return quoted
}
