// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// start runs the program. It returns the variables that it prints, and a function that stops it.
func start(t *testing.T, arguments ...string) (variables map[string]string, end func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, append([]string{"-listen", "127.0.0.1:0", "-quiet"}, arguments...), writer, io.Discard)
		_ = writer.CloseWithError(io.EOF)
		ended <- err
	}()
	variables = map[string]string{}
	lines := bufio.NewScanner(reader)
	for len(variables) < len(printed()) && lines.Scan() {
		name, value, ok := strings.Cut(lines.Text(), "=")
		if !ok {
			t.Fatalf("not a NAME=value line: %q", lines.Text())
		}
		variables[name] = value
	}
	return variables, func() error {
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(10 * time.Second):
			t.Fatal("the program does not stop")
			return nil
		}
	}
}

// printed returns the names of all variables that the program prints.
func printed() (names []string) {
	for _, p := range fake.Platforms {
		names = append(names, p.Variables()...)
	}
	return names
}

func get(t *testing.T, url, header, value string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set(header, value)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestPrintsVariablesServesAndEnds(t *testing.T) {
	seed := filepath.Join(t.TempDir(), "seed.json")
	content := `{"icepanel":{"invites":[{"email":"ada@example.com","grant":{"permission":"write"},"expires_in":"2d"}]}}`
	if err := os.WriteFile(seed, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	variables, end := start(t, "-seed", seed, "-icepanel-seats", "1", "-latency", "1ms", "-writes-per-minute", "60")
	for _, name := range printed() {
		if variables[name] == "" {
			t.Errorf("%s is not printed", name)
		}
	}
	url := variables["ICEPANEL_BASE_URL"] + "/v1/organizations/" + variables["ICEPANEL_ORGANIZATION_ID"] + "/users/invites"
	if status, body := get(t, url, "X-API-Key", variables["ICEPANEL_API_KEY"]); status != 200 || !strings.Contains(body, "ada@example.com") {
		t.Errorf("list with the printed key: %d %s", status, body)
	}
	if status, _ := get(t, url, "X-API-Key", "another"); status != 401 {
		t.Errorf("list with another key: %d, want 401", status)
	}
	if err := end(); err != nil {
		t.Errorf("end: %v", err)
	}
}

func TestRefusesArguments(t *testing.T) {
	for _, arguments := range [][]string{
		{"-listen", "0.0.0.0:0"},
		{"-listen", ":8080"},
		{"-listen", "192.0.2.1:8080"},
		{"-listen", "nowhere"},
		{"-no-such-flag"},
		{"superfluous"},
		{"-accept", "ada@example.com,somebody"},
		{"-listen", "127.0.0.1:0", "-seed", filepath.Join(t.TempDir(), "absent.json")},
	} {
		if err := run(t.Context(), arguments, io.Discard, io.Discard); err == nil {
			t.Errorf("%q: no error", arguments)
		}
	}
}

func TestAllowsRemoteAddressWhenAsked(t *testing.T) {
	if _, err := parse([]string{"-listen", "0.0.0.0:0", "-allow-remote"}, io.Discard); err != nil {
		t.Error(err)
	}
}

func TestPeopleFromTheCommandLine(t *testing.T) {
	c, err := parse([]string{"-accept", "ada@example.com, @accepts.example.com", "-expire", "@expires.example.com"}, io.Discard)
	if err != nil || len(c.behaviors.Accepts) != 2 || c.behaviors.Accepts[1] != "@accepts.example.com" || len(c.behaviors.Expires) != 1 {
		t.Errorf("%+v, %v", c.behaviors, err)
	}
}

// The seed that the help shows can be loaded.
func TestHelp(t *testing.T) {
	var help strings.Builder
	if err := run(t.Context(), []string{"-help"}, io.Discard, &help); !errors.Is(err, flag.ErrHelp) {
		t.Fatal(err)
	}
	_, shown, _ := strings.Cut(help.String(), "looks like this:")
	shown, _, _ = strings.Cut(shown, "Flags:")
	if err := fake.New(fake.Options{}).LoadSeed(strings.NewReader(shown)); err != nil {
		t.Errorf("%v: %s", err, shown)
	}
	for _, want := range []string{"-accept", "-seed", "-latency", "/_fake/"} {
		if !strings.Contains(help.String(), want) {
			t.Errorf("%s is not explained", want)
		}
	}
}
