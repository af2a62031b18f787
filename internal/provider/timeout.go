// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// maxTimeout is longer than any platform takes to answer.
const maxTimeout = time.Hour

// timeoutType is a Go duration that can be the time-out of a request.
type timeoutType struct {
	timetypes.GoDurationType
}

// Equal implements [attr.Type].
func (timeoutType) Equal(other attr.Type) bool {
	_, same := other.(timeoutType)
	return same
}

// ValueType implements [attr.Type].
func (timeoutType) ValueType(context.Context) attr.Value { return timeout{} }

// ValueFromString implements [basetypes.StringTypable].
func (timeoutType) ValueFromString(
	_ context.Context, in basetypes.StringValue,
) (basetypes.StringValuable, diag.Diagnostics) {
	return timeout{timetypes.GoDuration{StringValue: in}}, nil
}

// ValueFromTerraform implements [attr.Type].
func (t timeoutType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	value, err := t.GoDurationType.ValueFromTerraform(ctx, in)
	duration, ok := value.(timetypes.GoDuration)
	if err == nil && !ok {
		err = fmt.Errorf("unexpected value type of %T", value)
	}
	return timeout{duration}, err
}

// timeout is how long one request may take. It is validated while planning.
type timeout struct {
	timetypes.GoDuration
}

// Type implements [attr.Value].
func (timeout) Type(context.Context) attr.Type { return timeoutType{} }

// isSet reports whether there is a duration to use. An empty string counts as unset.
func (t timeout) isSet() bool { return !t.IsUnknown() && t.ValueString() != "" }

// ValidateAttribute implements [xattr.ValidateableAttribute].
func (t timeout) ValidateAttribute(
	_ context.Context, req xattr.ValidateAttributeRequest, resp *xattr.ValidateAttributeResponse,
) {
	if !t.isSet() {
		return
	}
	duration, problems := t.ValueGoDuration()
	if problems.HasError() || duration <= 0 || duration > maxTimeout {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a time-out", fmt.Sprintf(
			"%q must be a positive number with a unit of ms, s or m, such as \"30s\", and at most %s.",
			t.ValueString(), maxTimeout))
	}
}
