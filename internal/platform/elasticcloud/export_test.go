package elasticcloud

import (
	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// Backend is what the lifecycle uses of this platform.
type Backend interface {
	invite.Backend[Grant]
	invite.MemberManager[Grant]
}

// NewBackend is for tests from outside.
func NewBackend(client *api.Client) Backend { return newBackend(client) }

// MaxTokens is for tests from outside.
const MaxTokens = maxTokens
