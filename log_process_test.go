// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// A provider process writes nothing when nobody asked for a log, and everything as soon as somebody does.
func TestAccProcessLog(t *testing.T) {
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

// planned has a real Terraform plan an invitation, and returns what the provider's process wrote to standard error.
func planned(t *testing.T, setting string) (string, *fake.Fake) {
	t.Helper()
	world, address := platforms(t)
	log := filepath.Join(t.TempDir(), "log")
	command := terraform(t, log, "plan", "-input=false")
	command.Env = append(command.Env, world.Environment(address)...)
	if setting != "" {
		command.Env = append(command.Env, setting)
	}
	if said, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	written, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	return string(written), world
}
