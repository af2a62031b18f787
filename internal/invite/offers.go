package invite

import (
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Offers are the constructors of what the provider offers on a platform.
type Offers struct {
	Resources     []func() resource.Resource
	DataSources   []func() datasource.DataSource
	ListResources []func() list.ListResource
	Actions       []func() action.Action
}

// NewOffers returns what follows from a platform's description alone.
func NewOffers[G Grant[G]](kind *Kind[G]) Offers {
	return Offers{
		Resources:     []func() resource.Resource{NewResource(kind)},
		DataSources:   []func() datasource.DataSource{NewInvitesDataSource(kind), NewMembersDataSource(kind)},
		ListResources: []func() list.ListResource{NewListResource(kind)},
		Actions:       []func() action.Action{NewResendAction(kind), NewRevokeAction(kind)},
	}
}
