package invite

import (
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Kind describes the invitations of one platform to the generic resource and
// data sources: what is different there, as values.
type Kind[G Grant[G]] struct {
	Traits
	// Platform is the name in the provider block and in resource names.
	Platform string
	// Markdown introduces the resource in its documentation.
	Markdown string
	// New returns an empty model, its collections null and typed.
	New func() Model[G]
	// Attributes are the resource's own attributes: what is granted, and what only this platform tells.
	Attributes map[string]schema.Attribute
	// GrantAttributes names the arguments among Attributes that say what is granted.
	GrantAttributes []string
	// FixedEnd: expires_at may be set by the user.
	FixedEnd bool
	// Listed describes the lists of invitations and members.
	Listed Listed[G]
}

// Listed describes what data sources tell of one platform beyond what all have.
type Listed[G Grant[G]] struct {
	// Grant are the attributes of what is granted, in items of either list.
	Grant map[string]datasource.Attribute
	// GrantValues are their values.
	GrantValues func(G) (map[string]attr.Value, diag.Diagnostics)
	// Invite are further attributes of an invitation.
	Invite map[string]datasource.Attribute
	// InviteValues are their values.
	InviteValues func(Invite[G]) map[string]attr.Value
	// Filter is the name of the argument that selects by what is granted, such as "permission".
	Filter string
	// FilterValues are the values that Filter can have; nil: anything.
	FilterValues []string
	// Matches reports whether a grant is selected by the value of Filter.
	Matches func(grant G, value string) bool
}

// typeName is the Terraform type of the platform's resource or data source of that name.
func (k *Kind[G]) typeName(name string) string {
	return fmt.Sprintf("orginvite_%s_%s", k.Platform, name)
}

// Connection is a platform as the provider configured it. Every resource and
// data source gets the one of its platform.
type Connection struct {
	// Service is the *Service of the platform; nil when the connection cannot be used.
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

// binding connects something generic with its platform. It is embedded, so
// that there is one way to be configured.
type binding[G Grant[G]] struct {
	*Kind[G]
	connection *Connection
}

// bind takes what the provider hands over; it is nil while Terraform only validates.
func (b *binding[G]) bind(data any, diags *diag.Diagnostics) {
	if data == nil {
		return
	}
	connections, ok := data.(Connections)
	if !ok {
		diags.AddError("Provider data of an unexpected type", fmt.Sprintf("Got %T. This is a defect of the provider: please report it.", data))
		return
	}
	b.connection = connections[b.Platform]
}

// service returns what does the work. When it is nil, either an error was
// added, or the configuration is not known yet.
func (b *binding[G]) service(diags *diag.Diagnostics) *Service[G] {
	if b.connection == nil {
		diags.AddError("The provider is not configured", "This is a defect of the provider: please report it.")
		return nil
	}
	diags.Append(b.connection.Problems...)
	if diags.HasError() || b.connection.Pending {
		return nil
	}
	service, ok := b.connection.Service.(*Service[G])
	if !ok {
		diags.AddError("Connection of an unexpected type", fmt.Sprintf("Got %T. This is a defect of the provider: please report it.", b.connection.Service))
	}
	return service
}

// organization returns the one to use: what the configuration says, else the provider's.
// It is unknown while either is, and null with an error when there is none.
func (b *binding[G]) organization(configured types.String, diags *diag.Diagnostics) types.String {
	if !configured.IsNull() || b.connection == nil {
		return configured
	}
	if b.connection.Organization.IsNull() {
		diags.AddAttributeError(organizationPath, "No "+b.Title+" organization to use",
			fmt.Sprintf("Set organization_id here, organization_id in the provider's %s block, or the environment variable %s.", b.Platform, b.connection.OrganizationEnv))
	}
	return b.connection.Organization
}

// merged joins maps of attributes; later ones win.
func merged[V any](parts ...map[string]V) map[string]V {
	all := map[string]V{}
	for _, part := range parts {
		maps.Copy(all, part)
	}
	return all
}
