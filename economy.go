package main

import (
	"os"
	"runtime/debug"
	"strings"
)

// loggers are the variables that set the levels of the loggers in a provider
// process. Without them every logger is at TRACE, whatever Terraform wants to
// see, and each line is encoded here, sent, parsed by Terraform and thrown away:
// for a plan of a thousand resources that was half of the processor time.
var loggers = []string{"TF_LOG_SDK", "TF_LOG_SDK_PROTO", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_PROVIDER", "TF_LOG_PROVIDER_ORGINVITE"}

// silenceLoggers turns the loggers off when nobody asked for a log. As soon as
// any variable of the TF_LOG family is set, everything is as it would be without
// this. It reports which of the two it is.
func silenceLoggers() (silent bool, err error) {
	for _, variable := range os.Environ() {
		if name, value, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "TF_LOG") && value != "" {
			return false, nil
		}
	}
	for _, name := range loggers {
		if err := os.Setenv(name, "off"); err != nil {
			return false, err
		}
	}
	return true, nil
}

// memoryBound is what the lazier collector may use before it works as hard as
// always. It bounds waste, not what is needed: an organization with 100,000 invitations may need more.
const memoryBound = 256 << 20

// collectLazily lets garbage lie longer. The process lives for one walk of
// Terraform, mostly idle, and its heap is small. GOGC and GOMEMLIMIT say otherwise if they are set.
func collectLazily() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(400)
		debug.SetMemoryLimit(memoryBound)
	}
}
