// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
)

func TestDate(t *testing.T) {
	for text, want := range map[string]string{
		`null`: "", `""`: "", `"0001-01-01T00:00:00Z"`: "", `"0001-01-01T00:00:00.000Z"`: "", `"1970-01-01T00:00:00Z"`: "",
		`"2030-01-31T12:00:00Z"`:          "2030-01-31T12:00:00Z",
		`"2030-01-31T12:00:00.000Z"`:      "2030-01-31T12:00:00Z",
		`"2030-01-31T14:00:00+02:00"`:     "2030-01-31T12:00:00Z",
		`"2030-01-31"`:                    "error",
		`"31.1.2030"`:                     "error",
		`"2030-01-31T12:00:00"`:           "error",
		`1893456000`:                      "error",
		`{"date":"2030-01-31T12:00:00Z"}`: "error",
	} {
		var date api.Date
		err := json.Unmarshal([]byte(text), &date)
		got := ""
		switch {
		case err != nil:
			got = "error"
		case !date.IsZero():
			got = date.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%s: %q (%v), want %q", text, got, err, want)
		}
	}
}

// A date is an error, the zero Date, or exactly the time in the text.
func FuzzDate(f *testing.F) {
	for _, text := range []string{``, `2030-01-31T12:00:00Z`, `2030-01-31T12:00:00.123456789+02:00`, `0001-01-01T00:00:00Z`, `2030-02-30T12:00:00Z`, `9999-12-31T23:59:60Z`, "\x00", `-2030-01-31T12:00:00Z`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		quoted, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		var date api.Date
		if json.Unmarshal(quoted, &date) != nil || date.IsZero() {
			return
		}
		at, err := time.Parse(time.RFC3339, strings.TrimSpace(text))
		if err != nil || !at.Equal(date.Time) {
			t.Errorf("%q was read as %s", text, date)
		}
	})
}
