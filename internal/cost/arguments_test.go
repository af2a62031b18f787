package cost_test

import (
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// arguments are those of a block or resource, by name. What is not there is null.
type arguments map[string]any

func (a arguments) set(more arguments) { maps.Copy(a, more) }

// value gives arguments the types that a schema wants: text, truth, lists as
// []any, objects and maps as map[string]any.
func value(kind tftypes.Type, v any) tftypes.Value {
	if v == nil {
		return tftypes.NewValue(kind, nil)
	}
	switch kind := kind.(type) {
	case tftypes.Object:
		given := v.(map[string]any)
		attributes := map[string]tftypes.Value{}
		for name, attribute := range kind.AttributeTypes {
			attributes[name] = value(attribute, given[name])
		}
		for name := range given {
			if _, known := kind.AttributeTypes[name]; !known {
				panic(fmt.Sprintf("there is no argument %q", name))
			}
		}
		return tftypes.NewValue(kind, attributes)
	case tftypes.Map:
		elements := map[string]tftypes.Value{}
		for key, element := range v.(map[string]any) {
			elements[key] = value(kind.ElementType, element)
		}
		return tftypes.NewValue(kind, elements)
	case tftypes.Set:
		return tftypes.NewValue(kind, values(kind.ElementType, v.([]any)))
	case tftypes.List:
		return tftypes.NewValue(kind, values(kind.ElementType, v.([]any)))
	default:
		return tftypes.NewValue(kind, v)
	}
}

func values(kind tftypes.Type, given []any) []tftypes.Value {
	elements := make([]tftypes.Value, 0, len(given))
	for _, element := range given {
		elements = append(elements, value(kind, element))
	}
	return elements
}
