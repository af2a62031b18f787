// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	provided "github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// roleModel is the Terraform shape of an invitation on the platform in memory.
type roleModel struct {
	Base
	ChosenExpiry
	Role types.String `tfsdk:"role"`
	Note types.String `tfsdk:"note"`
}

func (m *roleModel) Grant(context.Context) (invitetest.Role, diag.Diagnostics) {
	return invitetest.Role(m.Role.ValueString()), nil
}

func (m *roleModel) SetGrant(_ context.Context, grant invitetest.Role) diag.Diagnostics {
	m.Role = types.StringValue(string(grant))
	return nil
}

func (m *roleModel) SetDetails(invitation invite.Invite[invitetest.Role]) {
	if m.Note.IsUnknown() {
		m.Note = types.StringValue("about " + invitation.Email)
	}
}

// noExpiryModel is that of a platform whose invitations do not expire.
type noExpiryModel struct {
	Base
	NoExpiry
	Role types.String `tfsdk:"role"`
}

func (m *noExpiryModel) Grant(context.Context) (invitetest.Role, diag.Diagnostics) {
	return invitetest.Role(m.Role.ValueString()), nil
}

func (m *noExpiryModel) SetGrant(_ context.Context, grant invitetest.Role) diag.Diagnostics {
	m.Role = types.StringValue(string(grant))
	return nil
}

func (m *noExpiryModel) SetDetails(invite.Invite[invitetest.Role]) {}

// hidingModel is that of a platform that hides members, and decides when an invitation expires.
type hidingModel struct {
	Base
	Expiring
	Role     types.String `tfsdk:"role"`
	Username types.String `tfsdk:"username"`
}

func (m *hidingModel) Grant(context.Context) (invitetest.Role, diag.Diagnostics) {
	return invitetest.Role(m.Role.ValueString()), nil
}

func (m *hidingModel) SetGrant(_ context.Context, grant invitetest.Role) diag.Diagnostics {
	m.Role = types.StringValue(string(grant))
	return nil
}

func (m *hidingModel) SetDetails(invite.Invite[invitetest.Role]) {}

func (m *hidingModel) ExpectedAccount() types.String { return m.Username }

// descriptor describes the platform in memory.
func descriptor(m *invitetest.Platform) *Descriptor[invitetest.Role] {
	d := &Descriptor[invitetest.Role]{
		Traits:          m.Traits(),
		Platform:        "memory",
		New:             func() Model[invitetest.Role] { return &roleModel{} },
		FixedEnd:        true,
		GrantAttributes: []string{"role"},
		Attributes: map[string]schema.Attribute{
			"role": schema.StringAttribute{Required: true},
			"note": schema.StringAttribute{Computed: true},
		},
		Listed: Listed{Filter: "role"},
	}
	if m.NoExpiry {
		d.New = func() Model[invitetest.Role] { return &noExpiryModel{} }
		d.FixedEnd = false
		delete(d.Attributes, "note")
	}
	if m.Hides {
		d.New = func() Model[invitetest.Role] { return &hidingModel{} }
		d.FixedEnd, d.FixedLifetime = false, true
		delete(d.Attributes, "note")
		d.Attributes["username"] = schema.StringAttribute{Optional: true}
	}
	return d
}

// memoryProvider is a provider of the platform in memory alone.
type memoryProvider struct {
	descriptor *Descriptor[invitetest.Role]
	connection *Connection
}

func (p *memoryProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "orginvite"
}

func (p *memoryProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = provided.Schema{}
}

func (p *memoryProvider) Configure(_ context.Context, _ provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	connections := Connections{"memory": p.connection}
	resp.ResourceData, resp.DataSourceData = connections, connections
}

func (p *memoryProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{NewResource(p.descriptor)}
}

func (p *memoryProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{NewInvitesDataSource(p.descriptor), NewMembersDataSource(p.descriptor)}
}

// Terraform asks for the schema with every request, so it is built once.
func TestSchemaIsBuiltOnce(t *testing.T) {
	t.Parallel()
	create := NewResource(descriptor(invitetest.New()))
	var seen [2]uintptr
	for i := range seen {
		var resp resource.SchemaResponse
		create().Schema(t.Context(), resource.SchemaRequest{}, &resp)
		seen[i] = reflect.ValueOf(resp.Schema.Attributes).Pointer()
	}
	invitetest.Same(t, "the attributes", seen[0], seen[1])
}
