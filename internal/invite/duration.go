// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// maxLifetime is the longest lifetime. A longer one is a typing error. It is far below what a time.Duration can hold.
const maxLifetime = 10 * 365 * 24 * time.Hour

var (
	errDurationForm = errors.New("it must be whole numbers with a unit of m, h, d or w, " +
		`such as "90m", "72h", "7d" or "2w"`)
	errTooLong = errors.New("it must be at most ten years")
)

// durationUnits are the units in the order in which they may follow each other, as in "1d12h".
var durationUnits = []struct {
	suffix byte
	length time.Duration
}{
	{'w', 7 * 24 * time.Hour},
	{'d', 24 * time.Hour},
	{'h', time.Hour},
	{'m', time.Minute},
}

// durationForm has a group for each of the units.
var durationForm = regexp.MustCompile(`^(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?$`)

// ParseDuration reads a lifetime such as "90m", "72h", "7d", "2w" or "1d12h".
// A day is 24 hours. The lifetime must be longer than zero and at most ten years.
func ParseDuration(text string) (time.Duration, error) {
	counts := durationForm.FindStringSubmatch(text)
	if counts == nil || text == "" {
		return 0, errDurationForm
	}
	var total time.Duration
	for i, unit := range durationUnits {
		if counts[i+1] == "" {
			continue
		}
		count, err := strconv.ParseInt(counts[i+1], 10, 64)
		if err != nil || count > int64(maxLifetime/unit.length) {
			return 0, errTooLong
		}
		total += time.Duration(count) * unit.length
	}
	switch {
	case total <= 0:
		return 0, errors.New("it must be longer than zero")
	case total > maxLifetime:
		return 0, errTooLong
	}
	return total, nil
}

// FormatDuration writes a lifetime as people and platforms do: in days if it is a week or longer, otherwise in hours or
// minutes. So it returns "7d", but "72h" and "90m".
func FormatDuration(length time.Duration) string {
	length = length.Round(time.Second)
	if length >= time.Minute {
		for _, unit := range durationUnits[1:] {
			days := unit.length >= 24*time.Hour
			if length%unit.length == 0 && (!days || length >= 7*unit.length) {
				return fmt.Sprintf("%d%c", length/unit.length, unit.suffix)
			}
		}
	}
	return length.String()
}

// SameDuration reports whether both texts are the same length of time.
func SameDuration(a, b string) bool {
	left, errLeft := ParseDuration(a)
	right, errRight := ParseDuration(b)
	return errLeft == nil && errRight == nil && left == right
}

// SameInstant reports whether both are the same moment. Some platforms keep whole seconds only, so a difference of less
// than a second does not count.
func SameInstant(a, b time.Time) bool {
	return a.Sub(b).Abs() < time.Second
}
