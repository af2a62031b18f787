// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// Descriptor describes to this package what is different about the invitations of one platform. The resource, data
// sources, list resource and actions of the platform follow from it.
type Descriptor[G invite.Grant[G]] struct {
	invite.Traits
	// Platform is the name in the provider block and in resource names.
	Platform string
	// Markdown introduces the resource in its documentation.
	Markdown string
	// New returns an empty model, its collections null and typed.
	New func() Model[G]
	// Attributes are the platform's own attributes: what is granted, and what only this platform shows.
	Attributes map[string]schema.Attribute
	// GrantAttributes names the arguments among Attributes that say what is granted. After them come computed attributes
	// with what else is granted: if a plan loses their value, that is a change too.
	GrantAttributes []string
	// FixedEnd: expires_at is an argument too. FixedLifetime: nobody can choose when an invitation expires.
	FixedEnd, FixedLifetime bool
	// Listed describes the lists of invitations and members.
	Listed Listed
	// OrganizationDetails describe the texts that the platform shows of an organization beside its name, by attribute.
	OrganizationDetails map[string]string
}

// typeName is the Terraform type of the platform's resource, data source or action with that name.
func (d *Descriptor[G]) typeName(name string) string {
	return fmt.Sprintf("orginvite_%s_%s", d.Platform, name)
}

// merged joins maps. Later ones win.
func merged[V any](parts ...map[string]V) map[string]V {
	all := map[string]V{}
	for _, part := range parts {
		maps.Copy(all, part)
	}
	return all
}
