// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"runtime/debug"
	"strings"
)

// loggers are the variables that set the levels of the loggers in a provider process. Without them every logger is
// at TRACE, whatever Terraform shows: each line is encoded here, sent, parsed by Terraform and thrown away. For a plan
// of a thousand resources that was half of the processor time.
var loggers = []string{"TF_LOG_SDK", "TF_LOG_SDK_PROTO", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_PROVIDER", "TF_LOG_PROVIDER_ORGINVITE"}

// silenceLoggers turns the loggers off unless somebody asked for a log with any variable of the TF_LOG family, and
// reports whether it did.
func silenceLoggers() (silent bool) {
	for _, variable := range os.Environ() {
		name, value, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "TF_LOG") && value != "" && !strings.EqualFold(value, "off") {
			return false
		}
	}
	for _, name := range loggers {
		_ = os.Setenv(name, "off") // fails for malformed names only
	}
	return true
}

// collectLessOften lets more garbage build up between two collections than Go's default. The process lives for one
// walk of Terraform, mostly idle, and its heap is small. GOGC and GOMEMLIMIT take precedence.
func collectLessOften() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(400)
	}
}
