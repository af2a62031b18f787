// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package cliconfig_test

import (
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/cliconfig"
)

func TestOverride(t *testing.T) {
	t.Parallel()
	const want = `provider_installation {
  dev_overrides {
    "registry.terraform.io/hashicorp/time" = "/built"
    "registry.opentofu.org/hashicorp/time" = "/built"
    "registry.terraform.io/hashicorp/null" = "/built"
    "registry.opentofu.org/hashicorp/null" = "/built"
  }
  direct {}
}
`
	if got := string(cliconfig.Override("/built", append(cliconfig.Addresses("hashicorp/time"), cliconfig.Addresses("hashicorp/null")...)...)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
