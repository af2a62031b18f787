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

// readObject reads the object. State that an earlier version of the provider wrote has none; the next refresh adds it.
func readObject(ctx context.Context, private privateState) (object invite.Object) {
	value, diags := private.GetKey(ctx, objectKey)
	if diags.HasError() || json.Unmarshal(value, &object) != nil {
		return invite.Object{}
	}
	return object
}

// save writes what is not an attribute: the object to private state, and the identity.
func save[G invite.Grant[G]](
	ctx context.Context, private privateState, identity *tfsdk.ResourceIdentity, stored invite.State[G],
) diag.Diagnostics {
	diags := writeObject(ctx, private, stored.Object)
	return append(diags, identify(ctx, identity, stored.Organization, stored.Email)...)
}

// writeObject writes the object. The response of a create has private state too, although its request has none.
func writeObject(ctx context.Context, private privateState, object invite.Object) (diags diag.Diagnostics) {
	value, err := json.Marshal(object)
	if err != nil {
		diags.AddError("Could not write private state", sentence(err))
		return diags
	}
	return private.SetKey(ctx, objectKey, value)
}
