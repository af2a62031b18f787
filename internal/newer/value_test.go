package newer_test

import (
	"math/big"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// attrs are the attributes of an object: text, truth, lists, objects. What is not there is null.
type attrs = map[string]any

// unknown stands for what is known only after apply.
const unknown = tftypes.UnknownValue

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
