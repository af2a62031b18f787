package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// printer writes the demo's text. Errors of writing are not looked at: a reader who went away interrupts the program.
type printer struct {
	out               io.Writer
	bold, dim, normal string
	steps             int
}

// newPrinter writes with emphasis where a person is looking.
func newPrinter(out *os.File) *printer {
	p := &printer{out: out}
	if info, err := out.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == "" {
		p.bold, p.dim, p.normal = "\x1b[1m", "\x1b[2m", "\x1b[0m"
	}
	return p
}

// step announces what is to happen.
func (p *printer) step(text string) {
	p.steps++
	_, _ = fmt.Fprintf(p.out, "\n%s%d. %s%s\n", p.bold, p.steps, text, p.normal)
}

// command shows what is run.
func (p *printer) command(program, text string) {
	_, _ = fmt.Fprintf(p.out, "   %s$ %s %s%s\n", p.dim, filepath.Base(program), text, p.normal)
}

// say tells what happened.
func (p *printer) say(format string, values ...any) {
	_, _ = fmt.Fprintf(p.out, "   "+format+"\n", values...)
}

// proved tells what was checked against the platforms.
func (p *printer) proved(format string, values ...any) {
	_, _ = fmt.Fprintf(p.out, "   %s✓ %s%s\n", p.bold, fmt.Sprintf(format, values...), p.normal)
}

// plain writes a line at the margin.
func (p *printer) plain(format string, values ...any) {
	_, _ = fmt.Fprintf(p.out, format+"\n", values...)
}

// table writes rows in columns; the first row is the heading.
func (p *printer) table(rows [][]string) {
	var widths []int
	for _, row := range rows {
		for column, cell := range row {
			if column == len(widths) {
				widths = append(widths, 0)
			}
			widths[column] = max(widths[column], utf8.RuneCountInString(cell))
		}
	}
	for number, row := range rows {
		var line strings.Builder
		for column, cell := range row {
			line.WriteString(cell + strings.Repeat(" ", widths[column]-utf8.RuneCountInString(cell)+3))
		}
		text := strings.TrimRight(line.String(), " ")
		if number == 0 {
			text = p.dim + text + p.normal
		}
		p.say("%s", text)
	}
}

// count says how many, in words: "1 member", "2 members".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
