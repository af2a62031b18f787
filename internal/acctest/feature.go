package acctest

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
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

// programVersion is what the program says it is.
var programVersion = sync.OnceValues(func() (string, error) {
	out, err := exec.Command(find().path, "version", "-json").Output() //nolint:gosec // the program that the caller chose
	if err != nil {
		return "", err
	}
	var said struct {
		Version string `json:"terraform_version"`
	}
	err = json.Unmarshal(out, &said)
	return said.Version, err
})

// Lacks says why the program does not have a feature; empty if it has it.
func Lacks(t testing.TB, feature Feature) string {
	t.Helper()
	program, since := "Terraform", feature.Terraform
	if Tofu(t) {
		program, since = "OpenTofu", feature.Tofu
	}
	running, err := programVersion()
	switch {
	case err != nil:
		t.Fatal(err)
	case since == "":
		return fmt.Sprintf("%s %s has no %s; no version of it has", program, running, feature.Name)
	case older(t, running, since):
		return fmt.Sprintf("%s %s has no %s; that takes %s", program, running, feature.Name, since)
	}
	return ""
}

// Needs skips a test where the program does not have what the test is about, and
// says so. TestAccNewerTerraform reports all that was skipped.
func Needs(t testing.TB, feature Feature) {
	t.Helper()
	if why := Lacks(t, feature); why != "" {
		t.Skip(why)
	}
}

// older compares the first two numbers of versions.
func older(t testing.TB, a, b string) bool {
	t.Helper()
	number := func(version string) int {
		parts := strings.SplitN(version, ".", 3)
		major, err := strconv.Atoi(parts[0])
		if err == nil && len(parts) > 1 {
			var minor int
			minor, err = strconv.Atoi(parts[1])
			major = major*1000 + minor
		}
		if err != nil {
			t.Fatalf("what version is %q? %v", version, err)
		}
		return major
	}
	return number(a) < number(b)
}
