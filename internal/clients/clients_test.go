// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package clients

import (
	"net/http/httptest"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// serve starts the platforms. The second result is where a client finds one of them.
func serve(t *testing.T) (*fake.Fake, func(fake.Platform) string) {
	t.Helper()
	platforms := fake.New(fake.Options{})
	server := httptest.NewServer(platforms)
	t.Cleanup(func() {
		platforms.Close()
		server.Close()
	})
	return platforms, func(p fake.Platform) string { return p.BaseURL(server.URL) }
}
