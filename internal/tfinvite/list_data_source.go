// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// List describes a list that only one platform has, such as that of its roles.
type List[G invite.Grant[G]] struct {
	// Name ends the type of the data source, and is the name of its output.
	Name string
	// Markdown describes the data source. OutputMarkdown describes the output, and how it is ordered.
	Markdown, OutputMarkdown string
	// Item describes one item.
	Item map[string]schema.Attribute
	// Items asks the platform for the items.
	Items func(ctx context.Context, backend invite.Backend[G], organization string) ([]map[string]attr.Value, error)
}

// NewListDataSource returns the constructor of a list that only one platform has.
func NewListDataSource[G invite.Grant[G]](descriptor *Descriptor[G], list List[G]) func() datasource.DataSource {
	definition := descriptor.listSchema(list.Name, list.Markdown, list.OutputMarkdown, nil, list.Item)
	items := func(
		ctx context.Context, service *invite.Service[G], organization string, _ datasource.ReadRequest,
		_ *diag.Diagnostics,
	) ([]map[string]attr.Value, error) {
		return list.Items(ctx, service.Backend(), organization)
	}
	return newListDataSource(descriptor, list.Name, definition, list.Item, items)
}
