package tfinvite

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// Connection is a platform as the provider configured it. Every resource and
// data source gets the one of its platform.
type Connection struct {
	// Platform is the name of the platform's block, Title its name for people.
	Platform, Title string
	// Configured: there is something to authenticate with.
	Configured bool
	// Service is the *[Service] of the platform; nil when the connection cannot be used.
	Service any
	// Organization is the default organization: unknown, null, or an id.
	Organization types.String
	// OrganizationEnv is the environment variable it can come from.
	OrganizationEnv string
	// Pending: parts of the configuration are not known before apply.
	Pending bool
	// Problems are why the connection cannot be used, told to whoever tries.
	Problems diag.Diagnostics
}

// Connections is what the provider hands to everything it configures, by platform name.
type Connections map[string]*Connection

// ConnectionsFrom reads what the provider handed over. It is nil while Terraform only
// validates, and with an error for anything else.
func ConnectionsFrom(data any, diags *diag.Diagnostics) Connections {
	connections, ok := data.(Connections)
	if !ok && data != nil {
		reportType(diags, "Provider data", data)
	}
	return connections
}

// Summarizer returns what lists the platform's invitations in common words, nil with an error if there is none.
func (c *Connection) Summarizer(diags *diag.Diagnostics) invite.Summarizer {
	summarizer, ok := c.Service.(invite.Summarizer)
	if !ok {
		reportType(diags, "Connection", c.Service)
	}
	return summarizer
}

// reportType adds the error of something that the provider itself put together wrongly.
func reportType(diags *diag.Diagnostics, what string, got any) {
	diags.AddError(what+" of an unexpected type", fmt.Sprintf("Got %T. This is a defect of the provider: please report it.", got))
}

// OrganizationOr returns the organization to use: what is configured, else the
// provider's. It is unknown while either is, and null with an error when there is none.
func (c *Connection) OrganizationOr(configured types.String, diags *diag.Diagnostics) types.String {
	if !configured.IsNull() {
		return configured
	}
	if c.Organization.IsNull() {
		diags.AddAttributeError(organizationPath, "No "+c.Title+" organization to use",
			fmt.Sprintf("Set organization_id here, organization_id in the provider's %s block, or the environment variable %s.", c.Platform, c.OrganizationEnv))
	}
	return c.Organization
}

// ReportPending adds the error of something that has to be read now, while
// parts of the configuration are known only after apply.
func (c *Connection) ReportPending(diags *diag.Diagnostics, what string) {
	diags.AddError("Could not list "+what+" of "+c.Title,
		fmt.Sprintf("The provider's %s block has values that are known only after apply. Let this data source depend on what they come from, so that it is read then.", c.Platform))
}

// binding connects something generic with its platform. It is embedded, so
// that there is one way to be configured.
type configured[G invite.Grant[G]] struct {
	*Descriptor[G]
	connection *Connection
}

// configure takes what the provider hands over.
func (b *configured[G]) configure(data any, diags *diag.Diagnostics) {
	if connections := ConnectionsFrom(data, diags); connections != nil {
		b.connection = connections[b.Platform]
	}
}

// service returns what does the work. When it is nil, either an error was
// added, or the configuration is not known yet.
func (b *configured[G]) service(diags *diag.Diagnostics) *invite.Service[G] {
	if b.connection == nil {
		diags.AddError("The provider is not configured", "This is a defect of the provider: please report it.")
		return nil
	}
	diags.Append(b.connection.Problems...)
	if diags.HasError() || b.connection.Pending {
		return nil
	}
	service, ok := b.connection.Service.(*invite.Service[G])
	if !ok {
		reportType(diags, "Connection", b.connection.Service)
	}
	return service
}

// serviceOrError is service where everything has to be known by now.
func (b *configured[G]) serviceOrError(diags *diag.Diagnostics) *invite.Service[G] {
	service := b.service(diags)
	if service == nil && !diags.HasError() {
		diags.AddError("The "+b.Title+" configuration is not known", "The provider's "+b.Platform+" block has values that are known only after apply, and they are needed now.")
	}
	return service
}

// organizationOrError is the organization to use where it has to be known by now.
func (b *configured[G]) organizationOrError(configured types.String, diags *diag.Diagnostics) string {
	organization := b.connection.OrganizationOr(configured, diags)
	if organization.IsUnknown() {
		diags.AddAttributeError(organizationPath, "The "+b.Title+" organization is not known yet",
			"The provider's organization_id is known only after apply, and it is needed now. Name the organization here.")
	}
	return organization.ValueString()
}
