// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
)

// printer writes the text of the demo. It ignores write errors: when the reader goes away, a signal ends the program.
type printer struct {
	out               io.Writer
	bold, dim, normal string
	steps             int
}

// newPrinter uses bold and dim text if the output is a terminal.
func newPrinter(out *os.File) *printer {
	p := &printer{out: out}
	if info, err := out.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == "" {
		p.bold, p.dim, p.normal = "\x1b[1m", "\x1b[2m", "\x1b[0m"
	}
	return p
}

// step prints the heading of the next step.
func (p *printer) step(text string) {
	p.steps++
	_, _ = fmt.Fprintf(p.out, "\n%s%d. %s%s\n", p.bold, p.steps, text, p.normal)
}

// command prints a command line.
func (p *printer) command(program, text string) {
	_, _ = fmt.Fprintf(p.out, "   %s$ %s %s%s\n", p.dim, filepath.Base(program), text, p.normal)
}

// say prints an indented line.
func (p *printer) say(format string, values ...any) {
	_, _ = fmt.Fprintf(p.out, "   "+format+"\n", values...)
}

// proved prints what was checked against the platforms.
func (p *printer) proved(format string, values ...any) {
	_, _ = fmt.Fprintf(p.out, "   %s✓ %s%s\n", p.bold, fmt.Sprintf(format, values...), p.normal)
}

// plain prints a line without indentation.
func (p *printer) plain(format string, values ...any) {
	_, _ = fmt.Fprintf(p.out, format+"\n", values...)
}

// table writes rows in columns. The first row is the heading.
func (p *printer) table(rows [][]string) {
	var aligned bytes.Buffer
	columns := tabwriter.NewWriter(&aligned, 0, 0, 3, ' ', 0)
	for _, row := range rows {
		_, _ = fmt.Fprintln(columns, strings.Join(row, "\t"))
	}
	_ = columns.Flush()
	emphasis, normal := p.dim, p.normal
	for line := range strings.Lines(aligned.String()) {
		p.say("%s%s%s", emphasis, strings.TrimSuffix(line, "\n"), normal)
		emphasis, normal = "", ""
	}
}

// count returns a number with its noun: "1 member", "2 members".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
