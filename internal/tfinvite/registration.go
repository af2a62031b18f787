// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// Registration holds the constructors of what the provider registers for a platform.
type Registration struct {
	Resources     []func() resource.Resource
	DataSources   []func() datasource.DataSource
	ListResources []func() list.ListResource
	Actions       []func() action.Action
}

// NewRegistration returns what every platform has.
func NewRegistration[G invite.Grant[G]](descriptor *Descriptor[G]) Registration {
	return Registration{
		Resources: []func() resource.Resource{NewResource(descriptor), NewExclusiveResource(descriptor)},
		DataSources: []func() datasource.DataSource{
			NewInvitesDataSource(descriptor),
			NewMembersDataSource(descriptor),
			NewOrganizationDataSource(descriptor),
		},
		ListResources: []func() list.ListResource{NewListResource(descriptor)},
		Actions:       []func() action.Action{NewResendAction(descriptor), NewRevokeAction(descriptor)},
	}
}
