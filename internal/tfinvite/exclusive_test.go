// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"fmt"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// Several invitations to one address grant all of it.
func TestUndeclaredValue(t *testing.T) {
	t.Parallel()
	value := undeclaredValue([]invite.Undeclared{
		{Email: "a@x.io", Grant: "role viewer"},
		{Email: "a@x.io", Grant: "role editor"},
		{Email: "b@x.io", Grant: "role viewer"},
	})
	invitetest.Same(t, "undeclared", value.String(), `{"a@x.io":"role viewer; role editor","b@x.io":"role viewer"}`)
}

// A message has at most ten names, and the number of the others.
func TestEnumerate(t *testing.T) {
	t.Parallel()
	var all []string
	for i := range 13 {
		all = append(all, fmt.Sprint(i))
	}
	const ten = "0, 1, 2, 3, 4, 5, 6, 7, 8, 9"
	for count, want := range map[int]string{0: "", 1: "0", 10: ten, 13: ten + " and 3 more"} {
		invitetest.Same(t, fmt.Sprint(count), enumerate(all[:count]), want)
	}
}
