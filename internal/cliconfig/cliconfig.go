// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package cliconfig prepares runs of Terraform and OpenTofu with a provider that was just built: the CLI configuration
// that names the build, and the program as terraform-exec drives it.
package cliconfig

import (
	"fmt"
	"path/filepath"
)

// Addresses are those of a provider such as "hashicorp/time": Terraform and OpenTofu have registries of their own.
func Addresses(source string) []string {
	return []string{"registry.terraform.io/" + source, "registry.opentofu.org/" + source}
}

// Override makes Terraform and OpenTofu take the provider with any of the addresses from a folder. With that they
// need neither init nor a network.
// See https://developer.hashicorp.com/terraform/cli/config/config-file#development-overrides-for-provider-developers.
func Override(folder string, addresses ...string) []byte {
	text := []byte("provider_installation {\n  dev_overrides {\n")
	for _, address := range addresses {
		text = fmt.Appendf(text, "    %q = %q\n", address, filepath.ToSlash(folder))
	}
	return append(text, "  }\n  direct {}\n}\n"...)
}
