// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"runtime/debug"
	"testing"
)

func TestSilenceLoggers(t *testing.T) {
	for name, variables := range map[string]map[string]string{
		"no variable":       {},
		"an empty variable": {"TF_LOG": ""},
		"a log turned off":  {"TF_LOG_SDK": "off"},
	} {
		t.Run(name, func(t *testing.T) {
			clearLogVariables(t)
			for variable, value := range variables {
				t.Setenv(variable, value)
			}
			if !silenceLoggers() {
				t.Fatal("the loggers are not silent")
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
			if silenceLoggers() {
				t.Fatal("the loggers are silent although a log was asked for")
			}
			for _, logger := range loggers {
				if got := os.Getenv(logger); logger != variable && got != "" {
					t.Errorf("%s = %q, want it left alone", logger, got)
				}
			}
		})
	}
}

// There is no memory limit: near a limit the collector works much harder than Go's default does.
func TestCollectLessOften(t *testing.T) {
	percent := debug.SetGCPercent(100)
	t.Cleanup(func() { debug.SetGCPercent(percent) })
	limit := debug.SetMemoryLimit(-1)
	for variable, want := range map[string]int{"GOGC": 100, "GOMEMLIMIT": 100, "": 400} {
		t.Run("with "+variable, func(t *testing.T) {
			t.Setenv("GOGC", "")
			t.Setenv("GOMEMLIMIT", "")
			if variable != "" {
				t.Setenv(variable, "200")
			}
			debug.SetGCPercent(100)
			collectLessOften()
			if got := debug.SetGCPercent(100); got != want {
				t.Errorf("the heap may grow by %d%%, want %d%%", got, want)
			}
			if got := debug.SetMemoryLimit(-1); got != limit {
				t.Errorf("the memory limit is %d, want it unchanged", got)
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
