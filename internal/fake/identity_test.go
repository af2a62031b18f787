// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"regexp"
	"testing"
)

func TestRandomUUID(t *testing.T) {
	versioned := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	for range 100 {
		if id := randomUUID(); !versioned.MatchString(id) || !isUUID(id) {
			t.Fatalf("%q is not a UUID of version 4", id)
		}
	}
}
