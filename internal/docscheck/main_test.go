// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package docscheck_test

import (
	"os"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	acctest.Clean()
	os.Exit(code)
}
