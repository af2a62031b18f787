package invite

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// forGoodKey is where a plan leaves word in private state that a resource is
// destroyed for good. Terraform deletes in the same way to make room for a
// replacement, and what it then hands over is the private state of the successor's plan.
const forGoodKey = "destroyed_for_good"

// privateState is what the framework's requests and responses carry.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// markForGood notes whether what is planned is a destroy.
func markForGood(ctx context.Context, private privateState, forGood bool) diag.Diagnostics {
	if forGood {
		return private.SetKey(ctx, forGoodKey, []byte("true"))
	}
	return private.SetKey(ctx, forGoodKey, []byte("false"))
}

// isForGood reports whether a destroy was planned. Where nothing is known it was not.
func isForGood(ctx context.Context, private privateState) bool {
	value, diags := private.GetKey(ctx, forGoodKey)
	return !diags.HasError() && string(value) == "true"
}
