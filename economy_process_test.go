package main

import (
	"bytes"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/cliconfig"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// serveInstead makes this test program the provider itself. Its value is the provider's argument, "1" if there is none.
const serveInstead = "ORGINVITE_TEST_SERVE"

func TestMain(m *testing.M) {
	if argument := os.Getenv(serveInstead); argument != "" {
		os.Args = []string{os.Args[0], argument}
		main()
		return
	}
	os.Exit(m.Run())
}

// A provider process writes nothing when nobody asked for a log, and everything as soon as somebody does.
func TestProcessLog(t *testing.T) {
	// What a line about a request tells, and the SDK's own lines.
	request := []string{`"@message":"request to a platform"`, `"platform":"IcePanel"`, `"method":"GET"`, `"path":"/v1/organizations/`, `"status":200`, `"request_id":"`, `"duration_ms":`, `"attempt":1`}
	sdk := []string{`"@module":"sdk.proto"`, `"@module":"sdk.framework"`, `"tf_rpc":"PlanResourceChange"`}
	for _, c := range []struct {
		name    string
		setting string
		has     []string
		lacks   []string
	}{
		{"without a setting", "", nil, nil},
		{"TF_LOG=TRACE", "TF_LOG=TRACE", append(request, sdk...), nil},
		{"TF_LOG_PROVIDER=DEBUG", "TF_LOG_PROVIDER=DEBUG", request, []string{`"@level":"trace","@message":"request to a platform"`}},
		{"TF_LOG_PROVIDER_ORGINVITE=DEBUG", "TF_LOG_PROVIDER_ORGINVITE=DEBUG", request, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			log, world := planned(t, c.setting)
			if c.setting == "" {
				expectHandshakeOnly(t, log)
			}
			for _, text := range c.has {
				if !strings.Contains(log, text) {
					t.Errorf("no %s in the log", text)
				}
			}
			for _, text := range append(world.Secrets(), c.lacks...) {
				if strings.Contains(log, text) {
					t.Errorf("%q is in the log", text)
				}
			}
		})
	}
}

// expectHandshakeOnly fails the test where there is more than the lines with
// which a process introduces itself: go-plugin writes them before the provider has a say.
func expectHandshakeOnly(t *testing.T, log string) {
	t.Helper()
	for line := range strings.Lines(log) {
		if !strings.Contains(line, `"@message":"configuring server automatic mTLS"`) && !strings.Contains(line, `"@message":"plugin address"`) {
			t.Errorf("it wrote %.300q", line)
		}
	}
}

// invitation is a configuration with one.
const invitation = `terraform {
  required_providers {
    orginvite = { source = "orginvite/orginvite" }
  }
}
resource "orginvite_icepanel_invite" "ada" {
  email      = "ada@example.com"
  permission = "read"
}
`

// planned has a real Terraform plan an invitation, and returns what the provider's process wrote to standard error.
func planned(t *testing.T, setting string) (string, *fake.Fake) {
	t.Helper()
	cli := acctest.CLI(t)
	world := fake.New(fake.Options{})
	server := httptest.NewServer(world)
	t.Cleanup(func() {
		world.Close()
		server.Close()
	})
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder, work := t.TempDir(), t.TempDir()
	log := filepath.Join(folder, "log")
	write(t, filepath.Join(folder, "terraform-provider-orginvite"), 0o700, "#!/bin/sh\n"+serveInstead+"=1 exec '"+program+"' 2>>'"+log+"'\n")
	write(t, filepath.Join(folder, "cli.tfrc"), 0o600, string(cliconfig.Override("orginvite/orginvite", folder)))
	write(t, filepath.Join(work, "main.tf"), 0o600, invitation)
	command := exec.CommandContext(t.Context(), cli, "plan", "-input=false")
	command.Dir = work
	command.Env = append(os.Environ(), world.Environment(server.URL)...)
	command.Env = append(command.Env, "TF_CLI_CONFIG_FILE="+filepath.Join(folder, "cli.tfrc"))
	if setting != "" {
		command.Env = append(command.Env, setting)
	}
	var said bytes.Buffer
	command.Stdout, command.Stderr = &said, &said
	if err := command.Run(); err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	written, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	return string(written), world
}

func write(t *testing.T, file string, mode os.FileMode, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}
