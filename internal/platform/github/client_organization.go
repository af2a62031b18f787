// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"cmp"
	"context"
	"errors"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

// wireOrganization is organization-full, as far as it is shown. Only owners see the plan.
type wireOrganization struct {
	Login string `json:"login"`
	Name  string `json:"name"`
	Plan  struct {
		Seats       *int64 `json:"seats"`
		FilledSeats *int64 `json:"filled_seats"`
	} `json:"plan"`
}

// Check refuses an answer without an organization.
func (w wireOrganization) Check() error {
	if w.Login == "" {
		return errors.New("the organization lacks its login")
	}
	return nil
}

// ReadOrganization reads the organization with its seats. Many organizations have no name but the login.
// https://docs.github.com/en/rest/orgs/orgs#get-an-organization
func (b *backend) ReadOrganization(ctx context.Context, organization string) (invite.Organization, error) {
	var answer wireOrganization
	if err := b.api.Do(ctx, api.Request{Path: []string{"orgs", organization}}, &answer); err != nil {
		return invite.Organization{}, platform.Explain(err, organizationRules...)
	}
	read := invite.Organization{Name: cmp.Or(answer.Name, answer.Login)}
	if answer.Plan.Seats != nil && answer.Plan.FilledSeats != nil {
		read.Seats = &invite.Seats{Total: *answer.Plan.Seats, Used: *answer.Plan.FilledSeats}
	}
	return read, nil
}
