// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// Listed describes how data sources list what is in [Descriptor.Attributes]. Items of both lists have the attributes of
// the grant, and those of invitations also the others that are only computed. Their values are those of the [Model].
type Listed struct {
	// Markdown describes attributes whose description in the resource does not fit lists, by name.
	Markdown map[string]string
	// Nested are the attributes with nested ones, because each of those has a description for lists.
	Nested map[string]datasource.Attribute
	// Filter is the name of the argument that selects by what is granted, such as "permission".
	Filter string
	// FilterValues are the values that Filter can have; nil if it can have any.
	FilterValues []string
}

// listedInInvites names the platform's own attributes in the list of invitations; in that of members they are
// [Descriptor.GrantAttributes].
func (d *Descriptor[G]) listedInInvites() []string {
	names := slices.Clone(d.GrantAttributes)
	for name, attribute := range d.Attributes {
		if attribute.IsComputed() && !attribute.IsOptional() && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// listed describes attributes as they are in lists.
func (d *Descriptor[G]) listed(names []string) map[string]datasource.Attribute {
	all := map[string]datasource.Attribute{}
	for _, name := range names {
		if nested, found := d.Listed.Nested[name]; found {
			all[name] = nested
			continue
		}
		markdown := cmp.Or(d.Listed.Markdown[name], d.Attributes[name].GetMarkdownDescription())
		switch attribute := d.Attributes[name].(type) {
		case schema.StringAttribute:
			all[name] = datasource.StringAttribute{
				Computed: true, CustomType: attribute.CustomType, MarkdownDescription: markdown,
			}
		case schema.SetAttribute:
			all[name] = datasource.SetAttribute{
				Computed: true, ElementType: attribute.ElementType, MarkdownDescription: markdown,
			}
		case schema.MapAttribute:
			all[name] = datasource.MapAttribute{
				Computed: true, ElementType: attribute.ElementType, MarkdownDescription: markdown,
			}
		default:
			panic(fmt.Sprintf("lists have no attribute like %s, a %T, yet", name, attribute))
		}
	}
	return all
}

// listedModel is a model with what is granted. What that warns of is for the resource.
func (d *Descriptor[G]) listedModel(ctx context.Context, grant G, diags *diag.Diagnostics) Model[G] {
	model := d.New()
	diags.Append(model.SetGrant(ctx, grant).Errors()...)
	return model
}

// listedValues are what a model holds, by attribute.
func listedValues[G invite.Grant[G]](model Model[G], names []string) map[string]attr.Value {
	all := map[string]attr.Value{}
	for _, name := range names {
		all[name] = fieldOf(model, name).get()
	}
	return all
}
