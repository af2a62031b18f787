// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"context"
	"errors"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

// wireOrganization is Organization, as far as it is shown.
type wireOrganization struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Check refuses an answer without an organization.
func (w wireOrganization) Check() error {
	if w.ID == "" || w.Name == "" {
		return errors.New("the organization lacks its id or name")
	}
	return nil
}

// ReadOrganization reads the organization.
// https://www.elastic.co/docs/api/doc/cloud/operation/operation-get-organization
func (b *backend) ReadOrganization(ctx context.Context, organization string) (invite.Organization, error) {
	var answer wireOrganization
	err := b.api.Do(ctx, api.Request{Path: []string{"api", "v1", "organizations", organization}}, &answer)
	if err != nil {
		return invite.Organization{}, platform.Explain(err, readRules...)
	}
	return invite.Organization{Name: answer.Name}, nil
}
