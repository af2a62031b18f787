package main

import (
	"os"
	"runtime/debug"
	"testing"
)

func TestSilenceLoggers(t *testing.T) {
	for name, variables := range map[string]map[string]string{
		"nobody asked":          {},
		"an empty one is unset": {"TF_LOG": ""},
	} {
		t.Run(name, func(t *testing.T) {
			clearLogVariables(t)
			for variable, value := range variables {
				t.Setenv(variable, value)
			}
			if silent, err := silenceLoggers(); err != nil || !silent {
				t.Fatalf("silent: %v, error: %v", silent, err)
			}
			for _, logger := range loggers {
				if got := os.Getenv(logger); got != "off" {
					t.Errorf("%s = %q, want off", logger, got)
				}
			}
		})
	}
	for _, variable := range []string{"TF_LOG", "TF_LOG_PROVIDER", "TF_LOG_SDK_PROTO", "TF_LOG_PROVIDER_ORGINVITE"} {
		t.Run(variable+" is set", func(t *testing.T) {
			clearLogVariables(t)
			t.Setenv(variable, "DEBUG")
			if silent, err := silenceLoggers(); err != nil || silent {
				t.Fatalf("silent: %v, error: %v", silent, err)
			}
			for _, logger := range loggers {
				if got := os.Getenv(logger); logger != variable && got != "" {
					t.Errorf("%s = %q, want it left alone", logger, got)
				}
			}
		})
	}
}

// Garbage lies longer, within the bound, unless the user says how it is to be collected.
func TestCollectLazily(t *testing.T) {
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(-1)
	t.Cleanup(func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	})
	for variable, want := range map[string]int{"GOGC": 100, "GOMEMLIMIT": 100, "": 400} {
		t.Run("with "+variable, func(t *testing.T) {
			t.Setenv("GOGC", "")
			t.Setenv("GOMEMLIMIT", "")
			if variable != "" {
				t.Setenv(variable, "200")
			}
			debug.SetGCPercent(100)
			debug.SetMemoryLimit(limit)
			collectLazily()
			if got := debug.SetGCPercent(100); got != want {
				t.Errorf("the heap may grow by %d%%, want %d%%", got, want)
			}
			if bounded := debug.SetMemoryLimit(-1) == memoryBound; bounded != (want == 400) {
				t.Errorf("bounded: %v", bounded)
			}
		})
	}
}

// clearLogVariables unsets the family for a test, which restores it afterwards.
func clearLogVariables(t *testing.T) {
	t.Helper()
	for _, variable := range append([]string{"TF_LOG", "TF_LOG_CORE", "TF_LOG_PATH"}, loggers...) {
		t.Setenv(variable, "")
		if err := os.Unsetenv(variable); err != nil {
			t.Fatal(err)
		}
	}
}
