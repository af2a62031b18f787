// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"testing"

	"github.com/hashicorp/go-version"
)

// Each program counts its versions on its own.
func TestFeatureLacking(t *testing.T) {
	for _, test := range []struct {
		feature Feature
		tofu    bool
		running string
		has     bool
	}{
		{Functions, false, "1.7.5", false},
		{Functions, false, "1.8.0", true},
		{Functions, false, "1.8.0-rc1", true},
		{Functions, true, "1.7.0", true},
		{Actions, false, "1.14.8", true},
		{Actions, true, "1.14.8", false},
	} {
		why := test.feature.lacking(test.tofu, version.Must(version.NewVersion(test.running)))
		if (why == "") != test.has {
			t.Errorf("%s, OpenTofu %t, %s: %q", test.feature.Name, test.tofu, test.running, why)
		}
	}
}

// An error is found however Terraform wraps its lines, with the line of the configuration before the detail.
func TestError(t *testing.T) {
	const wrapped = "Error: Not an e-mail address\n\n  with x.ada,\n  on main.tf line 9, in resource \"x\" \"ada\":\n" +
		"   9:   email = \"ada\"\n\nThe address has no\n@ in it."
	for _, texts := range [][]string{
		{"Not an e-mail address"},
		{"Not an e-mail address", "code: email", "has no @"},
		{"code: email = \"ada\""},
	} {
		if !Error(texts...).MatchString(wrapped) {
			t.Errorf("%q is not found", texts)
		}
	}
	for _, texts := range [][]string{{"code: Not an"}, {"has no @", "Not an e-mail"}, {"code: role"}} {
		if Error(texts...).MatchString(wrapped) {
			t.Errorf("%q is found", texts)
		}
	}
}

// A step must name all warnings, and only those.
func TestRecorder(t *testing.T) {
	var r recorder
	r.warnings = []string{"ada expired", "bob expired"}
	if len(r.unexpected()) != 2 {
		t.Errorf("unexpected: %q", r.unexpected())
	}
	if err := r.expect([]string{"ada"}); err == nil {
		t.Error("one of two warnings is enough")
	}
	if err := r.expect([]string{"ada", "bob"}); err != nil || len(r.unexpected()) > 0 {
		t.Errorf("%v, unexpected: %q", err, r.unexpected())
	}
	if r.reset(); r.expect(nil) != nil {
		t.Error("a step begins with the warnings of the one before")
	}
}
