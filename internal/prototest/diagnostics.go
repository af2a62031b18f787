// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package prototest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Diagnostics are warnings and errors, as the provider or Terraform itself raises them.
type Diagnostics []*tfprotov6.Diagnostic

// HasErrors reports whether one of them is an error.
func (d Diagnostics) HasErrors() bool { return slices.ContainsFunc(d, isError) }

// Errors are those that are errors.
func (d Diagnostics) Errors() Diagnostics {
	return slices.DeleteFunc(slices.Clone(d), func(one *tfprotov6.Diagnostic) bool { return !isError(one) })
}

// Warnings are those that are warnings.
func (d Diagnostics) Warnings() Diagnostics { return slices.DeleteFunc(slices.Clone(d), isError) }

// Texts are the diagnostics one by one, each with its path where it has one: "email: summary: detail".
func (d Diagnostics) Texts() []string {
	texts := make([]string, 0, len(d))
	for _, one := range d {
		texts = append(texts, PathOf(one)+": "+one.Summary+": "+one.Detail)
	}
	return texts
}

// String is all of them, one a line.
func (d Diagnostics) String() string {
	lines := make([]string, 0, len(d))
	for _, one := range d {
		lines = append(lines, fmt.Sprintf("%s: %s: %s", one.Severity, one.Summary, one.Detail))
	}
	return strings.Join(lines, "\n")
}

func isError(one *tfprotov6.Diagnostic) bool {
	return one.Severity == tfprotov6.DiagnosticSeverityError
}

// defects are the summaries of errors that Terraform raises because the provider breaks the rules of the protocol.
const (
	pluginError        = "Plugin error"
	invalidPlan        = "Provider produced invalid plan"
	invalidRefresh     = "Provider produced invalid object"
	inconsistentPlan   = "Provider produced inconsistent final plan"
	inconsistentResult = "Provider produced inconsistent result after apply"
	unknownResult      = "Provider returned invalid result object after apply"
	differentIdentity  = "Provider produced different identity"
)

// IsDefect reports whether a diagnostic says that the provider breaks the rules of the protocol, whatever the platform
// did.
func IsDefect(one *tfprotov6.Diagnostic) bool {
	return one.Summary == pluginError || strings.HasPrefix(one.Summary, "Provider produced") ||
		strings.HasPrefix(one.Summary, "Provider returned")
}

func defect(summary, format string, args ...any) *tfprotov6.Diagnostic {
	return &tfprotov6.Diagnostic{
		Severity: tfprotov6.DiagnosticSeverityError, Summary: summary, Detail: fmt.Sprintf(format, args...),
	}
}

// answered are the diagnostics of a call that may have failed as a whole.
func answered(call string, err error, diags []*tfprotov6.Diagnostic) Diagnostics {
	if err != nil {
		return append(Diagnostics{defect(pluginError, "%s failed: %s", call, err)}, diags...)
	}
	return diags
}

// PathOf is the attribute that a diagnostic is about, such as role_assignments.deployment; "" where it names none.
func PathOf(one *tfprotov6.Diagnostic) string { return pathText(one.Attribute) }
