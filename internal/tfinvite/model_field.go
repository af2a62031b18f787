// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/attr/xattr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// field is where a [Model] holds one of the platform's own attributes.
type field struct{ value reflect.Value }

// read reads a configuration, a plan or a state into a new model. It replaces the framework's Get, which compiles a
// regular expression for each attribute each time: that was a fifth of what the provider does in a large plan.
func (r *inviteResource[G]) read(ctx context.Context, raw tftypes.Value, diags *diag.Diagnostics) Model[G] {
	model := r.New()
	var values map[string]tftypes.Value
	if err := raw.As(&values); err != nil {
		diags.AddError("Could not read the resource", sentence(err))
		return model
	}
	r.readFields(ctx, values, reflect.ValueOf(model).Elem(), diags)
	return model
}

// readFields reads the attributes that the tags of a struct name, and those of the structs that it embeds.
func (r *inviteResource[G]) readFields(
	ctx context.Context, values map[string]tftypes.Value, into reflect.Value, diags *diag.Diagnostics,
) {
	for i := range into.NumField() {
		part := into.Type().Field(i)
		if part.Anonymous {
			r.readFields(ctx, values, into.Field(i), diags)
			continue
		}
		name := part.Tag.Get("tfsdk")
		value, err := r.definition.Attributes[name].GetType().ValueFromTerraform(ctx, values[name])
		if err != nil {
			diags.AddAttributeError(path.Root(name), "Could not read "+name, sentence(err))
			continue
		}
		// What was unknown until the apply is not validated anywhere else.
		if checked, ok := value.(xattr.ValidateableAttribute); ok {
			request, response := xattr.ValidateAttributeRequest{Path: path.Root(name)}, xattr.ValidateAttributeResponse{}
			checked.ValidateAttribute(ctx, request, &response)
			diags.Append(response.Diagnostics...)
		}
		field{into.Field(i)}.set(value)
	}
}

// fieldOf finds the field of an attribute by its tag. Every attribute in [Descriptor.Attributes] has one, because the
// framework refuses a model without it.
func fieldOf[G invite.Grant[G]](model Model[G], attribute string) field {
	fields := reflect.ValueOf(model).Elem()
	for _, part := range reflect.VisibleFields(fields.Type()) {
		if part.Tag.Get("tfsdk") == attribute {
			return field{fields.FieldByIndex(part.Index)}
		}
	}
	panic("the model has no attribute " + attribute)
}

func (f field) get() attr.Value {
	value, _ := f.value.Interface().(attr.Value)
	return value
}

func (f field) set(value attr.Value) { f.value.Set(reflect.ValueOf(value)) }

// contents is a copy of what a model holds, for [changed].
func contents[G invite.Grant[G]](model Model[G]) any {
	return reflect.ValueOf(model).Elem().Interface()
}

// changed reports whether a model no longer holds what it held. To write a plan or a state, the framework converts
// every value in it, so an unchanged one is not written.
func changed[G invite.Grant[G]](before any, model Model[G]) bool {
	return !reflect.DeepEqual(before, contents(model))
}
