package acctest

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Value gives content the type that a schema wants: text, truth, lists as []any, objects and maps as map[string]any.
// What is nil, or not named in an object, is null; [tftypes.UnknownValue] is unknown. It panics where an object is given an attribute
// that it does not have.
func Value(kind tftypes.Type, content any) tftypes.Value {
	if content == nil || content == any(tftypes.UnknownValue) {
		return tftypes.NewValue(kind, content)
	}
	switch kind := kind.(type) {
	case tftypes.Object:
		given, values := content.(map[string]any), map[string]tftypes.Value{}
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
		for name, element := range content.(map[string]any) {
			values[name] = Value(kind.ElementType, element)
		}
		return tftypes.NewValue(kind, values)
	case tftypes.Set:
		return tftypes.NewValue(kind, elements(kind.ElementType, content.([]any)))
	case tftypes.List:
		return tftypes.NewValue(kind, elements(kind.ElementType, content.([]any)))
	default:
		return tftypes.NewValue(kind, content)
	}
}

func elements(kind tftypes.Type, given []any) []tftypes.Value {
	values := make([]tftypes.Value, 0, len(given))
	for _, element := range given {
		values = append(values, Value(kind, element))
	}
	return values
}
