// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package prototest

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Attributes are the attributes of an object: strings, bools, numbers, []any, and objects and maps as Attributes. What is
// nil or absent is null, and [Unknown] is unknown.
type Attributes = map[string]any

// Unknown is a value that is known only after apply.
const Unknown = tftypes.UnknownValue

// Value converts plain Go values to a type of a schema. It panics where an object is given an attribute that it does not
// have.
func Value(kind tftypes.Type, content any) tftypes.Value {
	if content == nil || content == any(Unknown) {
		return tftypes.NewValue(kind, content)
	}
	switch kind := kind.(type) {
	case tftypes.Object:
		given, values := content.(Attributes), map[string]tftypes.Value{}
		for name, attribute := range kind.AttributeTypes {
			values[name] = Value(attribute, given[name])
		}
		for name := range given {
			if _, known := values[name]; !known {
				panic(fmt.Sprintf("there is no attribute %q", name))
			}
		}
		return tftypes.NewValue(kind, values)
	case tftypes.Map:
		values := map[string]tftypes.Value{}
		for name, element := range content.(Attributes) {
			values[name] = Value(kind.ElementType, element)
		}
		return tftypes.NewValue(kind, values)
	case tftypes.Set:
		return tftypes.NewValue(kind, elementsOf(kind.ElementType, content.([]any)))
	case tftypes.List:
		return tftypes.NewValue(kind, elementsOf(kind.ElementType, content.([]any)))
	default:
		return tftypes.NewValue(kind, content)
	}
}

func elementsOf(kind tftypes.Type, content []any) []tftypes.Value {
	values := make([]tftypes.Value, 0, len(content))
	for _, element := range content {
		values = append(values, Value(kind, element))
	}
	return values
}

// Plain converts a value of a schema to plain Go values, the reverse of [Value]. Attributes that are null are absent.
func Plain(value tftypes.Value) any { return plain(value, false) }

// plain is [Plain]. With nulls, attributes that are null are there as nil.
func plain(value tftypes.Value, nulls bool) any {
	if !value.IsKnown() {
		return Unknown
	}
	if value.IsNull() {
		return nil
	}
	switch {
	case value.Type().Is(tftypes.Object{}), value.Type().Is(tftypes.Map{}):
		all := Attributes{}
		for name, element := range fields(value) {
			if inner := plain(element, nulls); inner != nil || nulls {
				all[name] = inner
			}
		}
		return all
	case value.Type().Is(tftypes.Set{}), value.Type().Is(tftypes.List{}):
		all := []any{}
		for _, element := range elements(value) {
			all = append(all, plain(element, nulls))
		}
		return all
	case value.Type().Is(tftypes.String):
		return as[string](value)
	case value.Type().Is(tftypes.Bool):
		return as[bool](value)
	default:
		return json.Number(as[*big.Float](value).Text('f', -1))
	}
}

// as reads a value that is known and not null.
func as[T any](value tftypes.Value) T {
	var content T
	must(value.As(&content))
	return content
}

// fields are the attributes of an object, or the elements of a map; none of what is null or unknown. The caller may
// change the result.
func fields(value tftypes.Value) map[string]tftypes.Value {
	if value.Type() == nil || value.IsNull() || !value.IsKnown() {
		return map[string]tftypes.Value{}
	}
	return maps.Clone(as[map[string]tftypes.Value](value)) // As returns the value's own map
}

// elements are the elements of a list or set; none of what is null or unknown.
func elements(value tftypes.Value) []tftypes.Value {
	if value.Type() == nil || value.IsNull() || !value.IsKnown() {
		return nil
	}
	return as[[]tftypes.Value](value)
}

// Text is a string attribute of an object; "" where it is null, unknown or absent.
func Text(object tftypes.Value, name string) string {
	field, is := fields(object)[name]
	if !is || field.IsNull() || !field.IsKnown() {
		return ""
	}
	return as[string](field)
}

// IsSet reports whether a bool attribute of an object is true.
func IsSet(object tftypes.Value, name string) bool {
	field, is := fields(object)[name]
	return is && !field.IsNull() && field.IsKnown() && as[bool](field)
}

// Brief is an object in one line, for messages. Attributes that are null are left out.
func Brief(object tftypes.Value) string {
	all, _ := Plain(object).(Attributes)
	parts := make([]string, 0, len(all))
	for _, name := range slices.Sorted(maps.Keys(all)) {
		switch content := all[name].(type) {
		case string:
			parts = append(parts, fmt.Sprintf("%s=%q", name, content))
		default:
			parts = append(parts, fmt.Sprintf("%s=%v", name, content))
		}
	}
	return "{" + strings.Join(parts, " ") + "}"
}

// encode and decode convert between values and their form in the protocol.
func encode(value tftypes.Value) *tfprotov6.DynamicValue {
	encoded, err := tfprotov6.NewDynamicValue(value.Type(), value)
	must(err)
	return &encoded
}

func decode(kind tftypes.Type, encoded *tfprotov6.DynamicValue) tftypes.Value {
	if encoded == nil {
		return tftypes.NewValue(kind, nil)
	}
	value, err := encoded.Unmarshal(kind)
	must(err)
	return value
}

// must panics: what fails here is a mistake of the test, not of the provider.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
