// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/orginvite/terraform-provider-orginvite/internal/live/question"
)

// report is what is written to the file.
type report struct {
	Version string `json:"version"`
	Answers []row  `json:"answers"`
}

// row is one question and what was found. It holds only words that are in the code, and numbers of statuses and days.
type row struct {
	Platform string            `json:"platform"`
	Question string            `json:"question"`
	Fact     string            `json:"fact,omitempty"`
	Asks     string            `json:"asks"`
	Reading  string            `json:"reading"`
	Evidence question.Evidence `json:"evidence,omitempty"`
}

func (a *asking) row(q question.Question, found question.Finding) row {
	return row{
		Platform: a.platform.Name, Question: q.Name, Fact: q.Fact, Asks: q.Asks,
		Reading: found.String(), Evidence: found.Evidence,
	}
}

func printTable(out io.Writer, title string, rows []row) {
	if len(rows) == 0 {
		return
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintf(table, "%s\nquestion\treading\tevidence\n", title)
	for _, one := range rows {
		name := one.Question
		if one.Fact != "" {
			name += " (" + one.Fact + ")"
		}
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\n", name, one.Reading, cmp.Or(string(one.Evidence), "–"))
	}
	_ = table.Flush()
	_, _ = fmt.Fprintln(out)
}

func writeReport(file string, content report) error {
	text, err := json.MarshalIndent(content, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(text, '\n'), 0o600)
}
