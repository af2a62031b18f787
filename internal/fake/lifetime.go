// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// elasticDefaultLifetime is what Elastic Cloud documents for an invitation without expires_in.
const elasticDefaultLifetime = 72 * time.Hour

var lifetimePart = regexp.MustCompile(`^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)\s*`)

var lifetimeUnits = map[string]time.Duration{
	"ms": time.Millisecond, "s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour,
}

// parseLifetime reads durations such as 90m, 72h, 7d, 2w and 1d12h. The grammar is not published, hence the leniency;
// zero is no lifetime.
func parseLifetime(text string) (time.Duration, error) {
	var total time.Duration
	for rest := strings.TrimSpace(text); rest != ""; {
		part := lifetimePart.FindStringSubmatch(rest)
		if part == nil {
			return 0, fmt.Errorf("%q is no duration", text)
		}
		number, err := strconv.ParseFloat(part[1], 64)
		if err != nil {
			return 0, fmt.Errorf("%q is no duration: %w", text, err)
		}
		total += time.Duration(number * float64(lifetimeUnits[part[2]]))
		rest = rest[len(part[0]):]
	}
	if total <= 0 {
		return 0, fmt.Errorf("%q is no lifetime", text)
	}
	return total, nil
}
