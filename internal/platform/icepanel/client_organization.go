// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package icepanel

import (
	"context"
	"errors"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

// wireOrganization is Organization, as far as it is shown. Users maps ids to what the users have.
type wireOrganization struct {
	Organization struct {
		ID    string              `json:"id"`
		Name  string              `json:"name"`
		Plan  string              `json:"plan"`
		Seats *int64              `json:"seats"`
		Users map[string]wireUser `json:"users"`
	} `json:"organization"`
}

// Check refuses an answer without an organization.
func (w wireOrganization) Check() error {
	if w.Organization.ID == "" || w.Organization.Name == "" {
		return errors.New("the organization lacks its id or name")
	}
	return nil
}

// ReadOrganization reads the organization with its seats.
// https://developer.icepanel.io/api-reference/organizations/get
func (b *backend) ReadOrganization(ctx context.Context, organization string) (invite.Organization, error) {
	var answer wireOrganization
	err := b.api.Do(ctx, api.Request{Path: []string{"v1", "organizations", organization}}, &answer)
	if err != nil {
		return invite.Organization{}, platform.Explain(err, readRules...)
	}
	shown := answer.Organization
	read := invite.Organization{Name: shown.Name, Details: map[string]string{"plan": shown.Plan}}
	if shown.Seats != nil && shown.Users != nil {
		read.Seats = &invite.Seats{Total: *shown.Seats}
		for _, user := range shown.Users {
			if (Grant{Permission: user.Permission}).TakesSeat() {
				read.Seats.Used++
			}
		}
	}
	return read, nil
}
