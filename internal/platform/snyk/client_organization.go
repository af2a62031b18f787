// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package snyk

import (
	"context"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

// ReadOrganization reads the organization.
// https://docs.snyk.io/snyk-api/reference/orgs#get-orgs-org_id
func (b *backend) ReadOrganization(ctx context.Context, organization string) (invite.Organization, error) {
	var answer wireOrg
	if err := b.api.Do(ctx, orgRequest(organization), &answer); err != nil {
		return invite.Organization{}, platform.Explain(err, orgRules...)
	}
	shown := answer.Data.Attributes
	return invite.Organization{
		Name:    shown.Name,
		Details: map[string]string{"slug": shown.Slug, "group_id": shown.GroupID},
	}, nil
}
