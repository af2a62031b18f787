// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
)

// The transport that a client makes for itself uses the proxy of the environment. net/http reads these variables only
// once, so the test runs in a process of its own.
func TestProxyVariables(t *testing.T) {
	const variable = "ORGINVITE_TEST_THROUGH_PROXY"
	if os.Getenv(variable) != "" {
		client := ownClient(t, "http://platform.invalid")
		var answer struct{ Through string }
		if err := client.Do(t.Context(), api.Request{Path: []string{"x"}}, &answer); err != nil || answer.Through != "proxy" {
			t.Fatalf("got %+v, %v", answer, err)
		}
		return
	}
	asked := ""
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.RequestURI
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"through":"proxy"}`))
	}))
	defer proxy.Close()
	again := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestProxyVariables$")
	again.Env = append(os.Environ(), variable+"=1", "HTTP_PROXY="+proxy.URL, "http_proxy="+proxy.URL, "NO_PROXY=", "no_proxy=")
	if output, err := again.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	if asked != "http://platform.invalid/x" {
		t.Errorf("the proxy was asked for %q", asked)
	}
}
