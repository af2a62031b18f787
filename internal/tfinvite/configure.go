// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// Connection is a platform as the provider configured it. Every resource, data source, list resource and action gets
// the one of its platform.
type Connection struct {
	// Platform is the name of the platform's block, and Title its name for people.
	Platform, Title string
	// Configured: the platform is meant to be used, as far as the configuration and the environment show.
	Configured bool
	// Service is the *[invite.Service] of the platform; nil if the connection cannot be used.
	Service any
	// Organization is the default organization: unknown, null, or an id.
	Organization types.String
	// OrganizationEnv is the environment variable that can set it.
	OrganizationEnv string
	// OwnOrganization: without any of these, the credential decides the organization, see [invite.OwnOrganization].
	OwnOrganization bool
	// Pending: parts of the configuration are known only after apply.
	Pending bool
	// Problems are why the connection cannot be used. Whatever uses it reports them.
	Problems diag.Diagnostics
}

// Connections is what the provider passes to everything that it configures, by platform name.
type Connections map[string]*Connection

const (
	noOrganizationDetail = "Set organization_id here, organization_id in the provider's %s block, " +
		"or the environment variable %s."

	pendingListDetail = "The provider's %s block has values that are known only after apply. " +
		"Let this data source depend on where they come from, so that it is read then."

	pendingDetail = "The provider's %s block has values that are known only after apply, and they are needed now."

	pendingOrganizationDetail = "The provider's organization_id is known only after apply, and it is needed now. " +
		"Name the organization here."

	defectDetail = "This is a defect of the provider: please report it."
)

// ConnectionsFrom reads what the provider passed. It returns nil while Terraform only validates, and nil with an error
// for any other type.
func ConnectionsFrom(data any, diags *diag.Diagnostics) Connections {
	connections, ok := data.(Connections)
	if !ok && data != nil {
		reportType(diags, "Provider data", data)
	}
	return connections
}

// Summarizer returns what lists the platform's invitations without their platform's types, or nil with an error.
func (c *Connection) Summarizer(diags *diag.Diagnostics) invite.Summarizer {
	summarizer, ok := c.Service.(invite.Summarizer)
	if !ok {
		reportType(diags, "Connection", c.Service)
	}
	return summarizer
}

// reportType adds the error of a value that the provider itself built wrongly.
func reportType(diags *diag.Diagnostics, what string, got any) {
	diags.AddError(what+" of an unexpected type", fmt.Sprintf("Got %T. %s", got, defectDetail))
}

// OrganizationOr returns the organization to use: what is configured, else the provider's, else the one that the
// credential belongs to. It is unknown while that one is, and null with an error if there is none.
func (c *Connection) OrganizationOr(
	ctx context.Context, configured types.String, diags *diag.Diagnostics,
) types.String {
	switch {
	case !configured.IsNull():
		return configured
	case !c.Organization.IsNull():
		return c.Organization
	case c.OwnOrganization && c.Pending:
		return types.StringUnknown()
	case c.OwnOrganization:
		return c.ownOrganization(ctx, diags)
	}
	diags.AddAttributeError(organizationPath, "No "+c.Title+" organization to use",
		fmt.Sprintf(noOrganizationDetail, c.Platform, c.OrganizationEnv))
	return types.StringNull()
}

// ownOrganization asks which organization the credential belongs to.
func (c *Connection) ownOrganization(ctx context.Context, diags *diag.Diagnostics) types.String {
	diags.Append(c.Problems...)
	owner, ok := c.Service.(invite.OwnOrganization)
	if diags.HasError() || !ok {
		return types.StringNull()
	}
	own, err := owner.OwnOrganization(ctx)
	if err != nil {
		diags.AddError("Could not find out which "+c.Title+" organization the credential belongs to", Explanation(err))
	}
	return Text(own.ID)
}

// OrganizationToList returns the organization of a list that must be read now. It is empty with an error if there is
// none, or if parts of the configuration are known only after apply.
func (c *Connection) OrganizationToList(
	ctx context.Context, configured types.String, what string, diags *diag.Diagnostics,
) string {
	organization := types.StringUnknown()
	if !c.Pending {
		organization = c.OrganizationOr(ctx, configured, diags)
	}
	if organization.IsUnknown() {
		diags.AddError("Could not list "+what+" of "+c.Title, fmt.Sprintf(pendingListDetail, c.Platform))
	}
	return organization.ValueString()
}

// configured connects a resource, data source, list resource or action with its platform. Each of them embeds it, so
// there is one Configure.
type configured[G invite.Grant[G]] struct {
	*Descriptor[G]
	connection *Connection
}

// configure takes the connection from what the provider passed.
func (c *configured[G]) configure(data any, diags *diag.Diagnostics) {
	if connections := ConnectionsFrom(data, diags); connections != nil {
		c.connection = connections[c.Platform]
	}
}

// inviteBase is what the resources and the list resource of a platform have in common.
type inviteBase[G invite.Grant[G]] struct {
	configured[G]
	name string
}

func (b *inviteBase[G]) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = b.typeName(b.name)
}

func (b *inviteBase[G]) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	b.configure(req.ProviderData, &resp.Diagnostics)
}

// service returns the platform's service. If it is nil, there is an error, perhaps an earlier one, or the configuration
// is not known yet.
func (c *configured[G]) service(diags *diag.Diagnostics) *invite.Service[G] {
	if c.connection == nil {
		diags.AddError("The provider is not configured", defectDetail)
		return nil
	}
	diags.Append(c.connection.Problems...)
	if diags.HasError() || c.connection.Pending {
		return nil
	}
	service, ok := c.connection.Service.(*invite.Service[G])
	if !ok {
		reportType(diags, "Connection", c.connection.Service)
	}
	return service
}

// serviceOrError is service for when the configuration must be known. It is nil if there is any error.
func (c *configured[G]) serviceOrError(diags *diag.Diagnostics) *invite.Service[G] {
	service := c.service(diags)
	if service == nil && !diags.HasError() {
		diags.AddError("The "+c.Title+" configuration is not known", fmt.Sprintf(pendingDetail, c.Platform))
	}
	return service
}

// target returns the service and the organization to use, for when both must be known now. The service is nil if there
// is any error.
func (c *configured[G]) target(
	ctx context.Context, configured types.String, diags *diag.Diagnostics,
) (*invite.Service[G], string) {
	service := c.serviceOrError(diags)
	if service == nil {
		return nil, ""
	}
	organization := c.connection.OrganizationOr(ctx, configured, diags)
	if organization.IsUnknown() {
		diags.AddAttributeError(organizationPath, "The "+c.Title+" organization is not known yet",
			pendingOrganizationDetail)
	}
	if diags.HasError() {
		return nil, ""
	}
	return service, organization.ValueString()
}
