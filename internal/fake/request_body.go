// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"mime"
	"slices"
)

// hasContentType tells whether the request's body is declared to be of the media type; parameters do not matter.
func (c *call) hasContentType(want string) bool {
	got, _, err := mime.ParseMediaType(c.Header.Get("Content-Type"))
	return err == nil && got == want
}

// fields are the members of a JSON object, by their exact names: encoding/json would ignore letter case where the
// platforms do not.
type fields map[string]json.RawMessage

var errNoObject = errors.New("must be an object")

func readFields(raw json.RawMessage) (fields, error) {
	var read fields
	if err := json.Unmarshal(raw, &read); err != nil || read == nil {
		return nil, errNoObject
	}
	return read, nil
}

// beyond returns a name that is not among those known, or "".
func (f fields) beyond(known ...string) string {
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if !slices.Contains(known, name) {
			return name
		}
	}
	return ""
}

// only is an error if there are fields beyond those known.
func (f fields) only(known ...string) error {
	if surplus := f.beyond(known...); surplus != "" {
		return fmt.Errorf("%s: Extra inputs are not permitted", surplus)
	}
	return nil
}

// has tells whether the field is there and not null.
func (f fields) has(name string) bool {
	raw, ok := f[name]
	return ok && string(raw) != "null"
}

// read decodes a field that has to be there.
func (f fields) read(name string, into any) error {
	raw, ok := f[name]
	if !ok {
		return fmt.Errorf("must have required property '%s'", name)
	}
	if string(raw) == "null" || json.Unmarshal(raw, into) != nil {
		return fmt.Errorf("property '%s' has the wrong type", name)
	}
	return nil
}

// readOptional decodes a field if it is there.
func (f fields) readOptional(name string, into any) error {
	if !f.has(name) {
		return nil
	}
	return f.read(name, into)
}
