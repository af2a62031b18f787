package chaos

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// attributes are the attributes of an object; none of a null one.
func attributes(object tftypes.Value) map[string]tftypes.Value {
	fields := map[string]tftypes.Value{}
	if object.IsNull() || !object.IsKnown() {
		return fields
	}
	if err := object.As(&fields); err != nil {
		panic(err)
	}
	return maps.Clone(fields) // what As gives is the object's own
}

// text is a string attribute of an object; "" where it is null.
func text(object tftypes.Value, name string) string {
	field, ok := attributes(object)[name]
	if !ok || field.IsNull() || !field.IsKnown() {
		return ""
	}
	var content string
	if err := field.As(&content); err != nil {
		panic(err)
	}
	return content
}

// isSet is a boolean attribute of an object.
func isSet(object tftypes.Value, name string) bool {
	field, ok := attributes(object)[name]
	if !ok || field.IsNull() || !field.IsKnown() {
		return false
	}
	var content bool
	if err := field.As(&content); err != nil {
		panic(err)
	}
	return content
}

// keeps reports whether an applied value keeps what was known when it was planned, as Terraform demands.
func keeps(planned, applied tftypes.Value) bool {
	if !planned.IsKnown() {
		return true
	}
	if planned.IsNull() || applied.IsNull() {
		return planned.IsNull() == applied.IsNull()
	}
	var before, after map[string]tftypes.Value
	if planned.Type().Is(tftypes.Object{}) && planned.As(&before) == nil && applied.As(&after) == nil {
		for name := range before {
			if !keeps(before[name], after[name]) {
				return false
			}
		}
		return true
	}
	return !planned.IsFullyKnown() || planned.Equal(applied)
}

// brief is what an object says, for people.
func brief(object tftypes.Value) string {
	fields := attributes(object)
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		switch field := fields[name]; {
		case field.IsNull():
		case field.Type().Is(tftypes.String) && field.IsKnown():
			parts = append(parts, fmt.Sprintf("%s=%q", name, text(object, name)))
		case field.Type().Is(tftypes.Bool) && field.IsKnown():
			parts = append(parts, fmt.Sprintf("%s=%t", name, isSet(object, name)))
		case !field.IsKnown():
			parts = append(parts, name+"=?")
		default:
			short := field.String()
			parts = append(parts, name+"="+short[strings.LastIndex(short, "]<")+1:])
		}
	}
	return "{" + strings.Join(parts, " ") + "}"
}
