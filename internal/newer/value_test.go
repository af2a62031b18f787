package newer_test

import (
	"math/big"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// attrs are the attributes of an object: text, truth, lists, objects. What is not there is null.
type attrs map[string]any

// unknown stands for what is known only after apply.
const unknown = tftypes.UnknownValue

// value gives attributes the types that a schema wants.
func value(t *testing.T, kind tftypes.Type, v any) tftypes.Value {
	t.Helper()
	if v == nil || v == any(unknown) {
		return tftypes.NewValue(kind, v)
	}
	elements := func(of tftypes.Type) (all []tftypes.Value) {
		for _, element := range v.([]any) {
			all = append(all, value(t, of, element))
		}
		return all
	}
	switch kind := kind.(type) {
	case tftypes.Object:
		values := map[string]tftypes.Value{}
		for name, attribute := range kind.AttributeTypes {
			values[name] = value(t, attribute, v.(attrs)[name])
		}
		for name := range v.(attrs) {
			if kind.AttributeTypes[name] == nil {
				t.Fatalf("there is no argument %q", name)
			}
		}
		return tftypes.NewValue(kind, values)
	case tftypes.Map:
		values := map[string]tftypes.Value{}
		for name, element := range v.(attrs) {
			values[name] = value(t, kind.ElementType, element)
		}
		return tftypes.NewValue(kind, values)
	case tftypes.Set:
		return tftypes.NewValue(kind, elements(kind.ElementType))
	case tftypes.List:
		return tftypes.NewValue(kind, elements(kind.ElementType))
	default:
		return tftypes.NewValue(kind, v)
	}
}

// plain is the other way round; a null object is nil, an absent attribute is not there.
func plain(t *testing.T, v tftypes.Value) any {
	t.Helper()
	if !v.IsKnown() {
		return unknown
	}
	if v.IsNull() {
		return nil
	}
	switch v.Type().(type) {
	case tftypes.Object, tftypes.Map:
		var values map[string]tftypes.Value
		must(t, v.As(&values))
		all := attrs{}
		for name, element := range values {
			if inner := plain(t, element); inner != nil {
				all[name] = inner
			}
		}
		return all
	case tftypes.Set, tftypes.List:
		var values []tftypes.Value
		must(t, v.As(&values))
		all := []any{}
		for _, element := range values {
			all = append(all, plain(t, element))
		}
		return all
	}
	var text string
	var truth bool
	var number *big.Float
	switch {
	case v.As(&text) == nil:
		return text
	case v.As(&truth) == nil:
		return truth
	}
	must(t, v.As(&number))
	return number.String()
}

func encode(t *testing.T, v tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	encoded, err := tfprotov6.NewDynamicValue(v.Type(), v)
	must(t, err)
	return &encoded
}

func decode(t *testing.T, kind tftypes.Type, encoded *tfprotov6.DynamicValue) tftypes.Value {
	t.Helper()
	if encoded == nil {
		return tftypes.NewValue(kind, nil)
	}
	v, err := encoded.Unmarshal(kind)
	must(t, err)
	return v
}
