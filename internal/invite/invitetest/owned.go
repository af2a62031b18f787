// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invitetest

import (
	"context"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// owned is a platform whose credential belongs to one organization. As its requests do not name any, whatever is
// requested happens there.
type owned struct{ managing }

func (m owned) OwnOrganization(ctx context.Context) (invite.Organization, error) {
	return request(ctx, m.Platform, OnOrganization, func() (invite.Organization, error) {
		return invite.Organization{ID: m.Owner, Name: "Acme Labs"}, nil
	})
}
