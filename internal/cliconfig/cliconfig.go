// Package cliconfig writes configurations of the command line programs, for
// whoever runs Terraform or OpenTofu with a provider that was just built.
package cliconfig

import (
	"fmt"
	"path/filepath"
)

// Override makes Terraform and OpenTofu, which have registries of their own, take the provider with such an address
// as "hashicorp/time" from a folder, under each of the addresses. With that they need neither init nor a network.
// See https://developer.hashicorp.com/terraform/cli/config/config-file#development-overrides-for-provider-developers.
func Override(folder string, addresses ...string) []byte {
	text := []byte("provider_installation {\n  dev_overrides {\n")
	for _, address := range addresses {
		for _, registry := range []string{"registry.terraform.io", "registry.opentofu.org"} {
			text = fmt.Appendf(text, "    %q = %q\n", registry+"/"+address, filepath.ToSlash(folder))
		}
	}
	return append(text, "  }\n  direct {}\n}\n"...)
}
