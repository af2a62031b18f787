// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// objectKey is the key of the [invite.Object] in private state.
const objectKey = "object"

// privateState is what the framework's requests and responses carry.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// readPrivate reads the value of a key. State that an earlier version of the provider wrote has none; the next refresh
// adds it.
func readPrivate[T any](ctx context.Context, private privateState, key string) (value T) {
	text, diags := private.GetKey(ctx, key)
	if diags.HasError() || json.Unmarshal(text, &value) != nil {
		return *new(T)
	}
	return value
}

// save writes what is not an attribute: the object to private state, and the identity.
func save[G invite.Grant[G]](
	ctx context.Context, private privateState, identity *tfsdk.ResourceIdentity, stored invite.State[G],
) diag.Diagnostics {
	diags := writePrivate(ctx, private, objectKey, stored.Object)
	return append(diags, identify(ctx, identity, stored.Organization, stored.Email)...)
}

// writePrivate writes the value of a key. The response of a create has private state too, although its request has none.
func writePrivate(ctx context.Context, private privateState, key string, value any) (diags diag.Diagnostics) {
	text, err := json.Marshal(value)
	if err != nil {
		diags.AddError("Could not write private state", sentence(err))
		return diags
	}
	return private.SetKey(ctx, key, text)
}
