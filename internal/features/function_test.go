// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package features_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// TestNormalizeEmail: the form in which addresses are compared, and what is no address at all.
func TestNormalizeEmail(t *testing.T) {
	t.Parallel()
	// A function needs no configuration.
	p := platform{testplatform.All[0]}.startWith(t, nil)
	call := func(given string) (string, *tfprotov6.FunctionError) {
		result, wrong := p.CallFunction(t.Context(), "normalize_email", tftypes.NewValue(tftypes.String, given))
		if wrong != nil {
			return "", wrong
		}
		text, _ := prototest.Plain(result).(string)
		return text, nil
	}
	for given, want := range map[string]string{
		"ada@example.com": ada, "Ada@Example.COM": ada, "  ada@example.com\n": ada, "\tADA@EXAMPLE.COM": ada,
		"Ada+Tag@Example.com": "ada+tag@example.com", "o'neil@example.ie": "o'neil@example.ie",
	} {
		got, wrong := call(given)
		if wrong != nil || got != want {
			t.Errorf("%q: got %q, %v, want %q", given, got, wrong, want)
		}
		if again, _ := call(got); again != got {
			t.Errorf("%q becomes %q when it is done again", got, again)
		}
	}
	for _, given := range []string{"", " ", "ada", "@example.com", "ada@", "ada@example", "a b@example.com", "ada@example.com,grace@example.com", "Ada <ada@example.com>"} {
		_, wrong := call(given)
		if wrong == nil || !strings.Contains(wrong.Text, "not an e-mail address") || wrong.FunctionArgument == nil || *wrong.FunctionArgument != 0 {
			t.Errorf("%q: %+v", given, wrong)
		}
	}
}
