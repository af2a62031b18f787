// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// Subject is the platform that the stories run on, and what only a configuration of Terraform has to say about it.
type Subject struct {
	testplatform.Platform
	// Credential and CredentialEnv are the first way to authenticate, Other is another argument for it, if there is one.
	Credential, CredentialEnv, Other string
	// OrganizationEnv is the variable of the organization.
	OrganizationEnv string
	// Wrong are arguments of the resource that no plan may let pass.
	Wrong []Wrong
	// Filter is a data source's argument that selects what a grant is.
	Filter func(testplatform.Grant) string
}

// Wrong are arguments that an error must refuse.
type Wrong struct {
	Name string
	// HCL are arguments in the place of those of a grant, beside the address.
	HCL string
	// Says is part of the error, in the order of [Error].
	Says []string
}

func (s Subject) is(platform testplatform.Platform) bool { return s.Name == platform.Name }

// At is the address of the invitation that is declared under a name.
func (s Subject) At(name string) string { return s.Resource() + "." + name }

// Declare declares an invitation under a name, with lines of further arguments.
func (s Subject) Declare(name, email string, arguments ...string) string {
	lines := append([]string{fmt.Sprintf("email = %q", email)}, arguments...)
	return fmt.Sprintf("resource %q %q {\n  %s\n}\n", s.Resource(), name, strings.Join(lines, "\n  "))
}
