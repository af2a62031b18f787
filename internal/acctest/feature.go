// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/terraform-exec/tfexec"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"
)

// Feature is something that only newer programs have.
type Feature struct {
	Name string
	// Terraform and Tofu are the first versions that have it; empty: none.
	Terraform, Tofu string
}

// The features that this provider uses where they are there.
var (
	ModuleTests = Feature{Name: "terraform test", Terraform: "1.6", Tofu: "1.6"}
	Ephemeral   = Feature{Name: "ephemeral values", Terraform: "1.10", Tofu: "1.11"}
	Removed     = Feature{Name: "removed blocks, and import blocks with for_each", Terraform: "1.7", Tofu: "1.7"}
	Functions   = Feature{Name: "functions of providers", Terraform: "1.8", Tofu: "1.7"}
	Identity    = Feature{Name: "import by identity", Terraform: "1.12", Tofu: "1.12"}
	Queries     = Feature{Name: "list resources and terraform query", Terraform: "1.14"}
	Actions     = Feature{Name: "actions", Terraform: "1.14"}
)

// programVersion is the version of the program.
var programVersion = sync.OnceValues(func() (*version.Version, error) {
	folder, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	cli, err := tfexec.NewTerraform(folder, find().path)
	if err != nil {
		return nil, err
	}
	running, _, err := cli.Version(context.Background(), false)
	return running, err
})

// Lacks says why the program does not have a feature; empty if it has it.
func Lacks(t testing.TB, feature Feature) string {
	t.Helper()
	CLI(t)
	running, err := programVersion()
	if err != nil {
		t.Fatal(err)
	}
	return feature.lacking(find().tofu, running)
}

// Needs skips a test where the program does not have what the test is about, and
// says so. TestAccNewerTerraform reports all that was skipped.
func Needs(t testing.TB, feature Feature) {
	t.Helper()
	if why := Lacks(t, feature); why != "" {
		t.Skip(why)
	}
}

// CheckTerraformVersion implements [tfversion.TerraformVersionCheck]: a test case is skipped where the program does not
// have the feature. The checks of package tfversion take OpenTofu's version for Terraform's.
func (f Feature) CheckTerraformVersion(
	_ context.Context, req tfversion.CheckTerraformVersionRequest, resp *tfversion.CheckTerraformVersionResponse,
) {
	resp.Skip = f.lacking(find().tofu, req.TerraformVersion)
}

// lacking says why a version of Terraform, or of OpenTofu, does not have the feature. A release candidate has what its
// release has.
func (f Feature) lacking(tofu bool, running *version.Version) string {
	program, since := "Terraform", f.Terraform
	if tofu {
		program, since = "OpenTofu", f.Tofu
	}
	switch {
	case since == "":
		return fmt.Sprintf("%s %s has no %s; no version of it has", program, running, f.Name)
	case running.Core().LessThan(version.Must(version.NewVersion(since))):
		return fmt.Sprintf("%s %s has no %s; that takes %s", program, running, f.Name, since)
	}
	return ""
}
