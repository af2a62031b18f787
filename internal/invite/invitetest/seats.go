// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invitetest

import (
	"context"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// TakesSeat reports whether the role takes a paid seat: that of an editor does.
func (r Role) TakesSeat() bool { return r == "editor" }

// OnOrganization is the request for the organization itself.
const OnOrganization Operation = "organization"

// withSeats is a platform that shows the seats of its organizations.
type withSeats struct{ *Platform }

func (m withSeats) ReadOrganization(ctx context.Context, name string) (invite.Organization, error) {
	return request(ctx, m.Platform, OnOrganization, func() (invite.Organization, error) {
		seats := invite.Seats{Total: m.Seats}
		for _, member := range m.Organization(name).Members {
			if member.Grant.TakesSeat() {
				seats.Used++
			}
		}
		return invite.Organization{Name: name, Seats: &seats}, nil
	})
}
