// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"bytes"
	"encoding/json"
)

// zeroDate is how some clients and servers write a date that is not set.
const zeroDate = "0001-01-01T00:00:00.000Z"

// rewrite is a fault that changes every object of the real answer, the innermost first. An answer without JSON stays.
func rewrite(change func(map[string]any) map[string]any) func(*Fake, *call, *Fault, answer) answer {
	return func(_ *Fake, _ *call, _ *Fault, real answer) answer {
		decoder := json.NewDecoder(bytes.NewReader(real.body))
		decoder.UseNumber()
		var document any
		if decoder.Decode(&document) != nil {
			return real
		}
		body, err := json.Marshal(rewritten(document, change))
		if err != nil {
			panic(err) // it has just been decoded
		}
		real.body = body
		return real
	}
}

func rewritten(value any, change func(map[string]any) map[string]any) any {
	switch value := value.(type) {
	case map[string]any:
		for name, field := range value {
			value[name] = rewritten(field, change)
		}
		return change(value)
	case []any:
		for i := range value {
			value[i] = rewritten(value[i], change)
		}
	}
	return value
}

// isEnvelope tells an object that only wraps lists or objects. Spoiling it would hide everything inside.
func isEnvelope(object map[string]any) bool {
	for _, field := range object {
		switch field.(type) {
		case map[string]any, []any:
		default:
			return false
		}
	}
	return len(object) > 0
}

func nullFields(object map[string]any) map[string]any {
	if !isEnvelope(object) {
		for name := range object {
			object[name] = nil
		}
	}
	return object
}

func missingFields(object map[string]any) map[string]any {
	if isEnvelope(object) {
		return object
	}
	return map[string]any{}
}

// enumerations are the fields whose documented values a platform may add to.
var enumerations = map[string]bool{
	"permission": true, "createdBy": true, "revokedBy": true, "plan": true, "status": true,
	"type": true, "role": true, "role_id": true, "login_method": true, "invitation_source": true, "state": true,
}

func unknownValues(object map[string]any) map[string]any {
	described := false // rather than a map with free keys, which has no text of its own
	for name, field := range object {
		_, text := field.(string)
		described = described || text
		if text && enumerations[name] {
			object[name] = "invented-tomorrow"
		}
	}
	if described {
		object["inventedTomorrow"] = map[string]any{"of": "another kind"}
	}
	return object
}

// datesSetLater are the dates that an invitation does not have yet, by what it always has.
var datesSetLater = map[string][]string{
	"expiresAt":  {"usedAt", "revokedAt"},
	"expires_at": {"accepted_at"},
	"team_count": {"failed_at"}, // GitHub's have no end
}

func zeroDates(object map[string]any) map[string]any {
	for always, later := range datesSetLater {
		if _, invitation := object[always]; !invitation {
			continue
		}
		for _, name := range later {
			if object[name] == nil {
				object[name] = zeroDate
			}
		}
	}
	return object
}
