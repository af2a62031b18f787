package tfinvite

import (
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// Kind describes the invitations of one platform to the generic resource and
// data sources: what is different there, as values.
type Descriptor[G invite.Grant[G]] struct {
	invite.Traits
	// Platform is the name in the provider block and in resource names.
	Platform string
	// Markdown introduces the resource in its documentation.
	Markdown string
	// New returns an empty model, its collections null and typed.
	New func() Model[G]
	// Attributes are the resource's own attributes: what is granted, and what only this platform tells.
	Attributes map[string]schema.Attribute
	// GrantAttributes names the arguments among Attributes that say what is granted, and after them computed attributes
	// with what else is granted, whose planned loss counts as a change.
	GrantAttributes []string
	// FixedEnd: expires_at may be set by the user.
	FixedEnd bool
	// Listed describes the lists of invitations and members.
	Listed Listed[G]
}

// Listed describes what data sources tell of one platform beyond what all have.
type Listed[G invite.Grant[G]] struct {
	// Grant are the attributes of what is granted, in items of either list.
	Grant map[string]datasource.Attribute
	// GrantValues are their values.
	GrantValues func(G) (map[string]attr.Value, diag.Diagnostics)
	// Invite are further attributes of an invitation.
	Invite map[string]datasource.Attribute
	// InviteValues are their values.
	InviteValues func(invite.Invite[G]) map[string]attr.Value
	// Filter is the name of the argument that selects by what is granted, such as "permission".
	Filter string
	// FilterValues are the values that Filter can have; nil: anything.
	FilterValues []string
	// Matches reports whether a grant is selected by the value of Filter.
	Matches func(grant G, value string) bool
}

// typeName is the Terraform type of the platform's resource or data source of that name.
func (k *Descriptor[G]) typeName(name string) string {
	return fmt.Sprintf("orginvite_%s_%s", k.Platform, name)
}

// merged joins maps of attributes; later ones win.
func merged[V any](parts ...map[string]V) map[string]V {
	all := map[string]V{}
	for _, part := range parts {
		maps.Copy(all, part)
	}
	return all
}
