// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/attr"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// field is where a [Model] holds one of the platform's own attributes.
type field struct{ value reflect.Value }

// fieldOf finds the field of an attribute by its tag. Every attribute in [Descriptor.Attributes] has one, because the
// framework refuses a model without it.
func fieldOf[G invite.Grant[G]](model Model[G], attribute string) field {
	fields := reflect.ValueOf(model).Elem()
	for i := range fields.NumField() {
		if fields.Type().Field(i).Tag.Get("tfsdk") == attribute {
			return field{fields.Field(i)}
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
