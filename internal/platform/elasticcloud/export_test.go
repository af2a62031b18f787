// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// Backend has all methods of the client that the lifecycle uses.
type Backend interface {
	invite.Backend[Grant]
	invite.MemberManager[Grant]
}

// NewBackend makes a client for tests outside of the package.
func NewBackend(client *api.Client) Backend { return newBackend(client) }

// MaxTokens is the size of the largest batch of revocations.
const MaxTokens = maxTokens
