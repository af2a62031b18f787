// Package cliconfig writes configurations of the command line programs, for
// whoever runs Terraform or OpenTofu with a provider that was just built.
package cliconfig

import (
	"fmt"
	"path/filepath"
)

// Override makes Terraform and OpenTofu, which have registries of their own, take the provider with an address
// such as "hashicorp/time" from a folder. With that they need neither init nor a network.
// See https://developer.hashicorp.com/terraform/cli/config/config-file#development-overrides-for-provider-developers.
func Override(address, folder string) []byte {
	const form = `provider_installation {
  dev_overrides {
    "registry.terraform.io/%[1]s" = %[2]q
    "registry.opentofu.org/%[1]s" = %[2]q
  }
  direct {}
}
`
	return fmt.Appendf(nil, form, address, filepath.ToSlash(folder))
}
