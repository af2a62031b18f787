// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"encoding/json"
	"fmt"
	"time"
)

// Date is a time in an answer, in RFC 3339. Null, an empty text, and the zero times of Go and Unix are the zero
// Date: the platform does not show the time.
type Date struct{ time.Time }

// UnmarshalJSON implements json.Unmarshaler.
func (d *Date) UnmarshalJSON(data []byte) error {
	var text *string
	if err := json.Unmarshal(data, &text); err != nil {
		return fmt.Errorf("a date is not a text: %w", err)
	}
	*d = Date{}
	if text == nil || *text == "" {
		return nil
	}
	at, err := time.Parse(time.RFC3339, *text)
	if err != nil {
		return fmt.Errorf("a date is not in RFC 3339: %w", err)
	}
	if at.Year() > 1 && at.Unix() != 0 {
		d.Time = at.UTC()
	}
	return nil
}
