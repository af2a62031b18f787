// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package prototest

import (
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// planProblems says where a plan contradicts its configuration, as Terraform checks it: a planned value must be the
// configured one, or the prior one where both exist; only computed attributes that are not configured are free.
func planProblems(schema *tfprotov6.Schema, prior, config, planned tftypes.Value) []string {
	switch {
	case config.IsNull() && planned.IsNull():
		return nil
	case config.IsNull() || planned.IsNull():
		return []string{"planned for absence or existence, against the configuration"}
	}
	return objectProblems(schema.Block.Attributes, prior, config, planned, "")
}

func objectProblems(
	attributes []*tfprotov6.SchemaAttribute, prior, config, planned tftypes.Value, path string,
) (problems []string) {
	before, declared, values := fields(prior), fields(config), fields(planned)
	for _, attribute := range attributes {
		was, had := before[attribute.Name]
		if !had {
			was = tftypes.NewValue(attribute.ValueType(), nil)
		}
		problems = append(problems,
			attributeProblems(attribute, was, declared[attribute.Name], values[attribute.Name], path+"."+attribute.Name)...)
	}
	return problems
}

func attributeProblems(
	attribute *tfprotov6.SchemaAttribute, prior, config, planned tftypes.Value, path string,
) []string {
	switch {
	case planned.Equal(config),
		planned.Equal(prior) && !prior.IsNull() && !config.IsNull(),
		attribute.Computed && (!attribute.Optional || config.IsNull()):
		return nil
	case config.IsNull():
		return []string{path + ": a planned value for an attribute that is neither configured nor computed"}
	case attribute.NestedType == nil, planned.IsNull(), !config.IsKnown(), !planned.IsKnown():
		return []string{fmt.Sprintf("%s: planned %v, configured %v", path, Plain(planned), Plain(config))}
	}
	nested := attribute.NestedType.Attributes
	switch attribute.NestedType.Nesting {
	case tfprotov6.SchemaObjectNestingModeSingle:
		return objectProblems(nested, prior, config, planned, path)
	case tfprotov6.SchemaObjectNestingModeMap:
		return mapProblems(nested, fields(prior), fields(config), fields(planned), path)
	case tfprotov6.SchemaObjectNestingModeList:
		return listProblems(nested, elements(prior), elements(config), elements(planned), path)
	default:
		return setProblems(nested, elements(prior), elements(config), elements(planned), path)
	}
}

func mapProblems(
	nested []*tfprotov6.SchemaAttribute, prior, config, planned map[string]tftypes.Value, path string,
) (problems []string) {
	for key, element := range planned {
		at := fmt.Sprintf("%s[%q]", path, key)
		declared, is := config[key]
		if !is {
			problems = append(problems, at+": planned, but not configured")
			continue
		}
		problems = append(problems, objectProblems(nested, prior[key], declared, element, at)...)
	}
	for key := range config {
		if _, is := planned[key]; !is {
			problems = append(problems, fmt.Sprintf("%s[%q]: configured, but not planned", path, key))
		}
	}
	return problems
}

func listProblems(
	nested []*tfprotov6.SchemaAttribute, prior, config, planned []tftypes.Value, path string,
) (problems []string) {
	if len(config) != len(planned) {
		return []string{fmt.Sprintf("%s: planned %d elements, configured %d", path, len(planned), len(config))}
	}
	for at, element := range planned {
		var was tftypes.Value
		if at < len(prior) {
			was = prior[at]
		}
		problems = append(problems, objectProblems(nested, was, config[at], element, fmt.Sprintf("%s[%d]", path, at))...)
	}
	return problems
}

// setProblems compares by elements: each planned one must agree with one that is configured.
func setProblems(
	nested []*tfprotov6.SchemaAttribute, prior, config, planned []tftypes.Value, path string,
) (problems []string) {
	if len(config) != len(planned) {
		return []string{fmt.Sprintf("%s: planned %d elements, configured %d", path, len(planned), len(config))}
	}
	for _, element := range planned {
		agrees := func(declared tftypes.Value) bool {
			return len(objectProblems(nested, tftypes.Value{}, declared, element, path)) == 0
		}
		was := slices.ContainsFunc(prior, element.Equal)
		if !was && !slices.ContainsFunc(config, agrees) {
			problems = append(problems, fmt.Sprintf("%s: planned %s, which is not configured", path, Brief(element)))
		}
	}
	return problems
}

// resultProblems says where a value contradicts what was planned: what was known must stay as it is.
func resultProblems(planned, actual tftypes.Value, path string) []string {
	switch {
	case !planned.IsKnown():
		return nil
	case planned.IsNull() && actual.IsNull():
		return nil
	case planned.IsNull() || actual.IsNull() || !actual.IsKnown():
		return []string{fmt.Sprintf("%s: was %v, is now %v", path, Plain(planned), Plain(actual))}
	}
	switch kind := planned.Type(); {
	case kind.Is(tftypes.Object{}), kind.Is(tftypes.Map{}):
		return fieldsChanged(fields(planned), fields(actual), path)
	case kind.Is(tftypes.List{}):
		return elementsChanged(elements(planned), elements(actual), path)
	case kind.Is(tftypes.Set{}):
		return setChanged(elements(planned), elements(actual), path)
	case !planned.Equal(actual):
		return []string{fmt.Sprintf("%s: was %v, is now %v", path, Plain(planned), Plain(actual))}
	}
	return nil
}

func fieldsChanged(planned, actual map[string]tftypes.Value, path string) (problems []string) {
	for name, value := range planned {
		now, is := actual[name]
		if !is {
			problems = append(problems, path+"."+name+": has vanished")
			continue
		}
		problems = append(problems, resultProblems(value, now, path+"."+name)...)
	}
	for name := range actual {
		if _, was := planned[name]; !was {
			problems = append(problems, path+"."+name+": has appeared")
		}
	}
	return problems
}

func elementsChanged(planned, actual []tftypes.Value, path string) (problems []string) {
	if len(planned) != len(actual) {
		return []string{fmt.Sprintf("%s: had %d elements, has %d", path, len(planned), len(actual))}
	}
	for at, value := range planned {
		problems = append(problems, resultProblems(value, actual[at], fmt.Sprintf("%s[%d]", path, at))...)
	}
	return problems
}

// setChanged: each element must correspond to one of the other set.
func setChanged(planned, actual []tftypes.Value, path string) (problems []string) {
	match := func(a, b tftypes.Value) bool { return len(resultProblems(a, b, path)) == 0 }
	for _, value := range planned {
		if !slices.ContainsFunc(actual, func(now tftypes.Value) bool { return match(value, now) }) {
			problems = append(problems, fmt.Sprintf("%s: element %v has vanished", path, Plain(value)))
		}
	}
	for _, value := range actual {
		if !slices.ContainsFunc(planned, func(was tftypes.Value) bool { return match(was, value) }) {
			problems = append(problems, fmt.Sprintf("%s: element %v has appeared", path, Plain(value)))
		}
	}
	return problems
}
