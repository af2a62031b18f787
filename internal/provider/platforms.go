// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform/anthropic"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform/elasticcloud"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform/github"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform/icepanel"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform/snyk"
)

// Platforms is the list: everything the provider offers on a platform follows from its line here.
func Platforms() []platform.Platform {
	return []platform.Platform{
		icepanel.Platform(),
		snyk.Platform(),
		elasticcloud.Platform(),
		github.Platform(),
		anthropic.Platform(),
	}
}
