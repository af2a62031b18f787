// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package question

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"
)

// Item is a JSON value, or a part of one, whose numbers are of the type [encoding/json.Number].
type Item struct{ Value any }

// find follows a path of names and indexes.
func (i Item) find(path []string) (value any, found bool) {
	value = i.Value
	for _, step := range path {
		switch inside := value.(type) {
		case map[string]any:
			value, found = inside[step]
		case []any:
			at, err := strconv.Atoi(step)
			if found = err == nil && at >= 0 && at < len(inside); found {
				value = inside[at]
			}
		default:
			found = false
		}
		if !found {
			return nil, false
		}
	}
	return value, true
}

// Has reports whether there is anything at a path, null included.
func (i Item) Has(path ...string) bool {
	_, found := i.find(path)
	return found
}

// At returns what is at a path; its value is nil if there is nothing, or null.
func (i Item) At(path ...string) Item {
	value, _ := i.find(path)
	return Item{value}
}

// Text returns the text or number at a path; empty if there is none.
func (i Item) Text(path ...string) string {
	switch value := i.At(path...).Value.(type) {
	case nil, map[string]any, []any:
		return ""
	default:
		return fmt.Sprint(value)
	}
}

// Time returns the time at a path; zero if there is none.
func (i Item) Time(path ...string) time.Time {
	at, err := time.Parse(time.RFC3339, i.Text(path...))
	if err != nil {
		return time.Time{}
	}
	return at
}

// List returns the elements of the list at a path, or the values of the object there.
func (i Item) List(path ...string) []Item {
	var items []Item
	switch value := i.At(path...).Value.(type) {
	case []any:
		for _, element := range value {
			items = append(items, Item{element})
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			items = append(items, Item{value[key]})
		}
	}
	return items
}

// Len returns how many elements or members the value has; 0 for anything else.
func (i Item) Len() int { return len(i.List()) }
