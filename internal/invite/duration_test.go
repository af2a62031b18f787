package invite

import (
	"strings"
	"testing"
	"time"
)

const day = 24 * time.Hour

func TestParseDuration(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"1m": time.Minute, "90m": 90 * time.Minute, "72h": 72 * time.Hour, "7d": week, "2w": 2 * week,
		"1d12h": 36 * time.Hour, "1w1d1h1m": week + day + time.Hour + time.Minute, "007d": week, "3650d": 3650 * day,
	} {
		got, err := ParseDuration(text)
		if err != nil || got != want {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
	for text, complaint := range map[string]string{
		"": "whole numbers", "7": "whole numbers", "d": "whole numbers", "7 d": "whole numbers", "7D": "whole numbers",
		"30s": "whole numbers", "1.5h": "whole numbers", "-7d": "whole numbers", "+7d": "whole numbers", "7d ": "whole numbers",
		"1h1d": "whole numbers", "1d1d": "whole numbers", "1y": "whole numbers", "\u0661d": "whole numbers",
		"0m": "longer than nothing", "0w0d": "longer than nothing",
		"3651d": "ten years", "3650d1m": "ten years", "9999999999w": "ten years", "99999999999999999999m": "ten years",
	} {
		if got, err := ParseDuration(text); err == nil || !strings.Contains(err.Error(), complaint) {
			t.Errorf("%q: %s, %v, want %q", text, got, err, complaint)
		}
	}
}

func TestFormatDuration(t *testing.T) {
	t.Parallel()
	for length, want := range map[time.Duration]string{
		week: "7d", 14 * day: "14d", 72 * time.Hour: "72h", 6 * day: "144h", 36 * time.Hour: "36h", 90 * time.Minute: "90m", time.Minute: "1m",
		30 * time.Second: "30s", 90 * time.Second: "1m30s", time.Minute - time.Millisecond: "1m", 0: "0s",
	} {
		same(t, length.String(), FormatDuration(length), want)
	}
}

func TestSameDuration(t *testing.T) {
	t.Parallel()
	same(t, "other units", sameDuration("7d", "168h"), true)
	same(t, "other length", sameDuration("7d", "8d"), false)
	same(t, "nothing", sameDuration("", ""), false)
}

func TestSameInstant(t *testing.T) {
	t.Parallel()
	at := time.Date(2030, 1, 31, 12, 0, 0, 0, time.UTC)
	same(t, "another zone", sameInstant(at, at.In(time.FixedZone("x", 3600))), true)
	same(t, "a fraction", sameInstant(at, at.Add(-999*time.Millisecond)), true)
	same(t, "a second", sameInstant(at, at.Add(time.Second)), false)
}

// What is read can be written and read again, and stays within its bounds.
func FuzzParseDuration(f *testing.F) {
	for _, seed := range []string{"", "7d", "168h", "90m", "2w", "1d12h", "0m", "30s", "9223372036854775807m", "1w1d1h1m", "7d\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		length, err := ParseDuration(text)
		if err != nil {
			same(t, "length beside an error", length, 0)
			return
		}
		if length < time.Minute || length > MaxLifetime || length%time.Minute != 0 {
			t.Errorf("%q: %s", text, length)
		}
		again, err := ParseDuration(FormatDuration(length))
		if err != nil || again != length {
			t.Errorf("%q is %s, written %q, read %s, %v", text, length, FormatDuration(length), again, err)
		}
	})
}
