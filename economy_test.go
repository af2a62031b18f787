package main

import (
	"os"
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
