// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package prototest

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// proposedNew is what Terraform proposes to the provider as the planned value: the configuration, and the prior value
// where the configuration leaves a computed attribute to the provider, in nested attributes too. The schema must have no
// blocks, which this provider has not; see [New].
func proposedNew(schema *tfprotov6.Schema, prior, config tftypes.Value) tftypes.Value {
	if config.IsNull() {
		return config
	}
	return proposedObject(schema.Block.Attributes, prior, config)
}

func proposedObject(attributes []*tfprotov6.SchemaAttribute, prior, config tftypes.Value) tftypes.Value {
	before, values := fields(prior), fields(config)
	for _, attribute := range attributes {
		name := attribute.Name
		was, had := before[name]
		if !had {
			was = tftypes.NewValue(attribute.ValueType(), nil)
		}
		values[name] = proposedAttribute(attribute, was, values[name])
	}
	return tftypes.NewValue(config.Type(), values)
}

func proposedAttribute(attribute *tfprotov6.SchemaAttribute, prior, config tftypes.Value) tftypes.Value {
	switch {
	case attribute.Computed && config.IsNull():
		if attribute.Optional && mustHaveBeenConfigured(attribute.NestedType, prior) {
			return config // it was configured, and is removed now
		}
		return prior
	case attribute.NestedType == nil || config.IsNull() || !config.IsKnown():
		return config
	}
	nested := attribute.NestedType.Attributes
	switch attribute.NestedType.Nesting {
	case tfprotov6.SchemaObjectNestingModeSingle:
		return proposedObject(nested, prior, config)
	case tfprotov6.SchemaObjectNestingModeMap:
		before, values := fields(prior), fields(config)
		for key, element := range values {
			if was, had := before[key]; had {
				values[key] = proposedObject(nested, was, element)
			}
		}
		return tftypes.NewValue(config.Type(), values)
	case tfprotov6.SchemaObjectNestingModeList:
		before := elements(prior)
		var values []tftypes.Value
		for at, element := range elements(config) {
			if at < len(before) {
				element = proposedObject(nested, before[at], element)
			}
			values = append(values, element)
		}
		return tftypes.NewValue(config.Type(), values)
	default: // a set: an element continues a prior one that differs only in what is computed
		before := append([]tftypes.Value{}, elements(prior)...)
		var values []tftypes.Value
		for _, element := range elements(config) {
			for at, was := range before {
				if couldContinue(nested, was, element) {
					element = proposedObject(nested, was, element)
					before = append(before[:at], before[at+1:]...)
					break
				}
			}
			values = append(values, element)
		}
		return tftypes.NewValue(config.Type(), values)
	}
}

// mustHaveBeenConfigured reports whether a nested value holds something that only a configuration can have set.
func mustHaveBeenConfigured(nested *tfprotov6.SchemaObject, value tftypes.Value) bool {
	if nested == nil || value.IsNull() || !value.IsKnown() {
		return false
	}
	var objects []tftypes.Value
	switch nested.Nesting {
	case tfprotov6.SchemaObjectNestingModeSingle:
		objects = []tftypes.Value{value}
	case tfprotov6.SchemaObjectNestingModeMap:
		for _, element := range fields(value) {
			objects = append(objects, element)
		}
	default:
		objects = elements(value)
	}
	for _, object := range objects {
		inner := fields(object)
		for _, attribute := range nested.Attributes {
			content, is := inner[attribute.Name]
			if is && !content.IsNull() && (!attribute.Computed || mustHaveBeenConfigured(attribute.NestedType, content)) {
				return true
			}
		}
	}
	return false
}

// couldContinue reports whether a configured element of a set and a prior one are the same but for computed attributes
// that the configuration leaves out.
func couldContinue(attributes []*tfprotov6.SchemaAttribute, prior, config tftypes.Value) bool {
	before, now := fields(prior), fields(config)
	for _, attribute := range attributes {
		was, is := before[attribute.Name], now[attribute.Name]
		switch {
		case is.Equal(was), attribute.Computed && is.IsNull():
		case attribute.NestedType != nil && attribute.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle &&
			!is.IsNull() && is.IsKnown() && couldContinue(attribute.NestedType.Attributes, was, is):
		default:
			return false
		}
	}
	return true
}
