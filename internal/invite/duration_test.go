// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite_test

import (
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

const day = 24 * time.Hour

func TestParseDuration(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"1m": time.Minute, "90m": 90 * time.Minute, "72h": 72 * time.Hour, "7d": invitetest.Week, "2w": 2 * invitetest.Week,
		"1d12h": 36 * time.Hour, "1w1d1h1m": invitetest.Week + day + time.Hour + time.Minute, "007d": invitetest.Week, "3650d": 3650 * day,
	} {
		got, err := invite.ParseDuration(text)
		if err != nil || got != want {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
	for text, complaint := range map[string]string{
		"": "whole numbers", "7": "whole numbers", "d": "whole numbers", "7 d": "whole numbers", "7D": "whole numbers",
		"30s": "whole numbers", "1.5h": "whole numbers", "-7d": "whole numbers", "+7d": "whole numbers", "7d ": "whole numbers",
		"1h1d": "whole numbers", "1d1d": "whole numbers", "1y": "whole numbers", "\u0661d": "whole numbers",
		"0m": "longer than zero", "0w0d": "longer than zero",
		"3651d": "ten years", "3650d1m": "ten years", "9999999999w": "ten years", "99999999999999999999m": "ten years",
	} {
		if got, err := invite.ParseDuration(text); err == nil || !strings.Contains(err.Error(), complaint) {
			t.Errorf("%q: %s, %v, want %q", text, got, err, complaint)
		}
	}
}

func TestFormatDuration(t *testing.T) {
	t.Parallel()
	for length, want := range map[time.Duration]string{
		invitetest.Week: "7d", 14 * day: "14d", 72 * time.Hour: "72h", 6 * day: "144h", 36 * time.Hour: "36h", 90 * time.Minute: "90m", time.Minute: "1m",
		30 * time.Second: "30s", 90 * time.Second: "1m30s", time.Minute - time.Millisecond: "1m", 0: "0s",
	} {
		invitetest.Same(t, length.String(), invite.FormatDuration(length), want)
	}
}

func TestSameDuration(t *testing.T) {
	t.Parallel()
	invitetest.Same(t, "other units", invite.SameDuration("7d", "168h"), true)
	invitetest.Same(t, "other length", invite.SameDuration("7d", "8d"), false)
	invitetest.Same(t, "nothing", invite.SameDuration("", ""), false)
}

func TestSameInstant(t *testing.T) {
	t.Parallel()
	at := time.Date(2030, 1, 31, 12, 0, 0, 0, time.UTC)
	invitetest.Same(t, "another zone", invite.SameInstant(at, at.In(time.FixedZone("x", 3600))), true)
	invitetest.Same(t, "a fraction", invite.SameInstant(at, at.Add(-999*time.Millisecond)), true)
	invitetest.Same(t, "a second", invite.SameInstant(at, at.Add(time.Second)), false)
}

// What is read can be written and read again, and stays within its bounds.
func FuzzParseDuration(f *testing.F) {
	for _, seed := range []string{"", "7d", "168h", "90m", "2w", "1d12h", "0m", "30s", "9223372036854775807m", "1w1d1h1m", "7d\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		length, err := invite.ParseDuration(text)
		if err != nil {
			invitetest.Same(t, "length beside an error", length, 0)
			return
		}
		if length < time.Minute || length > invite.MaxLifetime || length%time.Minute != 0 {
			t.Errorf("%q: %s", text, length)
		}
		again, err := invite.ParseDuration(invite.FormatDuration(length))
		if err != nil || again != length {
			t.Errorf("%q is %s, written %q, read %s, %v", text, length, invite.FormatDuration(length), again, err)
		}
	})
}
