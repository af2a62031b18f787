// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// workspace is a folder with a configuration of N of something.
type workspace struct {
	name    string
	title   string
	latency time.Duration
	n       int
	folder  string
	cli     *tfexec.Terraform
	// binary is the provider to use, if any.
	binary *binary
	// form is the configuration, into which the people and the grant go.
	form string
	a, b string

	// Only for a platform.
	target *target
	fake   *fake.Fake
	server *httptest.Server
	seeds  []fake.Invitation
	state  []byte
}

// locals declares a map of N people. Each entry is written out, as in the configuration of a team: Terraform would
// compute an expression again for each person, and take several times as long.
func locals(n int) string {
	var text strings.Builder
	text.WriteString("locals {\n  people = {\n")
	for i := range n {
		fmt.Fprintf(&text, "    person%05[1]d = \"person%05[1]d@example.com\"\n", i)
	}
	text.WriteString("  }\n}\n")
	return text.String()
}

// In the forms, %[1]s is the map of people, %[2]s the grant and %[3]s the platform.
const (
	floorForm = `%[1]s
resource "terraform_data" "person" {
  for_each         = local.people
  input            = { email = each.value, grant = %[2]s }
  triggers_replace = %[2]s
}
`
	timeForm = `%[1]s
terraform {
  required_providers {
    time = { source = "hashicorp/time" }
  }
}
resource "time_offset" "person" {
  for_each    = local.people
  offset_days = 7
  triggers    = { email = each.value, grant = %[2]s }
}
`
	inviteForm = `%[1]s
terraform {
  required_providers {
    orginvite = { source = "orginvite/orginvite" }
  }
}
resource "orginvite_%[3]s_invite" "person" {
  for_each = local.people
  email    = each.value
  %[2]s
}
`
)

// reference returns a workspace of something to compare with.
func reference(name, form string, n int, used *binary) *workspace {
	return &workspace{name: name, title: name, n: n, binary: used, form: form, a: `"a"`, b: `"b"`}
}

// onPlatform returns a workspace of invitations, with a fake of its own.
func onPlatform(name string, n int, latency time.Duration, used *binary) *workspace {
	target := platforms[name]
	world := fake.New(fake.Options{Behaviors: fake.Behaviors{Latency: fake.Duration(latency)}})
	w := &workspace{
		name: name, title: target.title, latency: latency, n: n, binary: used, form: inviteForm,
		target: &target, fake: world, server: httptest.NewUnstartedServer(world),
	}
	w.a, w.b = target.grants(world)
	// A client that closes its connection early is not worth a message.
	w.server.Config.ErrorLog = log.New(io.Discard, "", 0)
	w.server.Start()
	return w
}

func (w *workspace) close() {
	if w.fake != nil {
		w.fake.Close()
		w.server.Close()
	}
}

// environment returns the settings that the workspace needs.
func (w *workspace) environment() []string {
	var variables []string
	if w.fake != nil {
		variables = w.fake.Environment(w.server.URL)
	}
	if w.binary != nil {
		variables = append(variables, "TF_CLI_CONFIG_FILE="+w.binary.cliConfig)
	}
	return variables
}

func (w *workspace) path(name string) string { return filepath.Join(w.folder, name) }

func (w *workspace) declare(grant string) error {
	text := fmt.Sprintf(w.form, locals(w.n), grant, w.name)
	if w.target == nil {
		text = fmt.Sprintf(w.form, locals(w.n), grant)
	}
	return w.write(text)
}

// write replaces the configuration.
func (w *workspace) write(text string) error {
	return os.WriteFile(w.path("main.tf"), []byte(text), 0o600) //nolint:gosec // a folder of the benchmark
}

// acceptAll accepts all invitations.
func (w *workspace) acceptAll() error {
	for _, invitation := range w.seeds {
		if _, err := w.fake.Accept(w.target.platform, "", invitation.Email); err != nil {
			return err
		}
	}
	return nil
}

// pending returns the invitations that are pending on the platform.
func (w *workspace) pending() []fake.Invitation {
	return slices.DeleteFunc(w.fake.Invitations(w.target.platform, ""), func(i fake.Invitation) bool {
		return i.Status != fake.Pending
	})
}

const stateFile = "terraform.tfstate"

// remember saves the state and the invitations while everybody is pending.
func (w *workspace) remember() (err error) {
	w.seeds = w.pending()
	w.state, err = os.ReadFile(w.path(stateFile))
	return err
}

// restore brings back what remember saved.
func (w *workspace) restore() error {
	if w.fake == nil {
		return nil
	}
	w.fake.Reset()
	for _, invitation := range w.seeds {
		if w.target.platform == fake.ElasticCloud {
			invitation.ID = "" // a token: the state holds the address
		}
		if _, err := w.fake.SeedInvite(w.target.platform, "", invitation); err != nil {
			return err
		}
	}
	return os.WriteFile(w.path(stateFile), w.state, 0o600)
}

// check fails if a step did not do what it is measured for.
func (w *workspace) check(s step) error {
	if w.fake == nil {
		return nil
	}
	pending := len(w.pending())
	want := map[step]int{applyCreates: w.n, planPending: w.n, planChange: w.n, applyChange: w.n}[s]
	switch {
	case pending != want:
		return fmt.Errorf("%d invitations are pending, want %d", pending, want)
	case s == applyCreates && len(w.fake.Mails()) != w.n:
		return fmt.Errorf("%d mails were sent, want %d", len(w.fake.Mails()), w.n)
	case s == planAccepted && len(w.fake.Journal()) > 0:
		return errors.New("requests were made for people who accepted")
	}
	return nil
}
