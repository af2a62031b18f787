package provider

import (
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform/icepanel"
)

// platforms is the list: everything the provider offers on a platform follows from its line here.
func platforms() []platform.Platform {
	return []platform.Platform{
		icepanel.Platform(),
	}
}
