// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// Lists have the resource's attributes as computed ones: what is granted, and in the list of invitations what else only
// the platform decides.
func TestListed(t *testing.T) {
	t.Parallel()
	nested := datasource.SingleNestedAttribute{Computed: true, MarkdownDescription: "nested"}
	d := &Descriptor[invitetest.Role]{
		GrantAttributes: []string{"role", "teams", "areas", "nested"},
		Attributes: map[string]schema.Attribute{
			"role":     schema.StringAttribute{Required: true, MarkdownDescription: "role"},
			"teams":    schema.SetAttribute{Optional: true, ElementType: types.Int64Type, MarkdownDescription: "teams, declared"},
			"areas":    schema.MapAttribute{Optional: true, ElementType: types.BoolType, MarkdownDescription: "areas"},
			"nested":   schema.SingleNestedAttribute{Optional: true, MarkdownDescription: "declared"},
			"account":  schema.StringAttribute{Optional: true},
			"fallback": schema.StringAttribute{Optional: true, Computed: true},
			"at":       schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "at"},
		},
		Listed: Listed{
			Markdown: map[string]string{"teams": "teams, listed"},
			Nested:   map[string]datasource.Attribute{"nested": nested},
		},
	}
	members := map[string]datasource.Attribute{
		"role":   datasource.StringAttribute{Computed: true, MarkdownDescription: "role"},
		"teams":  datasource.SetAttribute{Computed: true, ElementType: types.Int64Type, MarkdownDescription: "teams, listed"},
		"areas":  datasource.MapAttribute{Computed: true, ElementType: types.BoolType, MarkdownDescription: "areas"},
		"nested": nested,
	}
	if got := d.listed(d.GrantAttributes); !reflect.DeepEqual(got, members) {
		t.Errorf("members: %v", got)
	}
	invites := merged(members, map[string]datasource.Attribute{
		"at": datasource.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "at"},
	})
	if got := d.listed(d.listedInInvites()); !reflect.DeepEqual(got, invites) {
		t.Errorf("invitations: %v", got)
	}
}
